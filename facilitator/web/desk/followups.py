"""What becomes of the recommendations: who owns each, until when, how far it is."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import Form, HiddenField

from facilitator import db
from facilitator.models import glossary, trail
from facilitator.models.followup import OPEN, STATUSES, FollowUp
from facilitator.models.line import Line
from facilitator.web import scoped
from facilitator.web.desk import notices
from facilitator.web.desk.fields import DayField, PickField, TextsField
from facilitator.web.desk.remarks import ParagraphsField

RECOMMENDATIONS = "recommendations"

bp = Blueprint("followups", __name__, url_prefix="/desk")


class FollowUpForm(Form):
    """How a recommendation stands."""

    owner = TextsField(_l("Who sees to it (institution)"), needed=False)
    deadline = DayField(_l("Deadline"))
    status = PickField(_l("How far it is"))
    next_update = DayField(_l("Next update"))
    note = ParagraphsField(_l("What was done"), render_kw={"rows": 3})
    seen = HiddenField()


@bp.get("/guides/<int:id>/follow-up")
def listed(id: int) -> ResponseReturnValue:
    """List the recommendations of a guide with how each stands."""
    guide = scoped.guide(id)
    return render_template(
        "followups/listed.html",
        guide=guide,
        lines=guide.lines(RECOMMENDATIONS),
        keeper=next(iter(guide.lines("keeper")), None),
        may_edit=current_user.may("edit", guide.country),
        language=str(get_locale()),
    )


@bp.route("/lines/<int:id>/follow-up", methods=["GET", "POST"])
def report(id: int) -> ResponseReturnValue:
    """Say anew how a recommendation stands, also once the guide is endorsed."""
    posted = request.form if request.method == "POST" else None
    line = scoped.line(id, act="see" if posted is None else "edit")
    form = filled(line, posted)
    changed = posted is not None and form.seen.data != seen(line)
    if posted is not None and form.validate() and not changed:
        given = {"owner": form.owner.texts, "note": form.note.data}
        given |= {name: form[name].data for name in ("deadline", "status", "next_update")}
        made = FollowUp.report(line, current_user, **given)
        trail.record(current_user, "follow up", made, line=id, status=made.status, deadline=made.deadline)
        guide_id = line.guide_id
        db.session.commit()
        notices.say(_("Saved."))
        return redirect(url_for("followups.listed", id=guide_id), 303)
    form.seen.data = seen(line)
    page = render_template(
        "followups/report.html",
        line=line,
        overtaken=changed,
        guide=line.guide,
        form=form,
        reports=list(reversed(line.follow_ups)),
        may_edit=current_user.may("edit", line.guide.country),
        language=str(get_locale()),
    )
    return page, 422 if form.errors else 409 if changed else 200


def seen(line: Line) -> str:
    """Tell which report on a recommendation is the last, so that nobody reports over one they did not see."""
    return str(line.follow.id if line.follow else 0)


def filled(line: Line, posted: object) -> FollowUpForm:
    """Make the form, filled in with what was said last or what was posted."""
    last, language = line.follow, str(get_locale())
    known = (
        {name: getattr(last, name) for name in ("owner", "deadline", "status", "next_update")} if last else {}
    )
    form = FollowUpForm(posted, data={"status": OPEN} | known)
    form.owner.offer(line.guide.languages)
    form.status.choices = [(status, glossary.term(f"status-{status}", language)) for status in STATUSES]
    return form
