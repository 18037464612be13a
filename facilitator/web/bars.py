"""The pages of a result on the projector: few bars each, long wordings never cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from facilitator.counting.standing import Standing, Standings
from facilitator.kinds.base import Option

MOST = 9
ONE_LINE, SIGNS = 44, 90
SHORT, LONG = 7, 9  # the room that a wording of one line and one of two take: nine of these or seven of those


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
    """Fill pages in order: `most` bars, fewer where long wordings take more room than a bar has anyway."""
    pages: list[list[Standing]] = [[]]
    whole = room = MOST * SHORT * most
    for row in standings.rows:
        more = LONG * -(-signs[row.option] // SIGNS) - SHORT if signs[row.option] > ONE_LINE else 0
        needed = min(whole, MOST * SHORT + more * most)
        if needed > room:
            pages.append([])
            room = whole
        pages[-1].append(row)
        room -= needed
    return pages
