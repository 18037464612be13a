"""What every kind keeps to, whatever it asks."""

import csv
import io
import itertools
import json
import re
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from facilitator.counting.ballotfile import read
from facilitator.kinds import KINDS
from facilitator.kinds.base import BallotForm, Choice, Kind, Option, canonical
from tests.pages import check_page

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "kinds"
# What some kind cannot do without; the others pass it over.
DECIDED = {"targets": [[101, {"en": "Target A", "fr": "Cible A"}], [102, {"ar": "هدف"}]]}
HOSTILE = [
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "\x00",
    "\ud800",
    "\u202e\u2066",
    "-1",
    "0",
    "1.0",
    "1e3",
    "0x1",
    "NaN",
    "٣",
    "²",
    " 1 ",
    "01",
    "1_0",
    "9" * 10_000,
    "x" * 10_000,
]

FIELD_TAGS = ["input", "select", "textarea", "button"]
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def options(count: int = 3) -> list[Option]:
    return [Option(id, f"Option {id}", "en") for id in range(1, count + 1)]


def form(kind: Kind, posted: list[tuple[str, str]], count: int = 3, **decided: Any) -> BallotForm:
    return kind.ballot_form(options(count), DECIDED | decided)(MultiDict(posted))


def answers(kind: Kind, count: int) -> list[tuple[str, str]]:
    """Fields that a phone posts for a good answer, whatever the kind; none where nothing can be answered."""
    return kind.imagined(range(1, count + 1), DECIDED, Random(count))


def stems(kind: Kind) -> list[str]:
    """What the names of this kind's fields begin with, before an item's id."""
    fields = answers(kind, 3) if kind.least_options else []
    return sorted({name.rpartition("-")[0] + "-" for name, _value in fields if "-" in name})


def bearers(kind: Kind) -> list[str]:
    """The fields of this kind whose values are the ids of items."""
    fields = answers(kind, 3)
    return sorted({name for name, value in fields if "-" not in name and value.replace("-", "").isdigit()})


FIELDS = [
    "option",
    "unsure",
    "blank",
    "revision",
    "token",
    *(name for kind in KINDS.values() for name, _value in answers(kind, 3) if "-" not in name),
    *(f"{stem}{item}" for kind in KINDS.values() for stem in stems(kind) for item in (1, 2, 3, 99, "x", "")),
]
VALUES = sorted(
    {value for kind in KINDS.values() for count in (1, 3, 9) for _name, value in answers(kind, count)}
)


def ballots(kind: Kind, count: int, number: int) -> list[Choice]:
    """Different answers over some options, in a sequence that never changes."""
    filled, chance = kind.ballot_form(options(count), DECIDED), Random(7)
    taken = [filled(MultiDict(kind.imagined(range(1, count + 1), DECIDED, chance))) for _ in range(number)]
    assert all(one.validate() for one in taken)
    return [one.choice() for one in taken]


@every_kind
def test_is_named_and_explained(kind: Kind, words: Flask) -> None:
    assert KINDS[kind.name] is kind
    assert str(kind.label)
    assert str(kind.hint) != str(kind.label)
    assert str(kind.sentence).endswith(".")


@every_kind
@pytest.mark.parametrize("name", ["settings", "ballot", "result"])
def test_has_its_templates(kind: Kind, name: str) -> None:
    assert (TEMPLATES / kind.name / f"{name}.html").is_file()


@every_kind
def test_keeps_settings_as_json(kind: Kind, drawn: Callable[..., str]) -> None:
    offered = kind.settings_form(data=DECIDED)
    page = drawn(f"kinds/{kind.name}/settings.html", form=offered, kind=kind)
    check_page(page)
    decided = kind.settings_form(MultiDict(on_it(page)))
    assert decided.validate(), decided.errors
    assert json.loads(json.dumps(decided.data)) == decided.data == offered.data


@every_kind
@pytest.mark.parametrize("hostile", HOSTILE)
def test_refuses_hostile_settings_in_words(kind: Kind, hostile: str, words: Flask) -> None:
    decided = kind.settings_form(MultiDict({field.name: hostile for field in kind.settings_form()}))
    for reason in [] if decided.validate() else itertools.chain(*decided.errors.values()):
        assert 0 < len(str(reason)) < 200


