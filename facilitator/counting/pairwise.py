"""Head to head: how many put one option before another."""

import numpy as np
from numpy.typing import NDArray

from facilitator.counting.ballots import UNSURE, Integers, Profile, Ranks

Numbers = NDArray[np.float32 | np.float64]

BLOCK = 4096


def pairwise(profile: Profile) -> Integers:
    """How many put the row's option before the column's."""
    weights = profile.weights[np.newaxis].astype(np.float64)
    pairs: Integers = tallies(profile.ranks, weights)[0].astype(np.int64)
    return pairs


def tallies(ranks: Ranks, weights: Numbers) -> Numbers:
    """Pairwise counts for each row of weights over the same ballots.

    No opinion neither precedes nor follows: it is above everything on one side, below on the other.
    """
    options = ranks.shape[1]
    following = np.ascontiguousarray(ranks.T)
    leading = np.where(following == UNSURE, np.int16(options + 2), following)
    found = np.zeros((len(weights), options * options), dtype=weights.dtype)
    for start in range(0, len(ranks), BLOCK):
        part = slice(start, start + BLOCK)
        before = leading[:, np.newaxis, part] < following[np.newaxis, :, part]
        found += weights[:, part] @ before.reshape(len(found.T), -1).T.astype(weights.dtype)
    return found.reshape(len(weights), options, options)


def opinions(profile: Profile) -> Integers:
    """How many have an opinion on both options of a pair."""
    held = (profile.ranks != UNSURE).astype(np.float64)
    both: Integers = ((held.T * profile.weights) @ held).astype(np.int64)
    return both
