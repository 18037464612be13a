"""What went wrong, in words the reader understands, with the right status."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask.globals import request_ctx
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from facilitator import db
from facilitator.ballotbox import storage_refusal
from facilitator.refusals import Refusal
from facilitator.web import language
from facilitator.web.security import OWN_TOKEN, login

WORDS: Mapping[int, Any] = {
    400: _l("This page was too old or came from elsewhere. Go back, reload the page and try again."),
    401: _l("You are signed out. Sign in again; what you typed is still in the page behind."),
    403: _l("Your role does not allow this here."),
    404: _l("There is nothing at this address, or it is not yours to see."),
    405: _l("This address does not answer that kind of request."),
    413: _l("That is too much at once for one page. Shorten it and send it again."),
    415: _l("This kind of content is not understood here."),
    429: _l("Too many tries in a short time. Wait a minute and try again."),
    500: _l("Something went wrong on our side. It was noted; please try again."),
}

KEPT = ("Allow", "Retry-After")  # what a failure may say to programs

HEADINGS: Mapping[int, Any] = {
    401: _l("Signed out"),
    403: _l("Not allowed"),
    404: _l("Not found"),
    410: _l("No longer valid"),
    413: _l("Too long"),
    429: _l("Please wait"),
    503: _l("Please wait"),
    507: _l("Not saved"),
}


def sentence(refusal: Refusal, *, again: bool = False) -> str:
    """Say why something was refused, in the reader's language, also to a page that tries again by itself."""
    return told((again and refusal.meanwhile) or refusal.message, refusal.details)


def later(refusal: Refusal) -> dict[str, str]:
    """Say to a program when it may ask again."""
    return {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}


def told(message: str, details: Mapping[str, Any]) -> str:
    """Say a sentence with its details, languages and gaps in the words of the reader."""
    if codes := details.get("languages"):
        details = {**details, "languages": ", ".join(map(language.name, codes))}
    if gaps := details.get("gaps"):
        details = {**details, "gaps": " ".join(map(str, gaps))}
    said: str = _(message, **details)
    return said


def _refused(refusal: Refusal) -> Response:
    return _answer(refusal.status, sentence(refusal), later(refusal))


def _stumbled(error: HTTPException) -> Response | HTTPException:
    code = error.code or 500
    if code < 400 or request_ctx.url_adapter is None:  # a host without a name: no page could hold a link
        return error
    said = error.get_response().headers
    return _answer(
        code, str(WORDS.get(code, WORDS[500])), {name: said[name] for name in KEPT if name in said}
    )


def _storage(error: OperationalError) -> Response:
    g._login_user = login.anonymous_user()  # a database that does not answer cannot say who reads this
    return _refused(storage_refusal(error))


def at_the_desk() -> bool:
    """Tell whether the reader of this page signed in to the desk."""
    return request.blueprint not in {*OWN_TOKEN, "screen"} and current_user.is_authenticated


def _answer(status: int, words: str, headers: Mapping[str, str]) -> Response:
    db.session.rollback()
    if request.accept_mimetypes.best == "application/json":
        response = jsonify(message=words, status=status)
    elif request.headers.get("HX-Request"):
        response = make_response(render_template("errors/note.html", words=words))
    else:
        heading = HEADINGS.get(status, _("Something went wrong") if status >= 500 else _("Not done"))
        layout = "desk" if status < 500 and at_the_desk() else "phone"
        page = render_template("errors/page.html", words=words, heading=heading, layout=layout)
        response = make_response(page)
    response.status_code = status
    response.headers.update(headers)
    return response


def init_app(app: Flask) -> None:
    """Answer every failure in words."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _stumbled)
    app.register_error_handler(InternalServerError, _stumbled)
    app.register_error_handler(OperationalError, _storage)
