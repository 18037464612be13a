"""Who could answer a question, who has, and how."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from facilitator import db
from facilitator.models.activity import Activity
from facilitator.models.ballot import HAND, PAPER, PHONE, Ballot
from facilitator.models.participant import Participant
from facilitator.models.round import Round


def of(activity: Activity, round_: Round | None) -> dict[str, Any]:
    """Count the phones that may answer, the answers by their source, and the people they stand for."""
    sources = round_.turnout(Ballot.source) if round_ else {}
    phones = entitled(activity)
    return {
        "only": activity.answerers,
        "phones": phones,
        "answered": sum(sources.values()),
        "by_phone": sources.get(PHONE, 0),
        "expected": phones + sum(sources.values()) - sources.get(PHONE, 0),
        "paper": sources.get(PAPER, 0),
        "hands": sources.get(HAND, 0),
    }


def entitled(activity: Activity) -> int:
    """Count the phones that are in and that a question is for."""
    if not activity.answerers:
        return activity.session.joined
    of_types = Participant.session_id == activity.session_id, Participant.type.in_(activity.answerers)
    return db.session.scalar(select(func.count()).select_from(Participant).where(*of_types)) or 0
