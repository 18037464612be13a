"""A chart before it is drawn: its sort and its numbers, equal in every format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Sort = Literal[
    "bars", "ranks", "pairs", "quadrants", "ratings", "votes", "groups", "slopes", "words", "cycle"
]


@dataclass(frozen=True)
class Mark:
    """One thing drawn: its label, its values, and whether it shares its place.

    What the values mean depends on the sort: bars [count, share]; ranks [mean, low, high] (whiskers);
    pairs [one number for each other mark: how many put this one before it; or for each series]; quadrants
    [ease, impact]; ratings [count for each step of the scale]; votes [yes, with changes, no, abstentions];
    groups [one share or place for each series]; slopes [place before, place now]; words [count, share];
    cycle []. `told` are words that stand beside it: instead of its count and share, or beside its parts.
    """

    label: str
    values: Sequence[float | None] = ()
    place: int = 0
    tied: bool = False
    below: Sequence[str] = ()
    told: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart: what it shows, in one language.

    `cut` is where a line is drawn: a threshold from 0 to 1, or the middle of both scales of quadrants. The
    series of quadrants name its corners: above at start and end, below at start and end.
    """

    sort: Sort
    marks: Sequence[Mark]
    language: str
    direction: str
    axis: str = ""
    other_axis: str = ""
    series: Sequence[str] = ()
    cloud: Sequence[tuple[float, float, int]] = field(default_factory=tuple)
    voters: str = ""
    cut: float | None = None
