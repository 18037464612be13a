"""What every kind keeps to, whatever it asks."""

import csv
import io
import itertools
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from facilitator.counting.ballotfile import read
from facilitator.kinds import KINDS
from facilitator.kinds.base import BallotForm, Choice, Kind, Option, canonical

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "kinds"
FIELDS = [
    "option",
    "unsure",
    "blank",
    "revision",
    "token",
    *(f"rank-{item}" for item in (1, 2, 3, 99, "x", "")),
]
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

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def options(count: int = 3) -> list[Option]:
    return [Option(id, f"Option {id}", "en") for id in range(1, count + 1)]


def form(kind: Kind, posted: list[tuple[str, str]], count: int = 3, **decided: Any) -> BallotForm:
    return kind.ballot_form(options(count), decided)(MultiDict(posted))


def answers(kind: Kind, count: int) -> list[tuple[str, str]]:
    """Fields that a phone posts for a good answer, whatever the kind."""
    return kind.imagined(range(1, count + 1), {}, Random(count))


def ballots(kind: Kind, count: int, number: int) -> list[Choice]:
    """Different answers over some options, in a sequence that never changes."""
    filled, chance = kind.ballot_form(options(count), {}), Random(7)
    taken = [filled(MultiDict(kind.imagined(range(1, count + 1), {}, chance))) for _ in range(number)]
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
def test_keeps_settings_as_json(kind: Kind, words: Flask) -> None:
    posted = MultiDict({field.name: str(field.data) for field in kind.settings_form()})
    decided = kind.settings_form(posted)
    assert decided.validate(), decided.errors
    assert json.loads(json.dumps(decided.data)) == decided.data == kind.settings_form().data


@every_kind
@pytest.mark.parametrize("hostile", HOSTILE)
def test_refuses_hostile_settings_in_words(kind: Kind, hostile: str, words: Flask) -> None:
    decided = kind.settings_form(MultiDict({field.name: hostile for field in kind.settings_form()}))
    for reason in [] if decided.validate() else itertools.chain(*decided.errors.values()):
        assert 0 < len(str(reason)) < 200


@every_kind
@pytest.mark.parametrize("count", [1, 3, 60])
def test_takes_an_answer(kind: Kind, count: int, words: Flask) -> None:
    taken = form(kind, answers(kind, count), count)
    assert taken.validate(), taken.errors
    assert json.loads(canonical(taken.choice())) == taken.choice() != {}


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
    for posted in (
        [("option", hostile), ("rank-" + hostile, "1")],
        [*answers(kind, 3), ("unsure", hostile), ("option", hostile)],
    ):
        refused = form(kind, posted, most=3)
        assert not refused.validate()
        assert len(refused.errors["answer"]) == 1
        assert hostile not in str(refused.errors["answer"][0]) or len(hostile) < 3


@every_kind
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_takes_or_refuses_anything(kind: Kind, words: Flask, data: st.DataObject) -> None:
    values = st.sampled_from(["", "1", "2", "3", "99", *HOSTILE]) | st.text(max_size=5)
    posted = data.draw(st.lists(st.tuples(st.sampled_from(FIELDS), values), max_size=12))
    tried = form(kind, posted, most=2)
    if not tried.validate():
        assert all(str(reason) for reason in tried.errors["answer"])
        return
    assert form(kind, data.draw(st.permutations(posted)), most=2).validate()
    assert resent(kind, tried.choice()) == tried.choice()


def resent(kind: Kind, choice: Choice) -> Choice:
    """Send what the ballot shows of an answer once more."""
    shown = kind.filled(choice)
    posted = [("option", str(id)) for id in shown.get("options", ())]
    posted += [(f"rank-{id}", str(place)) for id, place in shown.get("places", {}).items()]
    posted += [("unsure", str(id)) for id in shown.get("unsure", ())]
    posted += [("blank", "1")] if shown["blank"] else []
    again = form(kind, posted, most=3)
    assert again.validate()
    return again.choice()


