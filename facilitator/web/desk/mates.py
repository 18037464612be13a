"""Which lines of the guide are ordered together, and where each stands among them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from facilitator.models.line import Line
from facilitator.models.order import group


@dataclass(frozen=True)
class Place:
    """Where a line stands among its mates, from 0, and how many they are."""

    index: int
    count: int


def mates(line: Line) -> list[Line]:
    """List the lines that a line stands with, itself among them, in the guide's order."""
    return [each for each in line.guide.lines(line.part) if group(each) == group(line)]


def grouped(lines: Iterable[Line]) -> dict[Hashable, list[Line]]:
    """Put lines into their groups."""
    found: dict[Hashable, list[Line]] = {}
    for line in lines:
        found.setdefault(group(line), []).append(line)
    return found


def places(lines: Iterable[Line]) -> Iterator[tuple[int, Place]]:
    """Give the place of each line that stands, by its number."""
    for found in grouped(line for line in lines if line.stands).values():
        for index, line in enumerate(found):
            yield line.id, Place(index, len(found))
