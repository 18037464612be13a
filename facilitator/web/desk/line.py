"""One line of the guide: changed, moved, left out, restored; never over another's words unseen."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from facilitator import db, refusals
from facilitator.kinds.text import tidied
from facilitator.models import revision, trail
from facilitator.models.line import Line
from facilitator.models.objections import Overtaken
from facilitator.models.part import FIXED, ONE
from facilitator.models.revision import flat
from facilitator.web import scoped
from facilitator.web.desk import notices, parts
from facilitator.web.desk.lineform import LineForm, form_of
from facilitator.web.desk.mates import mates
from facilitator.web.desk.matrix import page_of
from facilitator.web.errors import sentence

REASON = 500

bp = Blueprint("line", __name__, url_prefix="/desk/lines")


@bp.get("/<int:id>")
def show(id: int) -> ResponseReturnValue:
    """Lead to where a line is written."""
    return redirect(parts.address(scoped.line(id)))


@bp.post("/<int:id>")
def change(id: int) -> ResponseReturnValue:
    """Keep what was written in a line, unless somebody else has written there meanwhile."""
    line = scoped.line(id, act="edit")
    form = form_of(line, request.form)
    guide = line.guide
    if form.errors:
        if by_itself():
            return jsonify(errors=form.errors), 422
        return parts.shown(guide, line.part, changed=form), 422
    back = parts.address(line)
    try:
        answer = kept(line, form)
    except Overtaken:
        db.session.rollback()
        return overtaken(scoped.line(id), form)
    if by_itself():
        return jsonify(answer)
    notices.say(_("Saved."))
    return redirect(back, 303)


def kept(line: Line, form: LineForm) -> dict[str, Any]:
    """Keep the values of a form; give the state's number, and what others wrote there meanwhile."""
    before = line.number
    made = line.lay(current_user, "change", form.given, form.base)
    if made.number != before:
        trail.record(current_user, "change line", line, part=line.part, number=made.number)
    now = flat(line.state())
    theirs = {
        name: now.get(name) for name, value in form.given.items() if (now.get(name) or "") != (value or "")
    }
    number = made.number
    db.session.commit()
    return {"number": number, "theirs": theirs}


def by_itself() -> bool:
    """Tell whether the page saves by itself, rather than a person who pressed the button."""
    return "X-Autosave" in request.headers


def overtaken(line: Line, form: LineForm) -> ResponseReturnValue:
    """Show both: what somebody else has written and what this person wrote."""
    if by_itself():
        return jsonify(overtaken=True), 409
    now, then = flat(line.state()), flat(line.revision(form.base or 1).state)
    mine = form_of(line, request.form)
    touched = line.touched(mine.given, form.base)
    return render_template(
        "line/change.html",
        line=line,
        guide=line.guide,
        form=mine,
        now=now,
        then=then,
        differing=line.overtaken(mine.given, form.base),
        settled={name: touched.get(name, now.get(name)) for name in mine.given},
        theirs=line.last,
        language=str(get_locale()),
    ), 409


def act(verb: Callable[[Line], str]) -> Callable[[int], ResponseReturnValue]:
    """Make a view of a small act on a line: done, in the trail, told, and back where it was pressed."""

    @wraps(verb)
    def view(id: int) -> ResponseReturnValue:
        line = scoped.line(id, act="edit")
        back = page_of(line, request.form.get("back", ""))
        try:
            said = verb(line)
        except Overtaken as overtaken:
            notices.refuse(sentence(overtaken))
            return redirect(back, 303)
        trail.record(current_user, verb.__name__.replace("_", " "), line, part=line.part, number=line.number)
        db.session.commit()
        notices.say(said)
        return redirect(back, 303)

    return view


@bp.post("/<int:id>/leave-out")
@act
def leave_out(line: Line) -> str:
    """Keep a line from the guide, with the reason."""
    refuse_settled(line)
    reason = tidied(request.form.get("reason", ""))[:REASON]
    if not reason:
        raise NoReason
    if line.left_out not in ("", reason):
        raise Overtaken(line, line.last)
    line.leave_out(current_user, reason)
    return _("Left out. It can be brought back.")


@bp.post("/<int:id>/bring-back")
@act
def bring_back(line: Line) -> str:
    """Let a line stand again."""
    line.bring_back(current_user)
    return _("It stands again.")


@bp.post("/<int:id>/remove")
@act
def remove(line: Line) -> str:
    """Take a row away that no vote knows; its history brings it back."""
    refuse_settled(line)
    line.remove(current_user)
    return _("Removed. The history brings it back.")


def refuse_settled(line: Line) -> None:
    """Refuse to take away what every guide has: its texts and the steps of the cycle."""
    if line.kind_of.rows in (ONE, FIXED):
        abort(404)


@bp.post("/<int:id>/move")
@act
def move(line: Line) -> str:
    """Put a line elsewhere among those it stands with."""
    order, to = mates(line), wanted()
    here = order.index(line) if line in order else 0
    if to is not None and line in order:
        order.remove(line)
        order.insert(min(to, len(order)), line)
        line.guide.reorder(line.part, [each.id for each in order], current_user)
    now = order.index(line) if line in order else here
    return _("Moved from place %(before)s to place %(after)s.", before=here + 1, after=now + 1)


def wanted() -> int | None:
    """Read where a line is to stand, from 0: drawn there, or typed as people count, in any digits."""
    drawn, typed = request.form.get("position", ""), request.form.get("place", "").strip()
    digits = drawn or typed
    if not digits.isdecimal() or len(digits) > 5:
        return None
    return max(0, int(digits) - (0 if drawn else 1))


@bp.post("/<int:id>/restore")
@act
def restore(line: Line) -> str:
    """Write again what a line said in an earlier state."""
    digits = request.form.get("number", "")
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else 0
    if not 0 < number <= line.number:
        raise NoSuchState
    if request.form.get("seen", "") != str(line.number):
        raise Overtaken(line, line.last)
    revision.restore(line, number, current_user)
    return _("Restored.")


class NoSuchState(refusals.Refusal):
    """A state of a line was asked for that it never had."""

    status = 404
    message = refusals.N_("This line never said that.")


class NoReason(refusals.Refusal):
    """A line was to be left out without a word why."""

    status = 422
    message = refusals.N_("Say why it is left out: the room may ask.")
