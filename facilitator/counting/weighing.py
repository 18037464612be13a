"""Weighing: a room gathered once and counted as often as one likes, each time with other weights."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from facilitator.counting.ballots import Integers
from facilitator.counting.groups import equal_weights
from facilitator.counting.pairwise import Numbers
from facilitator.counting.schulze import Places, grouped
from facilitator.counting.standing import Figure, Standings, standing_rows

Group = TypeVar("Group", bound=Hashable)


@dataclass(frozen=True, eq=False)
class Weighing:
    """A room that can be counted again: of each ballot the number of its distinct one, -1 where it has none.

    `count` gives the places of the options, in ascending order, for each row of weights of distinct ballots.
    """

    options: Sequence[int]
    sheets: Integers
    blank: NDArray[np.bool_]
    count: Callable[[Numbers], Places]

    def counting_blank(self, silent: Iterable[bool]) -> "Weighing":
        """The same room where its kind says of each ballot whether it is blank."""
        return replace(self, blank=np.array(list(silent), dtype=bool))

    def standings(self, order: Sequence[int], weights: Integers) -> list[Standings]:
        """The places for each row of weights of all ballots, without figures; ties keep the given order."""
        spoken = self.sheets >= 0
        distinct = int(self.sheets.max(initial=-1)) + 1
        none: dict[int, dict[str, Figure]] = {option: {} for option in order}
        merged = [np.bincount(self.sheets[spoken], row[spoken], distinct) for row in weights]
        return [
            Standings(
                method="places",
                ballots=int(row.sum()),
                blank=int(row[self.blank].sum()),
                rows=standing_rows(order, grouped(self.options, places.tolist()), none),
                remarks={},
            )
            for row, places in zip(weights, self.count(np.stack(merged)), strict=True)
        ]


@dataclass(frozen=True)
class Grouped(Generic[Group]):
    """The standings of each group, of the room without each, and of all where each group weighs the same."""

    groups: dict[Group, Standings]
    without: dict[Group, Standings]
    level: Standings


def by_group(
    room: Weighing, order: Sequence[int], given: Sequence[Group], names: Sequence[Group]
) -> Grouped[Group]:
    """Count a room by the groups that its ballots belong to, all of which are named."""
    number = {name: at for at, name in enumerate(names)}
    members = np.eye(len(names), dtype=np.int64)[:, [number[name] for name in given]]
    weights = np.array(equal_weights(members.sum(axis=1).tolist()), dtype=np.int64)
    found = room.standings(order, np.vstack([members, 1 - members, weights @ members]))
    *both, level = found
    parts, others = both[: len(names)], both[len(names) :]
    return Grouped(dict(zip(names, parts, strict=True)), dict(zip(names, others, strict=True)), level)


def level_weighing(options: Sequence[int], choices: Iterable[Mapping[str, Any]]) -> Weighing:
    """A room that puts options in no order: all share a place, whatever the weights."""
    known = sorted(set(options))
    blank = np.array([not choice for choice in choices], dtype=bool)

    def count(weights: Numbers) -> Places:
        return np.ones((len(weights), len(known)), dtype=np.int64)

    return Weighing(known, np.full(len(blank), -1, dtype=np.int64), blank, count)
