"""Running the room: what is shown, what is open, who is in, from the laptop or one's own phone."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from facilitator import db
from facilitator.models import trail
from facilitator.models.link import Link
from facilitator.models.session import Session
from facilitator.web import codes, front, scoped
from facilitator.web.desk.acts import Overtaken, Said, acts, leave
from facilitator.web.desk.room import figures_of, state

REMOTE_HOURS = 0.25

bp = Blueprint("running", __name__, url_prefix="/desk")


@bp.get("/sessions/<int:id>")
def room(id: int) -> ResponseReturnValue:
    """Show the room to the one who runs it."""
    return render_template("running/room.html", **state(scoped.session(id)))


@bp.get("/sessions/<int:id>/now")
def now(id: int) -> ResponseReturnValue:
    """Show how the room stands, for the page to take in after an act."""
    return render_template("running/now.html", **state(scoped.session(id)))


@bp.get("/sessions/<int:id>/figures")
def figures(id: int) -> ResponseReturnValue:
    """Show the counts alone, for the page to take in while the room answers."""
    session = scoped.session(id)
    return render_template("running/figures.html", session=session, **figures_of(session))


@bp.get("/sessions/<int:id>/stream")
def stream(id: int) -> ResponseReturnValue:
    """Tell the desk that something changed."""
    return front.stream(scoped.session(id), "desk")


@bp.post("/sessions/<int:id>/lock")
@acts(scoped.session)
def lock(session: Session) -> Said:
    """Let nobody new in, or let people in again."""
    session.locked = request.values.get("locked") == "1"
    trail.record(current_user, "lock" if session.locked else "unlock", session)
    return Said(_("Nobody new can join now.") if session.locked else _("People can join again."))


@bp.post("/sessions/<int:id>/next")
@acts(scoped.session)
def next(session: Session) -> Said:
    """Go on to the next activity."""
    return walk(session, +1)


@bp.post("/sessions/<int:id>/back")
@acts(scoped.session)
def back(session: Session) -> Said:
    """Go back to the activity before."""
    return walk(session, -1)


@bp.post("/sessions/<int:id>/show")
@acts(scoped.session)
def show(session: Session) -> Said:
    """Put an activity, or the lobby, before the room."""
    number = request.values.get("activity", "")
    order = {str(activity.id): activity for activity in session.running_order}
    if number and number not in order:
        raise Overtaken
    said = leave(session)
    session.show(order.get(number))
    trail.record(current_user, "show", session, activity=session.current_id)
    return said


@bp.post("/sessions/<int:id>/remote")
def remote(id: int) -> ResponseReturnValue:
    """Show a one-time QR code that signs the person's own phone in and opens this room on it."""
    session = scoped.session(id, act="run")
    home = url_for("running.room", id=session.id)
    _link, token = Link.issue(current_user._get_current_object(), hours=REMOTE_HOURS, target=home)
    trail.record(current_user, "remote", session)
    db.session.commit()
    address = codes.base() + url_for("doors.enter", token=token)
    page = render_template("running/remote.html", session=session, address=address, qr=codes.qr(address))
    return page, {"Cache-Control": "no-store"}


def walk(session: Session, steps: int) -> Said:
    """Close what is open, then move along the running order."""
    said = leave(session)
    session.step(steps)
    trail.record(current_user, "step", session, activity=session.current_id)
    return said
