"""A document as a Word file that its authors go on writing: real headings, tables, notes and lists."""

import re
from datetime import UTC, datetime
from functools import lru_cache
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx as word
from docx.document import Document as File
from docx.opc.part import Part, XmlPart
from docx.oxml.parser import parse_xml

from facilitator.config import beside
from facilitator.documents.document import Document, Figure, plain
from facilitator.documents.drawing import pictured
from facilitator.documents.letters import letters
from facilitator.documents.outline import word as named
from facilitator.documents.rows import WIDTH
from facilitator.documents.runs import Runs, region
from facilitator.documents.story import Story
from facilitator.models.wording import direction

PLACES = {
    "types": "[Content_Types].xml",
    "package": "_rels/.rels",
    "parts": "word/_rels/document.xml.rels",
    "app": "docProps/app.xml",
}
WITHIN = ("document", "styles", "numbering", "settings", "fontTable", "footnotes", "footer")
EMU = 635  # in a twentieth of a point
TALLEST = 11340
LONG = 255
BLANK = re.compile(r"\{([a-z]+)\}")
LATIN, ARABIC = "en-GB", "ar-SA"


def docx(document: Document) -> bytes:
    """Write a document as a Word file."""
    file = _empty(document)
    runs = Runs(document, file.part.relate_to)
    story = Story(document, runs, _Pictures(file, runs).drawing)
    body = "".join(story.written())
    right = document.direction == "rtl"
    section = ("<w:titlePg/>" if document.contents else "") + ("<w:bidi/><w:rtlGutter/>" if right else "")
    told = {
        "document": {"body": body, "section": section},
        "footnotes": {"notes": "".join(runs.notes), "bidi": runs.bidi},
        "footer": {"footer": _footer(document, runs)},
        "numbering": {"lists": "".join(story.lists)},
    }
    for part in file.part.package.iter_parts():
        name = part.partname.rpartition("/")[2].partition(".")[0]
        if name in told:
            _rewrite(part, _filled(name, told[name]))
    _properties(file, document)
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _empty(document: Document) -> File:
    return word.Document(BytesIO(_skeleton(document.language, document.direction)))


@lru_cache
def _skeleton(language: str, towards: str) -> bytes:
    """Give a Word file without content, in which the styles know language and direction."""
    bidi, right = ("<w:bidi/>", True) if towards == "rtl" else ("", False)
    own = escape(region(language))
    arabic = direction(language) == "rtl"
    style = {
        "latin": LATIN if arabic else own,
        "arabic": own if arabic else ARABIC,
        "bidi": bidi,
        # Arabic letters bring more height of their own
        "line": "240" if right else "271",
        "tight": "228" if right else "252",
        "bar": f'<w:{"right" if right else "left"} w:val="single" w:sz="18" w:space="10" w:color="0B4F55"/>',
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name in (*PLACES, *WITHIN):
            filled = _filled(name, style if name == "styles" else {})
            file.writestr(PLACES.get(name, f"word/{name}.xml"), filled)
    return out.getvalue()


def _filled(name: str, told: dict[str, str]) -> bytes:
    return BLANK.sub(lambda found: told.get(found[1], ""), _source(name)).encode()


@lru_cache
def _source(name: str) -> str:
    return (beside("templates") / "documents" / "word" / f"{name}.xml").read_text(encoding="utf-8")


def _rewrite(part: Part, xml: bytes) -> None:
    if isinstance(part, XmlPart):
        part._element = parse_xml(xml)
    else:
        part._blob = xml


def _footer(document: Document, runs: Runs) -> str:
    page = runs.text(named(document, "page") + " ") + runs.field("PAGE", "1")
    pages = page + runs.text(" / ") + runs.field("NUMPAGES", "1")
    lines = runs.paragraph("Footer", runs.text(document.footer) + runs.run("<w:tab/>") + pages)
    return lines + (runs.paragraph("Footer", runs.text(document.mark)) if document.mark else "")


def _properties(file: File, document: Document) -> None:
    properties, authors = file.core_properties, letters("; ".join(document.authors))
    properties.title = letters(document.title)[:LONG]
    properties.subject = letters(document.subtitle)[:LONG]
    properties.author = properties.last_modified_by = authors[:LONG]
    properties.language = document.language
    properties.created = properties.modified = datetime.now(UTC)


class _Pictures:
    """Puts figures into a file as pictures with their alternative texts."""

    def __init__(self, file: File, runs: Runs) -> None:
        self.part, self.runs = file.part, runs
        self.count = 0

    def drawing(self, figure: Figure) -> str:
        """Put a figure in; nothing where it holds no drawing."""
        png = pictured(figure)
        if not png:
            return ""
        relation, image = self.part.get_or_add_image(BytesIO(png))
        self.count += 1
        width = max(0.1, min(figure.width, 1.0)) * WIDTH
        height = width * image.px_height / image.px_width
        shrunk = min(1.0, TALLEST / height)
        told = {
            "relation": relation,
            "number": str(self.count),
            "alt": escape(letters(figure.alt or plain(figure.caption))),
            "across": str(int(width * shrunk * EMU)),
            "down": str(int(height * shrunk * EMU)),
        }
        return self.runs.run(_filled("picture", told).decode())
