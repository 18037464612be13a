"""The projector: what the whole room sees, and nothing that the facilitator did not mean to show."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from facilitator.models.session import Session
from facilitator.web import board, codes, front, language
from facilitator.web.scoped import public

bp = Blueprint("screen", __name__, url_prefix="/screen")


@bp.get("/<wall>")
@public
def wall(wall: str) -> ResponseReturnValue:
    """Show the projector page of a session."""
    return render_template("screen/wall.html", words=words(), **shown(found(wall)))


@bp.get("/<wall>/now")
@public
def now(wall: str) -> ResponseReturnValue:
    """Show what the wall shows now, for the page to take in."""
    response = make_response(render_template("screen/now.html", **shown(found(wall))))
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)


@bp.get("/<wall>/stream")
@public
def stream(wall: str) -> ResponseReturnValue:
    """Tell the wall that something changed."""
    return front.stream(found(wall), "screen")


def found(wall: str) -> Session:
    """Find the session of a projector address, and speak one of its languages."""
    session = Session.by_wall(wall) or abort(404)
    language.offer(session.languages)
    return session


def shown(session: Session) -> dict[str, Any]:
    """Gather what the wall shows to the room, and what it may do where staff signed in."""
    reader = str(get_locale())
    runs = current_user.is_authenticated and current_user.may("run", session.workshop.guide.country)
    asked_for = request.args.get("page", 1, int), request.args.get("of")
    return {
        "session": session,
        "language": reader,
        "runs": runs,
        "acts": board.acts(session) if runs else {},
        "code": codes.qr(codes.join_address(session.code)),
        "address": codes.spoken_address(),
        "digits": codes.grouped(session.code),
        **board.state(session, reader, *asked_for),
    }


def words() -> dict[str, str]:
    """List what the wall says, briefly, when a key has acted."""
    return {
        "state-open": _("The question is open."),
        "state-closed": _("The question is closed."),
        "results-shown": _("The results are shown."),
        "results-hidden": _("The results are hidden."),
        "locked-yes": _("Joining is locked."),
        "locked-no": _("Joining is open."),
        "timer": _("The timer runs."),
        "timer-none": _("The timer is stopped."),
        "dark": _("Dark screen"),
        "light": _("Light screen"),
        "nothing": _("Nothing has changed."),
        "failed": _("Not done. Try again, or use the desk."),
    }
