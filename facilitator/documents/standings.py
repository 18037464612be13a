"""Standings told: what a count came to as exact tables, sentences and charts, equal in every format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from facilitator.documents.chart import Chart, Mark
from facilitator.documents.document import Column, Figure, Paragraph, Span, Table, Words
from facilitator.kinds import answered, remarks
from facilitator.kinds.figured import Cell, Figured, Option, Picture, Sentence, Tabled
from facilitator.models.wording import direction

if TYPE_CHECKING:
    from facilitator.counting.standing import Standings
    from facilitator.documents.document import Block
    from facilitator.kinds.base import Kind

NOTHING = "–"
PATTERNS = {"count": "#,##0", "decimal": "0.00", "median": "0.#"}
WIDE, NARROW, DAY = 3.0, 0.6, 1.4
MANY = 9  # columns from which each has less room
LETTERS, ROOM = 8, 18  # signs of a word, and of a text, that take one part of the width
ALT = 9
PLACES = {"place": _l("Place"), "number": _l("Number")}


@dataclass(frozen=True)
class Drawn:
    """A chart, its caption and what it shows in words."""

    caption: str
    alt: str
    chart: Chart


@dataclass(frozen=True)
class Told:
    """What a count came to, in one language: why nothing is shown, or tables, sentences and charts.

    The first of `tables` is the result itself; `method` says how it was counted.
    """

    method: str
    voters: str
    message: str = ""
    tables: Sequence[Tabled] = ()
    sentences: Sequence[Sentence] = ()
    charts: Sequence[Drawn] = ()

    def blocks(self, language: str) -> Iterator[Block]:
        """Tell all of it in a document: the sentences, the charts, the tables."""
        if self.message:
            yield Paragraph(self.message)
        for sentence in self.sentences:
            yield Paragraph(words(sentence, language))
        for each in self.charts:
            yield figure(each)
        for tabled in self.tables:
            yield table(brief(tabled), language)


def told(kind: Kind, standings: Standings, options: Sequence[Option], language: str) -> Told:
    """Tell a count in the language that is in force; one answer alone is never told."""
    voters = answered.took_part(standings.ballots)
    if message := answered.hidden(standings):
        return Told(str(kind.sentence), voters, message)
    remarked = kind.remarked(standings, options)
    return Told(
        str(kind.sentence),
        voters,
        tables=[result(kind, standings, options), *(each for each in remarked if isinstance(each, Tabled))],
        sentences=[each for each in remarked if not isinstance(each, Tabled)],
        charts=[
            drawn(numbered(each, kind.placed), language, voters) for each in kind.pictured(standings, options)
        ],
    )


def result(kind: Kind, standings: Standings, options: Sequence[Option]) -> Tabled:
    """Tell the order with every figure of its kind, exact."""
    rows: list[list[Cell]] = []
    for number, line in enumerate(kind.listed(standings, options), 1):
        figures = [line.figures.get(each.name) for each in kind.figured]
        start = {"place": [line.place], "number": [number]}.get(kind.placed, [])
        end = [str(_("tied")) if line.tied else ""] if kind.placed == "place" else []
        rows.append([*start, line.option, *figures, *end])
    columns = [Figured("option", kind.line_head), *kind.figured]
    if kind.placed:
        columns.insert(0, Figured(kind.placed, PLACES[kind.placed], "count"))
    if kind.placed == "place":
        columns.append(Figured("tied", _l("Tie")))
    return Tabled("standings", str(_("Result")), columns, rows)


def numbered(picture: Picture, placed: str) -> Picture:
    """Let the marks of a picture bear what stands before the lines of the result."""
    if placed == "place":
        return picture
    marks = [
        {**mark, "place": number if placed else 0, "tied": False}
        for number, mark in enumerate(picture["marks"], 1)
    ]
    return {**picture, "marks": marks}


def drawn(picture: Picture, language: str, voters: str) -> Drawn:
    """Turn what a kind pictures into a chart."""
    fields = {name: value for name, value in picture.items() if name not in ("caption", "marks")}
    marks = [Mark(**mark) for mark in picture["marks"]]
    chart = Chart(marks=marks, language=language, direction=direction(language), voters=voters, **fields)
    return Drawn(picture["caption"], alternative(picture["caption"], marks), chart)


def alternative(caption: str, marks: Sequence[Mark]) -> str:
    """Say in words what a chart shows first."""
    first = "; ".join(f"{mark.place}. {mark.label}" if mark.place else mark.label for mark in marks[:ALT])
    return str(_("%(name)s: %(value)s", name=caption, value=first))


def figure(each: Drawn) -> Figure:
    """Put a chart into a document."""
    return Figure(each.caption, each.alt, chart=asdict(each.chart))


def brief(tabled: Tabled) -> Tabled:
    """Keep of how firm each place is what is firm or likely; files of data hold every share."""
    if tabled.name != "stability":
        return tabled
    rows = [row for row in tabled.rows if row[-1] != remarks.firmness("open")]
    if len(rows) == len(tabled.rows):
        return tabled
    return replace(tabled, rows=[*rows, (None, str(_("Everything else")), None, remarks.firmness("open"))])


def table(tabled: Tabled, language: str) -> Table:
    """Write a table as a reader of a language expects it; columns in which nothing stands are left out."""
    kept = [
        place
        for place in range(len(tabled.columns))
        if not tabled.rows or any(row[place] not in (None, "") for row in tabled.rows)
    ]
    columns = [
        Column(
            str(each.label),
            _across(each, [row[place] for row in tabled.rows], len(kept)),
            each.form != "text",
        )
        for place, each in ((place, tabled.columns[place]) for place in kept)
    ]
    rows = [[cell(row[place], tabled.columns[place].form, language) for place in kept] for row in tabled.rows]
    return Table(tabled.caption, columns, rows)


def _across(column: Figured, cells: Sequence[Cell], columns: int) -> float:
    """Choose how wide a column is beside the others, so that no word of it is broken."""
    texts = [str(column.label), *(each for each in cells if isinstance(each, str))]
    longest = max((len(word) for text in texts for word in text.split()), default=0)
    room = sum(len(text) for text in texts[1:]) / max(1, len(cells))
    if any(isinstance(each, Option) for each in cells):
        return WIDE * (1.0 if columns < MANY else 0.9 if columns == MANY else 0.7)
    if column.form == "date":
        return DAY
    return min(WIDE, max(NARROW, (longest + 3) / LETTERS, room / ROOM))


def cell(value: Cell, form: str, language: str) -> Words:
    """Write a value in a table."""
    return words([value], language) if isinstance(value, Option) else written(value, form, language)


def written(value: Cell, form: str, language: str) -> str:
    """Write a value as plain text."""
    if value is None:
        return NOTHING
    if isinstance(value, Option):
        return value.text
    if isinstance(value, str):
        return value
    if isinstance(value, dt.date):
        return str(format_date(value, "medium", language))
    if form == "share":
        return str(format_percent(float(value), locale=language))
    return str(format_decimal(float(value), PATTERNS[form], language))


def real(value: Cell) -> int | float | str | None:
    """Give a value to a machine: a number as a number, a day as 2026-11-20."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return float(value)
    return value.text if isinstance(value, Option) else value


def words(sentence: Sentence, language: str) -> Sequence[Span]:
    """Read a sentence as spans, each wording in its own language."""
    if isinstance(sentence, str):
        return [Span(sentence)]
    return [
        Span(part.text, lang="" if part.lang == language else part.lang)
        if isinstance(part, Option)
        else Span(part)
        for part in sentence
    ]


def plain(sentence: Sentence) -> str:
    """Read a sentence without its dress."""
    parts = [sentence] if isinstance(sentence, str) else sentence
    return "".join(part.text if isinstance(part, Option) else part for part in parts)
