"""What must hold of any room whatever."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from facilitator.counting.ballots import profile
from facilitator.counting.pairwise import pairwise
from facilitator.counting.ranking import rank_standings
from facilitator.counting.schulze import strongest_paths
from facilitator.counting.standing import Standings
from tests.counting.rooms import Ranks, choices, renamed, rooms, strict_rooms

RANDOM = st.randoms(use_true_random=False)


def counted(room: list[Ranks], draws: int = 0):
    return rank_standings(range(len(room[0])), choices(room), seed=9, draws=draws)


def beats(room: list[Ranks]):
    paths = strongest_paths(pairwise(profile(range(len(room[0])), choices(room))))
    return paths > paths.T


def places(standings):
    return {row.option: row.place for row in standings.rows}


def following(found):
    """The order of options without the numbers of their places."""
    return [[other for other in found if found[other] < found[option]] for option in found]


@given(rooms(), RANDOM)
def test_any_order_of_ballots(room, random):
    mixed = random.sample(room, len(room))
    assert counted(mixed, draws=25) == counted(room, draws=25)
    assert counted(mixed, draws=25).to_json() == counted(room, draws=25).to_json()


@given(rooms(), RANDOM)
def test_any_names_of_options(room, random):
    size = len(room[0])
    names = dict(enumerate(random.sample(range(100, 200), size)))
    other = rank_standings(list(names.values()), choices(room, list(names.values())), draws=0)
    same = counted(room)
    assert places(other) == renamed(places(same), names)
    assert {row.option: row.figures for row in other.rows} == renamed(
        {row.option: row.figures for row in same.rows}, names
    )
    assert other.remarks["agreement"] == same.remarks["agreement"]
    assert other.remarks["methods"]["same"] == same.remarks["methods"]["same"]
    for key in ("smith_set", "circle"):
        assert sorted(other.remarks[key]) == sorted(names[option] for option in same.remarks[key])


@given(rooms(), st.data())
def test_a_duplicate_changes_nothing_for_the_others(room, data):
    size = len(room[0])
    twin = data.draw(st.integers(0, size - 1))
    # one place more exists now: unranked moves down with it
    doubled = [tuple(place + (place > size) for place in (*ranks, ranks[twin])) for ranks in room]
    found = places(counted(doubled))
    assert found.pop(size) == found[twin]
    assert following(found) == following(places(counted(room)))


@given(strict_rooms(), st.data())
def test_duplicates_told_apart_change_no_contest_of_the_others(room, data):
    size = len(room[0])
    twin = data.draw(st.integers(0, size - 1))
    doubled = []
    for ranks in room:
        spread = [2 * place for place in ranks]
        spread.append(spread[twin] + data.draw(st.sampled_from([-1, 1])))
        doubled.append(tuple(sorted(spread).index(place) + 1 for place in spread))
    assert (beats(doubled)[:size, :size] == beats(room)).all()


@given(rooms(unranked=False))
def test_all_ballots_reversed_reverse_every_contest(room):
    size = len(room[0])
    turned = [tuple(place and size + 1 - place for place in ranks) for ranks in room]
    same, other = counted(room), counted(turned)
    assert (beats(turned) == beats(room).T).all()
    assert other.remarks["agreement"] == same.remarks["agreement"]
    judged = all(any(places) for places in zip(*room, strict=True))  # else last, whichever way one looks
    if judged and len(set(places(same).values())) == size:
        assert [row.option for row in other.rows] == [row.option for row in reversed(same.rows)]


@given(rooms(), st.data())
def test_one_more_first_place_never_lowers(room, data):
    option = data.draw(st.integers(0, len(room[0]) - 1))
    voter = data.draw(st.integers(0, len(room) - 1))
    size = len(room[0])
    raised = [2 * place if place <= size else 2 * size + 2 for place in room[voter]]
    raised[option] = 1
    levels = sorted({place for place in raised if 0 < place <= 2 * size})
    changed = tuple(levels.index(place) + 1 if place in levels else (place and size + 1) for place in raised)
    better = [changed if number == voter else ranks for number, ranks in enumerate(room)]
    assert_not_lower(option, room, better)


@given(rooms(), st.data())
def test_one_more_ballot_for_it_alone_never_lowers(room, data):
    size = len(room[0])
    option = data.draw(st.integers(0, size - 1))
    alone = tuple(1 if other == option else size + 1 for other in range(size))
    assert_not_lower(option, room, [*room, alone])


def assert_not_lower(option, room, better):
    old, new = beats(room), beats(better)
    assert (old[option] <= new[option]).all()
    assert (new[:, option] <= old[:, option]).all()
    if places(counted(room))[option] == 1:
        assert places(counted(better))[option] == 1


@given(rooms())
def test_blank_ballots_have_no_effect(room):
    plain = counted(room, draws=25)
    more = rank_standings(range(len(room[0])), [*choices(room), {}, {}], seed=9, draws=25)
    assert (more.ballots, more.blank) == (plain.ballots + 2, plain.blank + 2)
    assert more.remarks == plain.remarks
    assert places(more) == places(plain)


@given(rooms())
def test_exact_round_trip(room):
    found = counted(room, draws=25)
    assert Standings.from_json(found.to_json()) == found


@given(rooms(least=2))
def test_pairs_add_up(room):
    pairs = pairwise(profile(range(len(room[0])), choices(room)))
    assert (np.diagonal(pairs) == 0).all()
    assert ((pairs + pairs.T) <= len(room)).all()
