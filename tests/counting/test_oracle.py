"""The same counts as an independent library makes."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from votelib.component.rankscore import Borda, ModifiedBorda
from votelib.convert import RankedToCondorcetVotes, RankedToPositionalVotes
from votelib.evaluate.condorcet import CondorcetWinner, Schulze, SmithSet, pairwise_wins

from facilitator.counting.ballots import profile
from facilitator.counting.borda import borda_average, borda_modified
from facilitator.counting.pairwise import opinions, pairwise
from facilitator.counting.schulze import (
    condorcet_winner,
    grouped,
    schulze_places,
    smith_set,
    strongest_paths,
)
from tests.counting.rooms import Ranks, choices, rooms, spoken, strict_rooms


def votes(room: list[Ranks]):
    """The ballots in votelib's form, options as letters; an option is named by somebody."""
    found: dict[tuple, int] = {}
    for choice in choices(spoken(room)):
        levels = (frozenset(letter(option) for option in level) for level in choice["order"])
        ballot = tuple(level if len(level) > 1 else next(iter(level)) for level in levels)
        found[ballot] = found.get(ballot, 0) + 1
    return found


def letter(option: int) -> str:
    return "ABCDEFGHI"[option]


def own(room: list[Ranks]):
    """The pairs of options that somebody ranks: votelib knows no others."""
    named = [
        option for option in range(len(room[0])) if any(0 < ranks[option] <= len(ranks) for ranks in room)
    ]
    return named, pairwise(profile(range(len(room[0])), choices(room)))[np.ix_(named, named)]


@given(rooms(least=2, most=6, unsure=False))
def test_schulze(room):
    named, pairs = own(room)
    counted = RankedToCondorcetVotes().convert(votes(room))
    wins = set(pairwise_wins(Schulze.widest_paths(counted)))
    paths = strongest_paths(pairs)
    assert wins == {
        (letter(named[one]), letter(named[other])) for one, other in np.argwhere(paths > paths.T).tolist()
    }


@given(strict_rooms())
def test_schulze_winners_and_order(room):
    counted = RankedToCondorcetVotes().convert(votes(room))
    order = grouped(range(len(room[0])), [int(place) for place in schulze_places(own(room)[1])])
    if all(len(group) == 1 for group in order):
        assert Schulze().evaluate(counted, len(order)) == [letter(group[0]) for group in order]


@given(rooms(least=2, most=6, unsure=False))
def test_condorcet_winner_and_smith_set(room):
    named, pairs = own(room)
    counted = RankedToCondorcetVotes().convert(votes(room))
    if len(named) > 1 and counted:
        winner = condorcet_winner(pairs)
        assert CondorcetWinner().evaluate(counted) == ([] if winner is None else [letter(named[winner])])


@given(strict_rooms())
def test_smith_set(room):
    counted = RankedToCondorcetVotes().convert(votes(room))
    assert set(SmithSet().evaluate(counted)) == {letter(option) for option in smith_set(own(room)[1])}


@given(strict_rooms())
def test_borda_average(room):
    found = profile(range(len(room[0])), choices(room))
    scores = RankedToPositionalVotes(Borda(base=0)).convert(votes(room))
    average = borda_average(pairwise(found), opinions(found))
    assert {letter(option): score for option, score in enumerate(average)} == scores


@given(strict_rooms(partial=True))
def test_borda_modified(room):
    scores = RankedToPositionalVotes(ModifiedBorda()).convert(votes(room))
    modified = borda_modified(profile(range(len(room[0])), choices(room)))
    assert {letter(option): score for option, score in enumerate(modified) if score} == scores
    assert all(isinstance(score, Fraction) for score in modified)
