"""The plan beside the clock: what the desk says of a session's minutes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask_babel import format_time, ngettext
from flask_babel import gettext as _

from facilitator import db
from facilitator.counting.schedule import Slot, covered, reckon
from facilitator.models.activity import Activity
from facilitator.models.round import Round
from facilitator.models.session import Session

MINUTE = 60


@dataclass(frozen=True)
class Planned:
    """What is planned, what it took so far, and in words how far the room is behind."""

    minutes: int
    taken: int
    starts: dict[int, str]
    drift: str = ""
    late: bool = False


def of(session: Session, now: dt.datetime | None = None) -> Planned:
    """Set a session's plan against the day it is held on: the day of its latest round."""
    now, zone, order = now or db.now(), session.workshop.zone, session.running_order
    rounds = [round_ for activity in order for round_ in activity.rounds]
    days = {round_: round_.opened_at.astimezone(zone).date() for round_ in rounds}
    day = max(days.values(), default=None)
    held = [slot(activity, [each for each in activity.rounds if days[each] == day]) for activity in order]
    plan = reckon(held, minute(now))
    minutes = sum(activity.minutes or 0 for activity in order)
    starts = {
        activity.id: format_time(dt.datetime.fromtimestamp(start * MINUTE, zone), "short", rebase=False)
        for activity, start in zip(order, plan.starts, strict=False)
    }
    today = minutes and plan.behind is not None and now.astimezone(zone).date() == day
    behind = round(plan.behind or 0) if today else 0
    taken = round(covered((minute(each.opened_at), minute(each.closed_at or now)) for each in rounds))
    return Planned(minutes, taken, starts if today else {}, drift(behind) if today else "", behind > 0)


def slot(activity: Activity, rounds: list[Round]) -> Slot:
    """Give what the plan needs of an activity and its rounds of one day."""
    opened = min((minute(each.opened_at) for each in rounds), default=None)
    closings = [each.closed_at for each in rounds]
    closed = max(minute(at) for at in closings if at) if closings and all(closings) else None
    return Slot(activity.minutes or 0, opened, closed, activity.block)


def minute(moment: dt.datetime) -> float:
    """Count minutes."""
    return moment.timestamp() / MINUTE


def lasted(round: Round, now: dt.datetime) -> float:
    """Tell for how many minutes answers were taken."""
    return minute(round.closed_at or now) - minute(round.opened_at)


def drift(behind: int) -> str:
    """Say how far the room is from its plan."""
    if not behind:
        return _("on time")
    if behind > 0:
        return ngettext("%(num)d minute behind", "%(num)d minutes behind", behind)
    return ngettext("%(num)d minute ahead", "%(num)d minutes ahead", -behind)


def spent(round: Round) -> str:
    """Say how long a round was open."""
    minutes = int(lasted(round, db.now()) + 0.5)
    return ngettext("%(num)d min", "%(num)d min", minutes) if minutes else _("under 1 min")
