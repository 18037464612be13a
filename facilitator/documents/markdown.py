"""A document as Markdown, in which what people wrote stays what it is: words."""

import re
from collections.abc import Iterator, Sequence

from facilitator.documents.document import (
    Document,
    Entry,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Span,
    Table,
    Words,
    plain,
    spans,
)
from facilitator.documents.letters import address, letters
from facilitator.documents.outline import Placed, placed, word
from facilitator.documents.reading import read

__all__ = ["markdown", "read"]

ACTIVE = re.compile(r"[\\`*_{}\[\]<>|~$&^]")
BEGINNING = re.compile(r"(?m)^[ \t]*(?:([-+=#:])|(\d{1,9})([.)]))")
MARKS = {"-": "*", "*": "-", ".": ")", ")": "."}


def markdown(document: Document) -> str:
    """Write a document as CommonMark with tables and footnotes."""
    return "\n\n".join(_Text(document).written()) + "\n"


class _Text:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.notes: list[str] = []
        self.bullet, self.point = "-", "."

    def written(self) -> Iterator[str]:
        document = self.document
        yield f"# {_line(document.title)}"
        if document.subtitle:
            yield _lines(document.subtitle)
        if document.facts:
            yield "\n".join(f"- **{_line(name)}**: {_line(fact)}" for name, fact in document.facts)
        self._other_marks()
        last = None
        for each in placed(document):
            if isinstance(each.block, Listing) and isinstance(last, Listing):
                self._other_marks()
            yield from filter(None, self._block(each))
            last = each.block
        for line in (document.footer, document.mark):
            if line:
                yield _lines(line)
        if self.notes:
            yield "\n".join(f"[^{number}]: {note}" for number, note in enumerate(self.notes, 1))

    def _other_marks(self) -> None:
        # two lists that follow each other are one, unless their marks differ
        self.bullet, self.point = MARKS[self.bullet], MARKS[self.point]

    def _block(self, each: Placed) -> Iterator[str]:
        match each.block:
            case Heading(words=words):
                yield f"{'#' * (each.level + 1)} {self._words(words, ' ')}"
            case Paragraph(words=words, style=style):
                told = self._words(words, "\\\n")
                yield _behind("> ", told) if style in ("quote", "warning") else told
            case Listing(entries=entries, numbered=numbered):
                yield "\n".join(self._entries(entries, numbered))
            case Table() as table if table.columns:
                yield self._caption("table", each, table.caption)
                yield "\n".join(self._table(table))
            case Figure() as figure:
                yield self._caption("figure", each, figure.caption)
                yield _lines(figure.alt)

    def _caption(self, name: str, each: Placed, words: Words) -> str:
        said = self._words(words, " ")
        return f"**{_line(word(self.document, name))} {each.number}**" + (f" – {said}" if said else "")

    def _entries(self, entries: Sequence[Entry], numbered: bool) -> Iterator[str]:
        for number, entry in enumerate(entries, 1):
            mark = f"{number}{self.point} " if numbered else f"{self.bullet} "
            inside = [self._words(entry.words, "\\\n"), *self._entries(entry.below, numbered)]
            first, *others = "\n".join(inside).split("\n")
            yield mark + first
            for line in others:
                yield " " * len(mark) + line

    def _table(self, table: Table) -> Iterator[str]:
        yield self._row([column.words for column in table.columns])
        yield "|" + "|".join(" ---: " if column.number else " --- " for column in table.columns) + "|"
        for row in table.rows:
            single = len(row) == 1 < len(table.columns)
            cells = [[Span(plain(row[0]), strong=True)]] if single else row
            yield self._row([*cells, *[""] * len(table.columns)][: len(table.columns)])

    def _row(self, cells: Sequence[Words]) -> str:
        return "| " + " | ".join(self._words(cell, " / ") for cell in cells) + " |"

    def _words(self, words: Words, between: str) -> str:
        told = "".join(self._span(span) for span in spans(words)).strip()
        return between.join(_begun(line.strip()) for line in told.split("\n"))

    def _span(self, span: Span) -> str:
        found = re.fullmatch(r"(\s*)(.*?)(\s*)", letters(span.text), re.DOTALL)
        before, text, after = found.groups() if found else ("", "", "")
        text = ACTIVE.sub(r"\\\g<0>", text)
        if text:
            dress = "**" * span.strong + "*" * span.soft
            text = f"{dress}{text}{dress}"
            link = address(span.link)
            text = f"[{text}](<{link}>)" if link and not link.startswith("#") else text
        if span.note:
            self.notes.append(_line(span.note))
            text += f"[^{len(self.notes)}]"
        return before + text + after


def _behind(mark: str, text: str) -> str:
    return "\n".join(mark + line for line in text.split("\n"))


def _begun(line: str) -> str:
    return BEGINNING.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", line)


def _line(text: str) -> str:
    return " ".join(_begun(ACTIVE.sub(r"\\\g<0>", letters(text))).split())


def _lines(text: str) -> str:
    lines = ACTIVE.sub(r"\\\g<0>", letters(text)).split("\n")
    return "\\\n".join(_begun(line.strip()) for line in lines if line.strip())
