"""Adoption: whether enough of those who did not abstain say yes."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np

from facilitator.counting.ballots import Choice, Integers
from facilitator.counting.marks import Marks, Scored, gathered
from facilitator.counting.pairwise import Numbers
from facilitator.counting.stability import DRAWS, kept, resamples
from facilitator.counting.standing import Figure, Standings, share
from facilitator.counting.weighing import Weighing

VOTES = ("yes", "changes", "no", "abstain")
VERDICTS = ("rejected", "changes", "adopted")  # by number: not adopted, adopted with changes, adopted
NUMBERS = {vote: number for number, vote in enumerate(VOTES, 1)}


def adoption_standings(
    options: Sequence[int], choices: Iterable[Choice], threshold: int, seed: int = 0, draws: int = DRAWS
) -> Standings:
    """The options by verdict, then by the share of yes among those who did not abstain.

    A choice is `{"votes": [[3, "yes"], [12, "abstain"]]}`, blank `{}`. Adopted: yes reaches the threshold, in
    percent; with changes: yes and “with changes” together reach it.
    """
    scored = _scored(options, choices, threshold)
    room = scored.room
    votes = _votes(room.given, room.weights)
    verdicts = _verdicts(votes, threshold)
    stable = scored.stable(seed, draws)
    figures = dict(zip(room.options, map(_figures, votes.tolist()), strict=True))
    return scored.standings(
        "threshold",
        scored.rows(options, figures),
        stability=stable,
        firmness=_firm(room, threshold, verdicts, seed, draws) if stable else [],
        threshold=threshold,
        verdicts=[
            {"option": option, "verdict": VERDICTS[verdict]}
            for option, verdict in zip(room.options, verdicts.tolist(), strict=True)
        ],
    )


def adoption_weighing(options: Sequence[int], choices: Iterable[Choice], threshold: int) -> Weighing:
    """The same count, to be made with other weights."""
    return _scored(options, choices, threshold).weighing()


def _scored(options: Sequence[int], choices: Iterable[Choice], threshold: int) -> Scored:
    room = gathered(options, (_numbered(choice.get("votes", ())) for choice in choices))
    return Scored(room, partial(_scores, threshold))


def _scores(threshold: int, room: Marks, weights: Numbers) -> Any:
    found = _votes(room.given, weights)
    shares = found[..., 0] / np.maximum(_decided(found), 1)
    return 2 * _verdicts(found, threshold) + shares


def _firm(room: Marks, threshold: int, own: Integers, seed: int, draws: int) -> list[dict[str, Any]]:
    """How often each option would have the same verdict in another room like this one."""
    drawn = resamples(room.weights, seed, draws)
    found = np.concatenate([_verdicts(_votes(room.given, weights), threshold) for weights in drawn])
    return [
        {"option": option, **kept(found[:, [column]] == own[column])}
        for column, option in enumerate(room.options)
    ]


def _numbered(votes: Iterable[Sequence[Any]]) -> list[tuple[int, int]]:
    return [(option, NUMBERS[vote]) for option, vote in votes]


def _votes(given: Integers, weights: Any) -> Integers:
    """How many vote in each of the four ways on each option, for each row of weights."""
    counts = [weights @ (given == number).astype(weights.dtype) for number in NUMBERS.values()]
    return np.stack(counts, axis=-1).astype(np.int64)


def _decided(votes: Integers) -> Integers:
    decided: Integers = votes[..., :3].sum(axis=-1)
    return decided


def _verdicts(votes: Integers, threshold: int) -> Integers:
    """The number of each option's verdict; nobody decided is not adopted."""
    decided = _decided(votes)
    needed = threshold * decided
    for_it, with_changes = 100 * votes[..., 0], 100 * votes[..., :2].sum(axis=-1)
    verdicts = (with_changes >= needed).astype(np.int64) + (for_it >= needed)
    return np.where(decided > 0, verdicts, 0)


def _figures(votes: Sequence[int]) -> dict[str, Figure]:
    yes, changes, no, abstained = votes
    decided = yes + changes + no
    return {
        "yes": yes,
        "changes": changes,
        "no": no,
        "abstain": abstained,
        "share": share(yes, decided),
        "with_changes": share(yes + changes, decided),
    }