@every_kind
@pytest.mark.parametrize("count", [1, 3, 60])
def test_takes_an_answer(kind: Kind, count: int, words: Flask) -> None:
    posted = answers(kind, count)
    taken = form(kind, posted, count)
    assert taken.validate() or (not posted and count < kind.least_options), taken.errors
    assert json.loads(canonical(taken.choice())) == taken.choice()
    assert bool(taken.choice()) is bool(posted)


@every_kind
def test_takes_a_blank_answer_whatever_else_was_sent(kind: Kind, words: Flask) -> None:
    for rest in ([], answers(kind, 3), [("option", "99"), ("rank-1", "x")]):
        blank = form(kind, [("blank", "1"), *rest])
        assert blank.validate()
        assert blank.choice() == {}
        assert canonical(blank.choice()) == "{}"


@every_kind
@pytest.mark.parametrize("count", [0, 1, 60])
def test_refuses_silence(kind: Kind, count: int, words: Flask) -> None:
    silent = form(kind, [("token", "t"), ("revision", "1"), ("blank", "")], count)
    assert not silent.validate()
    assert "blank answer" in str(silent.errors["answer"][0])


@every_kind
@pytest.mark.parametrize("hostile", HOSTILE)
def test_refuses_what_is_not_offered(kind: Kind, hostile: str, words: Flask) -> None:
    strange = [(stem + hostile, "1") for stem in stems(kind)] + [(name, hostile) for name in bearers(kind)]
    for posted in [[("option", hostile), *strange], *([*answers(kind, 3), one] for one in strange)]:
        refused = form(kind, posted, most=20)
        assert not refused.validate()
        assert len(refused.errors["answer"]) == 1
        assert hostile not in str(refused.errors["answer"][0]) or len(hostile) < 3


@every_kind
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_takes_or_refuses_anything(
    kind: Kind, drawn: Callable[..., str], words: Flask, data: st.DataObject
) -> None:
    values = st.sampled_from(["", "1", "2", "3", "99", *VALUES, *HOSTILE]) | st.text(max_size=5)
    posted = data.draw(st.lists(st.tuples(st.sampled_from(FIELDS), values), max_size=12))
    tried = form(kind, posted, most=2)
    if not tried.validate():
        assert all(str(reason) for reason in tried.errors["answer"])
        return
    assert form(kind, data.draw(st.permutations(posted)), most=2).validate()
    assert canonical(tried.choice()).encode()
    assert resent(kind, drawn, tried.choice()) == tried.choice()


def sheet(
    kind: Kind,
    drawn: Callable[..., str],
    choice: Choice | None,
    count: int = 3,
    language: str = "en",
    **decided: Any,
) -> str:
    """Draw the ballot as a phone sees it, with an earlier answer on it."""
    return drawn(
        f"kinds/{kind.name}/ballot.html",
        language,
        kind=kind,
        options=options(count),
        settings=DECIDED | decided,
        marked=kind.filled(choice),
        locale=language,
    )


def on_it(page: str) -> list[tuple[str, str]]:
    """Read what a form posts as it stands."""
    soup = BeautifulSoup(page, "html.parser")
    posted = [
        (field["name"], field.get("value", ""))
        for field in soup.select("input[name]")
        if field.get("type") not in ("radio", "checkbox") or field.has_attr("checked")
    ]
    posted += [(area["name"], area.get_text()) for area in soup.select("textarea[name]")]
    chosen = [(menu["name"], menu.select_one("option[selected]")) for menu in soup.select("select[name]")]
    return posted + [(name, one.get("value", one.get_text())) for name, one in chosen if one]


def resent(kind: Kind, drawn: Callable[..., str], choice: Choice) -> Choice:
    """Send what the ballot shows of an answer once more."""
    if not choice:
        assert kind.filled(choice)["blank"]
        return choice
    again = form(kind, on_it(sheet(kind, drawn, choice, most=2)), most=2)
    assert again.validate(), again.errors
    return again.choice()


