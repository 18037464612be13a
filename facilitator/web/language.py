"""The language a page is read in."""

from collections.abc import Sequence
from urllib.parse import urlencode

from babel import Locale
from flask import Flask, Response, g, request
from flask_babel import Babel, get_locale, refresh
from flask_login import current_user
from jinja2 import pass_context
from jinja2.runtime import Context

from facilitator.models import glossary
from facilitator.models.wording import LANGUAGES, direction

COOKIE = "language"
YEAR = 365 * 24 * 3600


def offer(languages: Sequence[str]) -> None:
    """Let the reader of this page choose among these languages, the first where none fits."""
    g.languages_offered = list(languages)
    refresh()


def offered() -> list[str]:
    """List the languages this page can be read in."""
    known: list[str] = g.get("languages_offered") or list(LANGUAGES)
    return known


def reader() -> str:
    """Name the language this page is read in: asked for, chosen before, the person's own, the browser's."""
    choices = offered()
    own = current_user.language if current_user and current_user.is_authenticated else None
    for wanted in (request.args.get("language"), request.cookies.get(COOKIE), own):
        if wanted in choices:
            return str(wanted)
    return request.accept_languages.best_match(choices) or choices[0]


def name(code: str) -> str:
    """Name a language in the language of the reader."""
    return str(Locale.parse(code).get_display_name(get_locale()))


@pass_context  # or a template would keep what its first reader saw
def term(_context: Context, key: str) -> str:
    """Call a thing of the domain what the glossary calls it in the language of the reader."""
    return glossary.term(key, str(get_locale() or "en"))


def label(code: str) -> str:
    """Name a language in the language of the reader, as it stands beside a field."""
    spelled = name(code)
    return spelled[:1].upper() + spelled[1:]


def address(language: str) -> str:
    """Give this page's address in another language."""
    kept = {name: value for name, value in request.args.items() if name != "language"}
    return f"{request.path}?{urlencode(kept | {'language': language})}"


def _remember(response: Response) -> Response:
    asked = request.args.get("language")
    page = request.blueprint != "screen" and response.mimetype == "text/html"
    if asked in LANGUAGES and page:  # a wall speaks to the room, not to its reader; a file is in one language
        response.set_cookie(
            COOKIE, asked, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure
        )
    return response


def _context() -> dict[str, object]:
    locale = str(get_locale() or "en")
    return {
        "locale": locale,
        "direction": direction(locale),
        "languages": {code: LANGUAGES[code] for code in offered()},
        "language_address": address,
        "direction_of": direction,
    }


def init_app(app: Flask) -> None:
    """Give every page its language."""
    Babel(app, locale_selector=reader)
    app.context_processor(_context)
    app.add_template_filter(name, "spelled")
    app.add_template_filter(term)
    app.add_template_filter(label, "language_name")
    app.after_request(_remember)
