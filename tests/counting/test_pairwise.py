"""Head to head."""

import numpy as np
from hypothesis import given

from facilitator.counting import pairwise as module
from facilitator.counting.ballots import profile
from facilitator.counting.pairwise import opinions, pairwise, tallies
from tests.counting.rooms import Ranks, choices, orders, rooms, slow_pairs, spoken


def test_before_after_and_level():
    room = profile(range(3), orders("3: 0 > 1=2", "2: 2"))
    assert pairwise(room).tolist() == [[0, 3, 3], [0, 0, 0], [2, 2, 0]]
    assert opinions(room).tolist() == [[5] * 3] * 3


def test_no_opinion_takes_an_option_out_of_the_pairs():
    room = profile(range(3), [{"order": [[0], [1]], "unsure": [2]}])
    assert pairwise(room).tolist() == [[0, 1, 0], [0, 0, 0], [0, 0, 0]]
    assert opinions(room).tolist() == [[1, 1, 0], [1, 1, 0], [0, 0, 0]]


@given(rooms())
def test_as_counted_by_hand(room: list[Ranks]):
    found = profile(range(len(room[0])), choices(room))
    assert pairwise(found).tolist() == slow_pairs(room)
    assert opinions(found).tolist() == [
        [sum(ranks[row] > 0 < ranks[other] for ranks in spoken(room)) for other in range(len(room[0]))]
        for row in range(len(room[0]))
    ]


def test_in_blocks_as_in_one(monkeypatch):
    room = profile(range(3), orders("3: 0 > 1=2", "2: 2", "4: 1 > 2", "1: 2 > 1 > 0"))
    weights = np.array([[1, 2, 3, 4], [0, 0, 5, 1]], dtype=np.float32)
    whole = tallies(room.ranks, weights)
    monkeypatch.setattr(module, "BLOCK", 3)
    assert (tallies(room.ranks, weights) == whole).all()
    assert whole.dtype == np.float32
