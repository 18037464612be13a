"""Points: a budget, at most so many on one option, and what cannot be spent."""

from collections.abc import Callable
from random import Random

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from facilitator.kinds.base import BallotForm, Choice, Option
from facilitator.kinds.points import PointsKind, PointsSettings
from tests.kinds.test_contract import sheet
from tests.kinds.test_result import plain, shown

KIND = PointsKind()
OPTIONS = [Option(id, f"Option {id}", "en") for id in (3, 5, 12)]


def sent(posted: list[tuple[str, str]], **decided: int) -> BallotForm:
    return KIND.ballot_form(OPTIONS, decided)(MultiDict(posted))


@pytest.mark.parametrize(
    ("posted", "choice"),
    [
        ([("points-12", "5"), ("points-3", "5")], {"points": [[3, 5], [12, 5]]}),
        ([("points-12", "1"), ("points-3", "0"), ("points-5", "")], {"points": [[12, 1]]}),
        ([("points-12", " ٢ ")], {"points": [[12, 2]]}),
    ],
    ids=["all spent", "some left", "digits of any script"],
)
def test_reads_points(posted: list[tuple[str, str]], choice: Choice, words: Flask) -> None:
    ballot = sent(posted)
    assert ballot.validate(), ballot.errors
    assert ballot.choice() == choice


@pytest.mark.parametrize(
    ("posted", "reason"),
    [
        ([("points-4", "1")], "not offered"),
        ([("points-3", "1"), ("points-3", "2")], "two answers"),
        ([("points-3", "6")], "At most 5 points on one option."),
        ([("points-3", "-1")], "whole numbers from 0 to 5"),
        ([("points-3", "1.5")], "whole numbers from 0 to 5"),
        ([("points-3", "0")], "blank answer"),
        (
            [("points-3", "5"), ("points-5", "5"), ("points-12", "1")],
            "1 point too many: you have 10. Please take it back.",
        ),
        (
            [("points-3", "5"), ("points-5", "5"), ("points-12", "3")],
            "3 points too many: you have 10. Please take them back.",
        ),
    ],
)
def test_refuses_what_cannot_be_spent(posted: list[tuple[str, str]], reason: str, words: Flask) -> None:
    ballot = sent(posted)
    assert not ballot.validate()
    assert [reason in str(said) for said in ballot.errors["answer"]] == [True]


def test_the_most_on_one_is_never_above_the_budget(words: Flask) -> None:
    assert KIND.limits({"budget": 3, "most": 5}) == (3, 3)
    assert sent([("points-3", "3")], budget=3, most=5).validate()
    assert not sent([("points-3", "4")], budget=3, most=5).validate()


def test_says_budget_and_most_before_anyone_answers(words: Flask) -> None:
    assert list(KIND.rules({"budget": 1, "most": 1})) == [
        "Each of us has 1 point.",
        "At most 1 on one option; some may be left.",
    ]
    assert KIND.rules({})[0] == "Each of us has 10 points."


@pytest.mark.parametrize("number", ["0", "101", "", "many"])
@pytest.mark.parametrize("field", ["budget", "most"])
def test_refuses_another_number(field: str, number: str, words: Flask) -> None:
    decided = PointsSettings(MultiDict({"budget": "10", "most": "5"} | {field: number}))
    assert not decided.validate()
    assert list(decided.errors) == [field]


def test_imagines_no_more_than_the_budget(words: Flask) -> None:
    for budget, most in ((1, 1), (10, 5), (100, 100), (3, 50)):
        for seed in range(20):
            imagined = KIND.imagined([3, 5, 12], {"budget": budget, "most": most}, Random(seed))
            assert sent(imagined, budget=budget, most=most).validate()


def test_writes_points_beside_ranks() -> None:
    names = {3: "A", 5: "B", 12: "C"}
    assert list(KIND.rows("7", {"points": [[3, 2], [12, 7]]}, names)) == [
        ("7", "A", "2", "2"),
        ("7", "B", "", ""),
        ("7", "C", "1", "7"),
    ]
    assert list(KIND.rows("8", {}, names)) == [("8", "", "", "")]


def test_few_points_on_one_are_buttons_and_many_a_field(drawn: Callable[..., str], words: Flask) -> None:
    buttons, field = (sheet(KIND, drawn, {"points": [[1, 2]]}, budget=10, most=most) for most in (5, 6))
    assert buttons.count('type="radio"') == 3 * 6
    assert 'type="number"' in field
    assert 'max="6" value="2"' in field
    assert 'data-budget="10"' in field


def test_a_long_list_has_fields_whatever_the_most(drawn: Callable[..., str], words: Flask) -> None:
    assert 'type="radio"' in sheet(KIND, drawn, None, 30, budget=10, most=5)
    assert 'type="radio"' not in sheet(KIND, drawn, None, 31, budget=10, most=5)


def test_gives_points_share_and_people(drawn: Callable[..., str]) -> None:
    page = shown(drawn, KIND, [{"points": [[1, 5], [2, 1]]}, {"points": [[1, 4]]}, {}])
    words = plain(page)
    assert "Place 1 Poor dissemination 9 points 90% · 2 people" in words
    assert "1 point 10% · 1 person" in words
    assert "10 points were given" in words
    assert page.count("<svg") == 2
