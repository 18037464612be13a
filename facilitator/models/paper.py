"""Ballots that a person puts in by hand, from paper or for raised hands: each entry stands in the trail."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import delete, select

from facilitator import db
from facilitator.models.ballot import HAND, PAPER, PHONE, Ballot
from facilitator.models.round import Round
from facilitator.models.trail import Trail
from facilitator.refusals import NotOpen

ENTERED = {"paper ballot": PAPER, "raised hands": HAND}
WITHDRAWN, PUT_BACK = "withdraw entry", "put entry back"


@dataclass
class Entry:
    """What was put in at once: one paper ballot, or all hands raised for one question."""

    sheet: str
    source: str
    choices: list[str]
    type: str | None = None
    withdrawn: bool = False
    round_id: int = 0

    @property
    def act(self) -> str:
        """Name the act for the trail."""
        return next(act for act, source in ENTERED.items() if source == self.source)

    def detail(self) -> dict[str, Any]:
        """Write it for the trail: like ballots are counted."""
        counted = [[choice, len(list(same))] for choice, same in groupby(self.choices)]
        return {"sheet": self.sheet, "ballots": counted, "type": self.type}


def entries(round_: Round) -> list[Entry]:
    """List what was put in by hand, newest first, with what came along from rounds it goes on with."""
    acts = (*ENTERED, WITHDRAWN, PUT_BACK)
    rounds = {f"round {number}": number for number in continued(round_)}
    lines = select(Trail).where(Trail.subject.in_(rounds), Trail.act.in_(acts)).order_by(Trail.id)
    found: dict[str, Entry] = {}
    for line in db.session.scalars(lines):
        told = json.loads(line.detail)
        if line.act in ENTERED:
            choices = [choice for choice, count in told["ballots"] for _each in range(count)]
            sheet, first = told["sheet"], found.get(told["sheet"])
            origin = first.round_id if first else rounds[line.subject]
            found[sheet] = Entry(sheet, ENTERED[line.act], choices, told["type"], round_id=origin)
        else:
            found[told["sheet"]].withdrawn = line.act == WITHDRAWN
    return list(reversed(found.values()))


def continued(round_: Round) -> list[int]:
    """Number the rounds whose ballots a round goes on with, itself last."""
    earlier = [each for each in round_.activity.rounds if each.number <= round_.number]
    starts = [place for place, each in enumerate(earlier) if not each.goes_on]
    return [each.id for each in earlier[max(starts, default=0) :]]


def withdraw(round_: Round, keys: Collection[str]) -> None:
    """Take ballots that were put in by hand out of an open round; the trail remembers what was on them."""
    locked = select(Round).where(Round.id == round_.id).with_for_update()
    if not db.session.scalars(locked.execution_options(populate_existing=True)).one().is_open:
        raise NotOpen
    ours = Ballot.round_id == round_.id, Ballot.key.in_(keys), Ballot.source != PHONE
    db.session.execute(delete(Ballot).where(*ours))
    for proposal in round_.proposals:
        if proposal.key in keys:
            proposal.withdraw()
