"""The parts of a guide at the desk: every row in every language, side by side."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from facilitator import db
from facilitator.documents import markdown, page
from facilitator.documents.document import Document
from facilitator.models import trail
from facilitator.models.gaps import gaps
from facilitator.models.guide import Guide
from facilitator.models.part import FIXED, ONE, PARTS
from facilitator.models.wording import direction
from facilitator.web import scoped
from facilitator.web.desk import notices, tags
from facilitator.web.desk.lineform import LONGEST, LineForm, form_of

MOST_ROWS = 300

bp = Blueprint("parts", __name__, url_prefix="/desk/guides")


@bp.get("/<int:id>/parts/<part>")
def show(id: int, part: str) -> ResponseReturnValue:
    """Write a part of the guide, or read it."""
    return shown(scoped.guide(id), part)


@bp.post("/<int:id>/parts/<part>")
def add(id: int, part: str) -> ResponseReturnValue:
    """Add a row to a part."""
    guide = scoped.guide(id, act="edit")
    if part not in PARTS or PARTS[part].rows in (ONE, FIXED):
        abort(404)
    form = LineForm(guide, PARTS[part], None, request.form)
    form.check_said()
    if form.errors or len(guide.lines(part, left_out=True)) >= MOST_ROWS:
        return shown(guide, part, new=form), 422
    texts: dict[str, dict[str, str]] = {}
    facts = {name[6:]: value for name, value in form.values.items() if name.startswith("facts.") and value}
    for name, value in form.values.items():
        if name.startswith("words.") and value:
            texts.setdefault(name.split(".")[1], {})[name.split(".")[2]] = value
    parent = guide.line(form.values.get("parent") or "")
    made = guide.add(part, current_user, words=texts, facts=facts, parent=parent)
    trail.record(current_user, "add line", made, part=part)
    number = made.id
    db.session.commit()
    notices.say(_("Added."), url_for("line.remove", id=number))
    return redirect(url_for("parts.show", id=id, part=part, _anchor=f"line-{number}"), 303)


@bp.post("/<int:id>/preview")
def preview(id: int) -> ResponseReturnValue:
    """Show what a text in Markdown will look like."""
    scoped.guide(id)
    text, language = request.form.get("text", "")[: LONGEST["markdown"]], request.form.get("language", "en")
    blocks = markdown.read(text, language)
    return str(page.fragment(Document("", language, direction(language), blocks=blocks, contents=False)))


def shown(guide: Guide, name: str, new: LineForm | None = None, changed: LineForm | None = None) -> str:
    """Show the rows of a part, one of them as it was posted."""
    if name not in PARTS:
        abort(404)
    kind = PARTS[name]
    lines = guide.lines(name, left_out=True)
    forms = [changed if changed and changed.line is line else form_of(line) for line in lines]
    return render_template(
        "parts/show.html",
        kind=kind,
        forms=forms,
        new=new or LineForm(guide, kind),
        grows=kind.rows not in (ONE, FIXED) and len(lines) < MOST_ROWS,
        **around(guide, name),
    )


def around(guide: Guide, name: str) -> dict[str, Any]:
    """Gather what stands around every page of the guide's editor."""
    found = gaps(guide)
    return {
        "guide": guide,
        "parts": PARTS.values(),
        "here": name,
        "lacking": Counter(gap.part for gap in found),
        "gaps": found,
        "may_edit": current_user.may("edit", guide.country) and guide.editable,
        "language": str(get_locale()),
        "tag_names": tags.NAMES,
    }
