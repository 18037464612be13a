"""A document as a page of its own, or as a part of one of our pages."""

from collections.abc import Iterator, Sequence
from html import escape

from markupsafe import Markup

from facilitator.config import beside
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
from facilitator.documents.drawing import drawn
from facilitator.documents.letters import address, letters
from facilitator.documents.outline import Placed, placed, word
from facilitator.documents.plate import inlined
from facilitator.models.wording import direction

UNDER = 1
CLASSES = {"lead", "small", "warning"}


def html(document: Document) -> str:
    """Write a document as a page that stands alone: no other file, no other server."""
    style = (beside("templates") / "documents" / "document.css").read_text(encoding="utf-8")
    facts = "".join(f"<dt>{_text(name)}</dt><dd>{_text(fact)}</dd>" for name, fact in document.facts)
    lines = [_text(line) for line in (document.footer, document.mark) if line]
    return "".join(
        (
            f'<!DOCTYPE html>\n<html lang="{_code(document.language)}" dir="{document.direction}">\n<head>\n',
            '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>{_text(document.title) or '–'}</title>\n",
            "".join(f'<meta name="author" content="{_text(author)}">\n' for author in document.authors),
            f"<style>\n{style}</style>\n</head>\n<body>\n<header>\n<h1>{_text(document.title)}</h1>\n",
            f'<p class="subtitle">{_text(document.subtitle)}</p>\n' if document.subtitle else "",
            f"<dl>{facts}</dl>\n" if facts else "",
            "</header>\n",
            contents(document) if document.contents else "",
            f"<main>\n{''.join(_Page(document, alone=True).written())}</main>\n",
            f"<footer><p>{'<br>'.join(lines)}</p></footer>\n" if lines else "",
            "</body>\n</html>\n",
        )
    )


def fragment(document: Document) -> Markup:
    """Write the blocks of a document for a page of ours, whose title stands above them."""
    page = _Page(document)
    return Markup("".join(page.written()))  # noqa: S704 - every text in it is escaped below


def contents(document: Document) -> Markup:
    """Write the table of contents, as links to the headings."""
    headings = [
        each for each in placed(document) if isinstance(each.block, Heading) and each.level <= UNDER + 1
    ]
    entries = "".join(
        f'<li class="level-{each.level}"><a href="#{each.anchor}">{_text(plain(each.block.words))}</a></li>\n'
        for each in headings
        if isinstance(each.block, Heading)
    )
    title = _text(word(document, "contents"))
    told = f'<nav aria-label="{title}" class="contents">\n<h2>{title}</h2>\n<ol>\n{entries}</ol>\n</nav>\n'
    return Markup(told if entries else "")  # noqa: S704 - every text in it is escaped


class _Page:
    def __init__(self, document: Document, alone: bool = False) -> None:
        self.document, self.alone = document, alone
        self.placed = list(placed(document))
        self.anchors = {each.anchor for each in self.placed}
        self.notes: list[str] = []

    def written(self) -> Iterator[str]:
        for each in self.placed:
            yield self._block(each)
        if self.notes:
            title = _text(word(self.document, "notes"))
            yield f'<section class="notes" aria-labelledby="notes">\n<h2 id="notes">{title}</h2>\n<ol>\n'
            for number, note in enumerate(self.notes, 1):
                yield f'<li id="note-{number}"><span dir="auto">{note}</span> {self._back(number)}</li>\n'
            yield "</ol>\n</section>\n"

    def _back(self, number: int) -> str:
        return f'<a href="#noted-{number}" class="back" aria-label="{number}">↑</a>'

    def _block(self, each: Placed) -> str:
        match each.block:
            case Heading(words=words):
                tag = f"h{each.level + UNDER}"
                return f'<{tag} id="{each.anchor}">{self._words(words)}</{tag}>\n'
            case Paragraph(words=words, style="quote"):
                return f"<blockquote><p>{self._words(words)}</p></blockquote>\n"
            case Paragraph(words=words, style=style):
                named = f' class="{style}"' if style in CLASSES else ""
                return f"<p{named}>{self._words(words)}</p>\n"
            case Listing(entries=entries, numbered=numbered):
                return self._entries(entries, "ol" if numbered else "ul")
            case Table() as table if table.columns:
                return self._table(table, each)
            case Figure() as figure:
                told = self._caption("figure", each, figure.caption)
                shown = self._drawing(figure, each.anchor)
                return f'<figure id="{each.anchor}">{shown}<figcaption>{told}</figcaption></figure>\n'
        return ""

    def _drawing(self, figure: Figure, name: str) -> str:
        alt = letters(figure.alt or plain(figure.caption))
        if figure.address and not self.alone:
            return f'<img src="{escape(figure.address)}" alt="{escape(alt)}" loading="lazy">'
        return inlined(drawn(figure), name, alt)

    def _caption(self, name: str, each: Placed, words: Words) -> str:
        said = self._words(words)
        return f"<b>{_text(word(self.document, name))} {each.number}</b>" + (f" – {said}" if said else "")

    def _entries(self, entries: Sequence[Entry], tag: str) -> str:
        if not entries:
            return ""
        items = "".join(
            f"<li>{self._words(entry.words)}{self._entries(entry.below, tag)}</li>\n" for entry in entries
        )
        return f"<{tag}>\n{items}</{tag}>\n"

    def _table(self, table: Table, each: Placed) -> str:
        numbers = [' class="number"' if column.number else "" for column in table.columns]
        caption = self._caption("table", each, table.caption)
        heads = "".join(
            f'<th scope="col"{number}>{self._words(column.words)}</th>'
            for column, number in zip(table.columns, numbers, strict=True)
        )
        rows = "".join(f"<tr>{self._row(row, numbers)}</tr>\n" for row in table.rows)
        return (
            f'<div class="table"><table id="{each.anchor}">\n<caption>{caption}</caption>\n'
            f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
        )

    def _row(self, row: Sequence[Words], numbers: Sequence[str]) -> str:
        if len(row) == 1 and len(numbers) > 1:
            return f'<th colspan="{len(numbers)}" class="divider">{self._words(row[0])}</th>'
        filled = [*row, *[""] * len(numbers)]
        first, *others = zip(filled, numbers, strict=False)
        cells = "".join(f"<td{number}>{self._words(words)}</td>" for words, number in others)
        return f'<th scope="row"{first[1]}>{self._words(first[0])}</th>{cells}'

    def _words(self, words: Words) -> str:
        return "".join(self._span(span) for span in spans(words))

    def _span(self, span: Span) -> str:
        told = _text(span.text)
        if span.lang and span.lang != self.document.language:
            told = f'<bdi lang="{_code(span.lang)}" dir="{direction(span.lang)}">{told}</bdi>'
        told = f"<strong>{told}</strong>" if span.strong else told
        told = f"<em>{told}</em>" if span.soft else told
        link = address(span.link)
        if told and link and (not link.startswith("#") or link[1:] in self.anchors):
            told = f'<a href="{escape(link)}">{told}</a>'
        if span.note:
            self.notes.append(_text(span.note))
            number = len(self.notes)
            told += f'<sup><a href="#note-{number}" id="noted-{number}">{number}</a></sup>'
        return told


def _code(language: str) -> str:
    return escape(language.replace("_", "-"))


def _text(text: str) -> str:
    return escape(letters(text)).replace("\n", "<br>")
