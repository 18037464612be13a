"""A guide as a document, for those who write it: as it stands now, or as a version froze it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from markupsafe import Markup

from facilitator.documents.edition import MEDIA
from facilitator.documents.naming import file_name
from facilitator.models.guide import Guide
from facilitator.models.version import Version
from facilitator.models.wording import LANGUAGES
from facilitator.web import making, scoped

FORMATS = ("docx", "pdf", "html", "md")

bp = Blueprint("versions", __name__, url_prefix="/desk")


@bp.get("/guides/<int:id>/draft")
def draft(id: int) -> ResponseReturnValue:
    """Read a guide as it stands now, with what the public will not see."""
    guide = scoped.guide(id)
    return shown(guide, guide.languages, None)


@bp.get("/guides/<int:id>/draft.<format>")
def draft_file(id: int, format: str) -> ResponseReturnValue:
    """Take a guide away as it stands now, to be edited or printed."""
    guide = scoped.guide(id)
    return handed(guide, making.order("guide", id, format, said_in(guide.languages)), "draft")


@bp.get("/guides/<int:id>/cycle.svg")
def cycle(id: int) -> ResponseReturnValue:
    """See the policy cycle drawn from the guide as it stands now."""
    guide = scoped.guide(id)
    job = making.job(making.order("guide", id, "svg", said_in(guide.languages)))
    if (pending := making.waited(job)) is not None:
        return pending
    response = Response(making.content(job), content_type="image/svg+xml")
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/versions/<int:id>")
def read(id: int) -> ResponseReturnValue:
    """Read a frozen version as it lies before the authority."""
    version = scoped.version(id)
    return shown(version.guide, version.said["languages"], version)


@bp.get("/versions/<int:id>.<format>")
def read_file(id: int, format: str) -> ResponseReturnValue:
    """Take a frozen version away."""
    version = scoped.version(id)
    language = said_in(version.said["languages"])
    return handed(version.guide, making.order("frozen", id, format, language), f"version-{version.number}")


def said_in(spoken: Sequence[str]) -> str:
    """Name the language in which the guide is read: asked for, the reader's, or its first."""
    asked = request.args.get("in", str(get_locale()))
    return asked if asked in spoken else spoken[0]


def shown(guide: Guide, spoken: Sequence[str], version: Version | None) -> ResponseReturnValue:
    """Show a guide's content in one of its languages, made away from the room."""
    language = said_in(spoken)
    what, number = ("frozen", version.id) if version else ("guide", guide.id)
    job = making.job(making.order(what, number, "page", language))
    if (pending := making.waited(job)) is not None:
        return pending
    return render_template(
        "versions/read.html" if version else "versions/draft.html",
        guide=guide,
        version=version,
        told=Markup(making.content(job).decode()),  # noqa: S704 - written by documents.page
        said_in=language,
        spoken={code: LANGUAGES[code] for code in spoken},
        formats=FORMATS,
        language=str(get_locale()),
    )


def handed(guide: Guide, order: making.Order, name: str) -> ResponseReturnValue:
    """Hand out a copy as soon as it is made."""
    if order.format not in FORMATS:
        abort(404)
    job = making.job(order)
    if (pending := making.waited(job)) is not None:
        return pending
    response = Response(making.content(job), content_type=MEDIA[order.format])
    named = file_name([guide.country.code, "guide", name, order.language], order.format)
    response.headers["Content-Disposition"] = f'attachment; filename="{named}"'
    response.headers["Cache-Control"] = "no-store"
    return response
