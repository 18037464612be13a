"""What a round came to: the desk's full view, and the file with which anyone can recount it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_login import current_user
from sqlalchemy import select

from facilitator import db, refusals
from facilitator.documents import ledger
from facilitator.documents.naming import file_name as named
from facilitator.documents.naming import plain
from facilitator.models.ballot import Ballot
from facilitator.models.breakdown import broken_down
from facilitator.models.change import before, continued, since_before
from facilitator.models.round import Round
from facilitator.web import board, scoped, turnout
from facilitator.web.errors import sentence

bp = Blueprint("results", __name__, url_prefix="/desk/rounds")


class StillOpen(refusals.Refusal):
    """The ballots of an open round were asked for."""

    message = refusals.N_("This question is still open. Its ballots can be handed out once it is closed.")


class OneOnly(refusals.Refusal):
    """A single ballot was asked for."""

    message = refusals.N_(
        "Only one answer was given. It is not handed out, so that nobody’s own answer can be read."
    )


class TooFew(refusals.Refusal):
    """The ballots of a question for some types alone were asked for, and few had answered."""

    message = refusals.N_(
        "Fewer than five people of these institutions answered. Their answers are not shown."
    )


class Continued(refusals.Refusal):
    """The ballots of a round that was reopened were asked for."""

    message = refusals.N_("This question was reopened: these answers are part of the next round.")


@bp.get("/<int:id>")
def show(id: int) -> ResponseReturnValue:
    """Show what a round came to, beside the other rounds of its activity."""
    round = scoped.round(id)
    activity = round.activity
    language, goes_on = str(get_locale()), continued(round)
    return render_template(
        "results/show.html",
        round=round,
        goes_on=sentence(Continued()) if goes_on else "",
        activity=activity,
        session=activity.session,
        kind=activity.form_kind,
        standings=None if goes_on else round.live_standings(),
        options=activity.read_options(language),
        joined=activity.session.joined,
        **turnout.of(activity, round),
        place="desk",
        language=language,
        changed=since_before(round),
        earlier=before(round),
        breakdown=broken_down(round) if round.result else None,
        size=board.first_size(activity),
        people=took_part(round) if round.result else [],
        digest=round.result.digest if round.result and not ledger.withheld(round) else "",
        may_run=current_user.may("run", activity.session.workshop.guide.country),
    )


@bp.get("/<int:id>/ballots.csv")
def ballots(id: int) -> ResponseReturnValue:
    """Hand out a closed round's ballots, so that anyone can recount them."""
    round = scoped.round(id)
    if round.is_open:
        raise StillOpen
    language = str(get_locale())
    kept = ledger.of(round, language)
    if kept is None:
        raise TooFew if round.small else Continued if continued(round) else OneOnly
    response = Response(kept.csv(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(round, language)}"'
    return response


@bp.app_template_filter()
def in_zone(moment: dt.datetime, zone: ZoneInfo) -> str:
    """Write a moment as the clocks of the workshop show it."""
    return format_datetime(moment, "medium", tzinfo=zone, locale=get_locale())


def took_part(round: Round) -> list[str]:
    """Name those who answered, in a session that said so before the first answer; in no other."""
    people = round.activity.session.people or {}
    answered = db.session.scalars(select(Ballot.participant).where(Ballot.round_id == round.id))
    return sorted(people[key] for key in answered if key in people)


def file_name(round: Round, language: str) -> str:
    """Name a file country-workshop-session-date-language, in plain small letters."""
    session = round.activity.session
    workshop = session.workshop
    day = round.opened_at.astimezone(workshop.zone).date().isoformat()
    parts = [
        workshop.guide.country.code,
        plain(workshop.name(language)) or f"workshop-{workshop.id}",
        plain(session.name(language)) or f"session-{session.id}",
        f"round-{round.id}",
        day,
        language,
    ]
    return named(parts, "csv")
