"""The workgroup's review of a guide: comments anchored to a line, answered, resolved."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from facilitator import db
from facilitator.models import trail
from facilitator.models.comment import Comment
from facilitator.models.gaps import said
from facilitator.models.guide import REVIEW, Guide
from facilitator.models.line import Line
from facilitator.models.part import PARTS
from facilitator.web import scoped
from facilitator.web.desk import notices
from facilitator.web.desk.remarks import RemarkForm

bp = Blueprint("review", __name__, url_prefix="/desk")


@bp.route("/guides/<int:id>/review", methods=["GET", "POST"])
def show(id: int) -> ResponseReturnValue:
    """See what the workgroup says of a guide, or say something of the whole."""
    guide = scoped.guide(id, act="see" if request.method == "GET" else "comment")
    form = RemarkForm(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        return commented(Comment.say(guide, current_user, form.text.data), url_for("review.show", id=id))
    asked = select(Comment).where(Comment.guide_id == id, Comment.parent_id.is_(None)).order_by(Comment.id)
    roots = db.session.scalars(asked.options(selectinload(Comment.answers))).all()
    page = render_template(
        "review/show.html",
        open_on=Counter(each.line_id for each in roots if not each.resolved),
        guide=guide,
        form=form,
        waiting=[each for each in roots if not each.resolved],
        resolved=[each for each in roots if each.resolved],
        parts=[(part, [line for line in guide.lines(part.name) if said(line)]) for part in PARTS.values()],
        **rights(guide),
    )
    return page, 422 if form.errors else 200


@bp.route("/lines/<int:id>/comments", methods=["GET", "POST"])
def line(id: int) -> ResponseReturnValue:
    """See what is said of one line, or say something of it."""
    found = scoped.line(id, act="see" if request.method == "GET" else "comment")
    form = RemarkForm(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        made = Comment.say(found.guide, current_user, form.text.data, line=found)
        return commented(made, url_for("review.line", id=id))
    roots = [each for each in found.comments if each.parent_id is None]
    page = render_template(
        "review/line.html", line=found, guide=found.guide, form=form, comments=roots, **rights(found.guide)
    )
    return page, 422 if form.errors else 200


@bp.post("/comments/<int:id>/answer")
def answer(id: int) -> ResponseReturnValue:
    """Answer a comment."""
    asked = scoped.comment(id, act="comment")
    form, back = RemarkForm(request.form), place(asked)
    if not form.validate():
        notices.refuse(" ".join(str(error) for error in form.text.errors))
        return redirect(back, 303)
    return commented(asked.answer(current_user, form.text.data), back)


@bp.post("/comments/<int:id>/resolve")
def resolve(id: int) -> ResponseReturnValue:
    """Say that a comment is settled."""
    comment = scoped.comment(id, act="comment")
    comment.resolve(current_user)
    trail.record(current_user, "resolve", comment)
    return settled(comment, _("Resolved."), url_for("review.reopen", id=id))


@bp.post("/comments/<int:id>/reopen")
def reopen(id: int) -> ResponseReturnValue:
    """Say that a comment is not settled after all."""
    comment = scoped.comment(id, act="comment")
    comment.reopen()
    trail.record(current_user, "reopen", comment)
    return settled(comment, _("Open again."))


@bp.post("/guides/<int:id>/review/state")
def turn(id: int) -> ResponseReturnValue:
    """Put a draft before the workgroup, or take it back."""
    guide = scoped.guide(id, act="edit")
    if guide.state == REVIEW:
        guide.redraft()
    else:
        guide.review()
    trail.record(current_user, guide.state, guide)
    words = _("Before the workgroup.") if guide.state == REVIEW else _("A draft again.")
    db.session.commit()
    notices.say(words)
    return redirect(url_for("review.show", id=id), 303)


def commented(made: Comment, back: str) -> ResponseReturnValue:
    """Keep a comment."""
    trail.record(current_user, "comment", made, guide=made.guide_id, line=made.line_id)
    db.session.commit()
    notices.say(_("Your comment stands."))
    return redirect(back, 303)


def settled(comment: Comment, words: str, undo: str = "") -> ResponseReturnValue:
    """Keep what became of a comment."""
    back = place(comment)
    db.session.commit()
    notices.say(words, undo)
    return redirect(back, 303)


def place(comment: Comment) -> str:
    """Lead back to where a comment stands."""
    if comment.line_id:
        return url_for("review.line", id=comment.line_id)
    return url_for("review.show", id=comment.guide_id)


def rights(guide: Guide) -> dict[str, object]:
    """Say what this person may do here, and in which language they read."""
    return {
        "may_comment": current_user.may("comment", guide.country),
        "may_edit": current_user.may("edit", guide.country) and guide.editable,
        "language": str(get_locale()),
        "heading": heading,
    }


def heading(line: Line) -> str:
    """Call a line by what is written in it first."""
    language = str(get_locale())
    names = [field.name for field in line.kind_of.fields if field.form in ("line", "text", "markdown")]
    texts = (line.text(name, language) or str(line.fact(name) or "") for name in names)
    words = next((text for text in texts if text.strip()), "")
    return words if len(words) <= 120 else words[:119].rstrip() + "…"
