"""Links between options and targets."""

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from facilitator.counting.links import CLEAR, link_standings
from facilitator.counting.standing import Standings

TARGETS = [[101, {"en": "A"}], [102, {"en": "B"}], [103, {"fr": "C"}]]
LINKS = st.lists(st.lists(st.tuples(st.integers(1, 4), st.integers(101, 104)), max_size=5), max_size=12)


def links(*pairs):
    return {"links": sorted(map(list, pairs))} if pairs else {}


def lines(found):
    return {line["option"]: (line["counts"], line["strongest"]) for line in found.remarks["matrix"]}


def test_counts_and_the_strongest_link():
    cast = [links((3, 101), (5, 102)), links((3, 101), (3, 102)), links((3, 103)), {}]
    found = link_standings([5, 3], cast, TARGETS)
    assert lines(found) == {5: ([0, 1, 0], []), 3: ([2, 1, 1], [101])}
    assert [(row.option, row.place, row.tied) for row in found.rows] == [(5, 1, True), (3, 1, True)]
    assert found.row(3).figures == {"support": 3, "strongest": 2, "share": Fraction(1, 2)}
    assert (found.method, found.ballots, found.blank) == ("links", 4, 1)
    assert found.remarks["targets"] == TARGETS


def test_ties_stay_ties():
    found = link_standings([3], [links((3, 101), (3, 103))] * 2, TARGETS)
    assert lines(found) == {3: ([2, 0, 2], [101, 103])}


def test_under_a_third_no_link_is_clear():
    assert lines(link_standings([3], [links((3, 101)), {}, {}], TARGETS))[3][1] == [101]
    assert lines(link_standings([3], [links((3, 101)), {}, {}, {}], TARGETS))[3][1] == []


def test_nothing_to_link_and_nobody_to_link():
    assert lines(link_standings([3], [], TARGETS)) == {3: ([0, 0, 0], [])}
    found = link_standings([3], [links((3, 101))], [])
    assert lines(found) == {3: ([], [])}
    assert (found.blank, found.row(3).figures["share"]) == (1, 0)


@given(LINKS, st.randoms(use_true_random=False))
def test_the_slow_way_finds_the_same_in_any_order(room, random):
    cast = [links(*set(pairs)) for pairs in room]
    found = link_standings([1, 2, 3], cast, TARGETS)
    assert found == link_standings([1, 2, 3], random.sample(cast, len(cast)), TARGETS)
    assert Standings.from_json(found.to_json()) == found
    seen = Counter(pair for pairs in room for pair in set(pairs))
    for option, (counts, strongest) in lines(found).items():
        assert counts == [seen[option, target] for target, _texts in TARGETS]
        assert all(Fraction(seen[option, target], len(room)) >= CLEAR for target in strongest)
        assert all(seen[option, target] == max(counts) for target in strongest)
