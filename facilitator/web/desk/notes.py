"""The facilitator's own words about an activity: what was said in the room."""

import hashlib
import unicodedata

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from facilitator import db
from facilitator.models import trail
from facilitator.models.activity import Activity
from facilitator.web import scoped
from facilitator.web.desk import notices
from facilitator.web.desk.acts import hold
from facilitator.web.desk.draft import too_long

LONGEST = 5000

bp = Blueprint("notes", __name__, url_prefix="/desk")


@bp.app_template_filter()
def note_mark(note: str) -> str:
    """Tell one state of a note from another, so that two people never overwrite each other unseen."""
    return hashlib.sha256(note.encode()).hexdigest()[:16]


@bp.route("/activities/<int:id>/note", methods=["GET", "POST"])
def write(id: int) -> ResponseReturnValue:
    """Write down what was said about an activity, at any time."""
    activity = scoped.activity(id, act="run")
    if request.method == "GET":
        return render_template("notes/write.html", activity=activity, session=activity.session)
    hold(activity.session_id)
    db.session.refresh(activity)
    text = lines(request.form.get("note", ""))
    trouble = wrong(activity, text)
    if not trouble:
        kept(activity, text)
    if "HX-Request" in request.headers:
        written = {"text": text, "trouble": trouble, "saved": not trouble}
        return render_template("_partials/running_note.html", activity=activity, **written)
    if not trouble:
        notices.say(_("The note is saved."))
        return redirect(url_for("running.room", id=activity.session_id), 303)
    told = {"session": activity.session, "text": text, "trouble": trouble}
    return render_template("notes/write.html", activity=activity, **told), 409


def wrong(activity: Activity, text: str) -> str:
    """Say why a note cannot be kept as it is; nothing when it can."""
    if len(text) > LONGEST:
        return too_long(text, LONGEST)
    if text != activity.note and request.form.get("mark") != note_mark(activity.note):
        return _(
            "Someone else has written: “%(text)s”. Save again to keep yours instead.", text=activity.note
        )
    return ""


def kept(activity: Activity, text: str) -> None:
    """Keep a note; the trail says that it changed, not what it says."""
    if text != activity.note:
        activity.note = text
        trail.record(current_user, "note", activity)
    db.session.commit()


def lines(text: str) -> str:
    """Keep lines of visible text."""
    seen = unicodedata.normalize("NFC", "\n".join(text.splitlines()))
    return "".join(sign for sign in seen if sign == "\n" or unicodedata.category(sign) != "Cc").strip()
