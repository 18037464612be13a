"""Rating: how high the room rates each option on five levels; no opinion is not a zero."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from facilitator.counting.ballots import Choice, Integers
from facilitator.counting.marks import Scored, gathered
from facilitator.counting.stability import DRAWS
from facilitator.counting.standing import Figure, Standings
from facilitator.counting.weighing import Weighing

LEVELS = 5
FEWEST = 2  # opinions below which a median would be somebody's own answer
QUARTER, HALF, THREE_QUARTERS = Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)
SILENT = -1


def rating_standings(
    options: Sequence[int], choices: Iterable[Choice], seed: int = 0, draws: int = DRAWS
) -> Standings:
    """The options by their median, then by their mean; those that fewer than two people rate come last.

    A choice is `{"ratings": [[3, 5], [12, 2]]}`, blank `{}`. Figures: median, mean, spread (between the
    quartiles), n; remarks: how often each level was given to each option.
    """
    scored = _scored(options, choices)
    room = scored.room
    levels = dict(zip(room.options, level_counts(room.given, room.weights).tolist(), strict=True))
    return scored.standings(
        "median",
        scored.rows(options, {option: summary(counts) for option, counts in levels.items()}),
        stability=scored.stable(seed, draws),
        distribution=[
            {"option": option, "counts": counts} for option, counts in levels.items() if sum(counts) >= FEWEST
        ],
    )


def rating_weighing(options: Sequence[int], choices: Iterable[Choice]) -> Weighing:
    """The same count, to be made with other weights."""
    return _scored(options, choices).weighing()


def _scored(options: Sequence[int], choices: Iterable[Choice]) -> Scored:
    room = gathered(options, (choice.get("ratings", ()) for choice in choices))
    return Scored(room, lambda room, weights: scores(level_counts(room.given, weights)))


def level_counts(given: Integers, weights: Any) -> Integers:
    """How often each option was given each level from 1, for each row of weights."""
    counts = [weights @ (given == level).astype(weights.dtype) for level in range(1, LEVELS + 1)]
    return np.stack(counts, axis=-1).astype(np.int64)


def doubled_quantiles(counts: Integers, part: Fraction) -> Integers:
    """Twice the level below which a part of the opinions lies, in whole numbers.

    Where the cut falls between two opinions it is the middle of both, as for a median. 0 where there is none.
    """
    running = counts.cumsum(axis=-1)
    voices = running[..., -1]
    lower = -(-voices * part.numerator // part.denominator)
    upper = np.minimum(voices * part.numerator // part.denominator + 1, voices)
    doubled: Integers = sum(1 + (running < rank[..., np.newaxis]).sum(axis=-1) for rank in (lower, upper))
    return np.where(voices > 0, doubled, 0)


def scores(counts: Integers) -> Any:
    """A number that puts options in order: by median, among the same medians by mean."""
    voices = counts.sum(axis=-1)
    mean = counts @ np.arange(1, LEVELS + 1) / np.maximum(voices, 1)
    return np.where(voices >= FEWEST, 10 * doubled_quantiles(counts, HALF) + mean, SILENT)


def summary(counts: Sequence[int]) -> dict[str, Figure]:
    """The exact figures of one option, from how often each level was given to it."""
    voices = sum(counts)
    if voices < FEWEST:
        return {"median": None, "mean": None, "spread": None, "n": voices}
    median, low, high = (
        Fraction(int(doubled_quantiles(np.array(counts), part)), 2)
        for part in (HALF, QUARTER, THREE_QUARTERS)
    )
    mean = Fraction(sum(level * number for level, number in enumerate(counts, 1)), voices)
    return {"median": median, "mean": mean, "spread": high - low, "n": voices}
