"""Duels: options compared two by two, as long as each person likes, and what share of them each one won."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import chain
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from facilitator.counting.ballots import Choice, Integers, sheets
from facilitator.counting.pairwise import Numbers
from facilitator.counting.schulze import Places, grouped
from facilitator.counting.stability import DRAWS, stability
from facilitator.counting.standing import Figure, Standings, standing_rows
from facilitator.counting.weighing import Weighing

ENOUGH = 5  # duels below which a share says little
Item = TypeVar("Item")


@dataclass(frozen=True, eq=False)
class Duels:
    """The duels of a room: for each distinct ballot each option's points (2 won, 1 even) and its duels.

    `sheets` names the row of each ballot as it came, -1 where it is blank.
    """

    options: tuple[int, ...]
    points: Integers
    fought: Integers
    weights: Integers
    sheets: Integers
    ballots: int
    blank: int


def drawn(items: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Draw all pairs so that each item comes once before any comes twice, now first and now second.

    Everyone's own order of the items makes everyone's own pairs: over a room all pairs come equally often.
    """
    ring = list(range(len(items) + len(items) % 2))
    half = len(ring) // 2
    for turn in range(len(ring) - 1):
        for place, (one, other) in enumerate(zip(ring[:half], reversed(ring[half:]), strict=True)):
            if max(one, other) < len(items):
                first, second = (other, one) if turn % 2 and not place else (one, other)
                yield items[first], items[second]
        ring.insert(1, ring.pop())


def duel_standings(
    options: Sequence[int], choices: Iterable[Choice], seed: int = 0, draws: int = DRAWS
) -> Standings:
    """The options by the share of their duels that they won, even ones as half; those with few come last.

    A choice is `{"won": [[3, 5]], "even": [[7, 9]]}`: 3 won against 5; blank `{}`. Every pair was as likely
    to be drawn as any other, so that the share is not the opponents' doing.
    """
    cast = list(choices)
    room = gathered(options, cast)
    points, fought = room.weights @ room.points, room.weights @ room.fought
    places = [int(place) for place in best_share_first(points[np.newaxis], fought[np.newaxis])[0]]
    figures: dict[int, dict[str, Figure]] = {
        option: {"share": Fraction(int(won), 2 * int(number)) if number else None, "duels": int(number)}
        for option, won, number in zip(room.options, points, fought, strict=True)
    }
    return Standings(
        method="duels",
        ballots=room.ballots,
        blank=room.blank,
        rows=standing_rows(options, grouped(room.options, places), figures),
        remarks={
            "stability": stability(room, places, partial(_places, room), seed, draws),
            "duels": int(fought.sum()) // 2,
            "compared": compared(room.options, cast),
            "pairs": len(room.options) * (len(room.options) - 1) // 2,
            "enough": ENOUGH,
        },
    )


def duel_weighing(options: Sequence[int], choices: Iterable[Choice]) -> Weighing:
    """The same count, to be made with other weights."""
    room = gathered(options, list(choices))
    return Weighing(room.options, room.sheets, room.sheets < 0, partial(_places, room))


def _places(room: Duels, weights: Numbers) -> Places:
    exact = weights.astype(np.float64)
    return best_share_first(exact @ room.points, exact @ room.fought)


def gathered(options: Iterable[int], cast: Sequence[Choice]) -> Duels:
    """Gather ballots, alike ones together, in an order that does not depend on who came first."""
    known = np.array(sorted(set(options)), dtype=np.int64)
    points = np.zeros((len(cast), len(known)), dtype=np.int64)
    fought = np.zeros_like(points)
    for worth, name in ((2, "won"), (1, "even")):
        rows, pairs = duels_of(cast, name, known)
        for side, gain in ((0, worth), (1, 2 - worth)):
            at = (rows, np.searchsorted(known, pairs[:, side]))
            np.add.at(points, at, gain)
            np.add.at(fought, at, 1)
    spoken: NDArray[np.bool_] = np.asarray(fought.any(axis=1))
    both = np.hstack([points, fought])[spoken]
    distinct, rows, weights = np.unique(both, axis=0, return_inverse=True, return_counts=True)
    return Duels(
        options=tuple(known.tolist()),
        points=distinct[:, : len(known)],
        fought=distinct[:, len(known) :],
        weights=weights,
        sheets=sheets(spoken, rows),
        ballots=len(cast),
        blank=len(cast) - int(spoken.sum()),
    )


def duels_of(cast: Sequence[Choice], name: str, known: Integers) -> tuple[Integers, Integers]:
    """The pairs of known options that ballots hold under a name, and the number of the ballot of each."""
    held = [choice.get(name, ()) for choice in cast]
    sizes = np.fromiter(map(len, held), dtype=np.int64, count=len(held))
    ends = chain.from_iterable(chain.from_iterable(held))
    pairs = np.fromiter(ends, dtype=np.int64, count=2 * int(sizes.sum())).reshape(-1, 2)
    kept = np.isin(pairs, known).all(axis=1)
    return np.repeat(np.arange(len(held)), sizes)[kept], pairs[kept]


def best_share_first(points: Numbers | Integers, fought: Numbers | Integers) -> Places:
    """The places in each row of points and duels; options with too few duels share the last one."""
    few = fought < ENOUGH
    mine, theirs = points[:, :, np.newaxis], points[:, np.newaxis, :]
    better = theirs * fought[:, :, np.newaxis] > mine * fought[:, np.newaxis, :]
    ahead = ~few[:, np.newaxis, :] & (better | few[:, :, np.newaxis])
    places: Places = 1 + ahead.sum(axis=2)
    return places


def compared(options: Iterable[int], cast: Sequence[Choice]) -> int:
    """How many different pairs anyone compared."""
    known = np.array(sorted(set(options)), dtype=np.int64)
    found = np.vstack([duels_of(cast, name, known)[1] for name in ("won", "even")])
    one, other = np.searchsorted(known, np.sort(found, axis=1)).T
    return len(np.unique(one * len(known) + other))
