"""What the desk prints: the words in the chosen language, the file and its name."""

from __future__ import annotations

from textwrap import shorten

from flask import Response

from facilitator import db
from facilitator.documents.naming import file_name, plain
from facilitator.models.session import Session

TITLE = 70


def chosen(session: Session, asked: str) -> str:
    """Choose the language of a print: the one asked for, if the room reads it."""
    return asked if asked in session.languages else session.languages[0]


def brief(text: str) -> str:
    """Shorten a title to what fits on a card."""
    return shorten(text, TITLE, placeholder=" …")


def name(session: Session, what: str, language: str) -> str:
    """Name a file country-workshop-session-what-date-language."""
    workshop = session.workshop
    day = db.now().astimezone(workshop.zone).date().isoformat()
    parts = [workshop.guide.country.code, plain(workshop.name(language)) or f"workshop-{workshop.id}"]
    parts += [plain(session.name(language)) or f"session-{session.id}", what, day, language]
    return file_name(parts, "pdf")


def pdf(pages: bytes, named: str) -> Response:
    """Hand out printed pages."""
    response = Response(pages, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{named}"'
    response.headers["Cache-Control"] = "no-store"
    return response
