"""Points: how many each option was given, and by how many people."""

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np

from facilitator.counting.ballots import Choice
from facilitator.counting.marks import Marks, gathered, highest_first, weighed
from facilitator.counting.pairwise import Numbers
from facilitator.counting.schulze import Places, grouped
from facilitator.counting.stability import DRAWS, stability
from facilitator.counting.standing import Figure, Standings, share, standing_rows
from facilitator.counting.weighing import Weighing


def point_standings(
    options: Sequence[int], choices: Iterable[Choice], seed: int = 0, draws: int = DRAWS
) -> Standings:
    """The options by the points they were given, ties as ties in the order of `options`.

    A choice is `{"points": [[3, 7], [5, 3]]}`, blank `{}`. Figures: points, share of all points given,
    supporters (ballots that gave it any).
    """
    room = _gathered(options, choices)
    count = partial(_places, room)
    places = [int(place) for place in count(room.weights[np.newaxis].astype(np.float64))[0]]
    points = [int(total) for total in room.weights @ room.given]
    supporters = [int(total) for total in room.weights @ (room.given > 0)]
    figures: dict[int, dict[str, Figure]] = {
        option: {"points": total, "share": share(total, sum(points)), "supporters": number}
        for option, total, number in zip(room.options, points, supporters, strict=True)
    }
    return Standings(
        method="points",
        ballots=room.ballots,
        blank=room.blank,
        rows=standing_rows(options, grouped(room.options, places), figures),
        remarks={"stability": stability(room, places, count, seed, draws), "given": sum(points)},
    )


def point_weighing(options: Sequence[int], choices: Iterable[Choice]) -> Weighing:
    """The same count, to be made with other weights."""
    room = _gathered(options, choices)
    return weighed(room, partial(_places, room))


def _gathered(options: Sequence[int], choices: Iterable[Choice]) -> Marks:
    return gathered(options, (choice.get("points", ()) for choice in choices))


def _places(room: Marks, weights: Numbers) -> Places:
    return highest_first(weights @ room.given.astype(weights.dtype))
