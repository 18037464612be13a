"""Ranking: the room's order by head-to-head majorities, with what keeps it honest."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from facilitator.counting.agreement import agreement
from facilitator.counting.ballots import UNSURE, Choice, Integers, Profile, profile
from facilitator.counting.borda import borda_average, mean_rank, middle_half
from facilitator.counting.methods import competition_places, method_check
from facilitator.counting.neighbours import neighbours
from facilitator.counting.pairwise import Numbers, opinions, pairwise, tallies
from facilitator.counting.schulze import (
    Places,
    circle,
    condorcet_winner,
    grouped,
    schulze_places,
    smith_set,
)
from facilitator.counting.stability import DRAWS, stability
from facilitator.counting.standing import Figure, Standings, share, standing_rows
from facilitator.counting.weighing import Weighing


def rank_standings(
    options: Sequence[int], choices: Iterable[Choice], seed: int = 0, draws: int = DRAWS
) -> Standings:
    """The options in Schulze order (winning votes), ties as ties in the order of `options`.

    A choice is `{"order": [[12], [9, 15]], "unsure": [7]}`, blank `{}`; draws=0 leaves stability out.
    """
    room = profile(options, choices)
    pairs, voices, means = pairwise(room), opinions(room), mean_rank(room)
    silent = np.diagonal(voices) == 0
    places = [int(place) for place in _last(silent, schulze_places(pairs))]
    rows = standing_rows(options, grouped(room.options, places), _figures(room, pairs, voices, means))
    column = {option: at for at, option in enumerate(room.options)}
    return Standings(
        method="schulze",
        ballots=room.ballots,
        blank=room.blank,
        rows=rows,
        remarks={
            "neighbours": neighbours([row.option for row in rows], column, pairs, voices),
            "pairs": _ordered(pairs, [column[row.option] for row in rows]),
            "agreement": agreement(room),
            "stability": stability(room, places, _recount(room, silent), seed, draws),
            "methods": _methods(room, places, means),
            **_winners(room, pairs),
        },
    )


def _ordered(pairs: Integers, order: Sequence[int]) -> list[list[int | None]]:
    """How many put each option of the order before each other one; against itself nothing is counted."""
    found: list[list[int | None]] = pairs[np.ix_(order, order)].tolist()
    for place, line in enumerate(found):
        line[place] = None
    return found


def _figures(
    room: Profile, pairs: Integers, voices: Integers, means: Sequence[Fraction | None]
) -> dict[int, dict[str, Figure]]:
    columns = zip(
        room.options,
        means,
        middle_half(room),
        room.count(room.ranked),
        borda_average(pairs, voices),
        room.count(room.ranks == UNSURE),
        strict=True,
    )
    return {
        option: {
            "mean_rank": mean,
            "low": half[0] if half else None,
            "high": half[1] if half else None,
            "support": support,
            "share": share(support, room.ballots),
            "borda_average": borda,
            "unsure": unsure,
        }
        for option, mean, half, support, borda, unsure in columns
    }


def rank_weighing(options: Sequence[int], choices: Iterable[Choice]) -> Weighing:
    """The same count, to be made with other weights."""
    room = profile(options, choices)

    def count(weights: Numbers) -> Places:
        silent = weights @ (room.ranks != UNSURE) == 0
        return _recount(room, silent)(weights)

    return Weighing(room.options, room.sheets, room.sheets < 0, count)


def _recount(room: Profile, silent: npt.NDArray[np.bool_]) -> Callable[[Numbers], Places]:
    def count(weights: Numbers) -> Places:
        return _last(silent, schulze_places(tallies(room.ranks, weights)))

    return count


def _last(silent: npt.NDArray[np.bool_], places: Places) -> Places:
    """Put last what nobody judges: no majority beats it, so it would share the first place."""
    quiet = silent.sum(axis=-1, keepdims=True)
    judged = silent.shape[-1] - quiet
    moved = np.where(places > 1, places - quiet, places)
    return np.where(judged > 0, np.where(silent, judged + 1, moved), places)


def _methods(room: Profile, places: Sequence[int], means: Sequence[Fraction | None]) -> dict[str, Any]:
    """The check by Schulze, mean rank (an option nobody judges comes last) and support."""
    near = [-len(room.options) - 1 if mean is None else -mean for mean in means]
    return method_check(
        room.options,
        {
            "schulze": places,
            "mean_rank": competition_places(near),
            "approval": competition_places(room.count(room.ranked)),
        },
    )


def _winners(room: Profile, pairs: Integers) -> dict[str, Any]:
    winner = condorcet_winner(pairs)
    return {
        "condorcet_winner": None if winner is None else room.options[winner],
        "smith_set": [room.options[column] for column in smith_set(pairs)],
        "circle": [room.options[column] for column in circle(pairs)],
    }
