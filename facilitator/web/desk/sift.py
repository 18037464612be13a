"""What the desk shows of the proposals of a round: those that wait, those on the wall, those set aside."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask_babel import get_locale
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from facilitator import db, duplicates
from facilitator.kinds.proposals import CATEGORIES
from facilitator.models.ballot import Ballot
from facilitator.models.proposal import RELEASED, WAITING, Proposal
from facilitator.models.round import Round

NEAREST = 3
Spoken = frozenset[tuple[str, int]]


@dataclass(frozen=True)
class Near:
    """Another proposal that may say the same, and how alike the two are: 100 is the same words."""

    proposal: Proposal
    score: int


@dataclass(frozen=True)
class Card:
    """One proposal as the desk sees it."""

    proposal: Proposal
    near: Sequence[Near] = field(default=())

    @property
    def seal(self) -> str:
        """Tell what a person saw when deciding: its state and its words."""
        return seal(self.proposal)

    @property
    def reworded(self) -> bool:
        """Tell whether its author said it in other words."""
        return self.proposal.text not in self.proposal.texts.values()


def seal(proposal: Proposal) -> str:
    """Tell one state of a proposal from another."""
    return f"{proposal.state}-{zlib.crc32(proposal.text.encode()):x}"


def state(round: Round) -> dict[str, Any]:
    """Gather what the page of the proposals shows, in a few queries however many there are."""
    whole = selectinload(Proposal.item), selectinload(Proposal.merged)
    asked = select(Proposal).where(Proposal.round_id == round.id).options(*whole).order_by(Proposal.id)
    proposals = db.session.scalars(asked).all()
    spoken = still_spoken(round)
    mine = [one for one in proposals if one.state != WAITING or (one.key, one.number) in spoken]
    near = alike([one for one in mine if one.state in (WAITING, RELEASED)])
    activity = round.activity
    order = {item.id: place for place, item in enumerate(activity.options)}
    wall = [one for one in mine if one.state == RELEASED]
    return {
        "round": round,
        "activity": activity,
        "session": activity.session,
        "waiting": [Card(one, near[one.id]) for one in mine if one.state == WAITING],
        "wall": [
            Card(one, near[one.id]) for one in sorted(wall, key=lambda one: order.get(one.item_id or 0, 0))
        ],
        "aside": [Card(one) for one in mine if one.state not in (WAITING, RELEASED)],
        "gone": [one for one in proposals if one not in mine],
        "merging": next((Card(one) for one in mine if request.args.get("merge") == str(one.id)), None),
        "several": len({one.category for one in proposals}) > 1,
        "categories": CATEGORIES,
        "language": str(get_locale()),
        "may_run": current_user.may("run", activity.session.workshop.guide.country),
    }


def still_spoken(round: Round) -> Spoken:
    """Tell which texts still stand on their authors' ballots; an author may have taken one back."""
    asked = select(Ballot.key, Ballot.choice).where(Ballot.round_id == round.id)
    ballots = ((key, json.loads(choice)) for key, choice in db.session.execute(asked))
    return frozenset((key, text[0]) for key, choice in ballots for text in choice.get("texts", ()))


def alike(proposals: Sequence[Proposal]) -> Mapping[int, list[Near]]:
    """Find for each proposal the few others that are most like it, best first."""
    found: defaultdict[int, list[Near]] = defaultdict(list)
    # the language noted is the page's: people also write another one than they read
    for pair in duplicates.pairs([one.text for one in proposals]):
        first, second = proposals[pair.first], proposals[pair.second]
        for one, other in ((first, second), (second, first)):
            if len(found[one.id]) < NEAREST:
                found[one.id].append(Near(other, pair.score))
    return found
