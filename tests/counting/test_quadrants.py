"""Impact against feasibility."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.counting.quadrants import quadrant_standings
from facilitator.counting.rating import summary
from facilitator.counting.standing import Standings

IDS = [1, 2, 3]
LEVEL = st.integers(0, 5)
ROOMS = st.lists(st.dictionaries(st.sampled_from(IDS), st.tuples(LEVEL, LEVEL).filter(any)), max_size=12)


def choices(room):
    written = [[[option, *both] for option, both in sorted(given.items())] for given in room]
    return [{"ratings": ratings} if ratings else {} for ratings in written]


def rated(*pairs):
    return choices([{1: pair} for pair in pairs])


@pytest.mark.parametrize(
    ("impact", "ease", "name"),
    [
        (4, 4, "first"),
        (5, 3, "plan"),
        (4, 1, "plan"),
        (3, 4, "extra"),
        (1, 5, "extra"),
        (3, 3, "leave"),
        (1, 2, "leave"),
    ],
)
def test_only_above_the_middle_is_high(impact, ease, name):
    found = quadrant_standings([1], rated((impact, ease), (impact, ease)))
    assert found.remarks["quadrants"] == [{"option": 1, "quadrant": name, "contested": False}]


def test_a_median_just_above_the_middle_is_high():
    found = quadrant_standings([1], rated((3, 3), (4, 4)))
    assert found.rows[0].figures["impact"] == Fraction(7, 2)
    assert found.remarks["quadrants"][0]["quadrant"] == "first"


def test_orders_by_quadrant_then_by_the_sum_of_both():
    given = {1: (3, 5), 2: (5, 1), 3: (4, 4), 4: (5, 5), 5: (3, 3), 6: (4, 1)}
    found = quadrant_standings(list(given), choices([given] * 2))
    assert [row.option for row in found.rows] == [4, 3, 2, 6, 1, 5]
    assert not any(row.tied for row in found.rows)


def test_equal_sums_in_one_quadrant_are_a_tie():
    found = quadrant_standings([2, 1], choices([{1: (5, 4), 2: (4, 5)}] * 3))
    assert [(row.option, row.place, row.tied) for row in found.rows] == [(2, 1, True), (1, 1, True)]


@pytest.mark.parametrize(
    ("pairs", "contested"),
    [
        (((3, 3), (4, 4)), False),
        (((2, 3), (4, 3)), True),
        (((3, 2), (3, 4)), True),
        (((1, 3), (3, 3), (3, 3), (3, 3), (5, 3)), False),
        (((1, 3), (1, 3), (3, 3), (5, 3), (5, 3)), True),
    ],
)
def test_a_wide_spread_on_either_scale_is_contested(pairs, contested):
    assert quadrant_standings([1], rated(*pairs)).remarks["quadrants"][0]["contested"] is contested


def test_too_few_opinions_on_one_scale_give_no_quadrant():
    found = quadrant_standings([1, 2], choices([{1: (5, 5), 2: (1, 1)}, {1: (5, 0), 2: (1, 1)}]))
    assert [row.option for row in found.rows] == [2, 1]
    assert found.remarks["quadrants"][1] == {"option": 1, "quadrant": None, "contested": False}
    assert found.row(1).figures == {
        "impact": 5,
        "ease": None,
        "impact_spread": 0,
        "ease_spread": None,
        "impact_n": 2,
        "ease_n": 1,
    }


@pytest.mark.parametrize(("number", "drawn"), [(4, False), (5, True)])
def test_dots_are_kept_only_of_five_people_or_more(number, drawn):
    found = quadrant_standings([1], rated(*[(5, 2)] * number))
    assert found.remarks["cloud"] == ([[1, 5, 2, number]] if drawn else [])


def test_one_rating_alone_is_no_dot():
    found = quadrant_standings([1], rated(*[(5, 2)] * 4, (4, 0), (0, 1)))
    assert found.remarks["cloud"] == []


def test_nobody_rated():
    found = quadrant_standings([1, 2], [{}])
    assert [(row.place, row.tied) for row in found.rows] == [(1, True)] * 2
    assert (found.remarks["stability"], found.remarks["cloud"]) == (None, [])


def test_a_room_of_one_mind_is_firm():
    found = quadrant_standings([1, 2], choices([{1: (5, 5), 2: (1, 1)}] * 20), seed=4)
    assert found.remarks["stability"]["first"] == {"share": 1, "word": "firm"}


@given(ROOMS, st.randoms(use_true_random=False))
def test_any_order_of_ballots(room, random):
    cast = choices(room)
    counted = quadrant_standings(IDS, cast, seed=3, draws=40)
    assert counted == quadrant_standings(IDS, random.sample(cast, len(cast)), seed=3, draws=40)
    assert counted == Standings.from_json(counted.to_json())
    assert [found["option"] for found in counted.remarks["quadrants"]] == [row.option for row in counted.rows]
    for row in counted.rows:
        for axis, name in enumerate(("impact", "ease")):
            levels = [given[row.option][axis] for given in room if row.option in given]
            alone = summary([levels.count(level) for level in range(1, 6)])
            assert (row.figures[name], row.figures[f"{name}_spread"]) == (alone["median"], alone["spread"])
        pairs = Counter(given[row.option] for given in room if all(given.get(row.option, (0, 0))))
        kept = {
            (impact, ease): n for option, impact, ease, n in counted.remarks["cloud"] if option == row.option
        }
        assert kept == (pairs if pairs.total() >= 5 else {})
