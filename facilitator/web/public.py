"""Published guides, for everyone: a page for each edition, its downloads, its data."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from markupsafe import Markup

from facilitator.documents import copies, opendata
from facilitator.documents.edition import MEDIA, WHOLE, Edition
from facilitator.documents.phrases import phrases, say
from facilitator.documents.telling import day
from facilitator.models.version import DEMO, Version
from facilitator.models.wording import LANGUAGES
from facilitator.web import language, shelf
from facilitator.web.scoped import public

bp = Blueprint("public", __name__)
DATA = {*WHOLE}


@bp.get("/guides")
@public
def guides() -> ResponseReturnValue:
    """List the countries whose guides are published."""
    language.offer(list(LANGUAGES))
    latest: dict[str, Version] = {}
    for version in sorted(shelf.shown(), key=lambda each: each.edition):
        latest[copies.code(version.guide)] = version
    shown = [(code, shelf.edition(version)) for code, version in latest.items()]
    shown.sort(key=lambda pair: pair[1].land(reader()))
    return fresh(Response(render_template("public/guides.html", shown=shown, **words())))


@bp.get("/guides/<code>")
@public
def latest(code: str) -> ResponseReturnValue:
    """Show the latest edition of a country's guide."""
    if code != code.lower():
        return redirect(url_for("public.latest", code=code.lower()), 301)
    return _page(code, shelf.found(code))


@bp.get("/guides/<code>/<int:number>")
@public
def edition(code: str, number: int) -> ResponseReturnValue:
    """Show one edition, at an address that stays."""
    return _page(code, shelf.found(code, number))


@bp.get("/guides/<code>/<int:number>/cycle.svg")
@public
def cycle(code: str, number: int) -> ResponseReturnValue:
    """Show the policy cycle as an edition draws it."""
    version = shelf.found(code, number)
    shown = shelf.edition(version)
    language.offer(shown.languages)
    told = shelf.copy(version, shown, "svg", reader())
    if isinstance(told, Response):
        return told
    made = Response(told, mimetype="image/svg+xml")
    made.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return fresh(made, version)


@bp.get("/guides/<code>.<format>")
@public
def latest_file(code: str, format: str) -> ResponseReturnValue:
    """Hand out the latest edition in a format."""
    return _file(shelf.found(code), format)


@bp.get("/guides/<code>/<int:number>.<format>")
@public
def edition_file(code: str, number: int, format: str) -> ResponseReturnValue:
    """Hand out one edition in a format."""
    return _file(shelf.found(code, number), format)


def _page(code: str, version: Version) -> ResponseReturnValue:
    shown = shelf.edition(version)
    language.offer(shown.languages)
    told = shelf.copy(version, shown, "page", reader())
    if isinstance(told, Response):
        return told
    others = [number for number in shelf.numbers(code) if number != version.edition]
    made = render_template(
        "public/edition.html",
        code=code,
        edition=shown,
        newest=max(others, default=0),
        others=others,
        demo=code.endswith(DEMO),
        told=Markup(told.decode()),  # noqa: S704 - written by page.fragment
        described=opendata.described(shown, reader()),
        media=MEDIA,
        formats=[format for format in MEDIA if format not in DATA],
        licence=phrases(reader())["licences"].get(shown.content.get("licence"), ""),
        published=day(shown.seal.published_at, reader()),
        **words(),
    )
    return fresh(Response(made), version)


def _file(version: Version, format: str) -> Response:
    if format not in MEDIA:
        abort(404)
    shown = shelf.edition(version)
    language.offer(shown.languages)
    told = shelf.data(shown, format) if format in DATA else shelf.copy(version, shown, format, reader())
    if isinstance(told, Response):
        return told
    text = MEDIA[format].startswith("text/")
    made = Response(told, content_type=f"{MEDIA[format]}; charset=utf-8" if text else MEDIA[format])
    disposition = "inline" if format == "json" else "attachment"
    made.headers["Content-Disposition"] = f'{disposition}; filename="{_name(version, shown, format)}"'
    if format in DATA:
        shared(made)
    return fresh(made, version)


def _name(version: Version, shown: Edition, format: str) -> str:
    spoken = [] if format in DATA else [reader()]
    return "-".join([copies.code(version.guide), "guide", str(shown.number), *spoken]) + f".{format}"


def reader() -> str:
    """Name the language of this page."""
    return str(get_locale())


def words() -> dict[str, Any]:
    """Give a page our phrases in the reader's language."""
    return {"say": partial(say, reader())}


def shared(response: Response) -> Response:
    """Let pages of other sites read this: it is open data."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def fresh(response: Response, version: Version | None = None) -> Response:
    """Let a reader's browser keep a page as long as it stays the same."""
    response.headers["Cache-Control"] = "no-cache"
    response.vary.update(["Accept-Language", "Cookie"])
    if version and version.published_at:
        response.last_modified = version.published_at
    response.add_etag()
    response.make_conditional(request)
    return response
