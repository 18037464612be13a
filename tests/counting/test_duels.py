"""Duels: all pairs drawn evenly, and options by the share that they won."""

from collections import Counter
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.counting.duels import ENOUGH, compared, drawn, duel_standings

IDS = (1, 2, 3, 4)
ROOMS = st.lists(
    st.dictionaries(
        st.sampled_from(list(combinations(IDS, 2))), st.sampled_from(["one", "other", "even"]), max_size=6
    ),
    max_size=15,
)


def ballot(answers):
    won = [
        [one, other] if which == "one" else [other, one]
        for (one, other), which in answers.items()
        if which != "even"
    ]
    even = [list(pair) for pair, which in answers.items() if which == "even"]
    return {"won": sorted(won), "even": sorted(even)} if answers else {}


def times(number, *won, even=()):
    return [{"won": [list(pair) for pair in won], "even": [list(pair) for pair in even]}] * number


@given(st.integers(0, 25))
def test_all_pairs_are_drawn_once_and_every_item_before_any_comes_again(size):
    pairs = list(drawn(range(size)))
    assert sorted(map(sorted, pairs)) == [list(pair) for pair in combinations(range(size), 2)]
    for stop in range(len(pairs)):
        came = Counter(item for pair in pairs[:stop] for item in pair)
        numbers = [came[item] for item in range(size)]
        assert max(numbers) - min(numbers) <= (1 if size % 2 == 0 else 2)


def test_an_item_comes_first_as_often_as_second():
    first = Counter(one for one, _other in drawn(range(20)))
    assert all(first[item] in (9, 10) for item in range(20))


def test_a_room_covers_all_pairs_evenly():
    """40 phones with 20 of 190 pairs each: about four answers a pair."""
    chance, came = Random(5), Counter()
    for _phone in range(40):
        items = chance.sample(range(20), 20)
        came.update(frozenset(pair) for pair, _ in zip(drawn(items), range(20), strict=False))
    assert sum(came.values()) == 800
    assert len(came) >= 180
    assert max(came.values()) <= 13


def test_share_counts_half_of_what_is_even():
    found = duel_standings([1, 2, 3], times(4, (1, 2), (1, 3), even=[(2, 3)]))
    assert [(row.option, row.place, row.tied) for row in found.rows] == [
        (1, 1, False),
        (2, 2, True),
        (3, 2, True),
    ]
    assert found.rows[0].figures == {"share": Fraction(1), "duels": 8}
    assert found.rows[1].figures == {"share": Fraction(1, 4), "duels": 8}
    assert (found.method, found.ballots, found.blank) == ("duels", 4, 0)
    assert (found.remarks["duels"], found.remarks["compared"], found.remarks["pairs"]) == (12, 3, 3)


def test_few_duels_put_an_option_last_however_many_it_won():
    cast = [*times(5, (1, 2)), *times(ENOUGH - 1, (3, 2))]
    found = duel_standings([1, 2, 3, 4], cast)
    assert [(row.option, row.place) for row in found.rows] == [(1, 1), (2, 2), (3, 3), (4, 3)]
    assert found.row(3).figures["share"] == 1
    assert found.row(4).figures == {"share": None, "duels": 0}


def test_a_share_of_more_duels_is_compared_exactly():
    cast = [
        *times(1, *[(1, 2)] * 0),
        *times(7, (1, 3)),
        *times(14, (2, 4)),
        *times(1, (3, 1)),
        *times(2, (4, 2)),
    ]
    found = duel_standings([1, 2, 3, 4], cast)
    assert [row.figures["share"] for row in found.rows] == [Fraction(7, 8)] * 2 + [Fraction(1, 8)] * 2
    assert [row.place for row in found.rows] == [1, 1, 3, 3]


def test_a_room_of_one_mind_is_firm():
    stable = duel_standings([1, 2, 3], times(20, (1, 2), (1, 3), (2, 3)), seed=4).remarks["stability"]
    assert stable["first"] == {"share": 1, "word": "firm"}
    assert stable["seed"] == 4


def test_what_is_no_option_any_more_is_left_out():
    found = duel_standings([1, 2], [*times(6, (1, 2), (9, 1), (2, 9)), *times(1, (8, 9)), {}])
    assert [(row.option, row.figures["duels"]) for row in found.rows] == [(1, 6), (2, 6)]
    assert (found.ballots, found.blank, found.remarks["compared"]) == (8, 2, 1)


@pytest.mark.parametrize("choices", [[], [{}]])
def test_nobody_compared(choices):
    found = duel_standings([1, 2], choices)
    assert [(row.place, row.tied, row.figures["share"]) for row in found.rows] == [(1, True, None)] * 2
    assert found.remarks["stability"] is None
    assert compared([1, 2], choices) == 0


@given(ROOMS, st.randoms(use_true_random=False))
def test_any_order_of_ballots_and_options(room, random):
    cast = [ballot(answers) for answers in room]
    counted = duel_standings(IDS, cast, seed=3, draws=40)
    mixed = duel_standings(IDS, random.sample(cast, len(cast)), seed=3, draws=40)
    assert counted == mixed
    turned = duel_standings(IDS[::-1], cast, seed=3, draws=40)
    assert {row.option: row.place for row in turned.rows} == {row.option: row.place for row in counted.rows}


@given(ROOMS)
def test_the_slow_way_finds_the_same(room):
    found = duel_standings(IDS, [ballot(answers) for answers in room], draws=0)
    points, fought = Counter(), Counter()
    for answers in room:
        for (one, other), which in answers.items():
            fought.update((one, other))
            points[one] += {"one": 2, "even": 1, "other": 0}[which]
            points[other] += {"one": 0, "even": 1, "other": 2}[which]
    rank = {
        option: Fraction(points[option], 2 * fought[option]) if fought[option] >= ENOUGH else Fraction(-1)
        for option in IDS
    }
    for row in found.rows:
        assert row.figures["duels"] == fought[row.option]
        assert row.place == 1 + sum(rank[other] > rank[row.option] for other in IDS)
    assert found.blank == sum(not answers for answers in room)
    assert found.remarks["duels"] == sum(map(len, room))


@given(ROOMS)
def test_one_more_win_never_lowers(room):
    cast = [ballot(answers) for answers in room] + times(5, (1, 2), (3, 4))
    before = duel_standings(IDS, cast, draws=0).row(1).place
    assert duel_standings(IDS, [*cast, *times(1, (1, 4))], draws=0).row(1).place <= before
