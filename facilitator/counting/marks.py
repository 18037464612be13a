"""Marks: the number that each ballot gives each option, and places by the highest score."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from facilitator.counting.ballots import Integers, sheets
from facilitator.counting.pairwise import Numbers
from facilitator.counting.schulze import Places, grouped
from facilitator.counting.stability import stability
from facilitator.counting.standing import Figure, Standing, Standings, standing_rows
from facilitator.counting.weighing import Weighing

Given = Iterable[Sequence[int]]


@dataclass(frozen=True, eq=False)
class Marks:
    """What a room gave options in ascending order: a row of `given` is one distinct ballot, 0 for nothing.

    `sheets` names the row of each ballot as it came, -1 where it is blank.
    """

    options: tuple[int, ...]
    given: Integers
    weights: Integers
    sheets: Integers
    ballots: int
    blank: int


def gathered(options: Iterable[int], given_by: Iterable[Given]) -> Marks:
    """Gather ballots such as `[[3, 5], [12, 1]]`: 5 for option 3, 1 for option 12; an empty one is blank."""
    cast = [list(sheet) for sheet in given_by]
    known = np.array(sorted(set(options)), dtype=np.int64)
    flat = np.fromiter(chain.from_iterable(chain.from_iterable(cast)), dtype=np.int64).reshape(-1, 2)
    owner = np.repeat(np.arange(len(cast)), np.fromiter(map(len, cast), dtype=np.int64, count=len(cast)))
    offered = np.isin(flat[:, 0], known)
    given = np.zeros((len(cast), known.size), dtype=np.int64)
    given[owner[offered], np.searchsorted(known, flat[offered, 0])] = flat[offered, 1]
    spoken: NDArray[np.bool_] = np.asarray((given > 0).any(axis=1))
    distinct, rows, weights = np.unique(given[spoken], axis=0, return_inverse=True, return_counts=True)
    return Marks(
        options=tuple(known.tolist()),
        given=distinct,
        weights=weights,
        sheets=sheets(spoken, rows),
        ballots=len(cast),
        blank=len(cast) - int(spoken.sum()),
    )


def highest_first(scores: NDArray[Any]) -> Places:
    """The places in each row of scores, equal ones sharing the best: 1, 1, 3."""
    places: Places = 1 + (scores[:, np.newaxis, :] > scores[:, :, np.newaxis]).sum(axis=2)
    return places


@dataclass(frozen=True, eq=False)
class Scored:
    """A room whose options a method scores for each row of weights of distinct ballots, highest first."""

    room: Marks
    score: Callable[[Marks, Numbers], NDArray[Any]]

    def count(self, weights: Numbers) -> Places:
        """The places of the options for each row of weights."""
        return highest_first(self.score(self.room, weights))

    @cached_property
    def places(self) -> list[int]:
        """The places of the options as the room voted."""
        own = self.room.weights[np.newaxis].astype(np.float64)
        return [int(place) for place in self.count(own)[0]]

    def rows(self, order: Sequence[int], figures: Mapping[int, dict[str, Figure]]) -> tuple[Standing, ...]:
        """The options best first, ties as ties in the given order."""
        return standing_rows(order, grouped(self.room.options, self.places), figures)

    def stable(self, seed: int, draws: int) -> dict[str, Any] | None:
        """How often places and first groups come again."""
        return stability(self.room, self.places, self.count, seed, draws)

    def standings(self, method: str, rows: tuple[Standing, ...], **remarks: Any) -> Standings:
        """What the room came to."""
        return Standings(
            method=method, ballots=self.room.ballots, blank=self.room.blank, rows=rows, remarks=remarks
        )

    def weighing(self) -> Weighing:
        """The same count, to be made with other weights."""
        room = self.room
        return Weighing(room.options, room.sheets, room.sheets < 0, self.count)
