"""Who changed what in the guide, when, word by word; and what it still lacks."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select

from facilitator import db
from facilitator.models import glossary
from facilitator.models.guide import Guide
from facilitator.models.line import Line
from facilitator.models.revision import Piece, Revision, differences
from facilitator.models.wording import LANGUAGES, read
from facilitator.web import scoped
from facilitator.web.desk import parts, tags
from facilitator.web.desk.lineform import LABELS

PAGE = 50
ACTS = {
    "begin": _l("began"),
    "add": _l("added"),
    "change": _l("changed"),
    "order": _l("moved"),
    "take": _l("taken from a vote"),
    "undo": _l("undone"),
    "leave out": _l("left out"),
    "bring back": _l("brought back"),
    "remove": _l("removed"),
    "restore": _l("restored"),
    "coordinator": _l("another coordinator was named"),
}
NAMES = LABELS | {
    "left_out": _l("Left out because"),
    "present": _l("Stands in the guide"),
    "position": _l("Place"),
    "room_place": _l("Place in the room’s order"),
    "adoption": _l("Adoption"),
    "priority": _l("Priority"),
}
UNTOLD = {"position"}

bp = Blueprint("history", __name__, url_prefix="/desk")


@bp.get("/lines/<int:id>/history")
def line(id: int) -> ResponseReturnValue:
    """See every state of a line, and restore one."""
    found = scoped.line(id)
    told = [(each, [*changes(each, found.guide.languages)]) for each in reversed(found.revisions)]
    return render_template(
        "history/line.html",
        line=found,
        told=told[:PAGE],
        acts=ACTS,
        may_edit=current_user.may("edit", found.guide.country) and found.guide.editable,
        guide=found.guide,
        language=str(get_locale()),
    )


@bp.get("/guides/<int:id>/history")
def guide(id: int) -> ResponseReturnValue:
    """See the latest changes of a guide."""
    found = scoped.guide(id)
    before = request.args.get("before", "")
    asked = select(Revision).join(Line).where(Line.guide_id == found.id, Revision.act != "begin")
    if before.isdecimal() and len(before) < 12:
        asked = asked.where(Revision.id < int(before))
    latest = list(db.session.scalars(asked.order_by(Revision.id.desc()).limit(PAGE + 1)))
    return render_template(
        "history/guide.html",
        told=[(each, [*changes(each, found.languages)]) for each in latest[:PAGE]],
        more=latest[PAGE - 1].id if len(latest) > PAGE else None,
        acts=ACTS,
        **parts.around(found, "history"),
    )


@bp.get("/guides/<int:id>/gaps")
def gaps(id: int) -> ResponseReturnValue:
    """See what a guide still lacks, and where to mend it."""
    return render_template("history/gaps.html", spoken=LANGUAGES, **parts.around(scoped.guide(id), "gaps"))


@bp.get("/glossary")
def terms() -> ResponseReturnValue:
    """Read the domain's terms in five languages; nobody changes them here."""
    return render_template("history/terms.html", terms=glossary.TERMS, spoken=LANGUAGES)


def changes(made: Revision, languages: list[str]) -> Iterator[tuple[object, str, list[Piece]]]:
    """Say what a revision changed: field, language, and the words that went and came."""
    before = made.before.state if made.before else {"part": "", "key": ""}
    seen: set[str] = set()
    for language in languages:
        for name, pieces in differences(before, made.state, language):
            own = name in made.state.get("words", {}) or name in before.get("words", {})
            if name in UNTOLD or (not own and name in seen):
                continue
            seen.add(name)
            told = pieces if own else [(op, called(name, text, made.line.guide)) for op, text in pieces]
            yield NAMES.get(name, name), language if own else "", told


def called(name: str, value: str, guide: Guide) -> str:
    """Call a noted value what people call it."""
    language = str(get_locale())
    if name == "parent":
        over = guide.line(value)
        return over.text("text", language) if over else value
    if name == "family" and value in guide.families:
        return read(guide.families[value], language, guide.languages)
    if name == "tags":
        return ", ".join(str(tags.NAMES.get(tag, tag)) for tag in value.split(", "))
    return glossary.term(value, language) if value in glossary.TERMS else value
