"""The demo inside an installation: made, peopled and removed in one click each."""

import weakref
from random import Random

from flask import Blueprint, Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from facilitator import db, events, keys
from facilitator.demo import story
from facilitator.demo.phones import Room
from facilitator.models import trail
from facilitator.web import scoped
from facilitator.web.desk import notices

bp = Blueprint("demos", __name__, url_prefix="/desk/demo")
PHONES, THERE, SECONDS = 30, 20, 600
_rooms: weakref.WeakKeyDictionary[Flask, Room] = weakref.WeakKeyDictionary()


@bp.post("")
def begin() -> ResponseReturnValue:
    """Make the demo in a country one may run, with its room of simulated phones."""
    codes = [country.code for country in scoped.countries()]
    code = next((code for code in codes if code in story.PLACES), story.HOME)
    if not current_user.administrator and code not in codes:
        abort(403)
    secrets = [keys.fresh() for _phone in range(PHONES)]
    number = story.tell(code, secrets[:THERE], Random())  # noqa: S311 - simulated people choose by chance
    trail.record(current_user, "begin demo", f"session {number}")
    db.session.commit()
    _let_in(number, secrets)
    notices.say(_("The demo is ready. Its phones are simulated: they come in and answer by themselves."))
    return redirect(url_for("running.room", id=number))


@bp.post("/<int:id>/phones")
def people(id: int) -> ResponseReturnValue:
    """Send simulated phones into a session of a demo."""
    session = scoped.session(id, act="run")
    if not session.workshop.guide.demo:
        abort(404)
    trail.record(current_user, "send demo phones", session)
    db.session.commit()
    _let_in(id, [keys.fresh() for _phone in range(PHONES)], there=0)
    notices.say(_("Simulated phones come in and answer for ten minutes."))
    return redirect(url_for("running.room", id=id))


@bp.post("/<int:id>/remove")
def remove(id: int) -> ResponseReturnValue:
    """Remove a demo with all that is in it."""
    guide = scoped.guide(id, act="run")
    if not guide.demo:
        abort(404)
    if room := _rooms.pop(_app(), None):
        room.leave()
    sessions = [session.id for workshop in guide.workshops for session in workshop.sessions]
    trail.record(current_user, "remove demo", guide)
    db.session.delete(guide)
    db.session.commit()
    for session in sessions:
        events.hub().announce(session, events.ACTIVITY)
    notices.say(_("The demo is removed."))
    return redirect(url_for("dashboard.overview"))


def _let_in(session: int, secrets: list[str], there: int = THERE) -> None:
    if previous := _rooms.pop(_app(), None):
        previous.leave()
    # the phones come through the front door of this very process, whatever its outside address is
    base = f"http://{request.environ['SERVER_NAME']}:{request.environ['SERVER_PORT']}"
    _rooms[_app()] = room = Room(_app(), base, session, secrets, there, SECONDS)
    room.start()


def _app() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app
