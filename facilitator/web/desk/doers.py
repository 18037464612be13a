"""Who did what somebody else wanted to do as well: told by name, by address, or not at all."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select

from facilitator import db
from facilitator.models.proposal import Proposal
from facilitator.models.round import Round
from facilitator.models.trail import Trail
from facilitator.refusals import AlreadyOpen, NotOpen
from facilitator.web.errors import sentence

OPENINGS = ("open", "reopen", "rerun")


def doer(thing: Round | Proposal, *acts: str) -> str:
    """Name the person who did an act to a round or a proposal; a person may have no name yet."""
    subject = f"{type(thing).__name__.lower()} {thing.id}"
    done = select(Trail.person).where(Trail.act.in_(acts), Trail.subject == subject)
    person = db.session.scalar(done.order_by(Trail.id.desc()).limit(1)) or ""
    name, _sign, address = person.partition(" ")[2].rpartition(" <")
    return name or address.removesuffix(">")


def opened(round: Round) -> str:
    """Say who has opened a question before."""
    if name := doer(round, *OPENINGS):
        return str(_("%(name)s has already opened this question.", name=name))
    return sentence(AlreadyOpen())


def closed(round: Round) -> str:
    """Say who has closed a question before."""
    if name := doer(round, "close"):
        return str(_("%(name)s has already closed this question.", name=name))
    return sentence(NotOpen())
