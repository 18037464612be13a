"""Who changed what in the guide, when, word by word; and what it still lacks."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select

from facilitator import db
from facilitator.models import glossary
from facilitator.models.line import Line
from facilitator.models.revision import Revision
from facilitator.models.wording import LANGUAGES
from facilitator.web import scoped
from facilitator.web.desk import parts, steps

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

bp = Blueprint("history", __name__, url_prefix="/desk")


@bp.get("/lines/<int:id>/history")
def line(id: int) -> ResponseReturnValue:
    """See the latest states of a line, and restore one."""
    found = scoped.line(id)
    told, more = steps.told([each for each in reversed(found.revisions) if each.number < before()])
    return render_template(
        "history/line.html",
        line=found,
        told=told,
        more=next((each.number for each in found.revisions if each.id == more), None),
        acts=ACTS,
        may_edit=current_user.may("edit", found.guide.country) and found.guide.editable,
        guide=found.guide,
        language=str(get_locale()),
    )


@bp.get("/guides/<int:id>/history")
def guide(id: int) -> ResponseReturnValue:
    """See the latest changes of a guide."""
    found = scoped.guide(id)
    around = parts.around(found, "history")
    asked = select(Revision).join(Line).where(Line.guide_id == found.id, Revision.act != "begin")
    asked = asked.where(Revision.id < before()).order_by(Revision.id.desc()).limit(steps.READ)
    latest = db.session.scalars(asked).all()
    told, more = steps.told(latest)
    more = more or (latest[-1].id if len(latest) == steps.READ else None)
    return render_template("history/guide.html", told=told, more=more, acts=ACTS, **around)


@bp.get("/guides/<int:id>/gaps")
def gaps(id: int) -> ResponseReturnValue:
    """See what a guide still lacks, and where to mend it."""
    return render_template("history/gaps.html", spoken=LANGUAGES, **parts.around(scoped.guide(id), "gaps"))


@bp.get("/glossary")
def terms() -> ResponseReturnValue:
    """Read the domain's terms in five languages; nobody changes them here."""
    return render_template("history/terms.html", terms=glossary.TERMS, spoken=LANGUAGES)


def before() -> int:
    """Read before which revision the reader wants to see what was done."""
    digits = request.args.get("before", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 2**31 - 1
