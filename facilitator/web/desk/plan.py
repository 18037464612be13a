"""The plan of a session as it stands against the clock."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from facilitator import refusals
from facilitator.models import trail
from facilitator.models.activity import Activity
from facilitator.models.round import Round
from facilitator.web import scoped
from facilitator.web.desk import planned
from facilitator.web.desk.acts import Said, acts
from facilitator.web.desk.draft import MOST_MINUTES

bp = Blueprint("plan", __name__, url_prefix="/desk")


@bp.app_template_filter()
def spent(round: Round) -> str:
    """Say how long a round was open."""
    return planned.spent(round)


@bp.get("/sessions/<int:id>/plan")
def now(id: int) -> ResponseReturnValue:
    """Show planned and real minutes, for the page to take in as time passes."""
    session = scoped.session(id)
    return render_template("plan/now.html", session=session, plan=planned.of(session))


@bp.post("/activities/<int:id>/minutes")
@acts(scoped.activity)
def minutes(activity: Activity) -> Said:
    """Plan other minutes for a question, also while people answer it and afterwards."""
    written, before = request.form.get("minutes", "").strip() or "0", activity.minutes
    if not written.isdecimal() or len(written) > 3 or int(written) > MOST_MINUTES:
        raise WrongPlan(most=MOST_MINUTES)
    activity.minutes = int(written) or None
    trail.record(current_user, "plan", activity, before=before, now=activity.minutes)
    words = ngettext("%(num)d minute planned.", "%(num)d minutes planned.", int(written))
    said = words if activity.minutes else _("No minutes planned.")
    return Said(said, url_for("plan.minutes", id=activity.id), {"minutes": str(before or 0)})


class WrongPlan(refusals.Refusal):
    """A question was to take something that is no number of minutes."""

    status = 422
    message = refusals.N_("Write a whole number from 1 to %(most)s.")
