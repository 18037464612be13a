"""How the desk acts on a session: one person at a time, told in words, through the ballot box."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user

from facilitator import ballotbox, db, events, refusals
from facilitator.models import trail
from facilitator.models.round import Round
from facilitator.models.session import Session
from facilitator.web import scoped
from facilitator.web.desk import doers, notices, room
from facilitator.web.errors import sentence


class Overtaken(refusals.Refusal):
    """Someone else acted between what this person saw and what this person asked."""

    message = refusals.N_(
        "Someone else acted in the meantime. The page now shows how things stand: look, then press again."
    )


@dataclass
class Said:
    """What an act has to say afterwards, and where it can be taken back."""

    text: str = ""
    undo: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


def acts(load: Callable[..., Any]) -> Callable[[Callable[..., Said]], Callable[[int], ResponseReturnValue]]:
    """Make a view of an act: loaded through its owner, committed, announced, told in words."""

    def decorate(act: Callable[..., Said]) -> Callable[[int], ResponseReturnValue]:
        @wraps(act)
        def view(id: int) -> ResponseReturnValue:
            subject = load(id, act="run")
            session_id: int = subject.id if isinstance(subject, Session) else subject.session_id
            try:
                if hold(session_id).withdrawn:
                    raise refusals.SessionWithdrawn
                said = act(subject)
                db.session.commit()
            except refusals.Refusal as refusal:
                db.session.rollback()
                return refused(session_id, refusal)
            events.hub().announce(session_id, "activity")
            return told(session_id, said)

        return view

    return decorate


def hold(session_id: int) -> Session:
    """Let one person act on a session at a time; joining and answering go on meanwhile."""
    return db.session.get_one(
        Session, session_id, populate_existing=True, with_for_update={"key_share": True}
    )


def told(session_id: int, said: Said) -> ResponseReturnValue:
    """Answer an act that was done: back to the room, or to its live part for the script."""
    if "wall" in request.values:
        return "", 204  # the wall says itself what changed
    if said.text:
        notices.say(said.text, said.undo, **said.answers)
    page = "running.now" if "HX-Request" in request.headers else "running.room"
    return redirect(url_for(page, id=session_id), 303)


def refused(session_id: int, refusal: refusals.Refusal) -> ResponseReturnValue:
    """Answer an act that was not done: why, and how the room stands."""
    notices.refuse(sentence(refusal))
    page = "running/now.html" if "HX-Request" in request.headers else "running/room.html"
    return render_template(page, **room.state(scoped.session(session_id))), refusal.status


def leave(session: Session) -> Said:
    """Close the round that the person saw open; refuse when the room has moved on since."""
    open_now = session.open_round
    if str(open_now.id if open_now else "") != request.values.get("seen", ""):
        raise Overtaken
    said = shut_all(open_now) if open_now else Said()
    if request.values.get("at", here := str(session.current_id or "")) != here:
        raise Overtaken
    return said


def shut(round: Round) -> Said:
    """Close a round through the ballot box, keep its result and say how many answers it has."""
    round_id, session_id = round.id, round.session_id
    with suppress(refusals.NotOpen):  # closed by someone else a moment ago
        ballotbox.box().close(round_id, session_id).wait()
    hold(session_id)
    closed = db.session.get_one(Round, round_id, populate_existing=True)
    if closed.result:
        return Said(doers.closed(closed))
    closed.keep_result()
    count = closed.ballot_count
    trail.record(current_user, "close", closed, ballots=count)
    db.session.commit()  # closed stays closed, whatever becomes of the rest of the act
    events.hub().announce(session_id, "activity")
    hold(session_id)
    words = ngettext("Closed with %(num)d answer.", "Closed with %(num)d answers.", count)
    return Said(words, url_for("rounds.rerun", id=closed.activity_id), {"keep": "1"})


def shut_all(round: Round) -> Said:
    """Close a round, and with it those that are open in its block."""
    activity, numbers = round.activity_id, [each.id for each in round.together]
    if not numbers:
        return shut(round)
    for number in numbers:
        shut(db.session.get_one(Round, number))
    words = ngettext("Closed %(num)d question.", "Closed %(num)d questions.", len(numbers))
    return Said(words, url_for("rounds.open_block", id=activity))
