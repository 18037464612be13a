"""The items of a guide: all of them, one of them, and where they come from."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import exists, or_, select
from sqlalchemy.orm import aliased

from facilitator import db, events, refusals
from facilitator.kinds.proposals import CATEGORIES
from facilitator.models import trail, wording
from facilitator.models.activity import Activity, Offered
from facilitator.models.item import Item
from facilitator.models.line import Line
from facilitator.models.round import Round
from facilitator.web import scoped
from facilitator.web.desk import bringing, notices, tags
from facilitator.web.desk.acts import hold
from facilitator.web.desk.itemform import ItemForm
from facilitator.web.errors import sentence

CHALLENGE = "challenge"

bp = Blueprint("items", __name__, url_prefix="/desk")


@bp.get("/guides/<int:id>/items")
def listed(id: int) -> ResponseReturnValue:
    """List a guide's items, or those of one category."""
    guide = scoped.guide(id)
    chosen = request.args.get("category", "")
    shown = sorted((item for item in guide.items if chosen in ("", item.category)), key=category_place)
    return render_template(
        "items/listed.html",
        guide=guide,
        groups=[(CATEGORIES.get(code, ""), list(items)) for code, items in groupby(shown, key=category_of)],
        counts={code: sum(item.category == code for item in guide.items) for code in CATEGORIES},
        chosen=chosen,
        categories=CATEGORIES,
        missing=wording.missing,
        language=str(get_locale()),
        may_run=current_user.may("run", guide.country),
    )


@bp.route("/guides/<int:id>/items/bring", methods=["GET", "POST"])
def bring(id: int) -> ResponseReturnValue:
    """Bring items into a guide: pasted, or from a file."""
    guide = scoped.guide(id, act="run")
    form = bringing.asked(request, guide, str(get_locale()), CHALLENGE)
    page = {"guide": guide, "form": form, "activity": None, "language": str(get_locale())}
    if request.method == "GET":
        return render_template("items/bring.html", report=None, **page)
    if not form.validate():
        return render_template("items/bring.html", report=None, **page), 422
    report = bringing.bring(guide, form, bringing.cells(request, form), bringing.into_guide(guide))
    trail.record(current_user, "bring", guide, items=report.ids)
    db.session.commit()
    said(report, url_for("items.unbring", id=id))
    return render_template("items/bring.html", report=report, **page)


@bp.post("/guides/<int:id>/items/unbring")
def unbring(id: int) -> ResponseReturnValue:
    """Take out again what was just brought in and is used nowhere."""
    guide = scoped.guide(id, act="run")
    posted = set(request.form.get("items", "").split(","))
    given = [item.id for item in guide.items if str(item.id) in posted]
    other = aliased(Item)
    used = or_(
        exists().where(Offered.item_id == Item.id),
        exists().where(Line.item_id == Item.id),
        exists().where(Activity.about_id == Item.id),
        exists().where(other.about_id == Item.id, other.id.not_in(given)),
    )
    free = select(Item).where(Item.id.in_(given), Item.round_id.is_(None), ~used)
    gone = db.session.scalars(free.order_by(Item.id)).all()
    for item in gone:
        db.session.delete(item)
    trail.record(current_user, "unbring", guide, items=[[item.id, item.wording] for item in gone])
    db.session.commit()
    notices.say(_("Taken out again."))
    return redirect(url_for("items.listed", id=id), 303)


@bp.route("/activities/<int:id>/options", methods=["GET", "POST"])
def options(id: int) -> ResponseReturnValue:
    """Bring options into a question: pasted, or from a file."""
    activity = scoped.activity(id, act="run")
    guide = activity.session.workshop.guide
    form = bringing.asked(request, guide, str(get_locale()), CHALLENGE)
    page = {"guide": guide, "form": form, "activity": activity, "language": str(get_locale())}
    if request.method == "GET":
        return render_template("items/options.html", report=None, **page)
    if not form.validate():
        return render_template("items/options.html", report=None, **page), 422
    return brought(activity, form, page)


def brought(activity: Activity, form: bringing.BringForm, page: dict[str, object]) -> ResponseReturnValue:
    """Take rows into the options of a question that nobody has answered yet."""
    rows, session_id = bringing.cells(request, form), activity.session_id
    try:
        hold(session_id)
        activity.refuse_if_settled()
    except refusals.Refusal as refusal:
        db.session.rollback()
        notices.refuse(sentence(refusal))
        return render_template("items/options.html", report=None, **page), refusal.status
    report = bringing.bring(activity.session.workshop.guide, form, rows, bringing.into_options(activity))
    trail.record(current_user, "bring", activity, items=report.ids)
    db.session.commit()
    events.hub().announce(session_id, "activity")
    said(report, url_for("feeding.unfeed", id=activity.id))
    return render_template("items/options.html", report=report, **page)


def said(report: bringing.Report, undo: str) -> None:
    """Say how many were taken, and how to take them out again."""
    count = len(report.taken)
    words = ngettext("%(num)d item was taken.", "%(num)d items were taken.", count)
    notices.say(words, undo if count else "", items=report.ids)


@bp.route("/items/<int:id>", methods=["GET", "POST"])
def edit(id: int) -> ResponseReturnValue:
    """Show an item with all that is known of it; change its marks, and its words until people voted on it."""
    item = scoped.item(id)
    form = ItemForm.of(item, request.form if request.method == "POST" else None)
    if request.method == "POST":
        scoped.item(id, act="run")
        if form.validate():
            form.keep(item)
            trail.record(current_user, "change", item, wording=item.wording, **form.marks)
            db.session.commit()
            notices.say(_("Saved."))
            return redirect(url_for("items.edit", id=id), 303)
    return render_template("items/edit.html", **about(item, form)), 422 if form.errors else 200


def about(item: Item, form: ItemForm) -> dict[str, object]:
    """Gather where an item comes from and where it is asked about."""
    asked = select(Activity).join(Offered).where(Offered.item_id == item.id).order_by(Activity.id)
    return {
        "item": item,
        "guide": item.guide,
        "form": form,
        "category": CATEGORIES.get(item.category, ""),
        "tag_groups": tags.GROUPS,
        "round": db.session.get(Round, item.round_id) if item.round_id else None,
        "activities": db.session.scalars(asked).all(),
        "language": str(get_locale()),
        "may_run": current_user.may("run", item.guide.country),
    }


def category_of(item: Item) -> str:
    """Name the category of an item."""
    return item.category


def category_place(item: Item) -> tuple[int, str, int]:
    """Order items by category as these are listed; what has none comes last."""
    known = list(CATEGORIES).index(item.category) if item.category in CATEGORIES else len(CATEGORIES)
    return known, item.category, item.id
