"""The two orders of a guide's lines: the one that the room gave, and the one in which they stand."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from facilitator.kinds.base import ORDER
from facilitator.models.beginnings import STRATEGY
from facilitator.models.line import Line, place
from facilitator.models.part import GOVERNMENTAL, OTHERS

if TYPE_CHECKING:
    from facilitator.models.guide import Guide


@dataclass(frozen=True)
class Ordered:
    """Lines that stand together and that one vote ordered, in the guide's order, those left out too."""

    lines: list[Line]

    @property
    def guide(self) -> list[Line]:
        """List those that stand, as the guide orders them."""
        return [line for line in self.lines if line.stands]

    @property
    def room(self) -> list[Line]:
        """List all as the room ordered them; what shares a place stands as in the guide."""
        return sorted(self.lines, key=room_place)

    @cached_property
    def moved(self) -> set[int]:
        """Name the lines that stand elsewhere than the room put them."""
        pairs = zip(self.guide, sorted(self.guide, key=room_place), strict=True)
        return {line.id for line, other in pairs if room_place(line) != room_place(other)}


def group(line: Line) -> Hashable:
    """Name the group a line is ordered in: a challenge's actions or strategies, a family, a block."""
    match line.part:
        case "actions":
            return line.parent_id, line.fact("kind") == STRATEGY
        case "recommendations":
            family = line.fact("family")
            return family if family in line.guide.families else ""
        case "sources":
            return GOVERNMENTAL if line.fact("block") == GOVERNMENTAL else OTHERS
    return ""


def room_place(line: Line) -> int:
    """Give the place in which the room put a line."""
    return line.room_place or 0


def differing(guide: "Guide", part: str) -> list[Ordered]:
    """List what stands in another order than the room's, group by group."""
    found: dict[Hashable, list[Line]] = {}
    for line in sorted(guide.lines(part, left_out=True), key=place):
        asked = next((each.round_id for each in reversed(line.provenances) if each.gives == ORDER), None)
        if line.room_place:
            found.setdefault((group(line), asked), []).append(line)
    return [ordered for ordered in map(Ordered, found.values()) if ordered.moved]
