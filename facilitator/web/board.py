"""What stands on the wall now: the lobby, a question, or its result, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from babel.dates import format_date, format_interval, format_time
from flask import url_for
from flask_babel import get_locale

from facilitator.counting.methods import FIRST
from facilitator.kinds.base import Option
from facilitator.models import wording
from facilitator.models.activity import Activity
from facilitator.models.breakdown import Breakdown, broken_down
from facilitator.models.change import since_before
from facilitator.models.round import Round
from facilitator.models.session import Session
from facilitator.models.workshop import Workshop
from facilitator.web import bars, paced
from facilitator.web import turnout as turnouts

MOST = 9
LINES = 12
SIGNS = 90  # of a line, when the page is at its fullest
LONG, LONGER = 80, 200
TYPES, FEW_TYPES, WIDE = 4, 2, 60
TIMER_MINUTES = 2


def state(session: Session, reader: str, page: int, of: str | None) -> dict[str, Any]:
    """Say what the wall shows; a page counts only for the subject it was turned for."""
    activity = session.current
    content = question(activity, reader, page, of) if activity else lobby(session, reader)
    round = content.get("round")
    return content | {
        "facts": {
            "state": content["state"],
            "activity": activity.id if activity else "lobby",
            "results": content["results"],
            "locked": "yes" if session.locked else "no",
            "timer": round.deadline.isoformat() if round and round.is_open and round.deadline else "none",
            "subject": content["subject"],
            "page": content["page"],
            "pages": content["pages"],
        }
    }


def lobby(session: Session, reader: str) -> dict[str, Any]:
    """Say what the room sees before the first question."""
    return {
        "state": "lobby",
        "results": "none",
        "subject": "lobby",
        "page": 1,
        "pages": 1,
        "joined": session.joined,
        "title_lang": wording.spoken(session.title, reader, session.languages),
        "workshop_lang": wording.spoken(session.workshop.title, reader, session.languages),
        "dates": days(session.workshop),
    }


def question(activity: Activity, reader: str, page: int, of: str | None) -> dict[str, Any]:
    """Say what the room sees of a question: itself, or its result where that is shown."""
    round = activity.round
    results = "none" if round is None else "shown" if round.revealed else "hidden"
    types = "-types" if round and round.by_type else ""
    subject = f"{activity.id}-{round.number if round else 0}-{results}{types}"
    options = activity.read_options(reader)
    prompt = activity.name(reader)
    content = result if round and round.revealed else listed
    together = [] if results == "shown" else paced.asked(round, reader)
    return {
        "together": together,
        "block": activity.block,
        "state": "ready" if round is None else "open" if round.is_open else "closed",
        "results": results,
        "subject": subject,
        "activity": activity,
        "round": round,
        "prompt": prompt,
        "prompt_lang": wording.spoken(activity.prompt, reader, activity.session.languages),
        "rules": activity.form_kind.rules(activity.settings),
        "prompt_length": "longer" if len(prompt) > LONGER else "long" if len(prompt) > LONG else "short",
        **turnout(activity, round),
        **content(activity, options, page if of in (None, subject) else 1),
    }


def turnout(activity: Activity, round: Round | None) -> dict[str, Any]:
    """Count who is in and who has answered."""
    session, counted = activity.session, turnouts.of(activity, round)
    until = round.deadline if round and round.is_open else None
    moderated = round is not None and round.activity.form_kind.moderated
    return {
        "received": len(round.proposals) if round and moderated else None,
        **counted,
        "joined": session.joined,
        "share": part(counted["answered"], counted["expected"]),
        "until": format_time(until, "short", session.workshop.zone, get_locale()) if until else "",
    }


def part(answered: int, joined: int) -> float:
    """Give the part of the room that has answered, in hundredths."""
    return round(min(100 * answered / joined, 100), 1) if joined else 0


def listed(activity: Activity, options: Sequence[Option], page: int) -> dict[str, Any]:
    """List the options of one page, what the room has just proposed first."""
    pages = paged(options[::-1] if activity.form_kind.moderated else options)
    page = max(1, min(page, len(pages)))
    return {"listed": pages[page - 1], "page": page, "pages": len(pages)}


def paged(options: Sequence[Option]) -> list[list[Option]]:
    """Fill pages that can be read from the back: few options, fewer when they are long."""
    pages: list[list[Option]] = [[]]
    room = LINES
    for option in options:
        lines = min(LINES, -(-len(option.text) // SIGNS) or 1)
        if lines > room or len(pages[-1]) == MOST:
            pages.append([])
            room = LINES
        pages[-1].append(option)
        room -= lines
    return pages


def result(activity: Activity, options: Sequence[Option], page: int) -> dict[str, Any]:
    """Give one page of the result that the facilitator shows."""
    assert activity.round  # noqa: S101 - a result has a round
    standings = activity.round.live_standings()
    content: dict[str, Any] = {"standings": standings, "options": options, "place": "wall"}
    content["kind"] = activity.form_kind
    if standings is None or not standings.several:
        return content | {"page": 1, "pages": 1}
    if activity.round.by_type and (found := broken_down(activity.round)):
        return content | types(found, activity, options, page)
    shown = bars.page(standings, options, page, activity.form_kind.page_rows)
    content["changed"] = since_before(activity.round)
    return content | {"rows": shown.rows, "page": shown.number, "pages": shown.count}


def types(found: Breakdown, activity: Activity, options: Sequence[Option], page: int) -> dict[str, Any]:
    """Give one page of the result by type: fewer types where wordings are long."""
    size = first_size(activity)
    long = {option.id for option in options if len(option.text) > WIDE}
    leading = {row.option for part in found.groups.values() for row in part.rows if row.place <= size}
    groups, most = list(found.groups.items()), FEW_TYPES if long & leading else TYPES
    pages = -(-len(groups) // most)
    page = max(1, min(page, pages))
    shown = dict(groups[(page - 1) * most : page * most])
    return {"breakdown": found, "types": shown, "size": size, "page": page, "pages": pages}


def first_size(activity: Activity) -> int:
    """Count the options that are called the first: three, fewer where there are few."""
    return max(1, min(FIRST, len(activity.offered) - 1))


def acts(session: Session) -> dict[str, str]:
    """Name the address of each act that a key can do now; what cannot be done has none."""
    open_now = session.open_round
    seen = str(open_now.id) if open_now else ""
    before: dict[str, Any] = {"seen": seen, "at": session.current_id or "", "wall": 1}
    common = {
        "next": url_for("running.next", id=session.id, **before),
        "back": url_for("running.back", id=session.id, **before),
        "lock": url_for("running.lock", id=session.id, locked=int(not session.locked), **before),
    }
    return common | (acts_on(session.current, before) if session.current else {})


def acts_on(activity: Activity, before: dict[str, Any]) -> dict[str, str]:
    """Name the acts on the question that is on the wall, seen as the room saw it before."""
    round = activity.round
    if round is None:
        return {"toggle": url_for("rounds.open", id=activity.id, **before)}
    known: dict[str, Any] = {"id": activity.id, "round": round.id, **before}
    shows = {"reveal": url_for("rounds.hide" if round.revealed else "rounds.reveal", **known)}
    if round.is_open and not activity.form_kind.shown_live:
        shows = {}
    if not round.is_open:
        return shows | {"toggle": url_for("rounds.rerun", id=activity.id, keep=1, **before)}
    minutes = 0 if round.deadline else TIMER_MINUTES
    return shows | {
        "toggle": url_for("rounds.close", **known),
        "countdown": url_for("rounds.timer", minutes=minutes, **known),
    }


def days(workshop: Workshop) -> str:
    """Write the days of a workshop."""
    start, end, locale = workshop.starts_on, workshop.ends_on, get_locale()
    if start == end:
        return format_date(start, "long", locale)
    return format_interval(start, end, "yMMMMd", locale=locale)
