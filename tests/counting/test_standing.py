"""Standings and their exact text."""

import json
from fractions import Fraction

import pytest

from facilitator.counting.standing import Standing, Standings, share, standing_rows

SHOWN = Standings(
    method="schulze",
    ballots=3,
    blank=1,
    rows=(
        Standing(7, 1, False, {"mean_rank": Fraction(4, 3), "support": 3, "unsure": 0}),
        Standing(5, 2, False, {"mean_rank": None, "support": 0, "unsure": 2}),
    ),
    remarks={"agreement": {"w": Fraction(1, 3), "word": "weak"}, "circle": [], "stability": None},
)


def test_exact_round_trip():
    assert Standings.from_json(SHOWN.to_json()) == SHOWN
    assert isinstance(Standings.from_json(SHOWN.to_json()).rows[0].figures["mean_rank"], Fraction)


def test_whole_fractions_stay_fractions():
    found = Standings("support", 1, 0, (Standing(1, 1, False, {"share": Fraction(1)}),), {})
    assert type(Standings.from_json(found.to_json()).rows[0].figures["share"]) is Fraction


def test_the_text_is_the_same_however_the_remarks_were_written():
    turned = Standings("schulze", 3, 1, SHOWN.rows, dict(reversed(SHOWN.remarks.items())))
    assert turned.to_json() == SHOWN.to_json()
    assert json.loads(SHOWN.to_json())["rows"][0]["figures"]["mean_rank"] == {"fraction": [4, 3]}


def test_nothing_inexact_slips_in():
    with pytest.raises(TypeError, match="set has no place in standings"):
        Standings("support", 0, 0, (), {"who": {1}}).to_json()


def test_one_row():
    assert SHOWN.row(5) is SHOWN.rows[1]
    assert SHOWN.row(6) is None


def test_rows_share_the_best_place_and_keep_the_running_order():
    figures = {option: {"support": option} for option in (1, 2, 3, 4)}
    rows = standing_rows([3, 1, 2, 4], [[2], [1, 3], [4]], figures)
    assert [(row.option, row.place, row.tied) for row in rows] == [
        (2, 1, False),
        (3, 2, True),
        (1, 2, True),
        (4, 4, False),
    ]
    assert rows[3].figures == {"support": 4}


def test_share_of_nobody():
    assert share(0, 0) == 0
    assert share(2, 3) == Fraction(2, 3)
