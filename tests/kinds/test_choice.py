"""Choice: one answer or several, and no more than allowed."""

from fractions import Fraction
from random import Random

import pytest
from flask import Flask
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from facilitator.kinds.base import BallotForm, Option
from facilitator.kinds.choice import ChoiceKind, ChoiceSettings

KIND = ChoiceKind()
OPTIONS = [Option(id, f"Option {id}", "en") for id in (3, 5, 12)]


def sent(*picked: str, most: int | None = 1) -> BallotForm:
    decided = {} if most is None else {"most": most}
    return KIND.ballot_form(OPTIONS, decided)(MultiDict([("option", option) for option in picked]))


def test_picks_one(words: Flask) -> None:
    ballot = sent("5", most=None)
    assert ballot.validate()
    assert ballot.choice() == {"options": [5]}


def test_picks_several_in_one_order(words: Flask) -> None:
    ballot = sent("12", "3", "12", most=2)
    assert ballot.validate()
    assert ballot.choice() == {"options": [3, 12]}


@pytest.mark.parametrize(
    ("most", "reason"),
    [(None, "Pick one answer only."), (1, "Pick one answer only."), (2, "Pick 2 answers at most.")],
)
def test_refuses_too_many(most: int | None, reason: str, words: Flask) -> None:
    ballot = sent("3", "5", "12", most=most)
    assert not ballot.validate()
    assert [str(said) for said in ballot.errors["answer"]] == [reason]


def test_refuses_one_that_is_not_offered(words: Flask) -> None:
    ballot = sent("3", "4", most=2)
    assert not ballot.validate()
    assert "not offered" in str(ballot.errors["answer"][0])


def test_shows_what_was_picked() -> None:
    assert KIND.filled({"options": [3, 12]}) == {"blank": False, "options": {3, 12}}


def test_picks_as_many_as_one_likes(words: Flask) -> None:
    ballot = sent("3", "5", "12", most=0)
    assert ballot.validate()
    assert ballot.choice() == {"options": [3, 5, 12]}
    imagined = [KIND.imagined([3, 5, 12], {"most": 0}, Random(seed)) for seed in range(20)]
    assert {len(fields) for fields in imagined} == {1, 2, 3}


@pytest.mark.parametrize("most", ["0", "1", "100"])
def test_settles_how_many(most: str, words: Flask) -> None:
    decided = ChoiceSettings(MultiDict({"most": most}))
    assert decided.validate()
    assert decided.data == {"most": int(most)}


@pytest.mark.parametrize("most", ["101", "-1", "", "many", "9" * 10_000])
def test_refuses_another_number(most: str, words: Flask) -> None:
    decided = ChoiceSettings(MultiDict({"most": most}))
    assert not decided.validate()
    assert "Write a number from 0 to 100." in map(str, decided.errors["most"])


def test_speaks_the_language_of_the_reader(words: Flask) -> None:
    with force_locale("fr"):
        decided = ChoiceSettings(MultiDict({"most": "beaucoup"}))
        assert not decided.validate()
        assert "entier" in str(decided.errors["most"][0])


def test_speaks_english_where_nobody_reads() -> None:
    decided = ChoiceSettings(MultiDict({"most": "many"}))
    assert not decided.validate()
    assert decided.errors["most"][0] == "Not a valid integer value."


def test_orders_by_support() -> None:
    standings = KIND.tally([3, 5, 12], [{"options": [5]}, {"options": [3, 5]}, {}, {"options": [12]}], {})
    assert [(row.option, row.place, row.tied) for row in standings.rows] == [
        (5, 1, False),
        (3, 2, True),
        (12, 2, True),
    ]
    assert standings.rows[0].figures == {"support": 2, "share": Fraction(1, 2)}


def test_writes_what_was_picked_first_and_the_rest_unranked() -> None:
    names = {3: "A", 5: "B", 12: "C"}
    assert list(KIND.rows("7", {"options": [3, 12]}, names)) == [
        ("7", "A", "1"),
        ("7", "B", ""),
        ("7", "C", "1"),
    ]
    assert list(KIND.rows("8", {}, names)) == [("8", "", "")]
