"""A round beside the one before it: what was said then and now, and what became of a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from facilitator.kinds.figured import Cell, Figured, Form, Named, Option, Tabled
from facilitator.kinds.remarks import OPTION, number

if TYPE_CHECKING:
    from facilitator.counting.change import Change


def beside(numbers: tuple[int, int], head: Figured, form: Form, rows: Sequence[Sequence[Cell]]) -> Tabled:
    """Put what two rounds say beside each other: of each line what was said then and now."""
    then, now = (_("Round %(number)s", number=number(each)) for each in numbers)
    columns = (head, Figured("before", then, form), Figured("now", now, form))
    return Tabled("rounds", _("Rounds side by side"), columns, rows)


def rounds(change: Change, numbers: tuple[int, int], options: Sequence[Option]) -> Tabled:
    """Put the places of two rounds beside each other, each with what became of it."""
    named = Named(options)
    rows = [
        (named[option], change.before[option], place, moved(change.before[option], place))
        for option, place in change.now.items()
    ]
    found = beside(numbers, OPTION, "count", rows)
    return replace(found, columns=(*found.columns, Figured("change", _l("What changed"))))


def moved(before: int | None, now: int) -> str:
    """Say what became of a place."""
    if before is None:
        return str(_("new in this round"))
    if before > now:
        return str(_("up from %(before)s to %(now)s", before=number(before), now=number(now)))
    if before < now:
        return str(_("down from %(before)s to %(now)s", before=number(before), now=number(now)))
    return str(_("still %(place)s", place=number(now)))
