"""One line of the guide: changed, moved, left out, restored; never over another's words unseen."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from facilitator import db, refusals
from facilitator.models import revision, trail
from facilitator.models.line import Line
from facilitator.models.objections import Overtaken
from facilitator.models.revision import flat
from facilitator.web import scoped
from facilitator.web.desk import notices, parts
from facilitator.web.desk.draft import tidy
from facilitator.web.desk.lineform import LineForm, form_of
from facilitator.web.desk.matrix import page_of

REASON = 500

bp = Blueprint("line", __name__, url_prefix="/desk/lines")


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
    try:
        number = kept(line, form)
    except Overtaken:
        db.session.rollback()
        return overtaken(scoped.line(id), form)
    if by_itself():
        return jsonify(number=number)
    notices.say(_("Saved."))
    return redirect(url_for("parts.show", id=guide.id, part=line.part, _anchor=f"line-{id}"), 303)


def kept(line: Line, form: LineForm) -> int:
    """Keep the values of a form; the trail says that the line changed."""
    before = line.number
    made = line.lay(current_user, "change", form.values, form.base)
    if made.number != before:
        trail.record(current_user, "change line", line, part=line.part, number=made.number)
    number = made.number
    db.session.commit()
    return number


def by_itself() -> bool:
    """Tell whether the page saves by itself, rather than a person who pressed the button."""
    return "X-Autosave" in request.headers


def overtaken(line: Line, form: LineForm) -> ResponseReturnValue:
    """Show both: what somebody else has written and what this person wrote."""
    if by_itself():
        return jsonify(overtaken=True), 409
    now = flat(line.state())
    then = flat(line.revision(form.base).state) if form.base else {}
    mine = LineForm(line.guide, line.kind_of, line, request.form)
    differing = {
        name
        for name, value in mine.values.items()
        if (then.get(name) or "") != (now.get(name) or "") != (value or "")
    }
    return render_template(
        "line/change.html",
        line=line,
        guide=line.guide,
        form=mine,
        now=now,
        then=then,
        differing=differing,
        theirs=line.last,
        language=str(get_locale()),
    ), 409


def act(verb: Callable[[Line], str]) -> Callable[[int], ResponseReturnValue]:
    """Make a view of a small act on a line: done, in the trail, told, and back where it was pressed."""

    @wraps(verb)
    def view(id: int) -> ResponseReturnValue:
        line = scoped.line(id, act="edit")
        back = page_of(line, request.form.get("back", ""))
        said = verb(line)
        trail.record(current_user, verb.__name__.replace("_", " "), line, part=line.part, number=line.number)
        db.session.commit()
        notices.say(said)
        return redirect(back, 303)

    return view


@bp.post("/<int:id>/leave-out")
@act
def leave_out(line: Line) -> str:
    """Keep a line from the guide, with the reason."""
    line.leave_out(current_user, tidy(request.form.get("reason", ""))[:REASON])
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
    line.remove(current_user)
    return _("Removed. The history brings it back.")


@bp.post("/<int:id>/move")
@act
def move(line: Line) -> str:
    """Put a line elsewhere among those it stands with."""
    mates = [each for each in line.guide.lines(line.part) if each.parent_id == line.parent_id]
    mates = [each for each in mates if group(each) == group(line)]
    here, to = mates.index(line) if line in mates else 0, request.form.get("position", "")
    if to.isdecimal() and len(to) < 6 and mates:
        mates.remove(line)
        mates.insert(min(int(to), len(mates)), line)
        line.guide.reorder(line.part, [each.id for each in mates], current_user)
    return _("Moved from place %(before)s to place %(after)s.", before=here + 1, after=place(mates, line))


@bp.post("/<int:id>/restore")
@act
def restore(line: Line) -> str:
    """Write again what a line said in an earlier state."""
    digits = request.form.get("number", "")
    number = int(digits) if digits.isdecimal() and len(digits) < 9 else 0
    if not 0 < number <= line.number:
        raise NoSuchState
    revision.restore(line, number, current_user)
    return _("Restored.")


class NoSuchState(refusals.Refusal):
    """A state of a line was asked for that it never had."""

    status = 404
    message = refusals.N_("This line never said that.")


def group(line: Line) -> Any:
    """Tell which lines are ordered together: of a matrix each sort, of the recommendations each family."""
    return line.fact("kind"), line.fact("family"), line.fact("block")


def place(mates: list[Line], line: Line) -> int:
    """Give the place of a line among those it stands with, from 1."""
    return mates.index(line) + 1 if line in mates else 1
