"""From what one question came to, to the options of the next: nothing is copied by hand."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_login import current_user

from facilitator import db, events, refusals
from facilitator.blocks.prompts import PROMPTS
from facilitator.kinds import KINDS
from facilitator.models import trail
from facilitator.models.activity import Activity
from facilitator.models.shortlist import shortlist, standing
from facilitator.web import scoped
from facilitator.web.desk import notices
from facilitator.web.desk.acts import Said, acts, hold
from facilitator.web.desk.draft import MOST_OPTIONS
from facilitator.web.errors import sentence

NEW = "new"

bp = Blueprint("feeding", __name__, url_prefix="/desk/activities")


class NowhereToGo(refusals.Refusal):
    """A list was to be used where there is no such question, or without saying how much of it."""

    status = 422
    message = refusals.N_("Choose a question of this session, and how many options: a whole number, or none.")


class TooManyOptions(refusals.Refusal):
    """More was to be offered than a phone can show and a room can weigh."""

    status = 422
    message = refusals.N_("At most %(most)d options fit; merge or remove some.")


@bp.route("/<int:id>/feed", methods=["GET", "POST"])
def feed(id: int) -> ResponseReturnValue:
    """Choose where the list of a question goes on, and take it there."""
    source = scoped.activity(id, act="run")
    if request.method == "GET":
        return page(source)
    rooms = concerned(source)
    try:
        for room in rooms:
            hold(room)
        target, said = taken(source)
        answer = after(source, target)
        db.session.commit()
    except refusals.Refusal as refusal:
        db.session.rollback()
        notices.refuse(sentence(refusal))
        return page(scoped.activity(id)), refusal.status
    for room in rooms:
        events.hub().announce(room, "activity")
    notices.say(said.text, said.undo, **said.answers)
    return answer


@bp.post("/<int:id>/unfeed")
@acts(scoped.activity)
def unfeed(activity: Activity) -> Said:
    """Take a list out of a question again."""
    activity.refuse_if_settled()
    given = set(request.form.get("items", "").split(","))
    for item in [item for item in activity.options if str(item.id) in given]:
        activity.stop_offering(item)
    if (fed := request.form.get("fed")) is not None:
        known = (each.id for each in others(activity) if str(each.id) == fed)
        activity.source_id = next(known, None)
    if request.form.get("made"):
        activity.withdraw()
    trail.record(current_user, "unfeed", activity, items=sorted(given))
    return Said(_("Taken out again."))


def page(source: Activity) -> str:
    """Show where the list can go and what it holds, in the room's order."""
    language = str(get_locale())
    named = {option.id: option for option in source.read_options(language)}
    closed = source.round is not None and not source.round.is_open
    return render_template(
        "feeding/feed.html",
        activity=source,
        session=source.session,
        targets=[one for one in others(source) if takes(one)],
        order=source.session.running_order,
        kinds=[kind for kind in KINDS.values() if kind.least_options],
        rows=[(row, named[row.option]) for row in standing(source)] if closed else [],
        options=list(named.values()),
        language=language,
        most=MOST_OPTIONS,
    )


def others(source: Activity) -> list[Activity]:
    """List the other questions of the workshop, those of this session first."""
    return [one for one in source.session.questions_at_hand if one is not source]


def concerned(source: Activity) -> list[int]:
    """Number the sessions that a feeding changes, always in the same order: nobody waits in a circle."""
    to = request.form.get("to", "")
    return sorted({source.session_id, *(one.session_id for one in others(source) if str(one.id) == to)})


def takes(activity: Activity) -> bool:
    """Tell whether the options of a question can still change."""
    return not activity.frozen and not (activity.round and activity.round.is_open)


def taken(source: Activity) -> tuple[Activity, Said]:
    """Take the list to where the person chose, and say what came along."""
    best, target = wanted(), chosen(source)
    target.refuse_if_settled()
    before, took = {item.id for item in target.options}, target.source_id
    sources = source.sisters if request.form.get("all") else [source]
    along = [bring(target, each, best) for each in sources]
    if len(target.options) > MOST_OPTIONS:
        raise TooManyOptions(most=MOST_OPTIONS)
    added = [str(item.id) for item in target.options if item.id not in before]
    target.source_id = source.id if added else took
    db.session.flush()
    trail.record(current_user, "feed", target, source=[each.id for each in sources], best=best, items=added)
    words = ngettext(
        "%(num)d option was added to “%(question)s”.",
        "%(num)d options were added to “%(question)s”.",
        len(added),
        question=target.name(str(get_locale())),
    )
    if any(along):
        words += " " + _("Those that share the last place came along.")
    undo = {
        "items": ",".join(added),
        "fed": str(took or ""),
        "made": "1" if request.form.get("to") == NEW else "",
    }
    return target, Said(words, url_for("feeding.unfeed", id=target.id), undo)


def bring(target: Activity, source: Activity, best: int | None) -> bool:
    """Bring one list along; tell whether more came than was asked for."""
    if source is not target:
        target.take_from(source, best)
    return best is not None and len(shortlist(source, best)) > best


def wanted() -> int | None:
    """Read how many of the best go on; nothing means all."""
    digits = request.form.get("best", "").strip()
    if not digits:
        return None
    if not digits.isdecimal() or len(digits) > 3 or not 1 <= int(digits) <= MOST_OPTIONS:
        raise NowhereToGo
    return int(digits)


def chosen(source: Activity) -> Activity:
    """Find the question that takes the list, or put a new one right after its source."""
    to, session = request.form.get("to", ""), source.session
    if to != NEW:
        found = next((one for one in others(source) if str(one.id) == to), None)
        if found is None:
            raise NowhereToGo
        return found
    kind = KINDS.get(request.form.get("kind", ""))
    if kind is None or not kind.least_options:
        raise NowhereToGo
    made = Activity(
        position=len(session.activities),
        kind=kind.name,
        prompt={language: PROMPTS[kind.name][language] for language in session.languages},
        settings=kind.settings_form().data,
        about_id=source.about_id,
        block=source.block,
    )
    session.activities.append(made)
    db.session.flush()
    made.move(session.running_order.index(source) + 1)
    return made


def after(source: Activity, target: Activity) -> ResponseReturnValue:
    """Lead to the new question, whose words are to be written, or back to the room."""
    if request.form.get("to") == NEW:
        return redirect(url_for("activities.edit", id=target.id), 303)
    where = "running.now" if "HX-Request" in request.headers else "running.room"
    return redirect(url_for(where, id=source.session_id), 303)
