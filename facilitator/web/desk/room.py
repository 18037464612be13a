"""What the desk shows of a session that is being run."""

from __future__ import annotations

import math
from typing import Any

from flask_babel import get_locale
from flask_login import current_user
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from facilitator import db, events
from facilitator.models import wording
from facilitator.models.activity import Activity, Offered
from facilitator.models.ballot import Ballot
from facilitator.models.proposal import WAITING
from facilitator.models.round import Round
from facilitator.models.session import Session
from facilitator.web import codes, paced, turnout
from facilitator.web.desk import planned, sift


def state(session: Session) -> dict[str, Any]:
    """Gather what the running page shows, in a few queries whatever the length of the running order."""
    whole = (selectinload(Activity.rounds), selectinload(Activity.offered).joinedload(Offered.item))
    mine = select(Activity).where(Activity.session_id == session.id)
    loaded = db.session.scalars(mine.options(*whole)).all()
    of_session = select(Round.id).join(Activity).where(Activity.session_id == session.id)
    counted = select(Ballot.round_id, func.count()).where(Ballot.round_id.in_(of_session))
    counts = dict(db.session.execute(counted.group_by(Ballot.round_id)).all())
    current = session.current
    return {
        "session": session,
        "loaded": loaded,  # held, or the database would be asked for each again
        "current": current,
        "round": current.round if current else None,
        "open_round": session.open_round,
        "counts": counts,
        "language": str(get_locale()),
        "may_run": current_user.may("run", session.workshop.guide.country),
        "code": codes.grouped(session.code),
        "address": codes.spoken_address(),
        "join_qr": codes.qr(codes.join_address(session.code)),
        "spoken": wording.spoken,
        "plan": planned.of(session),
        "seconds": seconds_left(current.round) if current else 0,
        **figures_of(session),
    }


def seconds_left(round: Round | None) -> int:
    """Tell how long a countdown still runs; by the server's clock, whatever the phone's says."""
    if round is None or round.deadline is None:
        return 0
    return max(0, math.ceil((round.deadline - db.now()).total_seconds()))


def figures_of(session: Session) -> dict[str, Any]:
    """Count who is in, who is reachable and who has answered."""
    current = session.current
    counted = turnout.of(current, current.round) if current else dict.fromkeys(paced.FIGURES, 0)
    return {
        "joined": session.joined,
        "together": paced.asked(current.round if current else None, str(get_locale())),
        "connected": events.hub().connected(session.id),
        **{name: counted[name] for name in paced.FIGURES},
        "waiting": waiting(current.round) if current and current.round else None,
    }


def waiting(round: Round) -> int | None:
    """Count the proposals that wait for a decision; nothing where none are collected."""
    if not round.activity.form_kind.moderated:
        return None
    spoken = sift.still_spoken(round)
    return sum(said.state == WAITING and (said.key, said.number) in spoken for said in round.proposals)
