"""The published editions of guides, and the files made of them, each once: an edition never changes."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from flask import abort, current_app
from flask_babel import force_locale
from sqlalchemy import select

from facilitator import __version__, db
from facilitator.documents import guide as teller
from facilitator.documents import opendata, tabular
from facilitator.documents.document import Document
from facilitator.documents.edition import WHOLE, Edition, Seal
from facilitator.models import content as contents
from facilitator.models.country import Country
from facilitator.models.guide import Guide
from facilitator.models.version import DEMO, Version, published
from facilitator.web.codes import base

KEPT = 300  # files: when there are more, those not read for longest go
_turn = threading.Lock()


def code(version: Version) -> str:
    """Give the code under which the public finds a version's country; the demo has its own."""
    return version.guide.country.code.lower() + (DEMO if version.guide.demo else "")


def edition(version: Version) -> Edition:
    """Take a published version from the shelf, without what is not public."""
    seal = Seal(
        hash=version.hash,
        endorsed_by=version.decided_by,
        endorsed_at=moment(version.decided_at),
        statement=version.statement,
        published_at=moment(version.published_at),
    )
    return Edition(f"{base()}/guides/{code(version)}/{version.edition}", contents.public(version.said), seal)


def moment(at: object) -> str:
    """Write a moment for machines."""
    return at.isoformat(timespec="seconds") if hasattr(at, "isoformat") else ""


def found(code: str, number: int | None = None) -> Version:
    """Find a published edition of a country, or its latest; nothing else is there for strangers."""
    version = Version.public(code, number)
    if version is None:
        abort(404)
    return version


def shown() -> list[Version]:
    """List the published versions, newest first; those of a demo only where there are no others."""
    return published() or published(demo=True)


def numbers(code: str) -> list[int]:
    """List the numbers of a country's published editions, newest first."""
    asked = select(Version.edition).join(Guide).join(Country).where(Version.published_at.is_not(None))
    asked = asked.where(Country.code == code.removesuffix(DEMO).upper(), Guide.demo.is_(code.endswith(DEMO)))
    return sorted(set(db.session.scalars(asked)), reverse=True)


def file(edition: Edition, format: str, language: str) -> bytes:
    """Give an edition in a format: made now, or taken from where it was kept."""
    if format in WHOLE:
        return _data(edition, format)
    place = _place(edition, format, language)
    if not place.exists():
        with _turn:  # one at a time: the phones come first
            if not place.exists():
                _keep(place, _written(_told(edition, language), format))
    place.touch()
    return place.read_bytes()


def _data(edition: Edition, format: str) -> bytes:
    if format == "csv":
        return tabular.long(edition).csv(marked=True)
    written = contents.canonical(edition.content).encode()
    return written if format == "json" else opendata.package(edition, written)


def _told(edition: Edition, language: str) -> Document:
    with force_locale(language):
        return teller.told(edition.content, language, address=edition.address, seal=edition.seal)


def _written(document: Document, format: str) -> bytes:
    # what writes is loaded only where something is written
    from facilitator.documents import markdown, page, pdf, word

    match format:
        case "docx":
            return word.docx(document)
        case "pdf":
            return pdf.pdf(document)
        case "html":
            return page.html(document).encode()
        case "md":
            return markdown.markdown(document).encode()
    return (page.contents(document) + page.fragment(document)).encode()


def _place(edition: Edition, format: str, language: str) -> Path:
    named = json.dumps([__version__, edition.address, vars(edition.seal), language])
    digest = hashlib.sha256(named.encode()).hexdigest()[:32]
    return Path(current_app.config["DATA"]) / "made" / f"{digest}-{language}.{format}"


def _keep(place: Path, made: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(made)
    os.replace(name, place)
    _forget(list(place.parent.iterdir()))


def _forget(files: Sequence[Path]) -> None:
    for path in sorted(files, key=lambda path: path.stat().st_mtime)[:-KEPT]:
        path.unlink(missing_ok=True)
