"""Adoption: four votes and a threshold that is fixed before anyone votes."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from facilitator.kinds.adoption import AdoptionKind, AdoptionSettings
from facilitator.kinds.base import BallotForm, Option
from tests.kinds.test_contract import sheet
from tests.kinds.test_result import plain, shown

KIND = AdoptionKind()
OPTIONS = [Option(id, f"Option {id}", "en") for id in (3, 5, 12)]


def sent(posted: list[tuple[str, str]]) -> BallotForm:
    return KIND.ballot_form(OPTIONS, {})(MultiDict(posted))


def test_reads_votes(words: Flask) -> None:
    ballot = sent([("adopt-12", "abstain"), ("adopt-3", "changes"), ("adopt-5", "")])
    assert ballot.validate(), ballot.errors
    assert ballot.choice() == {"votes": [[3, "changes"], [12, "abstain"]]}


@pytest.mark.parametrize(
    ("posted", "reason"),
    [
        ([("adopt-4", "yes")], "not offered"),
        ([("adopt-3", "perhaps")], "not offered"),
        ([("adopt-3", "yes"), ("adopt-3", "no")], "two answers"),
        ([("adopt-3", "")], "blank answer"),
    ],
)
def test_refuses_what_is_no_vote(posted: list[tuple[str, str]], reason: str, words: Flask) -> None:
    ballot = sent(posted)
    assert not ballot.validate()
    assert [reason in str(said) for said in ballot.errors["answer"]] == [True]


@pytest.mark.parametrize(
    ("threshold", "good"),
    [("50", True), ("75", True), ("100", True), ("49", False), ("101", False), ("", False)],
)
def test_settles_a_threshold(threshold: str, good: bool, words: Flask) -> None:
    assert AdoptionSettings(MultiDict({"threshold": threshold})).validate() is good


def test_announces_the_threshold_before_anyone_votes(drawn: Callable[..., str], words: Flask) -> None:
    assert list(KIND.rules({})) == ["Adopted from 75% yes of those who do not abstain."]
    assert "from 60% yes" in sheet(KIND, drawn, None, threshold=60)
    with force_locale("fr"):
        assert "60\N{NO-BREAK SPACE}%" in KIND.rules({"threshold": 60})[0]


def test_writes_votes_beside_ranks() -> None:
    names = {3: "A", 5: "B", 12: "C", 7: "D"}
    choice = {"votes": [[3, "no"], [5, "abstain"], [12, "yes"]]}
    assert list(KIND.rows("7", choice, names)) == [
        ("7", "A", "2", "no"),
        ("7", "B", "-", "abstain"),
        ("7", "C", "1", "yes"),
        ("7", "D", "-", ""),
    ]


def test_nothing_is_marked_on_a_new_ballot(drawn: Callable[..., str], words: Flask) -> None:
    page = BeautifulSoup(sheet(KIND, drawn, None), "html.parser")
    assert not page.select("[checked]")
    assert [label.get_text(strip=True) for label in page.select_one(".scale")("label")] == [
        "Yes",
        "With changes",
        "No",
        "I abstain",
    ]


def votes(yes: int = 0, changes: int = 0, no: int = 0, abstain: int = 0) -> list[str]:
    return ["yes"] * yes + ["changes"] * changes + ["no"] * no + ["abstain"] * abstain


def test_says_each_verdict_with_its_figures(drawn: Callable[..., str]) -> None:
    columns = votes(7, 1, 1, 1), votes(6, 2, 2), votes(5, 1, 4), votes(abstain=10)
    cast = [
        {"votes": [[item, vote] for item, vote in enumerate(row, 1)]} for row in zip(*columns, strict=True)
    ]
    page = BeautifulSoup(shown(drawn, KIND, cast), "html.parser")
    rows = [plain(str(row)) for row in page.select(".result-row")]
    assert rows[0] == "Place 1 Poor dissemination Adopted 78% yes 7 yes · 1 with changes · 1 no · 1 abstain"
    assert rows[1].endswith(
        "Adopted with changes 60% yes, 80% with changes 6 yes · 2 with changes · 2 no · 0 abstain"
    )
    assert rows[2].endswith("Not adopted 50% yes, 60% with changes 5 yes · 1 with changes · 4 no · 0 abstain")
    assert rows[3].endswith(
        "tied Updates Not adopted nobody decided 0 yes · 0 with changes · 0 no · 10 abstain"
    )
    assert rows[4].endswith("tied Use Not adopted nobody decided 0 yes · 0 with changes · 0 no · 0 abstain")
    assert "Adopted: 1. With changes: 1. Not adopted: 3." in plain(str(page))
    assert "Adopted from 75% yes of those who do not abstain." in plain(str(page))


def test_keeps_the_threshold_with_the_result() -> None:
    cast = [{"votes": [[1, "yes"]]}, {"votes": [[1, "yes"]]}, {"votes": [[1, "no"]]}]
    found = [KIND.tally([1], cast, {"threshold": threshold}).remarks for threshold in (60, 75)]
    assert [(each["threshold"], each["verdicts"][0]["verdict"]) for each in found] == [
        (60, "adopted"),
        (75, "rejected"),
    ]
