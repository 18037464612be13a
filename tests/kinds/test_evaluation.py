"""Evaluation: ratings as a rating has them, and a remark that stays with the organisers."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.datastructures import MultiDict

from facilitator.kinds.base import BallotForm, Choice, Option, Spoken
from facilitator.kinds.evaluation import LONGEST, EvaluationKind, EvaluationSettings
from tests.kinds.conftest import Draw

KIND = EvaluationKind()
OPTIONS = [Option(id, f"Statement {id}", "en") for id in (3, 5)]


def sent(*posted: tuple[str, str]) -> BallotForm:
    return KIND.ballot_form(OPTIONS, {})(MultiDict(posted))


def taken(*posted: tuple[str, str]) -> Choice:
    ballot = sent(*posted)
    assert ballot.validate(), ballot.errors
    return ballot.choice()


def test_reads_ratings_and_a_remark(words: Flask) -> None:
    choice = taken(("rate-5", "4"), ("rate-3", ""), ("remark", " Merci\n à tous "), ("language", "fr"))
    assert choice == {"ratings": [[5, 4]], "remark": "Merci à tous", "language": "fr"}


def test_either_will_do(words: Flask) -> None:
    assert taken(("rate-5", "4"), ("language", "fr")) == {"ratings": [[5, 4]]}
    assert taken(("remark", "Merci")) == {"ratings": [], "remark": "Merci", "language": ""}


def test_refuses_a_remark_that_is_too_long(words: Flask) -> None:
    assert not sent(("rate-5", "4"), ("remark", "x" * (LONGEST + 1))).validate()


def test_says_the_remark_to_the_organisers() -> None:
    said = KIND.said({"ratings": [], "remark": "Merci", "language": "fr"})
    assert said == (Spoken(1, "Merci", "fr", "remark"),)
    assert KIND.said({"ratings": [[3, 4]]}) == KIND.said({}) == ()


CAST: list[Choice] = [
    {"ratings": [[3, 4], [5, 2]], "remark": "Trop long", "language": "fr"},
    {"ratings": [[3, 5]]},
    {"ratings": [], "remark": "Merci", "language": "fr"},
    {},
]


def test_counts_remarks_and_nothing_more() -> None:
    standings = KIND.tally([3, 5], CAST, {})
    assert (standings.ballots, standings.blank, standings.remarks["remarks"]) == (4, 1, 2)
    assert standings.remarks["scale"] == "agreement"
    assert "Merci" not in standings.to_json()
    assert [row.option for row in standings.rows] == [3, 5]


@pytest.mark.parametrize("place", ["wall", "desk"])
def test_shows_no_remark_anywhere(place: str, drawn: Draw) -> None:
    content = {"kind": KIND, "options": OPTIONS, "joined": 9, "place": place}
    page = drawn("kinds/evaluation/result.html", **content, standings=KIND.tally([3, 5], CAST, {}))
    words = BeautifulSoup(page, "html.parser").get_text(" ")
    assert "2 remarks were written for the organisers." in words
    assert "Merci" not in words
    assert "Strongly" in words
    none = KIND.tally([3, 5], [{"ratings": [[3, 4]]}] * 3, {})
    assert "organisers" not in drawn("kinds/evaluation/result.html", **content, standings=none)


def test_writes_ratings_and_no_remark() -> None:
    rows = list(KIND.rows("1", CAST[0], {3: "A", 5: "B"}))
    assert [row[:2] for row in rows] == [("1", "A"), ("1", "B")]
    assert "Trop long" not in str(rows)


def test_settles_the_words_of_the_levels(words: Flask) -> None:
    decided = EvaluationSettings(MultiDict({"scale": "quality"}))
    assert decided.validate()
    assert str(KIND.words(decided.data)[4]) == "Very good"
    assert str(KIND.words({})[4]) == "Strongly agree"
    assert not EvaluationSettings(MultiDict({"scale": "other"})).validate()


def test_the_ballot_asks_for_a_remark_below_the_statements(drawn: Draw) -> None:
    content = {
        "kind": KIND,
        "options": OPTIONS,
        "settings": {},
        "locale": "fr",
        "marked": KIND.filled(CAST[0]),
    }
    page = BeautifulSoup(drawn("kinds/evaluation/ballot.html", **content), "html.parser")
    assert page.textarea.get_text() == "Trop long"
    assert [(box["name"], box["value"]) for box in page("input", checked=True)] == [
        ("rate-3", "4"),
        ("rate-5", "2"),
    ]
    assert "not shown to the room" in page.find("label", attrs={"for": "remark"}).get_text()
