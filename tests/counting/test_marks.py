"""What ballots give, gathered, and places by score."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from facilitator.counting.marks import gathered, highest_first


def test_gathers_distinct_ballots_and_how_often_each_was_cast():
    room = gathered([9, 3], [[[3, 5]], [[9, 2], [3, 1]], [[3, 5]], []])
    assert room.options == (3, 9)
    assert room.given.tolist() == [[1, 2], [5, 0]]
    assert room.weights.tolist() == [1, 2]
    assert (room.ballots, room.blank) == (4, 1)


def test_passes_over_what_is_no_longer_offered():
    room = gathered([3], [[[3, 5], [4, 1]], [[4, 2]]])
    assert room.given.tolist() == [[5]]
    assert (room.ballots, room.blank) == (2, 1)


def test_an_empty_room_and_no_options():
    assert gathered([3, 4], []).given.shape == (0, 2)
    assert (gathered([], [[[3, 1]]]).ballots, gathered([], [[[3, 1]]]).blank) == (1, 1)


@given(st.lists(st.lists(st.integers(-3, 3), min_size=4, max_size=4), min_size=1, max_size=5))
def test_the_highest_score_comes_first_and_equals_share(rooms):
    for scores, places in zip(rooms, highest_first(np.array(rooms)).tolist(), strict=True):
        assert places == [1 + sum(other > score for other in scores) for score in scores]
