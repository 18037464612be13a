"""Copies of a guide to hand out: of a published edition, or of the guide as it stands now."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import islice
from urllib.parse import urlsplit

from flask_babel import force_locale

from facilitator.documents import drawing, markdown, page
from facilitator.documents import guide as teller
from facilitator.documents.document import Document, Figure
from facilitator.documents.edition import Edition, Seal
from facilitator.models import content
from facilitator.models.guide import Guide
from facilitator.models.version import DEMO, Version

FORMATS = ("docx", "pdf", "html", "md", "page", "svg")
PICTURE = "cycle.svg"


def code(guide: Guide) -> str:
    """Give the code under which the public finds a guide's country; the demo has its own."""
    return guide.country.code.lower() + (DEMO if guide.demo else "")


def edition(version: Version, base: str) -> Edition:
    """Take a published version, without what is not public."""
    seal = Seal(
        hash=version.hash,
        endorsed_by=version.decided_by,
        endorsed_at=_moment(version.decided_at),
        statement=version.statement,
        published_at=_moment(version.published_at),
    )
    address = f"{base}/guides/{code(version.guide)}/{version.edition}"
    return Edition(address, content.public(version.said), seal)


def of_version(version: Version, format: str, language: str, base: str) -> bytes:
    """Copy a published version."""
    return of_edition(edition(version, base), format, language)


def of_edition(shown: Edition, format: str, language: str) -> bytes:
    """Copy an edition; its page shows the drawing from an address of its own."""
    spoken = language if language in shown.languages else shown.languages[0]
    with force_locale(spoken):
        told = teller.told(shown.content, spoken, address=shown.address, seal=shown.seal)
    if format == "page":
        picture = f"{urlsplit(shown.address).path}/{PICTURE}?language={spoken}"
        blocks = [
            replace(each, address=picture) if isinstance(each, Figure) else each for each in told.blocks
        ]
        told = replace(told, blocks=blocks)
    return written(told, format)


def of_frozen(version: Version, format: str, language: str, base: str) -> bytes:
    """Copy a frozen version as it lies before the authority, with what is not public."""
    spoken = language if language in version.said["languages"] else version.said["languages"][0]
    seal = edition(version, base).seal if version.is_published else Seal(hash=version.hash)
    with force_locale(spoken):
        address = f"{base}/desk/versions/{version.id}"
        said = content.at_home(version.said, version.guide)
        told = teller.told(said, spoken, address=address, public=False, seal=seal)
        return written(told, format)


def of_guide(guide: Guide, format: str, language: str, base: str) -> bytes:
    """Copy a guide as it stands now, with what is not public."""
    address = f"{base}/desk/guides/{guide.id}"
    spoken = language if language in guide.languages else guide.languages[0]
    with force_locale(spoken):
        told = teller.told(content.content(guide), spoken, address=address, public=False)
        return written(told, format)


def written(document: Document, format: str) -> bytes:
    """Write a document in a format."""
    # what sets and draws is loaded only where something is set or drawn
    if format == "docx":
        from facilitator.documents import word

        return word.docx(document)
    if format == "pdf":
        from facilitator.documents import pdf

        return pdf.pdf(document)
    if format == "svg":
        figures = (each for each in document.blocks if isinstance(each, Figure))
        return "".join(map(drawing.drawn, islice(figures, 1))).encode()
    if format == "md":
        return markdown.markdown(document).encode()
    if format == "html":
        return page.html(document).encode()
    return (page.contents(document) + page.fragment(document)).encode()


def _moment(at: dt.datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
