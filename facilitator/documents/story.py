"""The blocks of a document as the paragraphs, tables and pictures of a Word document."""

from collections.abc import Callable, Iterator, Sequence

from facilitator.documents.document import (
    Block,
    Break,
    Document,
    Entry,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Table,
    Words,
    plain,
)
from facilitator.documents.outline import Placed, placed, word
from facilitator.documents.rows import rows
from facilitator.documents.runs import Runs, bookmark

STYLES = {"lead": "Lead", "small": "Small", "quote": "Quote", "warning": "Warning"}
BULLETS, NUMBERS, DEPTH = 1, 2, 3
FIRST_OWN = 3
PAGE_BREAK = "<w:pageBreakBefore/>"

Picture = Callable[[Figure], str]


class Story:
    """Writes the blocks of a document, one after the other."""

    def __init__(self, document: Document, runs: Runs, picture: Picture) -> None:
        self.document, self.runs, self.picture = document, runs, picture
        self.blocks = list(placed(document))
        self.lists: list[str] = []
        self.breaking = ""

    def written(self) -> Iterator[str]:
        """Write all of it: title, contents, blocks."""
        yield from self._title()
        if self.document.contents:
            yield from self._contents()
        before: Block | None = None
        for each in self.blocks:
            if isinstance(before, Table) and isinstance(each.block, Paragraph | Listing):
                yield self._paragraph("TableEnd", "")
            yield from self._block(each)
            before = each.block
        if not self.blocks or isinstance(before, Table):
            yield self._paragraph("TableEnd", "")

    def _paragraph(self, style: str, runs: str, more: str = "") -> str:
        breaking, self.breaking = self.breaking, ""
        return self.runs.paragraph(style, runs, breaking + more)

    def _title(self) -> Iterator[str]:
        yield self._paragraph("Title", self.runs.text(self.document.title))
        if self.document.subtitle:
            yield self._paragraph("Subtitle", self.runs.text(self.document.subtitle))
        for name, fact in self.document.facts:
            told = self.runs.text(name, "Strong") + self.runs.run("<w:tab/>") + self.runs.text(fact)
            yield self._paragraph("Fact", told)
        self.breaking = PAGE_BREAK if self.document.contents else ""

    def _contents(self) -> Iterator[str]:
        headings = [
            (each, each.block)
            for each in self.blocks
            if isinstance(each.block, Heading) and each.level <= DEPTH
        ]
        if not headings:
            return
        run = self.runs.run
        begin = (
            run('<w:fldChar w:fldCharType="begin" w:dirty="true"/>')
            + run('<w:instrText xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u </w:instrText>')
            + run('<w:fldChar w:fldCharType="separate"/>')
        )
        title = self._paragraph("TOCHeading", self.runs.text(word(self.document, "contents")))
        yield '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        yield f"</w:docPartObj></w:sdtPr><w:sdtContent>{title}"
        for place, (each, heading) in enumerate(headings):
            told = self.runs.text(plain(heading.words).replace("\n", " "))
            entry = f'<w:hyperlink w:anchor="{bookmark(each.anchor)}" w:history="1">{told}</w:hyperlink>'
            yield self.runs.paragraph(f"TOC{each.level}", ("" if place else begin) + entry)
        yield self.runs.paragraph("", run('<w:fldChar w:fldCharType="end"/>'))
        yield "</w:sdtContent></w:sdt>"
        self.breaking = PAGE_BREAK

    def _block(self, each: Placed) -> Iterator[str]:
        match each.block:
            case Heading(words=words):
                yield self._paragraph(f"Heading{each.level}", self._marked(each, self.runs.words(words)))
            case Paragraph(words=words, style=style):
                yield self._paragraph(STYLES.get(style, ""), self.runs.words(words))
            case Listing(entries=entries, numbered=numbered):
                yield from self._listing(entries, numbered)
            case Table() as table if table.columns:
                yield from self._table(table, each)
            case Figure() as figure:
                drawing = self.picture(figure)
                if drawing:
                    yield self._paragraph("Picture", drawing)
                yield self._paragraph("FigureCaption", self._caption("figure", each, figure.caption))
            case Break():
                self.breaking = PAGE_BREAK

    def _marked(self, each: Placed, runs: str) -> str:
        return (
            f'<w:bookmarkStart w:id="{each.number}" w:name="{bookmark(each.anchor)}"/>{runs}'
            f'<w:bookmarkEnd w:id="{each.number}"/>'
        )

    def _caption(self, name: str, each: Placed, words: Words) -> str:
        number = self.runs.field(f"SEQ {name.capitalize()} \\* ARABIC", str(each.number))
        label = self.runs.text(word(self.document, name) + " ")
        return label + number + (self.runs.text(" – ") + self.runs.words(words) if plain(words) else "")

    def _listing(self, entries: Sequence[Entry], numbered: bool) -> Iterator[str]:
        number = BULLETS
        if numbered:
            number = FIRST_OWN + len(self.lists)
            starts = "".join(
                f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
                for level in range(DEPTH)
            )
            self.lists.append(f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/>{starts}</w:num>')
        yield from self._entries(entries, "ListNumber" if numbered else "ListBullet", number, 0)

    def _entries(self, entries: Sequence[Entry], style: str, number: int, depth: int) -> Iterator[str]:
        level = min(depth, DEPTH - 1)
        # bullets are numbered by their style; a numbered list begins again, which no style can say
        own = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        for entry in entries:
            named = style + (str(level + 1) if level else "")
            yield self._paragraph(named, self.runs.words(entry.words), own if number != BULLETS else "")
            yield from self._entries(entry.below, style, number, depth + 1)

    def _table(self, table: Table, each: Placed) -> Iterator[str]:
        yield self._paragraph("Caption", self._caption("table", each, table.caption))
        yield from rows(table, self.runs)
