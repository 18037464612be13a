"""Near-duplicates: found whatever the spelling, left alone where different, and how well that works."""

import re
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from facilitator import cli
from facilitator.commands.duplicates import Measured, measured, read
from facilitator.duplicates import LEAST, Pair, pairs

LIST = Path(__file__).parent / "data" / "proposals.csv"
OTHERS = [
    "Renforcer la coopération",
    "Lower the cost of remittances",
    "تدريب الصحفيين",
    "Plus de traducteurs",
]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fr", "Équiper les postes frontières", "equiper les postes frontieres"),
        ("fr", "Données peu fiables sur les départs", "Sur les départs, données peu fiables"),
        ("en", "Digitise entry and exit cards", "digitize entry/exit card"),
        ("pt", "Formação dos agentes da fronteira", "formacao dos agentes de fronteiras"),
        ("es", "Capacitación de los funcionarios", "capacitacion de funcionarios"),
        ("ar", "إنشاء قاعدة بيانات مشتركة", "انشاء قاعده بيانات مشتركه"),
        ("ar", "ضَعْفُ التَّنْسيق بين المؤسّسات", "ضعف التنسيق بين المؤسسات"),
    ],
)
def test_finds_the_same_in_another_spelling_or_order(language: str, one: str, other: str) -> None:
    texts = [*OTHERS, one, other]
    found = pairs(texts, ["", "", "", "", language, language])
    assert [(pair.first, pair.second) for pair in found] == [(4, 5)]
    assert found[0].score >= LEAST


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Former les agents à la collecte de données", "Former les agents aux premiers secours"),
        ("Publish the migration policy", "Publish the law on asylum"),
        ("تبادل البيانات مع وزارة الصحة", "حماية البيانات الشخصية"),
    ],
)
def test_leaves_alone_what_only_begins_alike(one: str, other: str) -> None:
    assert pairs([one, other, *OTHERS]) == []


def test_the_same_words_score_full() -> None:
    assert pairs(["Oui, pas de budget", "pas de budget : oui", "Autre chose"]) == [Pair(0, 1, 100)]


def test_words_that_say_nothing_count_where_there_are_no_others() -> None:
    assert pairs(["Pourquoi pas ?", "pourquoi pas", "Et nous ?"], ["fr"] * 3) == [Pair(0, 1, 100)]


@pytest.mark.parametrize("texts", [[], ["One"], ["", ""], ["?!", "..."]])
def test_proposes_nothing_where_there_is_nothing(texts: list[str]) -> None:
    assert pairs(texts) == []


def test_asks_for_one_language_a_text() -> None:
    with pytest.raises(ValueError, match="zip"):
        pairs(["One", "Two"], ["en"])


@given(st.lists(st.text(max_size=30), max_size=12))
def test_takes_any_text(texts: list[str]) -> None:
    found = pairs(texts)
    assert all(pair.first < pair.second and LEAST <= pair.score <= 100 for pair in found)
    assert [pair.score for pair in found] == sorted((pair.score for pair in found), reverse=True)


def test_finds_most_of_a_hand_made_list_and_is_mostly_right() -> None:
    rows = read(LIST)
    within = measured(rows, across=False)
    assert (len(rows), len(within.known)) == (200, 67)
    assert within.recall >= 0.8
    assert within.precision >= 0.83
    assert measured(rows).precision >= 0.84


def test_portuguese_and_spanish_are_found_as_well() -> None:
    within = measured(read(LIST.with_name("proposals-pt-es.csv")), False)
    assert len(within.known) == 20
    assert within.recall >= 0.8
    assert within.precision >= 0.9


def test_is_quick_for_three_hundred_texts() -> None:
    rows = read(LIST)
    texts = [f"{row['text']} {number % 7}" for number, row in enumerate([*rows, *rows[:100]])]
    languages = [row["language"] for row in [*rows, *rows[:100]]]

    def turn() -> float:
        began = time.thread_time()
        pairs(texts, languages)
        return time.thread_time() - began

    assert len(texts) == 300
    assert min(turn() for _ in range(10)) < 0.1


def test_nothing_known_and_nothing_proposed_is_no_fault() -> None:
    assert (Measured(frozenset(), frozenset()).recall, Measured(frozenset(), frozenset()).precision) == (1, 1)


def test_the_command_prints_recall_and_precision() -> None:
    said = CliRunner().invoke(cli.main, ["duplicates", str(LIST)], catch_exceptions=False)
    assert said.exit_code == 0
    assert len(re.findall(r": \d+ % \(\d+ of \d+\)", said.output)) == 4
    assert "Nommer un point focal" not in said.output


def test_the_command_lists_what_was_missed_and_what_was_wrong() -> None:
    said = CliRunner().invoke(cli.main, ["duplicates", str(LIST), "--list"], catch_exceptions=False)
    assert "Nommer un point focal dans chaque ministère" in said.output
    assert "Ministry of Labour" in said.output


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"id,text\n1,One\n", "language, group"), (b"\xff\xfe", "cannot be read"), (None, "cannot be read")],
)
def test_the_command_says_what_is_wrong_with_a_file(
    content: bytes | None, reason: str, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    if content is not None:
        file.write_bytes(content)
    said = CliRunner().invoke(cli.main, ["duplicates", str(file)])
    assert said.exit_code == 2
    assert reason in said.output
