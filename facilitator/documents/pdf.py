"""A document as PDF for everybody: tagged, in our own fonts, with the order a screen reader needs."""

import re
from collections.abc import Sequence
from functools import cache
from string import ascii_lowercase
from typing import Any
from unicodedata import normalize

from facilitator.documents.document import (
    Block,
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
from facilitator.documents.drawing import lettered
from facilitator.documents.letters import address, letters, turned
from facilitator.documents.outline import Placed, placed, word
from facilitator.documents.plots.lettering import drawable
from facilitator.documents.printing import printed

ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
ARROWS = {"→": "->", "←": "<-", "↔": "<->", "⇒": "=>"}
LACKING = "\ufffd"
VARIANTS = set(map(chr, range(0xFE00, 0xFE10)))  # they only choose how the sign before them is drawn
CODE = re.compile("[!-~]{28,}")
LINE, TALLEST = 100, 29  # letters of a line as wide as the page; lines of a row that surely fits on one
HEAD, LEADING = 40, 5  # millimetres: of a caption with the heads below it, of a line
PATIENCE = 170  # a workshop may be long; who ordered it waits three minutes
WORDS = ("contents", "page", "table", "figure")


def pdf(document: Document) -> bytes:
    """Set a document as PDF/UA, in a process of its own: what it takes is not added to this one."""
    return printed("document", told(document), ["ua-1"], PATIENCE)


def shown(text: str) -> str:
    """Give a text as our fonts can show it: a document for everybody may hold no sign that has no letter."""
    text = letters(text)
    return text if text.isascii() else "".join(map(_drawn, text))


@cache
def _drawn(sign: str) -> str:
    if ord(sign) in drawable() or sign.isspace():
        return sign
    if sign in VARIANTS:
        return ""
    plainer = ARROWS.get(sign) or normalize("NFKD", sign)
    return plainer if all(ord(each) in drawable() for each in plainer) else LACKING


def told(document: Document) -> dict[str, Any]:
    """Say a document the way its template reads it."""
    return {
        "title": shown(document.title) or "–",
        "subtitle": shown(document.subtitle),
        "language": _code(document.language),
        "direction": document.direction,
        "facts": [[shown(name), shown(fact)] for name, fact in document.facts],
        "mark": shown(document.mark),
        "footer": shown(document.footer),
        "authors": [shown(author) for author in document.authors],
        "contents": document.contents,
        "words": {name: word(document, name) for name in WORDS},
        "blocks": _Telling(document).blocks(),
    }


class _Telling:
    """Says blocks; tables and lists have their notes below them: footnotes out of them take long to set."""

    def __init__(self, document: Document) -> None:
        self.gathering, self.notes = False, dict[str, str]()
        self.placed = list(placed(document))
        self.direction, self.language = document.direction, document.language
        self.anchors = {each.anchor for each in self.placed if isinstance(each.block, Heading)}

    def blocks(self) -> list[dict[str, Any]]:
        return [
            {"is": type(each.block).__name__.lower(), "anchor": each.anchor, **self._block(each)}
            for each in self.placed
        ]

    def _block(self, each: Placed) -> dict[str, Any]:
        block: Block = each.block
        self.gathering, self.notes = isinstance(block, Table | Listing), {}
        match block:
            case Heading():
                return {
                    "level": each.level,
                    "words": self._words(block.words),
                }
            case Paragraph():
                return {"words": self._words(block.words), "style": block.style}
            case Listing():
                told = {"entries": self._entries(block.entries), "numbered": block.numbered}
            case Table():
                told = {"number": each.number, **self._table(block)}
            case Figure():
                return {
                    "number": each.number,
                    "caption": self._words(block.caption),
                    "alt": shown(block.alt or plain(block.caption)) or "–",
                    "svg": lettered(block),
                    "width": max(0.1, min(block.width, 1.0)),
                }
            case _:
                return {}
        return told | {"notes": [[sign, note] for note, sign in self.notes.items()]}

    def _table(self, table: Table) -> dict[str, Any]:
        count, widths = len(table.columns), [max(column.width, 0.01) for column in table.columns]
        tall = [_lines(_even(row, count), widths) for row in table.rows]
        return {
            "caption": self._words(table.caption),
            "widths": widths,
            "numbers": [column.number for column in table.columns],
            "heads": [self._cell(column.words) for column in table.columns],
            "rows": [[self._cell(cell) for cell in _even(row, count)] for row in table.rows],
            "whole": [lines < TALLEST for lines in tall],
            "room": HEAD + LEADING * next((lines for lines in tall[:1] if lines < TALLEST), 0),
        }

    def _entries(self, entries: Sequence[Entry]) -> list[dict[str, Any]]:
        return [{"words": self._words(e.words), "below": self._entries(e.below)} for e in entries]

    def _cell(self, words: Words) -> str | list[dict[str, Any]]:
        """Say a cell: as mere text where it is no more, which is set in less time."""
        told = self._words(words)
        mere = len(told) == 1 and told[0].keys() == {"text"} and "\n" not in told[0]["text"]
        return told[0]["text"] if mere else told

    def _words(self, words: Words) -> list[dict[str, Any]]:
        return [self._span(span) for span in spans(words)]

    def _span(self, span: Span) -> dict[str, Any]:
        told: dict[str, Any] = {"text": shown(span.text)}
        if CODE.search(told["text"]):
            told["code"] = True
        for name, on in (("strong", span.strong), ("soft", span.soft), ("note", shown(span.note))):
            if on:
                told[name] = on
        if self.gathering and "note" in told:
            note = told.pop("note")
            told["mark"] = self.notes.setdefault(note, _sign(len(self.notes), self.direction))
        link = address(span.link)
        if link and (not link.startswith("#") or link[1:] in self.anchors):
            told["link"] = link
        if span.lang and span.lang != self.language:
            told |= {
                "lang": span.lang.replace("_", "-").split("-")[0],
                "dir": turned(span.lang, self.direction),
            }
        return told


def _sign(place: int, towards: str) -> str:
    signs = ABJAD if towards == "rtl" else ascii_lowercase
    return signs[place % len(signs)] * (place // len(signs) + 1)


def _code(language: str) -> str:
    return language.replace("_", "-").split("-")[0]


def _lines(row: Sequence[Words], widths: Sequence[float]) -> float:
    """Guess how many lines a row takes, rather too many: below TALLEST it stays whole on its page."""
    whole = sum(widths)
    return max(
        len(told.encode("utf-8", "replace")) / (LINE * width / whole) + told.count("\n")
        for told, width in zip(map(plain, row), widths, strict=False)
    )


def _even(row: Sequence[Words], count: int) -> Sequence[Words]:
    return row if len(row) == 1 else [*row, *[""] * count][:count]
