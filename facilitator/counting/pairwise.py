"""Head to head: how many put one option before another."""

import numpy as np
from numpy.typing import NDArray

from facilitator.counting.ballots import UNSURE, Integers, Profile, Ranks

Numbers = NDArray[np.floating]


def pairwise(profile: Profile) -> Integers:
    """How many put the row's option before the column's."""
    weights = profile.weights[np.newaxis].astype(np.float64)
    return tallies(profile.ranks, weights)[0].astype(np.int64)


def tallies(ranks: Ranks, weights: Numbers) -> Numbers:
    """Pairwise counts for each row of weights over the same ballots.

    No opinion neither precedes nor follows: it is above everything on one side, below on the other.
    """
    options = ranks.shape[1]
    following = np.ascontiguousarray(ranks.T)
    leading = np.where(following == UNSURE, options + 2, following)
    found = np.empty((len(weights), options, options), dtype=weights.dtype)
    for option in range(options):
        found[:, option] = weights @ (leading[option] < following).T.astype(weights.dtype)
    return found


def opinions(profile: Profile) -> Integers:
    """How many have an opinion on both options of a pair."""
    held = (profile.ranks != UNSURE).astype(np.float64)
    return ((held.T * profile.weights) @ held).astype(np.int64)
