"""The list that a question hands on: what it came to, cut only where no place is shared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from facilitator.counting.standing import Standing
from facilitator.models.item import Item

if TYPE_CHECKING:
    from facilitator.models.activity import Activity


def standing(source: Activity) -> Sequence[Standing]:
    """List what is still offered in the order of the last vote."""
    if source.round is None:
        return ()
    offered = {offer.item_id for offer in source.offered}
    return [row for row in source.round.standings().rows if row.option in offered]


def shortlist(source: Activity, best: int | None = None) -> list[Item]:
    """List the best options and those that share the last place; the first as written before any vote."""
    if source.round is None:
        return source.options[:best]
    items, rows = {item.id: item for item in source.options}, standing(source)
    if best and best < len(rows):
        rows = [row for row in rows if row.place <= rows[best - 1].place]
    return [items[row.option] for row in rows]
