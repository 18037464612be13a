"""The published editions of guides, and the files made of them, each once: an edition never changes."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from flask import Response, abort, current_app
from sqlalchemy import select

from facilitator import __version__, db
from facilitator.documents import copies, opendata, tabular
from facilitator.documents.edition import Edition
from facilitator.models import content as contents
from facilitator.models.country import Country
from facilitator.models.guide import Guide
from facilitator.models.version import DEMO, Version, published
from facilitator.web import making
from facilitator.web.codes import base

QUICK = ("page", "md")  # no drawing in them, and no setting
CODE = re.compile(f"[a-z]{{2}}(?:{DEMO})?")
MOST_EDITIONS = 10_000
KEPT = 300  # files: when there are more, those not read for longest go


def edition(version: Version) -> Edition:
    """Take a published version from the shelf, without what is not public."""
    return copies.edition(version, base())


def found(code: str, number: int | None = None) -> Version:
    """Find a published edition of a country, or its latest; nothing else is there for strangers."""
    known = CODE.fullmatch(code) and (number or 0) < MOST_EDITIONS
    version = Version.public(code, number) if known else None
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


def data(edition: Edition, format: str) -> bytes:
    """Give an edition's data, which is the same in every language."""
    if format == "csv":
        return tabular.long(edition).csv(marked=True)
    written = contents.canonical(edition.content).encode()
    return written if format == "json" else opendata.package(edition, written)


def copy(version: Version, edition: Edition, format: str, language: str) -> bytes | Response:
    """Give an edition in a format and a language; where it is still being made, what the front waits with."""
    place = _place(edition, format, language)
    if place.exists():
        place.touch()
        return place.read_bytes()
    if format in QUICK:
        _keep(place, made := copies.of_edition(edition, format, language))
        return made
    job = making.job(_order(version, format, language))
    if (pending := making.waited(job)) is not None:
        return pending
    made = making.content(job)
    _keep(place, made)
    return made


def prepare(version: Version) -> None:
    """Have the drawings of a new edition made before its first readers come."""
    shown = edition(version)
    for language in shown.languages:
        place = _place(shown, "svg", language)
        if not place.exists():
            making.started(_order(version, "svg", language), partial(_keep, place))


def _order(version: Version, format: str, language: str) -> making.Order:
    return making.Order("version", str(version.id), format, language, base())


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
