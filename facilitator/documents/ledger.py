"""The ballots of a round, written so that anyone can recount them and nobody can be told by them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from facilitator import db
from facilitator.counting import groups
from facilitator.documents.institutions import OTHER
from facilitator.kinds.base import Kind, Option
from facilitator.models.ballot import Ballot
from facilitator.models.proposal import Credit
from facilitator.models.round import Round

COLUMNS = ("ballot_id", "item", "rank")
TYPE, NAME = "institution_type", "name"
FORMULA = re.compile(r"'*[=+\-@\t\r]")
BOM = "\ufeff"


@dataclass(frozen=True)
class Ledger:
    """Ballots in the order of their keys: what each says of every option, its type where that hides nobody.

    Whose ballot it is stands there only in a session that said so at the door.
    """

    kind: Kind
    names: dict[int, str]
    credit: Credit
    cast: Sequence[tuple[str, str, str, str]]
    typed: bool
    named: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the columns."""
        return (*COLUMNS, *self.kind.columns, *[TYPE] * self.typed, *[NAME] * self.named)

    @property
    def sealed(self) -> str:
        """Give the SHA-256 of the file."""
        return hashlib.sha256(self.csv().encode()).hexdigest()

    def rows(self, *, brief: bool = False) -> Iterator[tuple[str, ...]]:
        """Write every ballot, one row for each option; in brief only the rows that say something."""
        write = self.kind.said_rows if brief else self.kind.rows
        for number, (key, choice, type_, name) in enumerate(self.cast, 1):
            more = (*[type_] * self.typed, *[name] * self.named)
            said = self.credit.given(key, json.loads(choice))
            for row in write(str(number), said, self.names):
                yield *row, *more

    def csv(self) -> str:
        """Write the ballots as a table that opens in a spreadsheet."""
        sheet = io.StringIO()
        sheet.write(BOM)
        table = csv.writer(sheet)
        table.writerow(self.columns)
        table.writerows(guarded(row) for row in self.rows())
        return sheet.getvalue()


def guarded(row: Sequence[str]) -> tuple[str, ...]:
    """Write a row whose own texts a spreadsheet takes for no formula; the names are guarded already."""
    return (*row[: len(COLUMNS)], *map(text_only, row[len(COLUMNS) :]))


def of(round: Round, language: str) -> Ledger | None:
    """Open the ledger of a closed round; none of a single ballot, unless names were promised."""
    activity, session = round.activity, round.activity.session
    columns = (Ballot.key, Ballot.choice, Ballot.type, Ballot.participant)
    kept = db.session.execute(select(*columns).where(Ballot.round_id == round.id).order_by(Ballot.key)).all()
    if round.is_open or (len(kept) == 1 and not session.named):
        return None
    visible = _visible([type_ for _key, _choice, type_, _who in kept], session.named)
    people = session.people or {}
    cast = [
        (key, choice, type_ if type_ in visible else OTHER, people.get(who or "", ""))
        for key, choice, type_, who in kept
    ]
    return Ledger(
        kind=activity.form_kind,
        names=distinct(activity.read_options(language)),
        credit=Credit.of(round.proposals),
        cast=cast,
        typed=bool(visible),
        named=session.named,
    )


def _visible(types: Sequence[str | None], named: bool) -> set[str]:
    """The types that may stand beside a ballot: each of five or more, and so are all the others together."""
    sizes: dict[str, int] = {}
    for type_ in types:
        sizes[type_ or OTHER] = sizes.get(type_ or OTHER, 0) + 1
    return (set(sizes) if named else set(groups.shown(sizes))) - {OTHER}


def text_only(text: str) -> str:
    """Write a text so that a spreadsheet takes it for no formula."""
    return f"'{text}" if FORMULA.match(text) else text


def distinct(options: Sequence[Option]) -> dict[int, str]:
    """Name each option so that no two are alike and a spreadsheet takes none for a formula."""
    names: dict[int, str] = {}
    for option in options:
        text = text_only(option.text)
        names[option.id] = f"{text} ({option.id})" if text in names.values() else text
    return names
