"""A report as a workbook: a cover, a sheet for each question, who took part, proposals, notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from zoneinfo import ZoneInfo

from flask_babel import force_locale
from flask_babel import gettext as _

from facilitator.counting.ballotfile import text_only
from facilitator.documents.book import Book, Cell, Grid, Head, Mass, Sheet, Value
from facilitator.documents.institutions import OTHER
from facilitator.documents.ledger import Ledger
from facilitator.documents.mass import Cells, Packing, number_of
from facilitator.documents.report.facts import Count, Question, Report, Sitting
from facilitator.documents.standings import plain
from facilitator.documents.xlsx import written
from facilitator.kinds import figured
from facilitator.kinds.base import Line
from facilitator.kinds.figured import Option, Tabled
from facilitator.models.ballot import HAND, PAPER, PHONE
from facilitator.models.institution import TYPES

NATIVE = ("bars", "words")
Row = list[Value]


def xlsx(report: Report, packing: Packing | None = None) -> bytes:
    """Write a report as XLSX; its ballots may be on their way already."""
    with force_locale(report.language):
        return written(book(report), packing)


def heard(packing: Packing, asked: Question) -> None:
    """Let the ballots of a question be packed while the rest of its report is gathered."""
    if kept := _kept(asked):
        packing.take(_mass(asked, kept))
        packing.early()


def _kept(asked: Question) -> list[tuple[int, Ledger]]:
    return [(count.number, count.ledger) for count in asked.counts if count.ledger]


def book(report: Report) -> Book:
    """Lay a report out in sheets."""
    asked = list(_asked(report))
    sheets = [_cover(report, asked), *(_question(report, number, each) for number, each in asked)]
    sheets += [_people(report, sitting) for sitting in report.sittings if sitting.took_part]
    proposals = [
        _grid(each.proposals, f"{number} {each.prompt.text}") for number, each in asked if each.proposals
    ]
    if proposals:
        sheets.append(Sheet(_("Proposals"), _("What the room proposed"), grids=proposals))
    sheets.append(Sheet(_("Notes"), _("Notes"), grids=list(_notes(report, asked))))
    return Book(report.workshop.text, report.direction, sheets)


def _asked(report: Report) -> Iterator[tuple[str, Question]]:
    """Number the questions as the report does."""
    for place, sitting in enumerate(report.sittings, 1):
        for each in sitting.questions:
            yield (f"{place}.{each.number}" if report.whole else str(each.number)), each


def _cover(report: Report, asked: Sequence[tuple[str, Question]]) -> Sheet:
    first, last = report.days
    facts: list[tuple[str, Value, str]] = [
        (_("Country"), report.country, "country"),
        (_("Workshop"), report.workshop.text, "workshop"),
        (_("Session"), " · ".join(sitting.title.text for sitting in report.sittings), "session"),
        (_("Venue"), report.place, ""),
        (_("From"), first, "first_day"),
        (_("To"), last, "last_day"),
        (
            _("Facilitated by"),
            ", ".join(dict.fromkeys(chain(*(each.people for each in report.sittings)))),
            "",
        ),
        (_("People who came in"), sum(sitting.joined for sitting in report.sittings), "joined"),
        (_("Made on"), _local(report, report.made), "made"),
        *((_("Provisional"), reason, "") for reason in report.provisional),
        *((label, text, "") for sitting in report.sittings for label, text in sitting.how),
    ]
    heads = [
        Head(_("Number")),
        Head(_("Question")),
        Head(_("How the room answers")),
        Head(_("Round"), "count"),
        Head(_("Answers"), "count"),
        Head(_("Blank"), "count"),
        Head(_("On paper"), "count"),
        Head(_("By raised hands"), "count"),
        Head(_("Opened"), "moment"),
        Head(_("Closed"), "moment"),
        Head(_("Seal of these ballots")),
    ]
    rows = [_line(report, number, each, count) for number, each in asked for count in each.counts]
    return Sheet(
        _("Cover"), report.workshop.text, facts, [Grid(_("Questions"), heads, rows, name="questions")]
    )


def _line(report: Report, number: str, asked: Question, count: Count) -> Row:
    return [
        number,
        asked.prompt.text,
        asked.label,
        count.number,
        count.ballots,
        count.blank,
        count.paper,
        count.hands,
        _local(report, count.opened),
        _local(report, count.closed) if count.closed else None,
        count.digest,
    ]


def _local(report: Report, moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(ZoneInfo(report.zone)).replace(tzinfo=None, microsecond=0)


def _question(report: Report, number: str, asked: Question) -> Sheet:
    """Lay out a question: its standings, what belongs to them, earlier rounds, the ballots."""
    key, last = number.replace(".", "_"), asked.last
    facts: list[tuple[str, Value, str]] = [(asked.label, asked.sentence, "")]
    if last:
        facts.append((_("Answers"), last.ballots, f"answers_{key}"))
    grids: list[Grid] = []
    remarks: list[tuple[str, str]] = []
    for count in reversed(asked.counts):
        of = f" – {_('Round %(number)s', number=count.number)}" if len(asked.counts) > 1 else ""
        told = (
            [(_("Result"), count.message)]
            if count.message
            else [(_("Result"), plain(each)) for each in count.said]
        )
        remarks += [(f"{label}{of}", words) for label, words in told]
        grids += _tables(count, of, f"result_{key}" if count is last else "")
    if asked.rounds:
        grids.append(_grid(asked.rounds))
    if kept := _kept(asked):
        grids.append(_ballots(asked, kept, f"ballots_{key}"))
    return Sheet(f"{number} {asked.prompt.text}", f"{number} {asked.prompt.text}", facts, grids, remarks)


def _tables(count: Count, of: str, name: str) -> Iterator[Grid]:
    charted = bool(count.charts) and count.charts[0].chart.sort in NATIVE
    for place, tabled in enumerate(count.tables):
        forms = [column.form for column in tabled.columns]
        from_ = 1 if tabled.columns[0].name in ("place", "number") else 0
        figures = [at for at in range(from_, len(forms)) if forms[at] in ("count", "share")]
        bars = figures[0] if charted and not place and figures else None
        yield _grid(tabled, tabled.caption + of, name if not place else "", bars)


def _grid(tabled: Tabled, caption: str = "", name: str = "", bars: int | None = None) -> Grid:
    heads = [Head(str(column.label), column.form) for column in tabled.columns]
    rows = [[_value(cell) for cell in row] for row in tabled.rows]
    return Grid(caption or tabled.caption, heads, rows, bars=bars, name=name)


def _value(cell: figured.Cell) -> Value:
    return cell.text if isinstance(cell, Option) else cell


def _ballots(asked: Question, ledgers: Sequence[tuple[int, Ledger]], name: str) -> Grid:
    """Lay out the ballots in long form: a row for each thing a ballot says."""
    ledger, several = ledgers[-1][1], len(ledgers) > 1
    heads = [Head(column) for column in (*["round"] * several, *ledger.columns)]
    return Grid(_("Ballots"), heads, mass=_mass(asked, ledgers), name=name)


def _mass(asked: Question, ledgers: Sequence[tuple[int, Ledger]]) -> Mass:
    known, ledger = {option.id: option.text for option in asked.options}, ledgers[-1][1]
    named = _named(known, ledger)
    words = [*map(named, ledger.names.values()), *TYPES, OTHER, PHONE, PAPER, HAND]
    return Mass(sum(len(each.cast) for _number, each in ledgers), words, partial(_said, ledgers, named))


def _said(ledgers: Sequence[tuple[int, Ledger]], named: Callable[[str], str], cell: Cell) -> Iterator[str]:
    for number, ledger in ledgers:
        front, kind = [number] if len(ledgers) > 1 else [], ledger.kind
        # what people write stays as they wrote it, were it 007
        texts = [column == "text" for column in kind.columns]
        pen = Cells(cell, kind.silent, front, partial(_read, named, texts))
        yield from ledger.written(pen, brief=True)


def _read(named: Callable[[str], str], texts: Sequence[bool], line: Line) -> Row:
    name, rank, more = line
    told = [each if text else number_of(each) for each, text in zip(more, texts, strict=True)]
    return [named(name), number_of(rank), *told]


def _named(known: Mapping[int, str], ledger: Ledger) -> Callable[[str], str]:
    """Read the name of an option as it was put to the room: no text of a workbook is a formula."""
    names = {
        name: name[1:]
        for id, name in ledger.names.items()
        if (text := known.get(id)) is not None and text_only(text) != text
    }
    return lambda name: names.get(name, name)


def _people(report: Report, sitting: Sitting) -> Sheet:
    assert sitting.took_part is not None  # noqa: S101 - it was chosen for it
    caption = _("%(name)s: %(value)s", name=sitting.took_part.caption, value=sitting.title.text)
    return Sheet(
        caption if report.whole else sitting.took_part.caption,
        caption,
        grids=[_grid(sitting.took_part, caption)],
    )


def _notes(report: Report, asked: Sequence[tuple[str, Question]]) -> Iterator[Grid]:
    heads = [Head(_("Number")), Head(_("Question")), Head(_("Note"))]
    rows: list[Row] = [[number, each.prompt.text, each.note] for number, each in asked if each.note]
    yield Grid(_("Notes of the facilitator"), heads, rows)
    for sitting in report.sittings:
        for tabled in (sitting.decisions, sitting.taken, sitting.follow_up, sitting.parked):
            if tabled:
                yield _grid(tabled, _("%(name)s: %(value)s", name=tabled.caption, value=sitting.title.text))
    if report.matrix:
        yield _grid(report.matrix)
