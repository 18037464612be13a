"""The guide: lines with their history, results taken in, versions, comments, follow-ups."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COLUMNS = (
    ("state", sa.String(10), "draft"),
    ("licence", sa.String(20), "CC-BY-4.0"),
    ("imported", sa.String(64), ""),
    ("imported_at", sa.DateTime(timezone=True), None),
)
TABLES = ("provenance", "taking", "followup", "comment", "version", "revision", "line")
CYCLE = ("needs", "formulation", "decision", "implementation", "monitoring", "revision")
AREAS = ("trends", "borders", "crises", "development")
SOURCES = (*(f"governmental-{area}" for area in AREAS), *(f"others-{area}" for area in AREAS[:3]))
BEGUN = (
    ("foreword", ("foreword",)),
    ("sources", SOURCES),
    ("sources-text", ("sources-text",)),
    ("cycle", tuple(f"cycle-{step}" for step in CYCLE)),
    ("cycle-text", ("cycle-text",)),
    ("contents", tuple(f"outline-{letter}" for letter in "abcdef")),
    ("keeper", ("keeper",)),
    ("annex", ("annex",)),
)


def upgrade() -> None:
    """Make room for the guide, and give each guide there is a name of its own and its first lines."""
    _uids()
    for name, type_, default in COLUMNS:
        op.add_column("guide", sa.Column(name, type_, nullable=default is None, server_default=default))
    _lines()
    _revisions()
    _versions()
    _comments()
    _followups()
    _takings()
    _provenances()
    _begin()


def downgrade() -> None:
    """Take the room for the guide away."""
    for table in TABLES:
        op.drop_table(table)
    with op.batch_alter_table("guide") as guide:
        guide.drop_constraint("uq_guide_uid", type_="unique")
        for name in ("imported_at", "imported", "licence", "state", "uid"):
            guide.drop_column(name)


def _uids() -> None:
    op.add_column("guide", sa.Column("uid", sa.String(32), nullable=True))
    connection = op.get_bind()
    guides = sa.table("guide", sa.column("id", sa.Integer), sa.column("uid", sa.String))
    for number in connection.scalars(sa.select(guides.c.id)).all():
        connection.execute(guides.update().where(guides.c.id == number).values(uid=uuid.uuid4().hex))
    with op.batch_alter_table("guide") as guide:
        guide.alter_column("uid", existing_type=sa.String(32), nullable=False)
        guide.create_unique_constraint("uq_guide_uid", ["uid"])


def _begin() -> None:
    connection = op.get_bind()
    guides = connection.scalars(sa.select(sa.table("guide", sa.column("id")).c.id)).all()
    names = ("uid", "guide_id", "part", "key", "position", "present", "left_out", "number")
    line = sa.table(
        "line",
        sa.column("id"),
        *(sa.column(name) for name in names),
        sa.column("words", sa.JSON),
        sa.column("facts", sa.JSON),
    )
    history = sa.table(
        "revision",
        *(sa.column(name) for name in ("line_id", "number", "person", "act")),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("state", sa.JSON),
    )
    rows = [
        _row(guide, part, *numbered)
        for guide in guides
        for part, keys in BEGUN
        for numbered in enumerate(keys)
    ]
    if not rows:
        return
    connection.execute(sa.insert(line), rows)
    ids = dict(connection.execute(sa.select(line.c.uid, line.c.id)).all())
    connection.execute(sa.insert(history), [_first(ids[row["uid"]], row) for row in rows])


def _row(guide: int, part: str, position: int, key: str) -> dict[str, object]:
    facts = {"block": key.partition("-")[0], "state": "existing"} if part == "sources" else {}
    return {
        "uid": uuid.uuid4().hex,
        "guide_id": guide,
        "part": part,
        "key": key,
        "position": position,
        "words": {},
        "facts": facts,
        "present": True,
        "left_out": "",
        "number": 1,
    }


def _first(number: int, row: dict[str, object]) -> dict[str, object]:
    names = ("part", "key", "words", "facts", "position", "left_out", "present")
    state = {name: row[name] for name in names} | {"parent": "", "room_place": None}
    first = {"line_id": number, "number": 1, "person": "", "act": "begin"}
    return first | {"at": dt.datetime.now(dt.UTC), "state": state}


def _belongs(column: str, table: str, to: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}", ondelete=ondelete
    )


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return _belongs(column, table, "person", "SET NULL")


def _signed(table: str) -> tuple[sa.Column[Any] | sa.Constraint, ...]:
    return _number("person_id", nullable=True), _text("person", 200), _person(table, "person_id")


def _at(name: str, nullable: bool = False) -> sa.Column[dt.datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _number(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _text(name: str, size: int = 0) -> sa.Column[str]:
    return sa.Column(name, sa.String(size) if size else sa.Text(), nullable=False)


def _json(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON(), nullable=False)


def _table(name: str, *parts: sa.Column[Any] | sa.Constraint, indexes: tuple[str, ...] = ()) -> None:
    op.create_table(name, _number("id"), *parts, sa.PrimaryKeyConstraint("id", name=f"pk_{name}"))
    for column in indexes:
        op.create_index(f"ix_{name}_{column}", name, [column])


def _lines() -> None:
    _table(
        "line",
        _text("uid", 32),
        _number("guide_id"),
        _text("part", 20),
        _text("key", 40),
        _number("parent_id", nullable=True),
        _number("position"),
        _json("words"),
        _json("facts"),
        _number("item_id", nullable=True),
        _number("room_place", nullable=True),
        sa.Column("present", sa.Boolean(), nullable=False),
        _text("left_out"),
        _number("number"),
        _belongs("guide_id", "line", "guide"),
        _belongs("parent_id", "line", "line", "SET NULL"),
        _belongs("item_id", "line", "item"),
        sa.UniqueConstraint("uid", name="uq_line_uid"),
        indexes=("guide_id", "parent_id", "item_id"),
    )


def _revisions() -> None:
    _table(
        "revision",
        _number("line_id"),
        _number("number"),
        _at("at"),
        *_signed("revision"),
        _text("act", 20),
        _json("state"),
        _belongs("line_id", "revision", "line"),
        sa.UniqueConstraint("line_id", "number", name="uq_revision_line_id_number"),
    )


def _versions() -> None:
    _table(
        "version",
        _number("guide_id"),
        _number("number"),
        _number("edition"),
        _text("content"),
        _text("hash", 64),
        _number("submitted_by_id", nullable=True),
        _text("submitted_by", 200),
        _at("submitted_at"),
        _text("note"),
        _text("outcome", 10),
        _number("decided_by_id", nullable=True),
        _text("decided_by", 200),
        _at("decided_at", nullable=True),
        _text("statement"),
        _text("published_by", 200),
        _at("published_at", nullable=True),
        _belongs("guide_id", "version", "guide"),
        _person("version", "submitted_by_id"),
        _person("version", "decided_by_id"),
        sa.UniqueConstraint("guide_id", "number", name="uq_version_guide_id_number"),
    )


def _comments() -> None:
    _table(
        "comment",
        _number("guide_id"),
        _number("line_id", nullable=True),
        _number("version_id", nullable=True),
        _number("parent_id", nullable=True),
        _at("at"),
        *_signed("comment"),
        _text("text"),
        _at("resolved_at", nullable=True),
        _text("resolved_by", 200),
        _belongs("guide_id", "comment", "guide"),
        _belongs("line_id", "comment", "line"),
        _belongs("version_id", "comment", "version"),
        _belongs("parent_id", "comment", "comment"),
        indexes=("guide_id", "line_id", "version_id", "parent_id"),
    )


def _followups() -> None:
    _table(
        "followup",
        _number("line_id"),
        _at("at"),
        *_signed("followup"),
        _json("owner"),
        sa.Column("deadline", sa.Date(), nullable=True),
        _text("status", 10),
        sa.Column("next_update", sa.Date(), nullable=True),
        _text("note"),
        _belongs("line_id", "followup", "line"),
        indexes=("line_id",),
    )


def _takings() -> None:
    _table(
        "taking",
        _number("guide_id"),
        _number("round_id"),
        _at("at"),
        *_signed("taking"),
        _json("changes"),
        _at("undone_at", nullable=True),
        _text("undone_by", 200),
        _belongs("guide_id", "taking", "guide"),
        _belongs("round_id", "taking", "round"),
        indexes=("guide_id", "round_id"),
    )


def _provenances() -> None:
    _table(
        "provenance",
        _number("line_id"),
        _number("taking_id"),
        _number("round_id"),
        _number("item_id"),
        _text("gives", 10),
        _number("place"),
        sa.Column("tied", sa.Boolean(), nullable=False),
        _number("of"),
        _number("ballots"),
        _json("figures"),
        _belongs("line_id", "provenance", "line"),
        _belongs("taking_id", "provenance", "taking"),
        _belongs("round_id", "provenance", "round"),
        _belongs("item_id", "provenance", "item"),
        indexes=("line_id", "taking_id", "round_id", "item_id"),
    )
