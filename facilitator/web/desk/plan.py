"""The plan of a session as it stands against the clock."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from facilitator.models.round import Round
from facilitator.web import scoped
from facilitator.web.desk import planned

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
