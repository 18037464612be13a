"""How ballots reach the disk: all that wait together in one statement, texts behind their ballots."""

import json
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from facilitator.kinds.base import Spoken
from facilitator.models.ballot import PHONE
from facilitator.models.proposal import WAITING, Proposal
from facilitator.models.round import Round

# revision 0 comes from a plain form: it follows whatever the same phone sent before
UPSERT = """ ON CONFLICT (round_id, key) DO UPDATE SET choice = excluded.choice,
 revision = CASE excluded.revision WHEN 0 THEN ballot.revision + 1 ELSE excluded.revision END
 WHERE excluded.revision = 0 OR excluded.revision > ballot.revision"""
OPEN = {
    "sqlite": text(
        "SELECT id FROM round WHERE closed_at IS NULL AND id IN (SELECT value FROM json_each(:rounds))"
    ),
    "postgresql": text(
        "SELECT id FROM round WHERE closed_at IS NULL AND id = ANY(:rounds) ORDER BY id FOR SHARE"
    ),
}
INTO = "INSERT INTO ballot (round_id, key, choice, revision, type, source, participant)"
FROM = {
    "sqlite": " SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),"
    " json_extract(value, '$[3]'), json_extract(value, '$[4]'), json_extract(value, '$[5]'),"
    " json_extract(value, '$[6]') FROM json_each(:ballots) WHERE true",
    "postgresql": " SELECT * FROM unnest(CAST(:c0 AS integer[]), CAST(:c1 AS varchar[]), CAST(:c2 AS text[]),"
    " CAST(:c3 AS integer[]), CAST(:c4 AS varchar[]), CAST(:c5 AS varchar[]), CAST(:c6 AS varchar[]))",
}
WRITE = {dialect: text(INTO + rows + UPSERT) for dialect, rows in FROM.items()}
# a text follows its ballot: a late retry of an older one changes neither, nor what a person has decided on
KEEP_TEXT = text(
    "INSERT INTO proposal (round_id, key, number, text, language, category, state)"
    " SELECT ballot.round_id, ballot.key, :number, :text, :language, :category, 'waiting' FROM ballot"
    " WHERE ballot.round_id = :round_id AND ballot.key = :key AND (:revision IN (0, ballot.revision))"
    " ON CONFLICT (round_id, key, number) DO UPDATE SET text = excluded.text, language = excluded.language,"
    " category = excluded.category WHERE proposal.state = 'waiting'"
)


class Marks(NamedTuple):
    """What a ballot bears besides its choice: a type if asked for, its source, a name if promised."""

    type: str | None = None
    source: str = PHONE
    participant: str | None = None


NO_MARKS = Marks()


class Written(NamedTuple):
    """One phone's last word in one round."""

    round_id: int
    key: str
    choice: str
    revision: int = 0
    marks: Marks = NO_MARKS
    said: Sequence[Spoken] = ()

    def columns(self) -> tuple[int | str | None, ...]:
        """Write it as a row."""
        return (*self[:4], *self.marks)


def open_among(connection: Connection, rounds: Collection[int]) -> set[int]:
    """Tell which rounds still take ballots; they stay open until this transaction ends."""
    dialect, asked = connection.dialect.name, sorted(rounds)
    return set(
        connection.scalars(OPEN[dialect], {"rounds": json.dumps(asked) if dialect == "sqlite" else asked})
    )


def keep(connection: Connection, ballots: Sequence[Written]) -> None:
    """Write ballots of open rounds, and what they say."""
    if not ballots:
        return
    rows = [ballot.columns() for ballot in ballots]
    if connection.dialect.name == "sqlite":
        connection.execute(WRITE["sqlite"], {"ballots": json.dumps(rows)})
    else:
        columns = {f"c{place}": list(column) for place, column in enumerate(zip(*rows, strict=True))}
        connection.execute(WRITE["postgresql"], columns)
    texts = [_text(ballot, spoken) for ballot in ballots for spoken in ballot.said]
    if texts:
        connection.execute(KEEP_TEXT, texts)


def release(connection: Connection, ballots: Sequence[Written]) -> set[int]:
    """Put on the wall what was said where nobody reads it first; tell of which rounds."""
    said = {(ballot.round_id, ballot.key) for ballot in ballots if ballot.said}
    if not said:
        return set()
    with Session(bind=connection) as reading:
        asked = select(Round).where(Round.id.in_({round_id for round_id, _key in said}))
        at_once = {found.id for found in reading.scalars(asked) if found.activity.settings.get("at_once")}
        waits = select(Proposal).where(
            Proposal.round_id.in_(at_once), Proposal.state == WAITING, Proposal.item_id.is_(None)
        )
        for proposal in reading.scalars(waits.order_by(Proposal.id)).all() if at_once else ():
            if (proposal.round_id, proposal.key) in said:
                proposal.release()
        reading.flush()
    return at_once


def _text(ballot: Written, spoken: Spoken) -> dict[str, Any]:
    where = {"round_id": ballot.round_id, "key": ballot.key, "revision": ballot.revision}
    return where | vars(spoken)