@every_kind
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), count=st.integers(1, 12), most=st.integers(1, 3), ties=st.booleans())
def test_imagines_answers_that_it_takes(
    kind: Kind, seed: int, count: int, most: int, ties: bool, words: Flask
) -> None:
    decided = {"most": most, "ties": ties}
    imagined = kind.imagined(range(1, count + 1), decided, Random(seed))
    assert imagined == kind.imagined(range(1, count + 1), decided, Random(seed))
    assert form(kind, imagined, count, **decided).validate()


@every_kind
@pytest.mark.parametrize("count", [1, 2, 60])
def test_imagines_ballots_that_count_and_prefer_the_first(kind: Kind, count: int, words: Flask) -> None:
    chance, ids = Random(7), list(range(1, count + 1))
    form = kind.ballot_form([Option(item, str(item), "en") for item in ids], {})
    with words.test_request_context():
        answers = [form(MultiDict(kind.imagined(ids, {}, chance))) for _ in range(200)]
        assert all(answer.validate() for answer in answers)
    assert kind.tally(ids, [answer.choice() for answer in answers], {}).rows[0].option == 1


@every_kind
def test_shows_no_answer_before_there_is_one(kind: Kind) -> None:
    assert not any(kind.filled(None).values())
    assert kind.filled({})["blank"] is True


@every_kind
def test_is_quick_on_the_way_of_a_ballot(kind: Kind, words: Flask) -> None:
    """At most 100 µs of work for ten options; four times as much while coverage traces each line."""
    ballot, posted = kind.ballot_form(options(10), {"most": 10}), MultiDict(answers(kind, 10))

    def turn() -> float:
        began = time.thread_time()
        for _ in range(100):
            assert ballot(posted).validate()
        return (time.thread_time() - began) / 100

    assert min(turn() for _ in range(20)) <= (400e-6 if sys.gettrace() else 100e-6)


@every_kind
@pytest.mark.parametrize("count", [1, 60])
def test_counts_nothing(kind: Kind, count: int) -> None:
    for choices in ([], [{}]):
        standings = kind.tally(range(1, count + 1), choices, {})
        assert (standings.ballots, standings.blank) == (len(choices), len(choices))
        assert len(standings.rows) == count


@every_kind
def test_counts_a_thousand_ballots_at_once(kind: Kind) -> None:
    choices = ballots(kind, 10, 1000)
    began = time.perf_counter()
    standings = kind.tally(range(1, 11), choices, {}, seed=1)
    assert standings.ballots == 1000
    assert time.perf_counter() - began < 2


@every_kind
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_counts_alike_in_any_order(kind: Kind, data: st.DataObject) -> None:
    choices = [*ballots(kind, 4, 11), {}]
    shuffled = data.draw(st.permutations(choices))
    assert kind.tally([1, 2, 3, 4], shuffled, {}, seed=7) == kind.tally([1, 2, 3, 4], choices, {}, seed=7)


@every_kind
def test_names_the_seed_of_its_redraws(kind: Kind) -> None:
    assert kind.tally([1, 2, 3], ballots(kind, 3, 9), {}, seed=7).remarks["stability"]["seed"] == 7


@every_kind
def test_writes_ballots_that_can_be_read_again(kind: Kind) -> None:
    names = {id: f"Option {id}" for id in range(1, 5)}
    cast = [*ballots(kind, 4, 5), {}]
    recounted = read(written(kind, cast, names))
    assert recounted.items == tuple(names.values())
    assert len(recounted.choices) == len(cast)
    for choice, again in zip(cast, recounted.choices, strict=True):
        firsts = [id for id, rank in kind.ranks(choice).items() if rank == "1"] if choice else []
        assert [id + 1 for group in again["order"][:1] for id in group] == firsts


def written(kind: Kind, cast: list[Choice], names: Mapping[int, str]) -> str:
    """Write ballots as the desk does."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(("ballot_id", "item", "rank", *kind.columns))
    for number, choice in enumerate(cast):
        table.writerows(kind.rows(str(number), choice, names))
    return text.getvalue()
