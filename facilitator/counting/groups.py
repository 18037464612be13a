"""Groups within a room: which may be shown, where they differ, and whether one of them decides."""

from collections.abc import Hashable, Mapping, Sequence
from math import lcm
from typing import TypeVar

from facilitator.counting.methods import FIRST, first
from facilitator.counting.standing import Standings

LEAST = 5
DISSENT = 3
FINEST = 60
MOST = 30_000  # ballots of a count with weights

Group = TypeVar("Group", bound=Hashable)


def shown(sizes: Mapping[Group, int], least: int = LEAST) -> list[Group]:
    """The groups that may be shown, largest first: none is small, nor are all the others together.

    What is not shown follows from the whole by subtraction, so it must be nobody or at least as many. Of
    groups of one size the same is hidden in whatever order they come: two pages must not hide different ones.
    """
    large = (group for group, size in sizes.items() if size >= least)
    open_ = sorted(large, key=lambda group: (-sizes[group], str(group)))
    hidden = sum(size for size in sizes.values() if size < least)
    while open_ and 0 < hidden < least:
        hidden += sizes[open_.pop()]
    return open_


def dissent(groups: Mapping[Group, Standings], gap: int = DISSENT) -> dict[int, dict[Group, int]]:
    """The options whose places differ by so many between groups, with their place in each."""
    places: dict[int, dict[Group, int]] = {}
    for group, standings in groups.items():
        for row in standings.rows:
            places.setdefault(row.option, {})[group] = row.place
    return {
        option: found for option, found in places.items() if max(found.values()) - min(found.values()) >= gap
    }


def chosen(standings: Standings, size: int = FIRST) -> tuple[set[int], set[int]]:
    """The options surely among the first, and those tied for the last seats."""
    options = [row.option for row in standings.rows]
    found = first(options, [row.place for row in standings.rows], max(1, min(size, len(options) - 1)))
    return set(found["sure"]), set(found["tied"])


def same_chosen(one: Standings, other: Standings) -> bool:
    """Whether two counts can choose the same first options; ties at the boundary contradict nothing."""
    (sure, tied), (also_sure, also_tied) = chosen(one), chosen(other)
    return sure <= also_sure | also_tied and also_sure <= sure | tied


def equal_weights(sizes: Sequence[int]) -> list[int]:
    """How often to count each ballot of groups of these sizes so that every group weighs the same.

    Exact where the sizes have a small common multiple, else within one in a hundred; in a large room coarser.
    """
    whole, largest = lcm(*sizes) if sizes else 1, max(sizes, default=1)
    finest = max(FINEST // 10, min(FINEST, MOST // (len(sizes) * largest))) if sizes else FINEST
    if whole > finest * largest:
        whole = finest * largest
    return [round(whole / size) for size in sizes]
