"""The summary: a report told as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from babel.dates import format_date, format_datetime, format_interval, get_timezone
from flask_babel import force_locale
from flask_babel import gettext as _

from facilitator.documents.document import (
    Block,
    Break,
    Document,
    Entry,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Span,
    Words,
)
from facilitator.documents.excerpts import (
    FURTHEST,
    LONG,
    SAID,
    Excerpt,
    differing,
    excerpt,
    leading,
    pictured,
)
from facilitator.documents.report import annex
from facilitator.documents.report.facts import Count, Pair, Question, Report, Sitting
from facilitator.documents.standings import figure, table, words
from facilitator.kinds.figured import Cell, Option, Tabled


def told(report: Report) -> Document:
    """Tell a report."""
    with force_locale(report.language):
        return Document(
            title=title(report),
            language=report.language,
            direction=report.direction,
            subtitle="" if report.whole else report.workshop.text,
            facts=facts(report),
            mark=_("Provisional") if report.provisional else "",
            blocks=list(Telling(report).blocks()),
            words={
                "contents": _("Contents"),
                "notes": _("Notes"),
                "page": _("Page"),
                "table": _("Table"),
                "figure": _("Figure"),
            },
            authors=facilitators(report),
            footer=f"{report.country} · {title(report)}",
        )


def figures(document: Document) -> list[Figure]:
    """List the drawings of a document in their order."""
    return [block for block in document.blocks if isinstance(block, Figure)]


def title(report: Report) -> str:
    """Name a summary."""
    subject = report.workshop if report.whole else report.sittings[0].title
    return str(_("Results: %(title)s", title=subject.text))


def facilitators(report: Report) -> list[str]:
    """Name who ran the sessions."""
    return list(dict.fromkeys(name for sitting in report.sittings for name in sitting.people))


def facts(report: Report) -> list[Pair]:
    """Give what stands on the title page."""
    (first, last), language = report.days, report.language
    one = format_date(first, "long", language)
    days = one if first == last else format_interval(first, last, "yMMMMd", locale=language)
    told = [(_("Country"), report.country), (_("Workshop"), report.workshop.text)]
    if not report.whole:
        sitting = report.sittings[0]
        days = format_date(sitting.day, "long", language)
        told.append((_("Session"), sitting.title.text))
    told += [
        (_("Venue"), report.place),
        (_("Date"), days),
        (_("Facilitated by"), ", ".join(facilitators(report))),
        (_("Made"), format_datetime(report.made, "medium", get_timezone(report.zone), language)),
    ]
    return [(name, value) for name, value in told if value]


class Telling:
    """One telling of a report, in the language that is in force."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.language = report.language
        self.deeper = int(report.whole)

    def blocks(self) -> Iterator[Block]:
        """Tell it all."""
        if self.report.provisional:
            yield Paragraph(_("This summary is provisional: some of it can still change."), "warning")
        if self.report.whole:
            yield from self._executive()
        for sitting in self.report.sittings:
            if self.report.whole:
                yield Break()
                yield Heading(1, self._span(sitting.title), f"session-{sitting.id}")
            yield from self._sitting(sitting)
        if self.report.matrix:
            yield Heading(1, _("Problem/solution matrix as it stands now"), "matrix")
            yield self._table(self.report.matrix)
        yield from self._annex()

    def _span(self, text: Option) -> Span:
        return words([text], self.language)[0]

    def _head(self, level: int, said: Words, anchor: str = "") -> Heading:
        """Head a part; within a whole workshop everything stands one level deeper."""
        return Heading(level + self.deeper, said, anchor)

    def _table(self, tabled: Tabled) -> Block:
        return table(tabled, self.language)

    def _executive(self) -> Iterator[Block]:
        """Give the one page for those who read one page."""
        yield Heading(1, _("In brief"), "brief")
        for sitting in self.report.sittings:
            yield Heading(2, self._span(sitting.title))
            day = format_date(sitting.day, "long", self.language)
            yield Paragraph(f"{day}. {sitting.how[0][1]}")
            if sitting.decisions:
                yield Listing([Entry(self._decision(row)) for row in sitting.decisions.rows])
            else:
                yield Paragraph(_("No decision yet."))

    def _decision(self, row: Sequence[Cell]) -> Words:
        _number, option, decision, firm = row
        said = self._span(option) if isinstance(option, Option) else Span(str(option))
        return [said, Span(" – "), Span(str(decision), strong=True), Span(f" ({firm})" if firm else "")]

    def _sitting(self, sitting: Sitting) -> Iterator[Block]:
        yield self._head(1, _("How it was done"))
        yield pairs(sitting.how)
        if sitting.methods:
            yield pairs(sitting.methods)
        if sitting.took_part:
            yield self._head(1, _("Who took part"))
            yield self._table(sitting.took_part)
        yield self._head(1, _("Questions and results"))
        for question in sitting.questions:
            if len(question.options) > LONG:
                yield Break()
            yield from self._question(question)
        for heading, kept in (
            (_("Parking list"), [sitting.parked]),
            (_("Decisions taken"), [sitting.decisions, sitting.taken]),
        ):
            if any(kept):
                yield self._head(1, heading)
                yield from (self._table(tabled) for tabled in kept if tabled)
        if sitting.next_steps or sitting.follow_up:
            yield self._head(1, _("Next steps"))
        if sitting.next_steps:
            yield Listing([Entry(step) for step in sitting.next_steps])
        if sitting.follow_up:
            yield self._table(sitting.follow_up)

    def _question(self, asked: Question) -> Iterator[Block]:
        head = [Span(f"{asked.number}. "), self._span(asked.prompt)]
        yield self._head(2, head, f"question-{asked.id}")
        yield Paragraph(" · ".join([asked.label, *asked.rules]), "small")
        if asked.only:
            yield Paragraph(_("Only these answered: %(types)s.", types=asked.only))
        if asked.last:
            yield from self._count(asked.last, several=len(asked.counts) > 1)
        else:
            yield Paragraph(_("This question was not put to the room."))
            if asked.options:
                yield Listing([Entry(self._span(option)) for option in asked.options])
        yield from self._rounds(asked)
        if asked.proposals and asked.proposals.rows:
            yield self._table(asked.proposals)
        if asked.waiting:
            yield Paragraph(_("Proposals that nobody has read yet are not listed."), "small")
        if asked.note:
            yield self._head(3, _("Note of the facilitator"))
            yield from (Paragraph(line) for line in asked.note.splitlines() if line.strip())

    def _count(self, count: Count, *, several: bool) -> Iterator[Block]:
        if several:
            yield self._head(3, _("Round %(number)s", number=count.number))
        yield Paragraph(count.turnout)
        if count.message:
            yield Paragraph(count.message, "warning")
        shown = [excerpt(tabled) for tabled in count.tables if tabled.rows]
        if shown:
            yield from (figure(pictured(chart, shown[-1])) for chart in count.charts)
        for each in shown:
            yield from self._excerpt(each)
        entries = [Entry(words(said, self.language)) for said in count.sentences]
        entries += self._dissent(count)
        if entries:
            yield Listing(entries)

    def _excerpt(self, shown: Excerpt) -> Iterator[Block]:
        yield self._table(shown.tabled)
        if shown.note:
            yield Paragraph(shown.note, "small")

    def _dissent(self, count: Count) -> list[Entry]:
        told = [Entry(words(said, self.language)) for said in count.dissent]
        if len(told) <= FURTHEST:
            return told
        return [Entry(differing(len(told)), told[:SAID])]

    def _rounds(self, asked: Question) -> Iterator[Block]:
        if asked.rounds:
            yield self._head(3, _("Rounds side by side"))
            yield from (Paragraph(words(said, self.language)) for said in asked.changed)
            if asked.slopes:
                yield figure(asked.slopes)
            yield self._table(asked.rounds)
        for count in asked.counts[:-1]:
            yield self._head(3, _("Round %(number)s (struck out: a later round counts)", number=count.number))
            yield Paragraph(count.turnout)
            if count.message:
                yield Paragraph(count.message, "small")
            for tabled in count.tables[:1]:
                yield from self._excerpt(leading(tabled))

    def _annex(self) -> Iterator[Block]:
        yield Heading(1, _("Annex: how this was counted, and how to count it again"), "annex")
        yield Listing([Entry(note) for note in annex.conventions()])
        yield from (Paragraph(text) for text in annex.recounting())
        seals = annex.seals(self.report.sittings)
        if seals.rows:
            yield self._table(seals)


def pairs(told: Sequence[Pair]) -> Listing:
    """List names and what they stand for."""
    return Listing(
        [Entry([Span(_("%(name)s:", name=name), strong=True), Span(f" {text}")]) for name, text in told]
    )
