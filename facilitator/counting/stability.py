"""Stability: what would stay if another room like this one had voted."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from facilitator.counting.ballots import Integers
from facilitator.counting.pairwise import Numbers
from facilitator.counting.schulze import Places

DRAWS = 1000
AT_ONCE = 8_000_000
EXACT = 2**24
WORDS = ((Fraction(9, 10), "firm"), (Fraction(7, 10), "likely"))


class Room(Protocol):
    """What a room must tell to be drawn again: its options and how many cast each distinct ballot."""

    @property
    def options(self) -> tuple[int, ...]: ...
    @property
    def weights(self) -> Integers: ...
    @property
    def ballots(self) -> int: ...
    @property
    def blank(self) -> int: ...


def stability(
    profile: Room, order: Sequence[int], count: Callable[[Numbers], Places], seed: int, draws: int
) -> dict[str, Any] | None:
    """How often the first place, each option's place and each first group come again.

    `order`: the place of each option as counted; `count`: the places for each row of ballot weights.
    One ballot alone says nothing of others: None.
    """
    if not draws or profile.ballots - profile.blank < 2:
        return None
    found = np.concatenate([count(weights) for weights in resamples(profile.weights, seed, draws)])
    own = np.array(order)
    sizes = sorted({place - 1 for place in order} - {0})
    groups = [{"size": size, **kept((found <= size) == (own <= size))} for size in sizes]
    return {
        "seed": seed,
        "draws": draws,
        "first": kept((found == 1) == (own == 1)),
        "places": [
            {"option": option, "place": place, **kept(found[:, [column]] == place)}
            for column, (option, place) in enumerate(zip(profile.options, order, strict=True))
        ],
        "groups": groups,
        "firm_group": next((group["size"] for group in groups if group["word"] == "firm"), None),
    }


def resamples(weights: Integers, seed: int, draws: int) -> Iterator[Numbers]:
    """As many rooms of the same size drawn from the ballots, some at a time, as weights of each ballot.

    Raw bits, because their sequence never changes between versions of numpy: a printed seed stays good.
    """
    bits = np.random.PCG64(seed)
    voices = int(weights.sum())
    ballot = np.repeat(np.arange(len(weights)), weights)
    exact = np.float32 if voices < EXACT else np.float64
    most = max(1, AT_ONCE // voices)
    for start in range(0, draws, most):
        rooms = np.empty((min(most, draws - start), len(weights)), dtype=exact)
        for room in rooms:
            halves = bits.random_raw((voices + 1) // 2).astype("<u8", copy=False).view("<u4")[:voices]
            picked = (halves * np.uint64(voices)) >> np.uint64(32)
            room[:] = np.bincount(ballot[picked], minlength=len(weights))
        yield rooms


def kept(same: NDArray[np.bool_]) -> dict[str, Any]:
    """The share of the rooms, a row each, in which all is the same, and its word."""
    share = Fraction(int(same.all(axis=1).sum()), len(same))
    return {"share": share, "word": next((word for least, word in WORDS if share >= least), "open")}
