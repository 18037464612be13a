"""Ranking: places, ties, no opinion, and what cannot be a ranking."""

from random import Random

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from facilitator.counting.ballotfile import read
from facilitator.counting.ranking import rank_standings
from facilitator.counting.standing import Standings
from facilitator.kinds.base import BallotForm, Choice, Option
from facilitator.kinds.ranking import RankingKind, RankingSettings
from tests.kinds.test_contract import written

KIND = RankingKind()
IDS = (3, 5, 7, 12)
OPTIONS = [Option(id, f"Option {id}", "en") for id in IDS]


def sent(posted: list[tuple[str, str]], **decided: int) -> BallotForm:
    return KIND.ballot_form(OPTIONS, decided)(MultiDict(posted))


@pytest.mark.parametrize(
    ("posted", "choice"),
    [
        ([("rank-12", "1"), ("rank-3", "2")], {"order": [[12], [3]], "unsure": []}),
        ([("rank-12", "4"), ("rank-3", "2")], {"order": [[3], [12]], "unsure": []}),
        ([("rank-12", "1"), ("rank-3", "1"), ("rank-5", "3")], {"order": [[3, 12], [5]], "unsure": []}),
        ([("rank-12", "1"), ("rank-3", ""), ("unsure", "7")], {"order": [[12]], "unsure": [7]}),
        ([("rank-12", " ٢ "), ("rank-3", "1")], {"order": [[3], [12]], "unsure": []}),
        ([("rank-12", ""), ("rank-12", "1")], {"order": [[12]], "unsure": []}),
        ([("unsure", "7"), ("unsure", "3")], {}),
    ],
    ids=[
        "partial",
        "gaps mean nothing",
        "ties",
        "no opinion",
        "digits of any script",
        "empty beside a place",
        "only no opinion",
    ],
)
def test_reads_a_ranking(posted: list[tuple[str, str]], choice: Choice, words: Flask) -> None:
    ballot = sent(posted)
    assert ballot.validate(), ballot.errors
    assert ballot.choice() == choice


@pytest.mark.parametrize(
    ("posted", "reason"),
    [
        ([("rank-4", "1")], "not offered"),
        ([("rank-12", "1"), ("unsure", "4")], "not offered"),
        ([("rank-12", "1"), ("rank-12", "2")], "two places"),
        ([("rank-12", "1"), ("unsure", "12")], "both a place and"),
        ([("rank-12", "0")], "from 1 to 4"),
        ([("rank-12", "5")], "from 1 to 4"),
        ([("rank-12", "0001")], "from 1 to 4"),
        ([("rank-12", "first")], "from 1 to 4"),
        ([("rank-12", "")], "blank answer"),
    ],
)
def test_refuses_what_is_no_ranking(posted: list[tuple[str, str]], reason: str, words: Flask) -> None:
    ballot = sent(posted)
    assert not ballot.validate()
    assert [reason in str(said) for said in ballot.errors["answer"]] == [True]


def test_refuses_a_shared_place_where_each_has_its_own(words: Flask) -> None:
    shared = sent([("rank-12", "1"), ("rank-3", "1")], ties=False)
    assert not shared.validate()
    assert "share a place" in str(shared.errors["answer"][0])
    assert sent([("rank-12", "1"), ("rank-3", "2")], ties=False).validate()


@pytest.mark.parametrize(
    ("posted", "ties"), [({"ties": "True"}, True), ({"ties": "False"}, False), ({"other": "1"}, True)]
)
def test_settles_whether_options_may_share_a_place(posted: dict[str, str], ties: bool, words: Flask) -> None:
    decided = RankingSettings(MultiDict(posted))
    assert decided.validate()
    assert decided.data == {"ties": ties, "top": 0, "again": False}


@pytest.mark.parametrize(("posted", "again"), [("y", True), ("True", True), ("False", False), ("", False)])
def test_settles_whether_it_is_asked_again(posted: str, again: bool, words: Flask) -> None:
    assert RankingSettings(MultiDict({"again": posted})).data["again"] is again


@pytest.mark.parametrize("posted", ["", "perhaps", "1"])
def test_refuses_another_word_for_it(posted: str, words: Flask) -> None:
    assert not RankingSettings(MultiDict({"ties": posted})).validate()


@pytest.mark.parametrize("top", ["0", "3", "100", ""])
def test_settles_how_many_are_ranked(top: str, words: Flask) -> None:
    decided = RankingSettings(MultiDict({"ties": "True", "top": top}))
    assert decided.validate()
    assert decided.data["top"] == int(top or 0)


@pytest.mark.parametrize("top", ["-1", "101", "all"])
def test_refuses_another_number_of_them(top: str, words: Flask) -> None:
    assert not RankingSettings(MultiDict({"ties": "True", "top": top})).validate()


def test_refuses_more_than_the_top(words: Flask) -> None:
    first_two = [("rank-12", "1"), ("rank-3", "2")]
    assert sent([*first_two, ("unsure", "7")], top=2).validate()
    more = sent([*first_two, ("rank-5", "2")], top=2)
    assert not more.validate()
    assert [str(said) for said in more.errors["answer"]] == ["Rank 2 options at most."]
    assert [str(rule) for rule in KIND.rules({"top": 1})] == ["Rank one option only."]
    assert KIND.rules({}) == ()


def test_imagines_no_more_than_the_top(words: Flask) -> None:
    for seed in range(20):
        assert sent(KIND.imagined(IDS, {"top": 2}, Random(seed)), top=2).validate()


def test_shows_places_without_gaps() -> None:
    shown = KIND.filled({"order": [[12], [3, 5]], "unsure": [7]})
    assert shown == {"blank": False, "places": {12: 1, 3: 2, 5: 2}, "unsure": {7}}


def test_marks_no_opinion_apart_from_unranked() -> None:
    rows = KIND.rows("1", {"order": [[12], [3]], "unsure": [7]}, dict(zip(IDS, "ABCD", strict=True)))
    assert [row[1:] for row in rows] == [("A", "2"), ("B", ""), ("C", "-"), ("D", "1")]


@st.composite
def rankings(draw: st.DrawFn) -> Choice:
    """Any canonical ranking over the options, blank ones included."""
    marks = {id: draw(st.sampled_from(["1", "2", "3", "4", "", "unsure"])) for id in IDS}
    places = sorted({mark for mark in marks.values() if mark.isdecimal()})
    if not places:
        return {}
    return {
        "order": [[id for id in IDS if marks[id] == place] for place in places],
        "unsure": [id for id in IDS if marks[id] == "unsure"],
    }


@settings(max_examples=60)
@given(cast=st.lists(rankings(), min_size=1, max_size=12).filter(any))
def test_is_recounted_alike_from_its_file(cast: list[Choice]) -> None:
    """No opinion, unranked, tied and blank all survive the file."""
    names = {id: f"Option {id:02}" for id in IDS}
    file = read(written(KIND, cast, names))
    assert file.items == tuple(names.values())
    recounted = rank_standings(range(len(IDS)), file.choices, draws=0)
    counted = rank_standings(IDS, cast, draws=0)
    assert figures(recounted, dict(enumerate(IDS))) == figures(counted, {id: id for id in IDS})


def figures(standings: Standings, ids: dict[int, int]) -> list[object]:
    """What the room decided, under the options' own ids."""
    rows = [(ids[row.option], row.place, row.tied, row.figures) for row in standings.rows]
    return [rows, standings.ballots, standings.blank, standings.remarks["agreement"]]
