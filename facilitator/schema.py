"""The database's shape: every table, and the way from one version to the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from facilitator import db
from facilitator.models import (  # noqa: F401 - each brings its tables
    activity,
    ballot,
    card,
    comment,
    country,
    followup,
    guide,
    item,
    line,
    link,
    parked,
    participant,
    person,
    proposal,
    provenance,
    result,
    revision,
    round,
    session,
    taking,
    trail,
    version,
    workshop,
)
from facilitator.refusals import NewerDatabase

if TYPE_CHECKING:  # a document needs the tables and never the way there
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 7_301_959


def prepare(to: str = "head") -> None:
    """Bring the database to this program's version, whole or not at all; refuse one that is newer."""
    from alembic import command

    with db.engine().begin() as connection:
        if connection.dialect.name == "postgresql":  # two processes may start at once
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        _refuse_newer(connection)
        command.upgrade(config(connection), to)


def revisions(connection: Connection) -> set[str]:
    """Tell which version the database says it has."""
    from alembic.migration import MigrationContext

    return set(MigrationContext.configure(connection).get_current_heads())


def head() -> set[str]:
    """Tell which version this program needs."""
    from alembic.script import ScriptDirectory

    return set(ScriptDirectory(str(MIGRATIONS)).get_heads())


def _refuse_newer(connection: Connection) -> None:
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if unknown := revisions(connection) - known:
        raise NewerDatabase(revision=", ".join(sorted(unknown)))


def config(connection: Connection) -> Config:
    """Tell the migrations where they lie and which database is theirs."""
    from alembic.config import Config

    made = Config(attributes={"connection": connection})
    made.set_main_option("script_location", str(MIGRATIONS))
    made.set_main_option("path_separator", "os")
    return made
