"""The parts of a guide at the desk: every row in every language, side by side."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select

from facilitator import db
from facilitator.documents import markdown, page
from facilitator.documents.document import Document
from facilitator.models import trail, wording
from facilitator.models.comment import Comment
from facilitator.models.gaps import gaps
from facilitator.models.guide import Guide
from facilitator.models.line import Line
from facilitator.models.order import group
from facilitator.models.part import FIXED, GOVERNMENTAL, MANY, ONE, PARTS
from facilitator.models.version import RETURNED
from facilitator.models.wording import LANGUAGES, direction
from facilitator.web import scoped
from facilitator.web.desk import notices, tags
from facilitator.web.desk.lineform import LONGEST, LineForm, form_of
from facilitator.web.desk.mates import places

# these are ordered where the room's order stands beside the guide's
IN_MATRIX = ("challenges", "actions", "recommendations")
MOST_ROWS = 300
ON_A_PAGE = 20

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
    number, there = made.id, address(made)
    db.session.commit()
    notices.say(_("Added."), url_for("line.remove", id=number))
    return redirect(there, 303)


@bp.post("/<int:id>/preview")
def preview(id: int) -> ResponseReturnValue:
    """Show what a text in Markdown will look like."""
    scoped.guide(id)
    text, language = request.form.get("text", "")[: LONGEST["markdown"]], request.form.get("language", "")
    language = language if language in LANGUAGES else str(get_locale())
    blocks = markdown.read(text, language)
    return str(page.fragment(Document("", language, direction(language), blocks=blocks, contents=False)))


def shown(guide: Guide, name: str, new: LineForm | None = None, changed: LineForm | None = None) -> str:
    """Show the rows of a part, one of them as it was posted."""
    if name not in PARTS:
        abort(404)
    kind, lines = PARTS[name], ordered(guide, name)
    pages = range(1, max(1, -(-len(lines) // ON_A_PAGE)) + 1)
    page = page_of(changed.line) if changed and changed.line else asked(pages)
    here = lines[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    forms = [changed if changed and changed.line is line else form_of(line) for line in here]
    return render_template(
        "parts/show.html",
        kind=kind,
        block=block,
        blocks=[
            list(found) for _, found in groupby(forms, key=lambda form: block(form.line) if form.line else "")
        ],
        new=new or LineForm(guide, kind),
        grows=kind.rows not in (ONE, FIXED) and len(lines) < MOST_ROWS,
        places=dict(places(lines)) if kind.rows == MANY and kind.name not in IN_MATRIX else {},
        pages=pages,
        page=page,
        **around(guide, name),
    )


def ordered(guide: Guide, part: str) -> list[Line]:
    """List the lines of a part as its page shows them: a block together, what is left out last."""
    lines = guide.lines(part, left_out=True)
    if part == "sources":
        return sorted(lines, key=lambda line: (group(line) != GOVERNMENTAL, not line.stands))
    return sorted(lines, key=lambda line: not line.stands)


def block(line: Line) -> str:
    """Name the block of the source mapping that a line stands in."""
    return str(group(line)) if line.part == "sources" else ""


def page_of(line: Line) -> int:
    """Give the number of the page on which a line is written."""
    lines = ordered(line.guide, line.part)
    return lines.index(line) // ON_A_PAGE + 1 if line in lines else 1


def address(line: Line) -> str:
    """Give the address where a line is written."""
    page = page_of(line)
    later = page if page > 1 else None
    return url_for("parts.show", id=line.guide_id, part=line.part, page=later, _anchor=f"line-{line.id}")


def asked(pages: range) -> int:
    """Read which page is asked for."""
    digits = request.args.get("page", "")
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1
    return number if number in pages else 1


def around(guide: Guide, name: str) -> dict[str, Any]:
    """Gather what stands around every page of the guide's editor."""
    found, latest = gaps(guide), guide.version
    asked = select(Comment.line_id, func.count()).where(Comment.guide_id == guide.id)
    asked = asked.where(Comment.parent_id.is_(None), Comment.resolved_at.is_(None)).group_by(Comment.line_id)
    return {
        "returned": latest if latest and latest.outcome == RETURNED and guide.editable else None,
        "open_on": dict(db.session.execute(asked).all()),
        "guide": guide,
        "parts": PARTS.values(),
        "here": name,
        "lacking": Counter(gap.part for gap in found),
        "gaps": found,
        "may_edit": current_user.may("edit", guide.country) and guide.editable,
        "language": str(get_locale()),
        "tag_names": tags.NAMES,
        "read_in": wording.spoken,
    }
