"""Excerpts: what documents show of long tables, and where the whole of them stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from babel.numbers import format_decimal
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from facilitator.documents.standings import Drawn, alternative, brief
from facilitator.kinds.figured import Cell, Tabled
from facilitator.kinds.remarks import OPTION

FIRST, FURTHEST = 10, 10
SAID = 5  # how many sentences of dissent are read, where there are more than FURTHEST
LONG = 24  # options from which a question begins on a page of its own


@dataclass(frozen=True)
class Excerpt:
    """A table as documents show it: which of its rows, and what is said of the others."""

    tabled: Tabled
    kept: Sequence[int] = ()
    note: str = ""


def excerpt(tabled: Tabled) -> Excerpt:
    """Take of a table what a reader needs: of places by type the first, and where types differ most."""
    if tabled.name != "types" or len(tabled.rows) <= FIRST + FURTHEST:
        return Excerpt(brief(tabled))
    first = _first(tabled)
    rest = sorted(range(first, len(tabled.rows)), key=lambda at: -_apart(tabled, tabled.rows[at]))
    return _kept(tabled, first, sorted(rest[:FURTHEST]))


def leading(tabled: Tabled) -> Excerpt:
    """Take of a result that counts no more what came first."""
    return _kept(tabled, _first(tabled), ()) if len(tabled.rows) > FIRST + FURTHEST else Excerpt(tabled)


def pictured(chart: Drawn, shown: Excerpt) -> Drawn:
    """Take of a chart what is shown of its table."""
    marks = chart.chart.marks
    if chart.chart.sort != "groups" or not shown.kept:
        return chart
    kept = [marks[at] for at in shown.kept]
    caption = shown.tabled.caption
    return Drawn(caption, alternative(caption, kept), replace(chart.chart, marks=kept))


def differing(apart: int) -> str:
    """Say of how many options types think differently, where that is said of the furthest alone."""
    said = ngettext(
        "%(num)d option is three or more places apart between them.",
        "%(num)d options are three or more places apart between them.",
        apart,
    )
    return " ".join([said, _("The furthest apart:")])


def _kept(tabled: Tabled, first: int, others: Sequence[int]) -> Excerpt:
    kept = [*range(first), *others]
    if len(kept) == len(tabled.rows):
        return Excerpt(tabled)
    shown, whole = _number(len(kept)), _number(len(tabled.rows))
    caption = _("%(name)s: %(shown)s of %(all)s options", name=tabled.caption, shown=shown, all=whole)
    numbers = {"first": _number(first), "others": _number(len(others))}
    if others:
        note = _(
            "Shown: the first %(first)s and the %(others)s others furthest apart. "
            "The workbook (XLSX) holds every option.",
            **numbers,
        )
    else:
        note = _("Shown: the first %(first)s. The workbook (XLSX) holds every option.", **numbers)
    rows = [tabled.rows[at] for at in kept]
    return Excerpt(replace(tabled, caption=str(caption), rows=rows), kept, str(note))


def _first(tabled: Tabled) -> int:
    """Count the first rows: as many as are wanted, and those that share the last one's place."""
    if tabled.columns[0].name != "place":
        return FIRST
    last = tabled.rows[FIRST - 1][0]
    return next((at for at in range(FIRST, len(tabled.rows)) if tabled.rows[at][0] != last), len(tabled.rows))


def _apart(tabled: Tabled, row: Sequence[Cell]) -> int:
    front = [column.name for column in tabled.columns].index(OPTION.name)
    places = [cell for cell in row[front + 1 :] if isinstance(cell, int)]
    return max(places, default=0) - min(places, default=0)


def _number(value: int) -> str:
    return str(format_decimal(value, locale=get_locale()))
