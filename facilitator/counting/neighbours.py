"""Neighbours: by how much each option stands before the next one."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise as adjacent
from typing import Any

from facilitator.counting.ballots import Integers

CLEAR = Fraction(2, 3)
NARROW = Fraction(55, 100)


def neighbours(
    order: Sequence[int], column: Mapping[int, int], pairs: Integers, opinions: Integers
) -> list[dict[str, Any]]:
    """For each two options that follow each other: how many put the upper before, after, or level."""
    found = []
    for upper, lower in adjacent(order):
        row, other = column[upper], column[lower]
        before, after = int(pairs[row, other]), int(pairs[other, row])
        level = int(opinions[row, other]) - before - after
        found.append(
            {
                "upper": upper,
                "lower": lower,
                "before": before,
                "after": after,
                "equal": level,
                "word": margin_word(before, after),
            }
        )
    return found


def margin_word(before: int, after: int) -> str:
    """The word for a majority among those who put one before the other: clear, plain or narrow."""
    voices = before + after
    if before < NARROW * voices or not voices:
        return "narrow"
    return "clear" if before >= CLEAR * voices else "plain"