@every_kind
@pytest.mark.parametrize("count", [0, 1, 12, 13, 60])
def test_draws_a_ballot_that_says_nothing_by_itself(
    kind: Kind, count: int, drawn: Callable[..., str], words: Flask
) -> None:
    page = sheet(kind, drawn, None, count)
    check_page(f"<form>{page}</form>")
    assert not any(value for name, value in on_it(page) if "language" not in name)
    assert not form(kind, on_it(page), count).validate()
    shown = [option.text for option in options(count) if re.search(rf"{option.text}\b", page)]
    assert len(shown) == (0 if count < kind.least_options and kind.grows else 2 if kind.grows else count) or (
        not kind.least_options
    )
    offered = {tag["name"] for tag in BeautifulSoup(page, "html.parser")(FIELD_TAGS) if tag.get("name")}
    assert {name for name, _value in (answers(kind, count) if count else [])} <= offered


@every_kind
@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_draws_wordings_as_text(kind: Kind, language: str, drawn: Callable[..., str]) -> None:
    hostile = [Option(id, f"<script>alert({id})</script>", "pt") for id in (1, 2)]
    content = {"settings": DECIDED, "marked": kind.filled(None), "kind": kind, "locale": language}
    page = drawn(f"kinds/{kind.name}/ballot.html", language, options=hostile, **content)
    check_page(f"<form>{page}</form>")
    assert "<script" not in page
    assert page.count('lang="pt"') >= len(hostile) * bool(kind.least_options)


@every_kind
@pytest.mark.parametrize("language", ["en", "ar"])
def test_draws_wordings_in_their_own_direction(kind: Kind, language: str, drawn: Callable[..., str]) -> None:
    soup = BeautifulSoup(sheet(kind, drawn, None, language=language), "html.parser")
    written = [text.parent for text in soup.find_all(string=re.compile(r"Option \d|Target A|هدف"))]
    assert len(written) >= 2 * bool(kind.least_options)
    assert [tag for tag in written if tag.get("dir") != "auto" and tag.name != "bdi"] == []


@every_kind
@pytest.mark.parametrize("count", [1, 60])
def test_is_answered_by_keyboard_alone(
    kind: Kind, count: int, drawn: Callable[..., str], words: Flask
) -> None:
    """What is posted is held by controls that every browser reaches by key, and nothing else acts."""
    soup = BeautifulSoup(sheet(kind, drawn, None, count), "html.parser")
    assert soup.select("[tabindex], [draggable], [role=button], [role=checkbox], [role=radio]") == []
    assert soup.select("a:not([href]), [disabled], [inert]") == []
    assert all(part.find("summary") for part in soup("details"))
    held = {tag["name"] for tag in soup(FIELD_TAGS) if tag.get("name") and tag.get("type") != "hidden"}
    named = {name for name, _value in answers(kind, count)} - {"language"}
    assert named <= held


@every_kind
def test_writes_as_many_columns_as_it_names(kind: Kind) -> None:
    for choice in [*ballots(kind, 3, 5), {}]:
        for row in kind.rows("1", choice, {1: "A", 2: "B", 3: "C"}):
            assert len(row) == 3 + len(kind.columns)
            assert all(isinstance(value, str) for value in row)


@every_kind
def test_has_nothing_left_to_settle_once_decided(kind: Kind, words: Flask) -> None:
    assert not kind.gaps({**kind.settings_form().data, **DECIDED})
    assert all(str(gap).endswith(".") for gap in kind.gaps({}))


@every_kind
def test_says_its_rules_in_sentences(kind: Kind, words: Flask) -> None:
    assert all(rule and isinstance(rule, str) for rule in kind.rules(kind.settings_form().data))


@every_kind
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), count=st.integers(1, 12), most=st.integers(1, 3), ties=st.booleans())
def test_imagines_answers_that_it_takes(
    kind: Kind, seed: int, count: int, most: int, ties: bool, words: Flask
) -> None:
    decided = DECIDED | {"most": most, "ties": ties}
    imagined = kind.imagined(range(1, count + 1), decided, Random(seed))
    assert imagined == kind.imagined(range(1, count + 1), decided, Random(seed))
    assert form(kind, imagined, count, **decided).validate() or (not imagined and count < kind.least_options)


