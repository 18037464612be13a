"""Closed rounds over items that are there."""

from typing import Any

from facilitator import db
from facilitator.models.activity import Activity
from facilitator.models.item import Item
from facilitator.models.round import Round
from facilitator.models.session import Session
from tests import factories


def asked(
    session: Session, kind: str, items: list[Item], ballots: list[dict[str, Any]], **given: Any
) -> Round:
    """Put a question over items that are there, let people answer, and close it."""
    activity = Activity(kind=kind, prompt=dict(factories.QUESTION), position=len(session.activities), **given)
    session.activities.append(activity)
    db.session.flush()
    for item in items:
        activity.offer(item)
    return factories.answered(activity, ballots)


def items(session: Session, *texts: str, **given: Any) -> list[Item]:
    """Give a guide some items, in English."""
    made = [Item(guide=session.workshop.guide, wording={"en": text}, **given) for text in texts]
    db.session.add_all(made)
    db.session.flush()
    return made
