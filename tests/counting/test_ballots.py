"""Ballots gathered into numbers."""

import pytest
from hypothesis import given

from facilitator.counting.ballots import profile
from tests.counting.rooms import Ranks, choices, rooms, spoken


def gathered(options, cast):
    room = profile(options, cast)
    return {tuple(ranks): weight for ranks, weight in zip(room.ranks.tolist(), room.weights, strict=True)}


def test_ranked_tied_and_unranked():
    assert gathered([3, 5, 8, 9], [{"order": [[8], [3, 9]], "unsure": []}]) == {(2, 5, 1, 2): 1}


def test_no_opinion():
    assert gathered([1, 2, 3], [{"order": [[2]], "unsure": [1]}]) == {(0, 1, 4): 1}


def test_equal_ballots_are_gathered():
    cast = [{"order": [[1], [2]], "unsure": []}, {"order": [[2], [1]], "unsure": []}] * 3
    assert gathered([1, 2], cast) == {(1, 2): 3, (2, 1): 3}


@pytest.mark.parametrize(
    "empty",
    [{}, {"order": [], "unsure": []}, {"order": [[]]}, {"order": [], "unsure": [1]}, {"order": [[7]]}],
)
def test_a_ballot_that_ranks_nothing_is_blank(empty):
    room = profile([1, 2], [empty, {"order": [[1]]}])
    assert (room.ballots, room.blank, len(room.ranks)) == (2, 1, 1)


def test_an_option_not_counted_leaves_no_gap():
    cast = [{"order": [[7], [1, 9], [], [2]], "unsure": [8]}]
    assert gathered([1, 2], cast) == {(1, 2): 1}


def test_options_are_in_ascending_order_and_without_repeats():
    assert profile([9, 3, 3], []).options == (3, 9)


@pytest.mark.parametrize("options", [[], [1], [1, 2, 3]])
def test_nobody_voted(options):
    room = profile(options, [])
    assert (room.ballots, room.blank, room.ranks.shape) == (0, 0, (0, len(options)))


def test_without_options_every_ballot_is_blank():
    assert profile([], [{"order": [[1]]}]).blank == 1


def test_more_options_than_one_number_holds():
    options = range(40)
    cast = [
        {"order": [[option] for option in options]},
        {"order": [[option] for option in reversed(options)]},
    ]
    swapped = [[38], [39], *[[option] for option in range(37, -1, -1)]]
    found = gathered(options, [*cast, cast[1], {"order": swapped}])
    assert found[tuple(range(1, 41))] == 1
    assert found[tuple(range(40, 0, -1))] == 2
    assert len(found) == 3


@given(rooms())
def test_nothing_is_lost(room: list[Ranks]):
    found = profile(range(len(room[0])), choices(room))
    assert found.ballots == len(room)
    assert found.blank == len(room) - len(spoken(room))
    assert int(found.weights.sum()) == len(spoken(room))
    assert len({tuple(ranks) for ranks in found.ranks.tolist()}) == len(found.ranks)
