"""A ballot's way in: checked, put in the ballot box, answered once it is safely on disk."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request, url_for
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue

from facilitator import ballotbox, keys
from facilitator.kinds.base import canonical
from facilitator.models.session import digits
from facilitator.refusals import Refusal
from facilitator.web import errors, front, identity, language, phone, sheet
from facilitator.web.institutions import NotAsked, Types
from facilitator.web.lean import Word
from facilitator.web.scene import OPEN
from facilitator.web.scoped import public
from facilitator.web.sheet import Said, Visit

bp = Blueprint("answers", __name__)
JSON = "application/json"


@bp.post("/p/<code>/answers/<int:round_id>")
@public
def cast(code: str, round_id: int) -> ResponseReturnValue:
    """Take a phone's answer; it may come again, late or twice: one phone has one ballot."""
    asked = request_ctx.request
    here = phone.visit(code, identity.proven())
    question = here.scene.asked(round_id)
    if question.answerers and here.marks.type not in question.answerers:
        raise NotAsked(types=Types(question.answerers))
    form = question.form(asked.form)
    if not form.validate():
        language.offer(here.scene.session.languages)
        return _refused(here, 422, str(form.errors["answer"][0]))
    revision = max(0, asked.form.get("revision", 0, int))
    key = keys.ballot_key(question.activity_id, here.secret)
    choice = form.choice()
    receipt = ballotbox.box().cast(
        round_id,
        here.scene.session_id,
        key,
        canonical(choice),
        revision,
        marks=here.marks,
        said=question.said(choice),
    )
    return front.after(receipt, _received(code, revision))


@bp.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """Say why an answer was not taken, on the page it came from, which keeps it."""
    try:
        here = phone.visit((request.view_args or {}).get("code", ""), identity.held())
    except Refusal as worse:
        response = _told(403, errors.sentence(worse)) if _scripted() else phone.stopped(worse)
    else:
        language.offer(here.scene.session.languages)
        response = _refused(here, refusal.status, errors.sentence(refusal, again=_scripted()))
    response.headers.update(errors.later(refusal))
    return response


def _scripted() -> bool:
    accepted: str = request_ctx.request.environ.get("HTTP_ACCEPT", "")
    return accepted.startswith(JSON)


def _received(code: str, revision: int) -> Response:
    if _scripted():
        return Word(b'{"state":"received","revision":%d}\n' % revision)
    return Response(status=303, headers={"Location": url_for("phone.page", code=digits(code))})


def _refused(here: Visit, status: int, words: str) -> Response:
    if _scripted():
        return _told(status, words)
    asked: int = (request.view_args or {})["round_id"]
    here = here.on(asked)
    shown = here.scene.round if here.scene.state == OPEN and not here.barred else None
    same = shown and shown.id == asked
    said = Said(error=words, posted=request.form) if same else Said(note=words)
    return sheet.whole(here, said, status)


def _told(status: int, words: str) -> Response:
    response = jsonify(state="unsent" if status >= 500 else "refused", message=words)
    response.status_code = status
    return response
