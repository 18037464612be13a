"""The parking list of a session: questions from the floor that wait; no wall ever shows them."""

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from facilitator import db, refusals
from facilitator.kinds.text import tidied
from facilitator.models import trail
from facilitator.models.parked import Parked
from facilitator.models.session import Session
from facilitator.web import scoped
from facilitator.web.desk.acts import Said, acts

LONGEST = 500

bp = Blueprint("parking", __name__, url_prefix="/desk")


class NothingToPark(refusals.Refusal):
    """A question that is empty or too long to be kept."""

    status = 422
    message = refusals.N_("Write the question in one line of at most %(most)s characters.")


@bp.post("/sessions/<int:id>/parked")
@acts(scoped.session)
def park(session: Session) -> Said:
    """Keep a question from the floor for later."""
    text = tidied(request.form.get("text", ""))
    if not 0 < len(text) <= LONGEST:
        raise NothingToPark(most=LONGEST)
    parked = Parked(session=session, text=text)
    db.session.add(parked)
    db.session.flush()
    trail.record(current_user, "park", parked, session=session.id, text=text)
    return Said(_("On the parking list."), url_for("parking.withdraw", id=parked.id))


@bp.post("/parked/<int:id>/answer")
@acts(scoped.parked)
def answer(parked: Parked) -> Said:
    """Mark a parked question as answered, or as waiting again."""
    parked.answered = request.form.get("answered") != "0"
    trail.record(current_user, "answer" if parked.answered else "wait", parked)
    return Said()


@bp.post("/parked/<int:id>/withdraw")
@acts(scoped.parked)
def withdraw(parked: Parked) -> Said:
    """Take a question off the parking list; it can come back."""
    parked.withdrawn = True
    trail.record(current_user, "withdraw", parked)
    return Said(_("Taken off the parking list."), url_for("parking.restore", id=parked.id))


@bp.post("/parked/<int:id>/restore")
@acts(scoped.parked)
def restore(parked: Parked) -> Said:
    """Put a withdrawn question back on the parking list."""
    parked.withdrawn = False
    trail.record(current_user, "restore", parked)
    return Said(_("It is back on the parking list."))
