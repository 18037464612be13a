"""Words of the room that are left off the list: a person strikes them out, and can list them again."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from facilitator import db, events, refusals
from facilitator.counting.standing import Standings
from facilitator.models import trail
from facilitator.web import scoped
from facilitator.web.desk import notices
from facilitator.web.desk.acts import Overtaken, hold
from facilitator.web.errors import sentence

bp = Blueprint("strikes", __name__, url_prefix="/desk/rounds")


@bp.post("/<int:id>/strike")
def strike(id: int) -> ResponseReturnValue:
    """Leave words off the list; nobody's ballot changes."""
    return struck(id, out=True)


@bp.post("/<int:id>/unstrike")
def unstrike(id: int) -> ResponseReturnValue:
    """List words again that were left out."""
    return struck(id, out=False)


def struck(id: int, *, out: bool) -> ResponseReturnValue:
    """Do it, count the kept results anew, and go back to the list."""
    round, words = scoped.round(id, act="run"), request.form.get("words", "")
    session_id = round.session_id
    try:
        hold(session_id)
        db.session.refresh(round.activity)
        if words not in (listed(round.standings()) if out else round.activity.settings.get("hidden", ())):
            raise Overtaken
        round.activity.leave_out(words, out=out)
        trail.record(current_user, "strike" if out else "unstrike", round, words=words)
        db.session.commit()
    except refusals.Refusal as refusal:
        db.session.rollback()
        notices.refuse(sentence(refusal))
        return redirect(url_for("results.show", id=id), 303)
    events.hub().announce(session_id, "activity")
    said = _("Left out: %(words)s", words=words) if out else _("Listed again: %(words)s", words=words)
    notices.say(said, url_for("strikes.unstrike" if out else "strikes.strike", id=id), words=words)
    return redirect(url_for("results.show", id=id), 303)


def listed(standings: Standings) -> list[str]:
    """Give the lines that a list of words has."""
    lines = [*standings.remarks.get("words", ()), *standings.remarks.get("answers", ())]
    return [line["text"] for line in lines]
