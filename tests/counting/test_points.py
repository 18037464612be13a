"""Points for options."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from facilitator.counting.points import point_standings
from facilitator.counting.standing import Standings

CAST = [{"points": [[3, 7], [5, 3]]}, {"points": [[5, 4]]}, {"points": [[9, 2]]}, {}]
ROOMS = st.lists(st.dictionaries(st.integers(1, 4), st.integers(1, 9)), max_size=12)


def choices(room):
    return [{"points": [list(pair) for pair in sorted(given.items())]} if given else {} for given in room]


def test_points_shares_supporters_and_ties():
    found = point_standings([9, 5, 3, 7], CAST, seed=4)
    assert [(row.option, row.place, row.tied) for row in found.rows] == [
        (5, 1, True),
        (3, 1, True),
        (9, 3, False),
        (7, 4, False),
    ]
    assert found.rows[0].figures == {"points": 7, "share": Fraction(7, 16), "supporters": 2}
    assert (found.method, found.ballots, found.blank, found.remarks["given"]) == ("points", 4, 1, 16)


def test_a_room_of_one_mind_is_firm():
    found = point_standings([1, 2], [{"points": [[2, 5], [1, 4]]}] * 30, seed=4).remarks["stability"]
    assert found["first"] == {"share": 1, "word": "firm"}
    assert (found["seed"], found["draws"]) == (4, 1000)


def test_nobody_gave_a_point():
    found = point_standings([1, 2], [])
    assert [(row.place, row.tied, row.figures["share"]) for row in found.rows] == [(1, True, 0)] * 2
    assert found.remarks == {"stability": None, "given": 0}


@given(ROOMS, st.randoms(use_true_random=False))
def test_any_order_of_ballots(room, random):
    cast = choices(room)
    counted = point_standings([1, 2, 3, 4], cast, seed=3, draws=40)
    mixed = point_standings([1, 2, 3, 4], random.sample(cast, len(cast)), seed=3, draws=40)
    assert counted == mixed == Standings.from_json(counted.to_json())
    for row in counted.rows:
        assert row.figures["points"] == sum(given.get(row.option, 0) for given in room)
        assert row.figures["supporters"] == sum(row.option in given for given in room)
        better = sum(other.figures["points"] > row.figures["points"] for other in counted.rows)
        assert row.place == 1 + better
    assert sum(row.figures["share"] for row in counted.rows) in (0, 1)
