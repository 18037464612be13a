"""A session tried out with simulated people before the room comes: asked for, watched, read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import BooleanField, Form

from facilitator import db
from facilitator.models import trail
from facilitator.models.activity import Activity
from facilitator.models.session import Session
from facilitator.rehearsal import behind
from facilitator.rehearsal.behind import MOST_PEOPLE, Trial
from facilitator.web import scoped
from facilitator.web.desk import notices
from facilitator.web.desk.acts import hold
from facilitator.web.desk.fields import CountField, Needed
from facilitator.web.errors import sentence, told

USUAL_PEOPLE = 30

bp = Blueprint("rehearsals", __name__, url_prefix="/desk/sessions")


class TrialForm(Form):
    """How many people a rehearsal simulates, and over what network."""

    people = CountField(_l("Simulated people"), [Needed()], most=MOST_PEOPLE, default=USUAL_PEOPLE)
    bad_network = BooleanField(
        _l("Bad network"), description=_l("Lose, delay and repeat what the simulated phones send.")
    )


@bp.get("/<int:id>/rehearsal")
def show(id: int) -> ResponseReturnValue:
    """Show the last rehearsal of a session, and offer another."""
    return shown(scoped.session(id, act="run"), TrialForm())


@bp.get("/<int:id>/rehearsal/now")
def now(id: int) -> ResponseReturnValue:
    """Show only how the rehearsal stands."""
    session = scoped.session(id, act="run")
    return render_template("rehearsals/now.html", session=session, **state(session))


@bp.post("/<int:id>/rehearsal")
def begin(id: int) -> ResponseReturnValue:
    """Start a rehearsal."""
    session = scoped.session(id, act="run")
    form = TrialForm(request.form)
    if not form.validate():
        return shown(session, form)
    hold(id)
    asked = form.people.data or 0, form.bad_network.data, [activity.id for activity in session.running_order]
    try:
        settings = current_app.config
        behind.begin(settings["DATA"], str(settings["DATABASE_URL"]), id, session.code, *asked)
    except behind.Rehearsing as refusal:
        db.session.rollback()
        notices.refuse(sentence(refusal))
    else:
        trail.record(current_user, "rehearse", session, people=asked[0], bad_network=asked[1])
        db.session.commit()
    return redirect(url_for("rehearsals.show", id=id), 303)


def shown(session: Session, form: TrialForm) -> ResponseReturnValue:
    """Show the page of a session's rehearsals."""
    page = render_template("rehearsals/show.html", session=session, form=form, **state(session))
    return page, 422 if form.errors else 200


def state(session: Session) -> dict[str, Any]:
    """Say how the last rehearsal stands."""
    trial = behind.latest(current_app.config["DATA"], session.id)
    found: dict[str, Any] = {"trial": trial, "language": str(get_locale())}
    if trial and trial.state == behind.DONE:
        found |= {"questions": [question(trial, place) for place in range(1, len(trial.activities) + 1)]}
        found |= {"general": findings(trial, 0), "grave": any(f["grave"] for f in trial.report["findings"])}
    return found


def question(trial: Trial, place: int) -> Mapping[str, Any]:
    """Gather how one question of the session went, and what must be mended in it."""
    courses = (course for course in trial.report["courses"] if course["place"] == place)
    return {
        "place": place,
        "activity": db.session.get(Activity, trial.activities[place - 1]),
        "course": next(courses, None),
        "findings": findings(trial, place),
    }


def findings(trial: Trial, place: int) -> list[Mapping[str, Any]]:
    """List what was found at a place of the running order, or of the session as a whole."""
    here = (finding for finding in trial.report["findings"] if finding["place"] == place)
    return [{**finding, "words": told(finding["message"], finding["details"])} for finding in here]
