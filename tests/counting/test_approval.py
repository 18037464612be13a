"""Support for options."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from facilitator.counting.approval import support_standings

CAST = [{"options": [3]}, {"options": [3, 5]}, {"options": [9]}, {}]
ROOMS = st.lists(st.sets(st.integers(1, 4)), max_size=12)


def test_support_shares_and_ties():
    found = support_standings([9, 5, 3, 7], CAST, seed=4)
    assert [(row.option, row.place, row.tied) for row in found.rows] == [
        (3, 1, False),
        (9, 2, True),
        (5, 2, True),
        (7, 4, False),
    ]
    assert found.rows[0].figures == {"support": 2, "share": Fraction(1, 2)}
    assert (found.method, found.ballots, found.blank) == ("support", 4, 1)


def test_a_room_of_one_mind_is_firm():
    found = support_standings([1, 2], [{"options": [2]}] * 30, seed=4).remarks["stability"]
    assert found["first"] == {"share": 1, "word": "firm"}
    assert (found["seed"], found["draws"]) == (4, 1000)


def test_a_close_vote_is_open():
    cast = [{"options": [1]}] * 16 + [{"options": [2]}] * 15
    assert support_standings([1, 2], cast, seed=4).remarks["stability"]["first"]["word"] == "open"


def test_a_draw_that_ties_does_not_keep_the_first_place():
    """1 leads by its one ballot: it stays ahead when drawn at all, else both are level at most."""
    cast = [{"options": [1]}] + [{"options": [1, 2]}] * 9
    kept = support_standings([1, 2], cast, seed=4).remarks["stability"]["first"]["share"]
    assert abs(kept - (1 - Fraction(9, 10) ** 10)) < Fraction(5, 100)


def test_nobody_voted():
    found = support_standings([1, 2], [])
    assert [(row.place, row.tied, row.figures["share"]) for row in found.rows] == [(1, True, 0)] * 2
    assert found.remarks == {"stability": None}


@given(ROOMS, st.randoms(use_true_random=False))
def test_any_order_of_ballots(room, random):
    cast = [{"options": sorted(picked)} for picked in room]
    mixed = random.sample(cast, len(cast))
    counted = support_standings([1, 2, 3, 4], cast, seed=3, draws=40)
    assert counted == support_standings([1, 2, 3, 4], mixed, seed=3, draws=40)
    for row in counted.rows:
        assert row.figures["support"] == sum(row.option in picked for picked in room)
        assert row.place == 1 + sum(
            other.figures["support"] > row.figures["support"] for other in counted.rows
        )
