"""A document before it has a format: what it says, block by block, in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Span:
    """Some words: how they stand out, where they lead, the note that explains them.

    `lang` is given where they are in another language than the document.
    """

    text: str
    strong: bool = False
    soft: bool = False
    link: str = ""
    note: str = ""
    lang: str = ""


Words = str | Span | Sequence[Span]


def spans(words: Words) -> Sequence[Span]:
    """Read words as spans."""
    if isinstance(words, str):
        return [Span(words)] if words else []
    return [words] if isinstance(words, Span) else words


def plain(words: Words) -> str:
    """Read words without their dress."""
    return "".join(span.text for span in spans(words))


@dataclass(frozen=True)
class Heading:
    """A title in the document: level 1 to 4, and the anchor that addresses it."""

    level: int
    words: Words
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `style` is "", "lead", "small", "quote" or "warning"."""

    words: Words
    style: str = ""


@dataclass(frozen=True)
class Listing:
    """A list: numbered or not, each entry with the entries below it."""

    entries: Sequence[Entry]
    numbered: bool = False


@dataclass(frozen=True)
class Entry:
    """One entry of a list."""

    words: Words
    below: Sequence[Entry] = ()


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, its share of the width, and whether it holds numbers."""

    words: Words
    width: float = 1.0
    number: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its caption; the first cell of a row names it.

    A row of one cell spans all columns and divides the table.
    """

    caption: Words
    columns: Sequence[Column]
    rows: Sequence[Sequence[Words]]


@dataclass(frozen=True)
class Figure:
    """A drawing: a chart by its specification, or a finished SVG; `alt` says what it shows.

    `address` is given where a page of ours shows the drawing from there.
    """

    caption: Words
    alt: str
    chart: Mapping[str, Any] = field(default_factory=dict)
    svg: str = ""
    width: float = 1.0
    address: str = ""


@dataclass(frozen=True)
class Break:
    """The rest stands on a new page."""


Block = Heading | Paragraph | Listing | Table | Figure | Break


@dataclass(frozen=True)
class Document:
    """A whole document: its title page's lines, its blocks, and the words that writers add.

    `facts` are pairs for the title page; `words` are the headings a writer needs itself: "contents", "notes",
    "page", "table", "figure".
    """

    title: str
    language: str
    direction: str
    subtitle: str = ""
    facts: Sequence[tuple[str, str]] = ()
    mark: str = ""
    blocks: Sequence[Block] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    authors: Sequence[str] = ()
    footer: str = ""
    contents: bool = True
