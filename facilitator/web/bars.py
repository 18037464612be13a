"""The pages of a result on the projector: few bars each, long wordings never cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from facilitator.counting.standing import Standing, Standings
from facilitator.kinds.base import Option

MOST = 9
SIGNS = 90


@dataclass(frozen=True)
class Page:
    """The standings shown together; `number` counts from 1 to `count`."""

    rows: Sequence[Standing]
    number: int
    count: int


def page(standings: Standings, options: Sequence[Option], number: int = 1, most: int = MOST) -> Page:
    """Give one page of a result, the last one when there are not that many."""
    pages = _pages(standings, {option.id: len(option.text) for option in options}, most)
    number = max(1, min(number, len(pages)))
    return Page(pages[number - 1], number, len(pages))


def _pages(standings: Standings, signs: Mapping[int, int], most: int) -> list[list[Standing]]:
    """Fill pages in order; a wording of more than two lines takes the room of two bars or more."""
    pages: list[list[Standing]] = [[]]
    room = most
    for row in standings.rows:
        needed = min(most, max(1, -(-signs[row.option] // SIGNS)))
        if needed > room:
            pages.append([])
            room = most
        pages[-1].append(row)
        room -= needed
    return pages
