"""Rounds know themselves whether they go on with the answers of the one before, and who opened them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BEGUN = ("open", "reopen", "rerun")


def upgrade() -> None:
    """Write into each round what the trail says of its beginning."""
    op.add_column("round", sa.Column("goes_on", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("round", sa.Column("opened_by", sa.String(200), nullable=False, server_default=""))
    trail = sa.table("trail", *(sa.column(name) for name in ("id", "act", "subject", "person")))
    round = sa.table("round", *(sa.column(name) for name in ("id", "number", "goes_on", "opened_by")))
    connection = op.get_bind()
    begun = sa.select(trail.c.subject, trail.c.act, trail.c.person).where(trail.c.act.in_(BEGUN))
    for subject, act, person in connection.execute(begun.order_by(trail.c.id.desc())).all():
        name, _sign, number = subject.partition(" ")
        if name != "round":
            continue
        here = round.update().where(round.c.id == int(number))
        opener = person.partition(" ")[2].rpartition(" <")[0]
        connection.execute(here.values(opened_by=opener[:200], goes_on=sa.false()))
        if act != "rerun":
            connection.execute(here.where(round.c.number > 1).values(goes_on=sa.true()))


def downgrade() -> None:
    """Leave it to the trail again."""
    op.drop_column("round", "opened_by")
    op.drop_column("round", "goes_on")