@every_kind
@pytest.mark.parametrize("count", [1, 2, 60])
def test_imagines_ballots_that_count_and_prefer_the_first(kind: Kind, count: int, words: Flask) -> None:
    chance, ids = Random(7), list(range(1, count + 1))
    imagined = [kind.imagined(ids, DECIDED, chance) for _ in range(200)]
    cast = [form(kind, posted, count) for posted in imagined if posted]
    assert all(one.validate() for one in cast)
    assert cast or count < kind.least_options
    counted = kind.tally(ids, [one.choice() for one in cast], DECIDED)
    assert [row.option for row in counted.rows[:1]] == ([1] if kind.least_options or counted.rows else [])


@every_kind
def test_shows_no_answer_before_there_is_one(kind: Kind) -> None:
    assert not any(kind.filled(None).values())
    assert kind.filled({})["blank"] is True


@every_kind
def test_is_quick_on_the_way_of_a_ballot(kind: Kind, words: Flask) -> None:
    """At most 100 µs of work for ten options; four times as much while coverage traces each line."""
    ballot, posted = kind.ballot_form(options(10), DECIDED | {"most": 20}), MultiDict(answers(kind, 10))

    def turn() -> float:
        began = time.thread_time()
        for _ in range(100):
            assert ballot(posted).validate()
        return (time.thread_time() - began) / 100

    assert min(turn() for _ in range(20)) <= (400e-6 if sys.gettrace() else 100e-6)


@every_kind
@pytest.mark.parametrize("count", [0, 1, 60])
def test_counts_nothing(kind: Kind, count: int) -> None:
    for choices in ([], [{}]):
        standings = kind.tally(range(1, count + 1), choices, DECIDED)
        assert (standings.ballots, standings.blank) == (len(choices), len(choices))
        assert len(standings.rows) == count or not kind.least_options


@every_kind
def test_counts_a_thousand_ballots_at_once(kind: Kind) -> None:
    choices = ballots(kind, 10, 1000)
    began = time.perf_counter()
    standings = kind.tally(range(1, 11), choices, DECIDED, seed=1)
    assert standings.ballots == 1000
    assert time.perf_counter() - began < 2


@every_kind
@settings(max_examples=20)
@given(data=st.data())
def test_counts_alike_in_any_order(kind: Kind, data: st.DataObject) -> None:
    choices = [*ballots(kind, 4, 11), {}]
    shuffled = data.draw(st.permutations(choices))
    ids = [1, 2, 3, 4]
    assert kind.tally(ids, shuffled, DECIDED, seed=7) == kind.tally(ids, choices, DECIDED, seed=7)


@every_kind
def test_names_the_seed_of_its_redraws_where_it_orders(kind: Kind) -> None:
    found = kind.tally([1, 2, 3], ballots(kind, 3, 9), DECIDED, seed=7)
    ordered = len({row.place for row in found.rows}) > 1
    assert (found.remarks["stability"] or {}).get("seed") == (7 if ordered else None)


@every_kind
def test_writes_ballots_that_can_be_read_again(kind: Kind) -> None:
    """A kind may write one answer as several ballots, numbered below it."""
    names = {id: f"Option {id}" for id in range(1, 5)}
    cast = [*ballots(kind, 4, 5), {}]
    text = written(kind, cast, names)
    recounted, numbers = (
        read(text),
        list(dict.fromkeys(row["ballot_id"] for row in csv.DictReader(io.StringIO(text)))),
    )
    assert recounted.items == tuple(names.values()) or not kind.least_options
    assert {number.split(".")[0] for number in numbers} == set(map(str, range(len(cast))))
    for number, again in zip(numbers, recounted.choices, strict=True):
        choice = cast[int(number.split(".")[0])]
        firsts = [id for id, rank in kind.ranks(choice).items() if rank == "1"] if choice else []
        assert "." in number or [id + 1 for group in again["order"][:1] for id in group] == firsts


def written(kind: Kind, cast: list[Choice], names: Mapping[int, str]) -> str:
    """Write ballots as the desk does."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(("ballot_id", "item", "rank", *kind.columns))
    for number, choice in enumerate(cast):
        table.writerows(kind.rows(str(number), choice, names))
    return text.getvalue()
