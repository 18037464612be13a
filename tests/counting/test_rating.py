"""Ratings on five levels."""

import statistics
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.counting.rating import doubled_quantiles, rating_standings, summary
from facilitator.counting.standing import Standings

IDS = [1, 2, 3]
ROOMS = st.lists(st.dictionaries(st.sampled_from(IDS), st.integers(1, 5)), max_size=12)


def choices(room):
    return [{"ratings": [list(pair) for pair in sorted(given.items())]} if given else {} for given in room]


def rated(*levels):
    return [{"ratings": [[1, level]]} for level in levels]


def counts(levels):
    return [sum(level == each for each in levels) for level in range(1, 6)]


@pytest.mark.parametrize(
    ("levels", "median", "spread"),
    [
        ((3, 3), 3, 0),
        ((2, 5), Fraction(7, 2), 3),
        ((1, 2, 3, 4), Fraction(5, 2), 2),
        ((1, 2, 4), 2, 3),
        ((1, 2, 3, 4, 5), 3, 2),
        ((1, 1, 4, 4, 5, 5, 5, 5), Fraction(9, 2), Fraction(5, 2)),
    ],
)
def test_median_and_spread_in_half_steps(levels, median, spread):
    found = summary(counts(levels))
    assert (found["median"], found["spread"], found["n"]) == (median, spread, len(levels))
    assert found["mean"] == Fraction(sum(levels), len(levels))


def test_orders_by_median_then_mean():
    room = [{1: 4, 2: 4, 3: 2}, {1: 4, 2: 4, 3: 5}, {1: 4, 2: 5, 3: 5}]
    found = rating_standings(IDS, choices(room))
    assert [(row.option, row.place) for row in found.rows] == [(3, 1), (2, 2), (1, 3)]


def test_equal_medians_and_means_are_a_tie():
    found = rating_standings([2, 1], choices([{1: 3, 2: 2}, {1: 3, 2: 3}, {1: 3, 2: 4}]))
    assert [(row.option, row.place, row.tied) for row in found.rows] == [(2, 1, True), (1, 1, True)]


def test_no_opinion_is_not_a_zero():
    found = rating_standings(IDS, choices([{1: 5, 2: 4}, {1: 5, 2: 4}, {2: 5}, {2: 4}]))
    assert [(row.option, row.figures["n"]) for row in found.rows] == [(1, 2), (2, 4), (3, 0)]
    assert found.row(1).figures["mean"] == 5


def test_a_lone_opinion_is_kept_to_itself():
    found = rating_standings([1, 2], choices([{1: 5, 2: 1}, {2: 1}]))
    assert [(row.option, row.place) for row in found.rows] == [(2, 1), (1, 2)]
    assert found.row(1).figures == {"median": None, "mean": None, "spread": None, "n": 1}
    assert found.remarks["distribution"] == [{"option": 2, "counts": [2, 0, 0, 0, 0]}]


def test_tells_how_often_each_level_was_given():
    found = rating_standings([1], rated(1, 5, 5, 3))
    assert found.remarks["distribution"] == [{"option": 1, "counts": [1, 0, 1, 0, 2]}]


def test_a_room_of_one_mind_is_firm_and_a_torn_one_open():
    alike = [{"ratings": [[1, 5], [2, 3]]}] * 20
    assert rating_standings([1, 2], alike, seed=4).remarks["stability"]["first"]["word"] == "firm"
    torn = [{"ratings": [[1, 5], [2, 1]]}] * 8 + [{"ratings": [[1, 1], [2, 5]]}] * 7
    assert rating_standings([1, 2], torn, seed=4).remarks["stability"]["first"]["word"] == "open"


def test_nobody_rated():
    found = rating_standings(IDS, [{}, {}])
    assert [(row.place, row.tied) for row in found.rows] == [(1, True)] * 3
    assert (found.blank, found.remarks) == (2, {"stability": None, "distribution": []})


@given(st.lists(st.integers(1, 5), min_size=1, max_size=30))
def test_the_middle_quantile_is_the_median(levels):
    doubled = int(doubled_quantiles(np.array(counts(levels)), Fraction(1, 2)))
    assert Fraction(doubled, 2) == statistics.median(levels)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=30), st.integers(1, 3))
def test_a_quantile_parts_the_opinions(levels, quarter):
    part = Fraction(quarter, 4)
    cut = Fraction(int(doubled_quantiles(np.array(counts(levels)), part)), 2)
    assert sum(level < cut for level in levels) <= part * len(levels)
    assert sum(level > cut for level in levels) <= (1 - part) * len(levels)


@given(ROOMS, st.randoms(use_true_random=False))
def test_any_order_of_ballots(room, random):
    cast = choices(room)
    counted = rating_standings(IDS, cast, seed=3, draws=40)
    assert counted == rating_standings(IDS, random.sample(cast, len(cast)), seed=3, draws=40)
    assert counted == Standings.from_json(counted.to_json())
    keys = []
    for row in counted.rows:
        levels = [given[row.option] for given in room if row.option in given]
        assert row.figures["n"] == len(levels)
        if len(levels) < 2:
            keys.append((0, 0))
            continue
        assert row.figures["median"] == Fraction(statistics.median(levels))
        assert row.figures["mean"] == Fraction(sum(levels), len(levels))
        keys.append((row.figures["median"], row.figures["mean"]))
    assert [row.place for row in counted.rows] == [1 + sum(other > key for other in keys) for key in keys]
