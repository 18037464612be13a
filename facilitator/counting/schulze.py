"""The Schulze method on winning votes: only strict majorities count, ties stay ties."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[Any]
Places = NDArray[np.int64]


def majorities(pairs: Counts) -> Counts:
    """The votes of each strict majority, nothing for the others."""
    return np.where(pairs > pairs.swapaxes(-1, -2), pairs, 0)


def strongest_paths(pairs: Counts) -> Counts:
    """The weakest link of the best chain of majorities from each option to each other."""
    paths = majorities(pairs)
    for through in range(paths.shape[-1]):
        np.maximum(paths, np.minimum(paths[..., :, through, None], paths[..., None, through, :]), out=paths)
    return paths


def schulze_places(pairs: Counts) -> Places:
    """The place of each option: those whom no remaining option beats share the next one.

    Any number of pairwise matrices at once, in the last two axes.
    """
    paths = strongest_paths(pairs)
    beats = paths > paths.swapaxes(-1, -2)
    places = np.zeros(paths.shape[:-1], dtype=np.int64)
    waiting = np.ones(places.shape, dtype=bool)
    while waiting.any():
        beaten = (beats & waiting[..., np.newaxis]).any(axis=-2)
        best = waiting & ~beaten
        settled = np.count_nonzero(~waiting, axis=-1, keepdims=True)
        places = np.where(best, settled + 1, places)
        waiting &= beaten
    return places


def grouped(options: Sequence[int], places: Sequence[int]) -> list[list[int]]:
    """Options in groups of the same place, best first."""
    groups: dict[int, list[int]] = {}
    for place, option in sorted(zip(places, options, strict=True)):
        groups.setdefault(place, []).append(option)
    return list(groups.values())


def smith_set(pairs: Counts) -> list[int]:
    """The columns of the smallest set whose members all win against everything outside."""
    unbeaten = pairs >= pairs.T
    for through in range(len(pairs)):
        unbeaten |= unbeaten[:, through, np.newaxis] & unbeaten[np.newaxis, through]
    return [int(column) for column in np.flatnonzero(unbeaten.all(axis=1))]


def condorcet_winner(pairs: Counts) -> int | None:
    """The column that wins against every other one, where there is one."""
    wins = (majorities(pairs) > 0).sum(axis=1)
    found = np.flatnonzero(wins == len(pairs) - 1)
    return int(found[0]) if found.size else None


def circle(pairs: Counts) -> list[int]:
    """The members of the Smith set whose majorities run in a circle; a mere tie forms none."""
    turning = np.diagonal(strongest_paths(pairs)) > 0
    return [column for column in smith_set(pairs) if turning[column]]
