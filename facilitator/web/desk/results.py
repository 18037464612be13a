"""What a round came to: the desk's full view, and the file with which anyone can recount it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from facilitator import refusals
from facilitator.counting.methods import FIRST
from facilitator.documents import ledger
from facilitator.documents.naming import file_name as named
from facilitator.documents.naming import plain
from facilitator.models.breakdown import broken_down
from facilitator.models.change import since_before
from facilitator.models.round import Round
from facilitator.web import scoped, turnout

bp = Blueprint("results", __name__, url_prefix="/desk/rounds")


class StillOpen(refusals.Refusal):
    """The ballots of an open round were asked for."""

    message = refusals.N_("This question is still open. Its ballots can be handed out once it is closed.")


class OneOnly(refusals.Refusal):
    """A single ballot was asked for."""

    message = refusals.N_(
        "Only one answer was given. It is not handed out, so that nobody’s own answer can be read."
    )


@bp.get("/<int:id>")
def show(id: int) -> ResponseReturnValue:
    """Show what a round came to, beside the other rounds of its activity."""
    round = scoped.round(id)
    activity = round.activity
    language = str(get_locale())
    return render_template(
        "results/show.html",
        round=round,
        activity=activity,
        session=activity.session,
        kind=activity.form_kind,
        standings=round.live_standings(),
        options=activity.read_options(language),
        joined=activity.session.joined,
        **turnout.of(activity, round),
        place="desk",
        language=language,
        changed=since_before(round),
        breakdown=broken_down(round) if round.result else None,
        size=max(1, min(FIRST, len(activity.offered) - 1)),
        digest=round.result.digest if round.result else "",
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
        raise OneOnly
    response = Response(kept.csv(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(round, language)}"'
    return response


@bp.app_template_filter()
def in_zone(moment: dt.datetime, zone: ZoneInfo) -> str:
    """Write a moment as the clocks of the workshop show it."""
    return format_datetime(moment, "medium", tzinfo=zone, locale=get_locale())


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
