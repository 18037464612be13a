"""What people write in Markdown, read as blocks: no markup of theirs goes further than this."""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode as Node

from facilitator.documents.document import (
    Block,
    Column,
    Entry,
    Heading,
    Listing,
    Paragraph,
    Span,
    Table,
    plain,
)
from facilitator.documents.letters import address, letters

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
LISTS = ("bullet_list", "ordered_list")
DEEPEST = 4


def read(text: str, language: str = "", under: int = 0) -> list[Block]:
    """Read Markdown in a language; its headings stand below the level given."""
    return list(_Reading(language, under).blocks(Node(MARKDOWN.parse(letters(text)))))


class _Reading:
    def __init__(self, language: str, under: int) -> None:
        self.language, self.under = language, under

    def blocks(self, node: Node, style: str = "") -> Iterator[Block]:
        for child in node.children:
            if child.type == "heading":
                yield Heading(min(DEEPEST, self.under + int(child.tag[1:])), self._spans(child))
            elif child.type in LISTS:
                yield Listing(self._entries(child), child.type == "ordered_list")
            elif child.type == "table":
                yield self._table(child)
            elif child.type in ("fence", "code_block"):
                yield Paragraph(self._plain(child.content.rstrip("\n")))
            elif child.type == "blockquote":
                yield from self.blocks(child, "quote")
            elif words := self._spans(child):
                yield Paragraph(words, style)

    def _entries(self, node: Node) -> list[Entry]:
        entries = []
        for item in node.children:
            own = [
                block for child in item.children if child.type not in LISTS for block in self._lines(child)
            ]
            lists = (self._entries(child) for child in item.children if child.type in LISTS)
            entries.append(Entry(self._joined(own), [entry for below in lists for entry in below]))
        return entries

    def _lines(self, node: Node) -> Iterator[list[Span]]:
        if node.type in ("paragraph", "heading"):
            yield self._spans(node)
        elif node.children:
            for child in node.children:
                yield from self._lines(child)
        elif node.content:
            yield self._plain(node.content.rstrip("\n"))

    def _joined(self, lines: Sequence[Sequence[Span]]) -> list[Span]:
        joined: list[Span] = []
        for line in lines:
            joined += [*(self._plain("\n") if joined else ()), *line]
        return joined

    def _table(self, node: Node) -> Table:
        head, *bodies = node.children
        columns = [
            Column(self._spans(cell), number="right" in str(cell.attrs.get("style", "")))
            for cell in head.children[0].children
        ]
        rows = [[self._spans(cell) for cell in row.children] for body in bodies for row in body.children]
        return Table("", columns, rows)

    def _spans(self, node: Node) -> list[Span]:
        return self._even(self._words(node, False, False, ""))

    def _words(self, node: Node, strong: bool, soft: bool, link: str) -> Iterator[Span]:
        for child in node.children:
            if child.type in ("text", "code_inline"):
                yield Span(child.content, strong, soft, link, lang=self.language)
            elif child.type == "image":
                told = plain(list(self._words(child, strong, soft, link))) or child.content
                yield Span(told, strong, soft, link, lang=self.language)
            elif child.type in ("softbreak", "hardbreak"):
                sign = " " if child.type == "softbreak" else "\n"
                yield Span(sign, strong, soft, link, lang=self.language)
            else:
                yield from self._words(
                    child,
                    strong or child.type == "strong",
                    soft or child.type == "em",
                    address(str(child.attrs.get("href", ""))) if child.type == "link" else link,
                )

    def _plain(self, text: str) -> list[Span]:
        return [Span(text, lang=self.language)]

    def _even(self, spans: Iterator[Span]) -> list[Span]:
        even: list[Span] = []
        for span in spans:
            if even and even[-1] == Span(even[-1].text, span.strong, span.soft, span.link, lang=span.lang):
                last = even.pop()
                span = Span(last.text + span.text, span.strong, span.soft, span.link, lang=span.lang)
            if span.text:
                even.append(span)
        return even
