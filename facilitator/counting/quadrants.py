"""Quadrants: impact against feasibility, cut at the middle of both scales."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from facilitator.counting.ballots import Choice, Integers
from facilitator.counting.marks import Marks, Scored, gathered
from facilitator.counting.rating import FEWEST, HALF, LEVELS, doubled_quantiles, level_counts, summary
from facilitator.counting.stability import DRAWS
from facilitator.counting.standing import Figure, Standings
from facilitator.counting.weighing import Weighing

MIDDLE = 3
WIDE = 2  # levels between the quartiles from which the room is of two minds
CROWD = 5  # people from whom on their own ratings are drawn, as dots without names
NAMES = ("first", "plan", "extra", "leave")
BASE = LEVELS + 1


def quadrant_standings(
    options: Sequence[int], choices: Iterable[Choice], seed: int = 0, draws: int = DRAWS
) -> Standings:
    """The options by quadrant (do first, plan, easy extras, leave), then by the sum of both medians.

    A choice is `{"ratings": [[3, 5, 2], [12, 4, 0]]}`: option, impact, ease, 0 for no opinion; blank `{}`.
    High is a median above the middle. Fewer than two opinions on either scale: no quadrant, last.
    """
    scored = _scored(options, choices)
    room = scored.room
    impact, ease = (level_counts(scale, room.weights).tolist() for scale in _scales(room))
    figures = {
        option: _figures(summary(high), summary(easy))
        for option, high, easy in zip(room.options, impact, ease, strict=True)
    }
    rows = scored.rows(options, figures)
    return scored.standings(
        "quadrants",
        rows,
        stability=scored.stable(seed, draws),
        quadrants=[_verdict(row.option, row.figures) for row in rows],
        cloud=_cloud(room),
    )


def quadrant_weighing(options: Sequence[int], choices: Iterable[Choice]) -> Weighing:
    """The same count, to be made with other weights."""
    return _scored(options, choices).weighing()


def _scored(options: Sequence[int], choices: Iterable[Choice]) -> Scored:
    room = gathered(options, (_coded(choice.get("ratings", ())) for choice in choices))
    return Scored(room, lambda room, weights: _scores(*_medians(room, weights)))


def _coded(ratings: Iterable[Sequence[int]]) -> list[tuple[int, int]]:
    return [(option, impact * BASE + ease) for option, impact, ease in ratings]


def _scales(room: Marks) -> tuple[Integers, Integers]:
    return room.given // BASE, room.given % BASE


def _medians(room: Marks, weights: Any) -> tuple[Integers, Integers]:
    """Twice the median impact and ease of each option; 0 where too few speak."""
    impact, ease = (level_counts(scale, weights) for scale in _scales(room))
    judged = np.minimum(impact.sum(axis=-1), ease.sum(axis=-1)) >= FEWEST
    return (
        np.where(judged, doubled_quantiles(impact, HALF), 0),
        np.where(judged, doubled_quantiles(ease, HALF), 0),
    )


def _scores(impact: Integers, ease: Integers) -> Integers:
    total = impact + ease
    quadrant = 2 * (impact > 2 * MIDDLE) + (ease > 2 * MIDDLE)
    return np.where(total > 0, 100 * quadrant + total, -1)


def _figures(impact: Mapping[str, Figure], ease: Mapping[str, Figure]) -> dict[str, Figure]:
    return {
        "impact": impact["median"],
        "ease": ease["median"],
        "impact_spread": impact["spread"],
        "ease_spread": ease["spread"],
        "impact_n": impact["n"],
        "ease_n": ease["n"],
    }


def _verdict(option: int, figures: Mapping[str, Figure]) -> dict[str, Any]:
    impact, ease = figures["impact"], figures["ease"]
    if impact is None or ease is None:
        return {"option": option, "quadrant": None, "contested": False}
    spreads = (figures["impact_spread"], figures["ease_spread"])
    number = 2 * (impact <= MIDDLE) + (ease <= MIDDLE)
    contested = any(spread is not None and spread >= WIDE for spread in spreads)
    return {"option": option, "quadrant": NAMES[number], "contested": contested}


def _cloud(room: Marks) -> list[list[int]]:
    """Option, impact, ease and how many gave both, for options that enough people rated both ways."""
    impact, ease = _scales(room)
    found: list[list[int]] = []
    for column, option in enumerate(room.options):
        both = (impact[:, column] > 0) & (ease[:, column] > 0)
        codes = np.bincount(room.given[both, column], weights=room.weights[both], minlength=1)
        if codes.sum() >= CROWD:
            found += [
                [option, code // BASE, code % BASE, int(codes[code])]
                for code in map(int, np.flatnonzero(codes))
            ]
    return found
