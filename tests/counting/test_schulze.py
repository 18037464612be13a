"""The Schulze method, its circles and its winners."""

import numpy as np
import pytest
from hypothesis import given

from facilitator.counting.ballots import profile
from facilitator.counting.pairwise import pairwise
from facilitator.counting.schulze import (
    circle,
    condorcet_winner,
    grouped,
    schulze_places,
    smith_set,
    strongest_paths,
)
from tests.counting.rooms import Ranks, choices, orders, rooms, slow_pairs, slow_smith


def counted(options, *written):
    return pairwise(profile(range(options), orders(*written)))


def order(pairs):
    return grouped(range(len(pairs)), [int(place) for place in schulze_places(pairs)])


def test_the_narrowest_majority_of_a_circle_gives_way():
    pairs = counted(3, "9: 0 > 1 > 2", "8: 1 > 2 > 0", "6: 2 > 0 > 1")
    assert (order(pairs), smith_set(pairs), circle(pairs)) == ([[0], [1], [2]], [0, 1, 2], [0, 1, 2])
    assert condorcet_winner(pairs) is None


def test_winning_votes_not_margins():
    """A circle of 9:5, 8:3 and 10:7: the fewest votes are 8, the smallest margin is 3."""
    pairs = np.array([[0, 9, 7], [5, 0, 8], [10, 3, 0]])
    assert order(pairs) == [[2], [0], [1]]


def test_a_tie_is_no_majority():
    pairs = counted(3, "2: 0 > 1 > 2", "2: 1 > 0 > 2")
    assert (order(pairs), smith_set(pairs), circle(pairs)) == ([[0, 1], [2]], [0, 1], [])
    assert condorcet_winner(pairs) is None


def test_an_unbeaten_option_comes_first_even_if_it_beats_nobody():
    pairs = np.array([[0, 2, 1], [0, 0, 1], [1, 1, 0]])
    assert order(pairs) == [[0, 2], [1]]


def test_who_beats_all_is_first_and_alone():
    pairs = counted(4, "3: 2 > 0 > 1 > 3", "2: 0 > 2 > 3 > 1")
    assert (condorcet_winner(pairs), smith_set(pairs), circle(pairs)) == (2, [2], [])
    assert order(pairs) == [[2], [0], [1], [3]]


def test_an_option_level_with_a_circle_is_not_of_it():
    pairs = counted(4, "1: 0 > 1 > 2", "1: 1 > 2 > 0", "1: 2 > 0 > 1")
    assert (smith_set(pairs), circle(pairs)) == ([0, 1, 2], [0, 1, 2])
    pairs[3, :3] = pairs[:3, 3] = 1
    assert (smith_set(pairs), circle(pairs)) == ([0, 1, 2, 3], [0, 1, 2])


def test_a_circle_below_the_winner_is_not_the_winners():
    pairs = counted(4, "9: 3 > 0 > 1 > 2", "8: 3 > 1 > 2 > 0", "6: 3 > 2 > 0 > 1")
    assert (condorcet_winner(pairs), circle(pairs)) == (3, [])


@pytest.mark.parametrize(("size", "winner"), [(0, None), (1, 0), (2, None)])
def test_nobody_voted(size, winner):
    pairs = np.zeros((size, size), dtype=np.int64)
    assert condorcet_winner(pairs) == winner
    assert smith_set(pairs) == list(range(size))
    assert order(pairs) == ([list(range(size))] if size else [])


@given(rooms())
def test_smith_set_as_defined(room: list[Ranks]):
    pairs = np.array(slow_pairs(room))
    assert set(smith_set(pairs)) == slow_smith(slow_pairs(room))


@given(rooms())
def test_first_options_are_in_the_smith_set(room: list[Ranks]):
    pairs = np.array(slow_pairs(room))
    first, winner = order(pairs)[0], condorcet_winner(pairs)
    assert set(first) <= set(smith_set(pairs))
    assert winner is None or first == smith_set(pairs) == [winner]
    turning = circle(pairs)
    assert set(turning) <= set(smith_set(pairs))
    assert all(any(pairs[other, one] > pairs[one, other] for other in turning) for one in turning)


@given(rooms(most=6))
def test_who_beats_another_stands_before_it(room: list[Ranks]):
    paths = strongest_paths(np.array(slow_pairs(room)))
    places = schulze_places(np.array(slow_pairs(room)))
    beats = paths > paths.T
    assert (places[:, np.newaxis] < places)[beats].all()
    for option in np.flatnonzero(places > 1):
        above = places == places[places < places[option]].max()
        assert beats[above, option].any()


@given(rooms(least=3, most=3, smallest=2))
def test_many_at_once_as_one_by_one(room: list[Ranks]):
    several = [np.array(slow_pairs(room[start:])) for start in range(len(room))]
    assert schulze_places(np.array(several)).tolist() == [schulze_places(one).tolist() for one in several]


@given(rooms())
def test_places_leave_gaps_after_ties(room: list[Ranks]):
    places = schulze_places(np.array(slow_pairs(room))).tolist()
    assert all(place == 1 + sum(other < place for other in places) for place in places)


def test_choices_written_short():
    assert choices([(1, 2, 4)]) == [{"order": [[0], [1]], "unsure": []}]
