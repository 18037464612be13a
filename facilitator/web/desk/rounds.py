"""What the facilitator does with the rounds of one activity: open, close, show, time, ask again."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from facilitator import refusals
from facilitator.models import trail
from facilitator.models.activity import Activity
from facilitator.models.breakdown import broken_down
from facilitator.models.round import Round
from facilitator.web import scoped
from facilitator.web.desk import doers
from facilitator.web.desk.acts import Overtaken, Said, acts, leave, shut_all

LONGEST_TIMER_MINUTES = 180

bp = Blueprint("rounds", __name__, url_prefix="/desk/activities")


@bp.post("/<int:id>/open")
@acts(scoped.activity)
def open(activity: Activity) -> Said:
    """Let the room answer."""
    if activity.round and activity.round.is_open:
        return Said(doers.opened(activity.round))
    if activity.round:
        raise Overtaken
    return start(activity, keep=False, act="open")


@bp.post("/<int:id>/rerun")
@acts(scoped.activity)
def rerun(activity: Activity) -> Said:
    """Ask again: from nothing, or from the answers already given."""
    keep = request.values.get("keep") == "1"
    latest = activity.round
    if latest is None or (latest.is_open and request.values.get("seen") != str(latest.id)):
        raise Overtaken
    if latest.is_open and keep:
        return Said(doers.opened(latest))
    return start(activity, keep=keep, act="reopen" if keep else "rerun")


def start(activity: Activity, keep: bool, act: str) -> Said:
    """Open a round of an activity and put it before the room; what is open elsewhere is closed first."""
    said = leave(activity.session)
    round = activity.open(keep=keep, person=current_user)
    activity.session.show(activity)
    trail.record(current_user, act, round, activity=activity.id)
    return said


@bp.post("/<int:id>/open-block")
@acts(scoped.activity)
def open_block(activity: Activity) -> Said:
    """Let the room answer all questions of a block, each phone at its own pace; answers given stay."""
    mates = activity.block_mates
    if not mates:
        raise Overtaken
    said = leave(activity.session)
    for each in mates:
        made = each.open(keep=True, person=current_user)
        trail.record(current_user, "open", made, activity=each.id, block=activity.block)
    activity.session.show(mates[0])
    return said


@bp.post("/<int:id>/close")
@acts(scoped.activity)
def close(activity: Activity) -> Said:
    """Close the round and keep its result."""
    round = asked(activity)
    if not round.is_open and round.result:
        return Said(doers.closed(round))
    return shut_all(round)


@bp.post("/<int:id>/reveal")
@acts(scoped.activity)
def reveal(activity: Activity) -> Said:
    """Put the result on the wall."""
    round = asked(activity)
    round.reveal()
    trail.record(current_user, "reveal", round)
    return Said(_("The result is on the wall."))


@bp.post("/<int:id>/by-type")
@acts(scoped.activity)
def by_type(activity: Activity) -> Said:
    """Put the result by type of institution on the wall, or the whole one again."""
    round, wanted = asked(activity), request.values.get("types") == "1"
    if wanted and not (round.result and round.standings().rows and broken_down(round)):
        raise NotByType
    round.reveal(by_type=wanted)
    trail.record(current_user, "reveal", round, by_type=wanted)
    undo, shown = url_for("rounds.by_type", id=activity.id), {"types": "0" if wanted else "1"}
    words = _("The result by type is on the wall.") if wanted else _("The whole result is on the wall.")
    return Said(words, undo, {"round": str(round.id), **shown})


@bp.post("/<int:id>/hide")
@acts(scoped.activity)
def hide(activity: Activity) -> Said:
    """Take the result off the wall."""
    round = asked(activity)
    round.hide()
    trail.record(current_user, "hide", round)
    return Said(_("The result is hidden."))


@bp.post("/<int:id>/timer")
@acts(scoped.activity)
def timer(activity: Activity) -> Said:
    """Start a countdown that the room sees, or stop it; it closes nothing by itself."""
    round = asked(activity)
    if not round.is_open:
        raise refusals.NotOpen
    minutes = request.values.get("minutes", "").strip()
    timed = round.together or [round]
    if not minutes or minutes == "0":
        for each in timed:
            each.stop_timer()
        trail.record(current_user, "timer", round, minutes=0)
        return Said(_("The timer is stopped."))
    if not minutes.isdecimal() or len(minutes) > 3 or int(minutes) > LONGEST_TIMER_MINUTES:
        raise WrongMinutes(most=LONGEST_TIMER_MINUTES)
    for each in timed:
        each.start_timer(60 * int(minutes))
    trail.record(current_user, "timer", round, minutes=int(minutes))
    return Said(
        ngettext("The timer runs for %(num)d minute.", "The timer runs for %(num)d minutes.", int(minutes))
    )


class NotByType(refusals.Refusal):
    """A result was to be shown by type where that would show single people, or nothing."""

    message = refusals.N_("This result cannot be shown by type: too few people of each type answered.")


class WrongMinutes(refusals.Refusal):
    """A timer was asked for something that is no number of minutes."""

    status = 422
    message = refusals.N_("Write the minutes of the timer as a whole number from 1 to %(most)s.")


def asked(activity: Activity) -> Round:
    """Find the round that the person saw; refuse when a newer one has begun since."""
    latest = activity.round
    if latest is None or request.values.get("round", str(latest.id)) != str(latest.id):
        raise Overtaken
    return latest
