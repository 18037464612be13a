"""The ballots of a round, written so that anyone can recount them and nobody can be told by them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select

from facilitator import db
from facilitator.counting import groups
from facilitator.counting.ballotfile import COLUMNS, NAME, SOURCE, TYPE, text_only
from facilitator.documents.institutions import OTHER
from facilitator.documents.pen import END, Fields, Pen
from facilitator.kinds.base import BLANK, Choice, Kind, Option, Row, canonical
from facilitator.models.ballot import Ballot
from facilitator.models.change import continued, counted_again
from facilitator.models.proposal import Credit
from facilitator.models.round import Round

BOM = "\ufeff"
BLANK_CHOICE = canonical(BLANK)
MANY = 250  # ballots


class Cast(NamedTuple):
    """A ballot: its key, what it says, and what is told of where it comes from."""

    key: str
    choice: str
    source: str
    type: str
    name: str


@dataclass(frozen=True)
class Ledger:
    """Ballots in the order of their keys: what each says of every option; more only where that hides nobody.

    Whose ballot it is stands there only in a session that said so at the door.
    """

    kind: Kind
    names: dict[int, str]
    credit: Credit
    cast: Sequence[Cast]
    aside: Sequence[str]

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the columns."""
        return (*COLUMNS, *self.kind.columns, *self.aside)

    def written(self, pen: Pen, *, brief: bool = False) -> Iterator[str]:
        """Write every ballot, one row for each option; briefly: only rows that say something."""
        write = self.kind.said_slips if brief else self.kind.slips
        for number, (said, aside) in enumerate(self._said(), 1):
            end = pen.end(aside)
            for slip, lines in write(str(number), said, self.names):
                start = pen.start(slip)
                rows = [*filter(None, map(pen.__getitem__, lines))]
                if rows:
                    yield f"{start}{(end + start).join(rows)}{end}"

    def _said(self) -> Iterator[tuple[Choice, Row]]:
        """Read what the ballots say; many at once are read sooner than each alone."""
        for first in range(0, len(self.cast), MANY):
            some = self.cast[first : first + MANY]
            choices = json.loads(f"[{','.join(cast.choice for cast in some)}]")
            for cast, choice in zip(some, choices, strict=True):
                known = {SOURCE: cast.source, TYPE: cast.type, NAME: cast.name}
                yield self.credit.given(cast.key, choice), tuple([known[column] for column in self.aside])

    def csv(self) -> str:
        """Write the ballots as a table that opens in a spreadsheet."""
        own = self.kind.columns
        rows = self.written(Fields((), own, self.aside, own, self.aside))
        return "".join((BOM, ",".join(self.columns), END, *rows))


def withheld(round: Round) -> bool:
    """Tell whether ballots are kept back: of an open round, and of one that would show somebody's answer."""
    if round.is_open or round.small or continued(round):
        return True
    said = select(func.count()).where(Ballot.round_id == round.id, Ballot.choice != BLANK_CHOICE)
    return db.session.scalar(said) == 1 and not round.activity.session.named


def of(round: Round, language: str) -> Ledger | None:
    """Open the ledger of a round, unless it is withheld."""
    if withheld(round):
        return None
    activity, session = round.activity, round.activity.session
    columns = (Ballot.key, Ballot.choice, Ballot.source, Ballot.type, Ballot.participant)
    kept = db.session.execute(select(*columns).where(Ballot.round_id == round.id).order_by(Ballot.key)).all()
    people, visible = session.people or {}, _visible([each.type for each in kept], round)
    cast = [
        Cast(key, choice, source, type_ if type_ in visible else OTHER, people.get(who or "", ""))
        for key, choice, source, type_, who in kept
    ]
    aside = [SOURCE] * _sources(cast, round) + [TYPE] * bool(visible) + [NAME] * session.named
    names = distinct(activity.read_options(language))
    return Ledger(activity.form_kind, names, Credit.of(round.proposals), cast, aside)


def _visible(types: Sequence[str | None], round: Round) -> set[str]:
    """The types that may stand beside a ballot: each of five or more, and so are all the others together.

    A round bears none once the same was asked again: beside each other they would tell who came or went.
    """
    sizes = Counter(type_ or OTHER for type_ in types)
    if round.activity.session.named:
        return set(sizes) - {OTHER}
    return set() if counted_again(round) else set(groups.shown(sizes)) - {OTHER}


def _sources(cast: Sequence[Cast], round: Round) -> bool:
    """Tell whether phone, paper and hands may be told apart: there are several, and none is of few people."""
    sizes = Counter((each.source, each.type) for each in cast)
    several = len({source for source, _type in sizes}) > 1
    if round.activity.session.named:
        return several
    return several and not counted_again(round) and min(sizes.values()) >= groups.LEAST


def distinct(options: Sequence[Option]) -> dict[int, str]:
    """Name each option so that no two are alike and a spreadsheet takes none for a formula."""
    names: dict[int, str] = {}
    for option in options:
        text = text_only(option.text)
        names[option.id] = f"{text} ({option.id})" if text in names.values() else text
    return names
