"""A whole guide as rows without any installation's own numbers: all that belongs to it, no secrets."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, select

from facilitator import db
from facilitator.counting.renumbered import renumbered
from facilitator.models.activity import Activity, Offered
from facilitator.models.ballot import Ballot
from facilitator.models.comment import Comment
from facilitator.models.followup import FollowUp
from facilitator.models.guide import Guide
from facilitator.models.item import Item
from facilitator.models.line import Line
from facilitator.models.parked import Parked
from facilitator.models.participant import Participant
from facilitator.models.proposal import Proposal
from facilitator.models.provenance import Provenance
from facilitator.models.result import Result
from facilitator.models.revision import Revision
from facilitator.models.round import Round
from facilitator.models.session import Session
from facilitator.models.taking import Taking
from facilitator.models.version import Version
from facilitator.models.workshop import Workshop

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Numbers = dict[str, dict[int, int]]
# who acted stays as a name; addresses and codes of rooms are each installation's own
LEFT = ("person_id", "submitted_by_id", "decided_by_id", "code", "wall")


@dataclass(frozen=True)
class Kept:
    """A table of a guide: what its rows belong to, where its other numbers lead, what holds items' numbers.

    `late` numbers lead to rows that may come after; `over` are texts or data that name items by number.
    """

    model: Any
    owner: str
    belongs: str
    refs: Mapping[str, str] = field(default_factory=dict)
    late: Mapping[str, str] = field(default_factory=dict)
    over: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name the table."""
        return str(self.model.__tablename__)

    @property
    def columns(self) -> list[Any]:
        """List the columns that are taken along."""
        return [column for column in self.model.__table__.columns if column.name not in ("id", *LEFT)]

    @property
    def numbers(self) -> Mapping[str, str]:
        """Say to which table each number leads."""
        return {self.belongs: self.owner, **self.refs, **self.late}


TABLES = (
    Kept(Item, "guide", "guide_id", late={"origin_id": "item", "about_id": "item", "round_id": "round"}),
    Kept(Workshop, "guide", "guide_id"),
    Kept(Session, "workshop", "workshop_id", late={"current_id": "activity"}),
    Kept(
        Activity,
        "session",
        "session_id",
        late={"source_id": "activity", "about_id": "item"},
        over=("settings",),
    ),
    Kept(Offered, "activity", "activity_id", {"item_id": "item"}),
    Kept(Round, "activity", "activity_id"),
    Kept(Result, "round", "round_id", over=("standings",)),
    Kept(Participant, "session", "session_id"),
    Kept(Ballot, "round", "round_id", over=("choice",)),
    Kept(Proposal, "round", "round_id", {"item_id": "item"}, {"merged_into_id": "proposal"}),
    Kept(Parked, "session", "session_id"),
    Kept(Line, "guide", "guide_id", {"item_id": "item"}, {"parent_id": "line"}),
    Kept(Revision, "line", "line_id"),
    Kept(Taking, "guide", "guide_id", {"round_id": "round"}),
    Kept(Provenance, "line", "line_id", {"taking_id": "taking", "round_id": "round", "item_id": "item"}),
    Kept(FollowUp, "line", "line_id"),
    Kept(Version, "guide", "guide_id"),
    Kept(
        Comment, "guide", "guide_id", {"line_id": "line", "version_id": "version"}, {"parent_id": "comment"}
    ),
)
GUIDE_TABLE, ACTS = "guide", "trail"
GUIDE = ("uid", "title", "languages", "edition", "families", "demo", "state", "licence")


def whole(guide: Guide) -> Rows:
    """Give all rows of a guide, numbered from 1 in each table."""
    db.session.flush()
    found = {kept.name: rows for kept, rows in _found(guide)}
    numbers = _numbers(guide, found)
    rows = {kept.name: [_written(kept, row, numbers) for row in found[kept.name]] for kept in TABLES}
    first = {name: getattr(guide, name) for name in GUIDE} | {"country": guide.country.code}
    return {"guide": [first], **rows}


def owned(guide: Guide) -> dict[str, list[int]]:
    """Give the numbers that a guide and all that belongs to it bear in this installation."""
    found = {kept.name: [row["id"] for row in rows] for kept, rows in _found(guide, numbers=True)}
    return {"guide": [guide.id], **found}


def digest(rows: Rows) -> str:
    """Seal the rows but the acts: the same guide has the same seal wherever it is installed."""
    sealed = hashlib.sha256()
    for name in sorted(rows.keys() - {ACTS}):
        sealed.update(f"{name}\n{lines(rows[name])}".encode())
    return sealed.hexdigest()


def lines(rows: Iterable[Row]) -> str:
    """Write rows as lines of JSON, always in the same way."""
    return "".join(f"{_text(row, ascii=False)}\n" for row in rows)


def over(kept: Kept, row: Row, became: Mapping[int, int]) -> Row:
    """Write the items' numbers anew in what names items by number."""
    changed: Row = {}
    for name in kept.over:
        value = row[name]
        if isinstance(value, str):
            # ballots are written in ASCII, standings are not: each stays as it is
            changed[name] = _text(renumbered(json.loads(value), became), ascii=value.isascii())
        else:
            changed[name] = renumbered(value, became)
    return row | changed


def _found(guide: Guide, numbers: bool = False) -> Iterator[tuple[Kept, list[Row]]]:
    ids: dict[str, list[int]] = {"guide": [guide.id]}
    for kept in TABLES:
        table = kept.model.__table__
        if numbers and "id" not in table.c:
            continue
        mine: ColumnElement[bool] = table.c[kept.belongs].in_(ids[kept.owner])
        asked = select(table.c.id if numbers else table).where(mine).order_by(*table.primary_key.columns)
        rows = [dict(row) for row in db.session.execute(asked).mappings()]
        ids[kept.name] = [row["id"] for row in rows if "id" in row]
        yield kept, rows


def _numbers(guide: Guide, found: Mapping[str, list[Row]]) -> Numbers:
    numbers = {
        name: {row["id"]: number for number, row in enumerate(rows, 1) if "id" in row}
        for name, rows in found.items()
    }
    return numbers | {"guide": {guide.id: 1}}


def _written(kept: Kept, row: Row, numbers: Numbers) -> Row:
    mapped = {
        name: numbers[table].get(row[name]) if row[name] is not None else None
        for name, table in kept.numbers.items()
    }
    made = {column.name: _plain(row[column.name]) for column in kept.columns} | mapped
    return over(kept, made, numbers["item"])


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _text(content: Any, ascii: bool) -> str:
    return json.dumps(content, ensure_ascii=ascii, separators=(",", ":"), sort_keys=True)
