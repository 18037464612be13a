"""Support: how many chose each option."""

from collections.abc import Iterable, Sequence

import numpy as np

from facilitator.counting.ballots import Choice, profile
from facilitator.counting.methods import competition_places
from facilitator.counting.pairwise import Numbers
from facilitator.counting.schulze import Places, grouped
from facilitator.counting.stability import DRAWS, stability
from facilitator.counting.standing import Figure, Standings, share, standing_rows


def support_standings(
    options: Sequence[int], choices: Iterable[Choice], seed: int = 0, draws: int = DRAWS
) -> Standings:
    """The options by the number of ballots that chose them, ties as ties in the order of `options`.

    A choice is `{"options": [3, 5]}`, blank `{}`. Figures: support, share of all ballots.
    """
    room = profile(options, ({"order": (choice.get("options", ()),)} for choice in choices))
    chosen = room.ranked
    support = room.count(chosen)
    places = competition_places(support)

    def count(weights: Numbers) -> Places:
        found = weights @ chosen.astype(weights.dtype)
        places: Places = 1 + (found[:, np.newaxis] > found[:, :, np.newaxis]).sum(axis=2)
        return places

    figures: dict[int, dict[str, Figure]] = {
        option: {"support": number, "share": share(number, room.ballots)}
        for option, number in zip(room.options, support, strict=True)
    }
    return Standings(
        method="support",
        ballots=room.ballots,
        blank=room.blank,
        rows=standing_rows(options, grouped(room.options, places), figures),
        remarks={"stability": stability(room, places, count, seed, draws)},
    )
