"""The tables of a guide: one for each part, each column with its type."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from facilitator.counting.ballotfile import text_only
from facilitator.documents.edition import Edition
from facilitator.documents.ledger import BOM
from facilitator.models.part import FIGURES, PARTS, TICK, Part

Row = Mapping[str, Any]
FOLLOWED = {"deadline": "date", "status": "string", "next_update": "date"}
# every row says whose it is, so that the tables of several countries can lie in one
WHOSE = {"country": "string", "edition": "integer"}
VOTES = {
    "line": "string",
    "part": "string",
    "round": "integer",
    "date": "date",
    "voters": "integer",
    "place": "integer",
    "tied": "boolean",
    "of": "integer",
}
LONG = ("challenges", "actions", "recommendations")


@dataclass(frozen=True)
class Sheet:
    """A table: its name, the type of each column, its rows."""

    name: str
    columns: Mapping[str, str]
    rows: Sequence[Row]

    def csv(self, *, marked: bool = False) -> bytes:
        """Write it; marked so that a spreadsheet knows its letters. No text becomes a formula."""
        sheet = io.StringIO(BOM if marked else "", newline="")
        sheet.seek(0, io.SEEK_END)
        table = csv.writer(sheet)
        table.writerow(self.columns)
        table.writerows([_cell(row.get(name)) for name in self.columns] for row in self.rows)
        return sheet.getvalue().encode()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else text_only(str(value).replace("\0", ""))


def sheets(edition: Edition) -> list[Sheet]:
    """Lay out every part that has lines, and the votes they come from."""
    laid = [_part(edition, part) for part in PARTS.values()]
    return [sheet for sheet in (*laid, _votes(edition)) if sheet.rows]


def long(edition: Edition) -> Sheet:
    """Lay out the matrix and the recommendations in one table, each line with its first vote."""
    parts = [_part(edition, PARTS[name]) for name in LONG]
    votes: dict[str, Row] = {}
    for vote in _votes(edition).rows:
        votes.setdefault(vote["line"], vote)
    columns = WHOSE | {"uid": "string", "part": "string"}
    for part in parts:
        columns |= part.columns
    known = {*WHOSE, "line", "part", "place", "tied", "of"}
    asked = [name for name in _votes(edition).columns if name not in known]
    rows = [
        {"part": part.name, **{name: votes.get(row["uid"], {}).get(name) for name in asked}, **row}
        for part in parts
        for row in part.rows
    ]
    return Sheet("guide", columns | dict.fromkeys(asked, "string"), rows)


def _part(edition: Edition, part: Part) -> Sheet:
    columns = WHOSE | {"uid": "string", "key": "string", "place": "integer"}
    columns |= {"under": "string"} if part.under else {}
    for field in part.fields:
        if field.translated:
            columns |= {f"{field.name}_{code}": "string" for code in edition.languages}
        elif not field.private or any(line["facts"].get(field.name) for line in edition.lines(part.name)):
            columns[field.name] = "boolean" if field.form == TICK else "string"
    if part.of_items:
        columns["room_place"] = "integer"
    if part.name == "recommendations":
        columns |= dict.fromkeys(FIGURES, "string")
        columns |= {f"owner_{code}": "string" for code in edition.languages} | FOLLOWED
    return Sheet(part.name, columns, list(_rows(edition, part)))


def _rows(edition: Edition, part: Part) -> Iterator[Row]:
    places: dict[str, int] = {}
    for line in edition.lines(part.name):
        under = line["under"]
        places[under] = places.get(under, 0) + 1
        follow = line.get("follow") or {}
        owner = follow.get("owner")
        facts = {name: _flat(value) for name, value in line["facts"].items()}
        yield {
            **{field: value for field, value in follow.items() if field in FOLLOWED and value},
            **_spread("owner", owner if isinstance(owner, dict) else dict.fromkeys(edition.languages, owner)),
            **facts,
            **{
                name: value
                for field, texts in line["words"].items()
                for name, value in _spread(field, texts).items()
            },
            **{name: line[name] or None for name in ("uid", "key", "under", "room_place")},
            "place": places[under],
            **_whose(edition),
        }


def _votes(edition: Edition) -> Sheet:
    told = {f"{name}_{code}": "string" for name in ("session", "activity") for code in edition.languages}
    rows = [
        {
            "line": line["uid"],
            "part": name,
            "voters": origin["ballots"],
            **{field: origin.get(field) for field in ("round", "date", "place", "tied", "of")},
            **_spread("session", origin["session"]),
            **_spread("activity", origin["activity"]),
            **_whose(edition),
        }
        for name in PARTS
        for line in edition.lines(name)
        for origin in line["provenance"]
    ]
    return Sheet("votes", WHOSE | VOTES | told, rows)


def _whose(edition: Edition) -> Row:
    return {"country": edition.country, "edition": edition.number}


def _spread(field: str, texts: Mapping[str, Any] | None) -> dict[str, Any]:
    return {f"{field}_{code}": text for code, text in (texts or {}).items()}


def _flat(value: Any) -> Any:
    return ";".join(map(str, value)) if isinstance(value, list) else value
