"""Method check: whether other ways of counting name the same first options."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

FIRST = 3


def method_check(options: Sequence[int], places: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    """The first three by each method, whether they can be the same three, and which options differ.

    Options tied across the boundary are neither in nor out, so they contradict nothing by themselves.
    With three options or fewer, one less than all of them.
    """
    size = max(1, min(FIRST, len(options) - 1))
    firsts = {name: first(options, place, size) for name, place in places.items()}
    sure = set().union(*(found["sure"] for found in firsts.values()))
    possible = set(options).intersection(*({*found["sure"], *found["tied"]} for found in firsts.values()))
    same = sure <= possible and len(sure) <= size <= len(possible)
    return {"size": size, **firsts, "same": same, "differ": [] if same else _differing(options, firsts)}


def first(options: Sequence[int], places: Sequence[int], size: int) -> dict[str, list[int]]:
    """The options that are surely among the first, and those tied for the last seats."""
    sure: list[int] = []
    tied: list[int] = []
    levels = Counter(places)
    for option, place in zip(options, places, strict=True):
        if place + levels[place] - 1 <= size:
            sure.append(option)
        elif place <= size:
            tied.append(option)
    return {"sure": sure, "tied": tied}


def competition_places(scores: Sequence[int | Fraction]) -> list[int]:
    """Places by score, highest first, equal scores sharing the best: 1, 1, 3."""
    return [1 + sum(other > score for other in scores) for score in scores]


def _differing(options: Sequence[int], firsts: Mapping[str, Mapping[str, list[int]]]) -> list[int]:
    """Options that one method takes in and another leaves out; failing such, those not treated alike."""
    verdicts = {
        option: {
            "in" if option in found["sure"] else "tied" if option in found["tied"] else "out"
            for found in firsts.values()
        }
        for option in options
    }
    opposed = [option for option, found in verdicts.items() if {"in", "out"} <= found]
    return opposed or [option for option, found in verdicts.items() if len(found) > 1]
