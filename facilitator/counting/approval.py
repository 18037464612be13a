"""Support: how many chose each option."""

from collections.abc import Iterable, Sequence
from functools import partial

from facilitator.counting.ballots import Choice, Profile, profile
from facilitator.counting.marks import highest_first
from facilitator.counting.methods import competition_places
from facilitator.counting.pairwise import Numbers
from facilitator.counting.schulze import Places, grouped
from facilitator.counting.stability import DRAWS, stability
from facilitator.counting.standing import Figure, Standings, share, standing_rows
from facilitator.counting.weighing import Weighing


def support_standings(
    options: Sequence[int], choices: Iterable[Choice], seed: int = 0, draws: int = DRAWS
) -> Standings:
    """The options by the number of ballots that chose them, ties as ties in the order of `options`.

    A choice is `{"options": [3, 5]}`, blank `{}`. Figures: support, share of all ballots.
    """
    room = _gathered(options, choices)
    support = room.count(room.ranked)
    places = competition_places(support)
    figures: dict[int, dict[str, Figure]] = {
        option: {"support": number, "share": share(number, room.ballots)}
        for option, number in zip(room.options, support, strict=True)
    }
    return Standings(
        method="support",
        ballots=room.ballots,
        blank=room.blank,
        rows=standing_rows(options, grouped(room.options, places), figures),
        remarks={"stability": stability(room, places, partial(_places, room), seed, draws)},
    )


def support_weighing(options: Sequence[int], choices: Iterable[Choice]) -> Weighing:
    """The same count, to be made with other weights."""
    room = _gathered(options, choices)
    return Weighing(room.options, room.sheets, room.sheets < 0, partial(_places, room))


def _gathered(options: Sequence[int], choices: Iterable[Choice]) -> Profile:
    return profile(options, ({"order": (choice.get("options", ()),)} for choice in choices))


def _places(room: Profile, weights: Numbers) -> Places:
    return highest_first(weights @ room.ranked.astype(weights.dtype))
