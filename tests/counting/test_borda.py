"""Scores by position."""

from fractions import Fraction

from hypothesis import given

from facilitator.counting.ballots import profile
from facilitator.counting.borda import borda_average, borda_modified, mean_rank
from facilitator.counting.pairwise import opinions, pairwise
from tests.counting.rooms import (
    Ranks,
    choices,
    orders,
    rooms,
    slow_borda_average,
    slow_borda_modified,
    slow_mean_rank,
)


def average(room):
    return borda_average(pairwise(room), opinions(room))


def test_a_short_ballot():
    """2 and 3 are unranked: last together, half a point from each other, no points "5 to 1"."""
    room = profile(range(4), orders("1: 0 > 1"))
    assert average(room) == [3, 2, Fraction(1, 2), Fraction(1, 2)]
    assert borda_modified(room) == [2, 1, 0, 0]
    assert mean_rank(room) == [1, 2, Fraction(7, 2), Fraction(7, 2)]


def test_options_on_one_place_share_the_mean():
    room = profile(range(3), orders("2: 0=1 > 2"))
    assert average(room) == [3, 3, 0]
    assert borda_modified(room) == [5, 5, 2]
    assert mean_rank(room) == [Fraction(3, 2), Fraction(3, 2), 3]


def test_no_opinion_is_out_of_everything():
    room = profile(range(3), [{"order": [[1], [0]], "unsure": [2]}, {"order": [[2]], "unsure": [0, 1]}])
    assert average(room) == [0, 1, 0]
    assert borda_modified(room) == [1, 2, 1]
    assert mean_rank(room) == [2, 1, 1]


def test_an_option_that_nobody_judges_has_no_mean_rank():
    assert mean_rank(profile(range(2), [{"order": [[1]], "unsure": [0]}])) == [None, 1]


@given(rooms())
def test_as_counted_by_hand(room: list[Ranks]):
    options = range(len(room[0]))
    found = profile(options, choices(room))
    assert average(found) == [slow_borda_average(room, option) for option in options]
    assert borda_modified(found) == [slow_borda_modified(room, option) for option in options]
    assert mean_rank(found) == [slow_mean_rank(room, option) for option in options]
