"""Adoption by a threshold."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.counting.adoption import VOTES, adoption_standings
from facilitator.counting.standing import Standings

IDS = [1, 2, 3]
ROOMS = st.lists(st.dictionaries(st.sampled_from(IDS), st.sampled_from(VOTES)), max_size=12)


def choices(room):
    return [{"votes": [list(pair) for pair in sorted(given.items())]} if given else {} for given in room]


def voted(yes=0, changes=0, no=0, abstain=0):
    numbers = zip(VOTES, (yes, changes, no, abstain), strict=True)
    return choices([{1: vote} for vote, number in numbers for _ in range(number)])


def verdict(found, option=1):
    return next(each["verdict"] for each in found.remarks["verdicts"] if each["option"] == option)


@pytest.mark.parametrize(
    ("votes", "threshold", "said"),
    [
        ((3, 0, 1), 75, "adopted"),
        ((74, 0, 26), 75, "rejected"),
        ((74, 1, 25), 75, "changes"),
        ((0, 3, 1), 75, "changes"),
        ((0, 2, 1), 75, "rejected"),
        ((2, 0, 1), 66, "adopted"),
        ((2, 0, 1), 67, "rejected"),
        ((1, 0, 1), 50, "adopted"),
        ((9, 1, 0), 100, "changes"),
        ((9, 0, 0), 100, "adopted"),
        ((0, 0, 0, 5), 75, "rejected"),
        ((3, 0, 1, 90), 75, "adopted"),
    ],
)
def test_reaches_the_threshold_of_those_who_do_not_abstain(votes, threshold, said):
    assert verdict(adoption_standings([1], voted(*votes), threshold)) == said


def test_says_the_figures():
    found = adoption_standings([1], [*voted(5, 2, 1, 3), {}], 75)
    assert found.rows[0].figures == {
        "yes": 5,
        "changes": 2,
        "no": 1,
        "abstain": 3,
        "share": Fraction(5, 8),
        "with_changes": Fraction(7, 8),
    }
    assert (found.method, found.ballots, found.blank) == ("threshold", 12, 1)
    assert found.remarks["threshold"] == 75


def test_orders_by_verdict_then_by_the_share_of_yes():
    """1 has more yes than 2, but 2 is adopted with changes."""
    room = [
        *[{1: "yes", 2: "yes", 3: "yes"}] * 4,
        *[{1: "yes", 2: "changes", 3: "yes"}] * 3,
        *[{1: "no", 2: "changes", 3: "no"}] * 3,
        *[{3: "yes"}] * 10,
    ]
    found = adoption_standings(IDS, choices(room), 75)
    assert [(row.option, verdict(found, row.option)) for row in found.rows] == [
        (3, "adopted"),
        (2, "changes"),
        (1, "rejected"),
    ]


def test_those_who_only_abstain_take_part():
    found = adoption_standings([1], voted(abstain=3), 75)
    assert (found.ballots, found.blank) == (3, 0)
    assert found.rows[0].figures["share"] == 0


def test_nobody_voted():
    found = adoption_standings([1, 2], [], 75)
    assert [(row.place, row.tied) for row in found.rows] == [(1, True)] * 2
    assert found.remarks["stability"] is None


def test_a_room_of_one_mind_is_firm():
    found = adoption_standings([1, 2], choices([{1: "yes", 2: "no"}] * 20), 75, seed=4)
    assert found.remarks["stability"]["first"] == {"share": 1, "word": "firm"}


@given(ROOMS, st.integers(50, 100), st.randoms(use_true_random=False))
def test_any_order_of_ballots(room, threshold, random):
    cast = choices(room)
    counted = adoption_standings(IDS, cast, threshold, seed=3, draws=40)
    assert counted == adoption_standings(IDS, random.sample(cast, len(cast)), threshold, seed=3, draws=40)
    assert counted == Standings.from_json(counted.to_json())
    keys = []
    for row in counted.rows:
        votes = [given[row.option] for given in room if row.option in given]
        decided = [vote for vote in votes if vote != "abstain"]
        yes, both = decided.count("yes"), decided.count("yes") + decided.count("changes")
        said = "rejected"
        if decided and Fraction(both, len(decided)) >= Fraction(threshold, 100):
            said = "adopted" if Fraction(yes, len(decided)) >= Fraction(threshold, 100) else "changes"
        assert verdict(counted, row.option) == said
        assert {vote: row.figures[vote] for vote in VOTES} == {vote: votes.count(vote) for vote in VOTES}
        keys.append((["rejected", "changes", "adopted"].index(said), row.figures["share"]))
    assert [row.place for row in counted.rows] == [1 + sum(other > key for other in keys) for key in keys]


@given(ROOMS, st.sampled_from(IDS))
def test_one_more_yes_never_lowers_a_verdict(room, option):
    words = ["rejected", "changes", "adopted"]
    before = adoption_standings(IDS, choices(room), 75, draws=0)
    after = adoption_standings(IDS, choices([*room, {option: "yes"}]), 75, draws=0)
    assert words.index(verdict(after, option)) >= words.index(verdict(before, option))
