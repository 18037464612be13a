"""From a closed vote into the guide: what would change is shown before, and can be undone."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_login import current_user

from facilitator import db
from facilitator.kinds.proposals import CATEGORIES
from facilitator.models import taking as takings
from facilitator.models import trail
from facilitator.models.objections import PlanChanged
from facilitator.models.part import PARTS, PLACES
from facilitator.models.plan import Move, Plan, guide_of, planned
from facilitator.models.round import Round
from facilitator.web import scoped
from facilitator.web.desk import notices
from facilitator.web.errors import sentence

bp = Blueprint("takings", __name__, url_prefix="/desk")


@bp.route("/rounds/<int:id>/take", methods=["GET", "POST"])
def take(id: int) -> ResponseReturnValue:
    """See what a closed vote would change in the guide, and take it there."""
    asked = request.method == "POST"
    round = scoped.round(id, act="edit" if asked else "see")
    category = request.values.get("category", "")
    category = category if category in PLACES else ""
    if not asked:
        return page(round, planned(round, category), category)
    try:
        made = takings.take(round, current_user, category, request.form.get("seen", ""))
    except PlanChanged as changed:
        db.session.rollback()
        return page(scoped.round(id), planned(scoped.round(id), category), category, sentence(changed)), 409
    if made:
        trail.record(current_user, "take", round, taking=made.id, lines=made.lines)
        undo = url_for("takings.undo", id=made.id)
        count = made.lines
    db.session.commit()
    if made:
        words = ngettext("%(num)d line of the guide changed.", "%(num)d lines of the guide changed.", count)
        notices.say(words, undo)
    else:
        notices.say(_("The guide says all of this already."))
    return redirect(url_for("takings.listed", id=guide_of(scoped.round(id)).id), 303)


@bp.post("/takings/<int:id>/undo")
def undo(id: int) -> ResponseReturnValue:
    """Put the guide back as it was before a result was taken."""
    taking = scoped.taking(id, act="edit")
    guide_id, gone = taking.guide_id, taking.undone_at
    if gone is None:
        taking.undo(current_user)
        trail.record(current_user, "undo taking", taking)
    db.session.commit()
    notices.say(_("Undone: the guide is as it was before, as far as nobody has changed it since."))
    return redirect(url_for("takings.listed", id=guide_id), 303)


@bp.get("/guides/<int:id>/takings")
def listed(id: int) -> ResponseReturnValue:
    """List what was taken into a guide, by whom, and what could be."""
    guide = scoped.guide(id)
    taken = {taking.round_id for taking in guide.takings if taking.undone_at is None}
    sessions = [session for workshop in guide.workshops for session in workshop.sessions]
    open_to = [
        activity.round
        for session in sessions
        for activity in session.running_order
        if activity.form_kind.gives and activity.round and activity.round.speaks
    ]
    return render_template(
        "takings/listed.html",
        guide=guide,
        takings=list(reversed(guide.takings)),
        waiting=[round for round in open_to if round.id not in taken],
        may_edit=current_user.may("edit", guide.country) and guide.editable,
        language=str(get_locale()),
    )


def page(round: Round, plan: Plan, category: str, trouble: str = "") -> str:
    """Show what would change, part by part."""
    guide, order = guide_of(round), list(PARTS)

    def place(move: Move) -> int:
        return order.index(move.part)

    moves = sorted(plan.moves, key=place)
    return render_template(
        "takings/take.html",
        guide=guide,
        round=round,
        activity=round.activity,
        session=round.activity.session,
        plan=plan,
        trouble=trouble,
        parts=[(PARTS[order[number]], list(found)) for number, found in groupby(moves, key=place)],
        categories={name: CATEGORIES[name] for name in PLACES},
        category=category,
        may_edit=current_user.may("edit", guide.country),
        language=str(get_locale()),
    )
