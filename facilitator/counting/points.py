"""Points: how many each option was given, and by how many people."""

from collections.abc import Iterable, Sequence

from facilitator.counting.ballots import Choice
from facilitator.counting.marks import Marks, Scored, gathered
from facilitator.counting.pairwise import Numbers
from facilitator.counting.stability import DRAWS
from facilitator.counting.standing import Figure, Standings, share
from facilitator.counting.weighing import Weighing


def point_standings(
    options: Sequence[int], choices: Iterable[Choice], seed: int = 0, draws: int = DRAWS
) -> Standings:
    """The options by the points they were given, ties as ties in the order of `options`.

    A choice is `{"points": [[3, 7], [5, 3]]}`, blank `{}`. Figures: points, share of all points given,
    supporters (ballots that gave it any).
    """
    scored = _scored(options, choices)
    room = scored.room
    points = [int(total) for total in room.weights @ room.given]
    supporters = [int(total) for total in room.weights @ (room.given > 0)]
    figures: dict[int, dict[str, Figure]] = {
        option: {"points": total, "share": share(total, sum(points)), "supporters": number}
        for option, total, number in zip(room.options, points, supporters, strict=True)
    }
    rows = scored.rows(options, figures)
    return scored.standings("points", rows, stability=scored.stable(seed, draws), given=sum(points))


def point_weighing(options: Sequence[int], choices: Iterable[Choice]) -> Weighing:
    """The same count, to be made with other weights."""
    return _scored(options, choices).weighing()


def _scored(options: Sequence[int], choices: Iterable[Choice]) -> Scored:
    return Scored(gathered(options, (choice.get("points", ()) for choice in choices)), _totals)


def _totals(room: Marks, weights: Numbers) -> Numbers:
    totals: Numbers = weights @ room.given.astype(weights.dtype)
    return totals
