"""The workshop day: promises at the door, cards, types, proposals, notes, a parking list."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NO, NOTHING, NONE, EMPTY = sa.false(), "", "[]", "{}"
COLUMNS = (
    ("activity", "minutes", sa.Integer(), None),
    ("activity", "note", sa.Text(), NOTHING),
    ("activity", "block", sa.String(60), NOTHING),
    ("activity", "answerers", sa.JSON(), NONE),
    ("activity", "source_id", sa.Integer(), None),
    ("activity", "about_id", sa.Integer(), None),
    ("ballot", "type", sa.String(20), None),
    ("ballot", "source", sa.String(10), "phone"),
    ("ballot", "participant", sa.String(22), None),
    ("guide", "families", sa.JSON(), EMPTY),
    ("item", "category", sa.String(20), NOTHING),
    ("item", "about_id", sa.Integer(), None),
    ("item", "family", sa.String(40), NOTHING),
    ("item", "tags", sa.JSON(), NONE),
    ("item", "round_id", sa.Integer(), None),
    ("participant", "type", sa.String(20), None),
    ("participant", "name", sa.String(200), None),
    ("round", "by_type", sa.Boolean(), NO),
    ("session", "named", sa.Boolean(), NO),
    ("session", "asks_type", sa.Boolean(), NO),
    ("session", "by_card", sa.Boolean(), NO),
    ("session", "shared", sa.Boolean(), NO),
)


def upgrade() -> None:
    """Make room for the day."""
    for table, name, type_, default in COLUMNS:
        op.add_column(table, sa.Column(name, type_, nullable=default is None, server_default=default))
    _cards()
    _parked()
    _proposals()


def downgrade() -> None:
    """Take the room for the day away."""
    for table in ("proposal", "parked", "card"):
        op.drop_table(table)
    for table, name, _type, _default in reversed(COLUMNS):
        op.drop_column(table, name)


def _belongs(column: str, table: str, to: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}", ondelete=ondelete
    )


def _cards() -> None:
    op.create_table(
        "card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("type", sa.String(20)),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.Column("holder", sa.String(22)),
        sa.Column("participant", sa.String(22)),
        _belongs("session_id", "card", "session"),
        sa.PrimaryKeyConstraint("id", name="pk_card"),
        sa.UniqueConstraint("digest", name="uq_card_digest"),
        sa.UniqueConstraint("session_id", "number", name="uq_card_session_id_number"),
    )
    op.create_index("ix_card_session_id", "card", ["session_id"])


def _parked() -> None:
    op.create_table(
        "parked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        _belongs("session_id", "parked", "session"),
        sa.PrimaryKeyConstraint("id", name="pk_parked"),
    )
    op.create_index("ix_parked_session_id", "parked", ["session_id"])


def _proposals() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(22), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("category", sa.String(20), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("item_id", sa.Integer()),
        sa.Column("merged_into_id", sa.Integer()),
        _belongs("item_id", "proposal", "item", "SET NULL"),
        _belongs("merged_into_id", "proposal", "proposal", "SET NULL"),
        _belongs("round_id", "proposal", "round"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
        sa.UniqueConstraint("round_id", "key", "number", name="uq_proposal_round_id_key_number"),
    )
