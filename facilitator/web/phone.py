"""The phone: the question of the moment, in the reader's language, with the phone's own answer on it."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from facilitator import events, keys
from facilitator.models.session import digits
from facilitator.refusals import Refusal, UnknownCode
from facilitator.web import errors, front, identity, scene, sheet
from facilitator.web.identity import Stranger
from facilitator.web.scoped import public
from facilitator.web.sheet import Visit

bp = Blueprint("phone", __name__)
bp.record_once(lambda setup: setup.app.extensions.update(scenes=scene.Kept()))


def visit(code: str, secret: str | None) -> Visit:
    """Recognise a phone that is in the session; anyone else is a stranger, whatever the code."""
    if secret is None:
        raise Stranger
    key = keys.participant_key(secret)
    try:
        shown = scene.of(code)
    except UnknownCode:
        raise Stranger from None
    marks = shown.marks(key)
    if marks is None:
        raise Stranger
    return Visit(shown, secret, key, marks)


@bp.get("/p/<code>")
@public
def page(code: str) -> ResponseReturnValue:
    """Show the whole page; a stranger is led to the door."""
    try:
        here = visit(code, identity.held()).at(request.args.get("question"))
    except Stranger:
        return redirect(url_for("join.welcome", code=digits(code) or "0"), 303)
    events.hub().polled(here.scene.session.id, here.key)
    return sheet.whole(here)


@bp.get("/p/<code>/now")
@public
def now(code: str) -> Response:
    """Show only what may have changed."""
    here = visit(code, identity.held()).at(request.args.get("question"))
    events.hub().polled(here.scene.session.id, here.key)
    return sheet.part(here)


@bp.get("/p/<code>/stream")
@public
def stream(code: str) -> Response:
    """Hold the stream that says when to look; a phone whose page is old looks first."""
    here = visit(code, identity.held())
    since = events.hub().version(here.scene.session_id)  # what happens from now on, the stream tells
    if request.args.get("seen") != scene.of(code).digest:
        return Response(status=204)
    return front.stream(here.scene.session, "phone", here.key, since)


@bp.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """Say in the page's own place why there is nothing to show, with the way back in."""
    return stopped(refusal)


def stopped(refusal: Refusal) -> Response:
    """Make a page of a refusal, with the way back to the door."""
    words = errors.sentence(refusal)
    code = digits((request.view_args or {}).get("code", ""))
    return make_response(render_template("phone/_refused.html", words=words, code=code), refusal.status)
