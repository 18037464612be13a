"""Words as the runs of a Word document, with the links and footnotes they bring."""

from collections.abc import Callable
from html import escape
from zlib import crc32

from babel.core import get_global

from facilitator.documents.document import Document, Span, Words, spans
from facilitator.documents.letters import address, letters, pieces, turned

LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
LONGEST = 40
MARKS = {"ltr": "\u200e", "rtl": "\u200f"}


def region(language: str) -> str:
    """Give a language with the country whose spelling is checked by default."""
    likely = get_global("likely_subtags").get(language.replace("-", "_"), "")
    parts = likely.split("_")
    return f"{parts[0]}-{parts[-1]}" if len(parts) > 1 else language


class Runs:
    """Writes words as runs; the footnotes met on the way are kept, the links become relations of the text."""

    def __init__(self, document: Document, relate: Callable[..., str]) -> None:
        self.direction, self.language = document.direction, document.language
        self.bidi = "<w:bidi/>" if document.direction == "rtl" else ""
        self.relate = relate
        self.links: dict[str, str] = {}
        self.notes: list[str] = []

    def paragraph(self, style: str, runs: str, more: str = "") -> str:
        """Write a paragraph in a style; `more` is what else its properties hold."""
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        properties = f"{named}{more}{self.bidi}"
        return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>" if properties else f"<w:p>{runs}</w:p>"

    def words(self, words: Words) -> str:
        """Write words."""
        return "".join(self._span(span) for span in spans(words))

    def text(self, text: str, style: str = "", lang: str = "", more: str = "") -> str:
        """Write plain text, cut where its direction turns."""
        text, lang = letters(text), "" if lang == self.language else lang
        towards = turned(lang, self.direction)
        if towards != self.direction and text.strip():
            text = MARKS[towards] + text + MARKS[towards]  # its first and last signs go with its letters
        return "".join(
            self.run(_signs(piece), style, lang if direction == towards else "", direction, more)
            for piece, direction in pieces(text, towards)
        )

    def run(self, inside: str, style: str = "", lang: str = "", direction: str = "", more: str = "") -> str:
        """Write one run around its content."""
        rtl = (direction or self.direction) == "rtl"
        properties = f'<w:rStyle w:val="{style}"/>' if style else ""
        properties += more + ("<w:rtl/>" if rtl else "")
        if lang:
            properties += f'<w:lang w:{"bidi" if rtl else "val"}="{escape(region(lang))}"/>'
        return f"<w:r><w:rPr>{properties}</w:rPr>{inside}</w:r>" if properties else f"<w:r>{inside}</w:r>"

    def field(self, code: str, shown: str) -> str:
        """Write a field that Word keeps up to date, with what it shows until then."""
        return (
            self.run('<w:fldChar w:fldCharType="begin"/>')
            + self.run(f'<w:instrText xml:space="preserve"> {escape(code)} </w:instrText>')
            + self.run('<w:fldChar w:fldCharType="separate"/>')
            + self.run(f"<w:t>{escape(shown)}</w:t>")
            + self.run('<w:fldChar w:fldCharType="end"/>')
        )

    def _span(self, span: Span) -> str:
        target = address(span.link)
        if target:
            more = ("<w:b/><w:bCs/>" if span.strong else "") + ("<w:i/>" if span.soft else "")
            written = self._link(target, self.text(span.text, "Hyperlink", span.lang, more))
        elif span.strong:
            written = self.text(span.text, "Strong", span.lang, "<w:i/>" if span.soft else "")
        else:
            written = self.text(span.text, "Emphasis" if span.soft else "", span.lang)
        return written + (self._note(span.note) if span.note else "")

    def _link(self, target: str, runs: str) -> str:
        if target.startswith("#"):
            return f'<w:hyperlink w:anchor="{bookmark(target[1:])}" w:history="1">{runs}</w:hyperlink>'
        if target not in self.links:
            self.links[target] = self.relate(target, LINK, is_external=True)
        return f'<w:hyperlink r:id="{self.links[target]}" w:history="1">{runs}</w:hyperlink>'

    def _note(self, note: str) -> str:
        number = len(self.notes) + 1
        sign = self.run("<w:footnoteRef/>", "FootnoteReference")
        space = self.run('<w:t xml:space="preserve"> </w:t>')
        inside = self.paragraph("FootnoteText", sign + space + self.text(note))
        self.notes.append(f'<w:footnote w:id="{number}">{inside}</w:footnote>')
        return self.run(f'<w:footnoteReference w:id="{number}"/>', "FootnoteReference")


def bookmark(anchor: str) -> str:
    """Give an anchor as the name of a bookmark, which is short and begins with a letter."""
    name = "a_" + anchor.replace("-", "_").replace(".", "_")
    return name if len(name) <= LONGEST else f"{name[:30]}_{crc32(name.encode()):08x}"


def _signs(text: str) -> str:
    lines = (
        "<w:tab/>".join(
            f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "" for part in line.split("\t")
        )
        for line in text.split("\n")
    )
    return "<w:br/>".join(lines)
