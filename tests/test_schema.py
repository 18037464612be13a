"""Migrations: up and down with data, and a newer database refused."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from facilitator import db, schema
from facilitator.refusals import NewerDatabase
from tests import factories

pytestmark = pytest.mark.usefixtures("context")


def tables() -> set[str]:
    return set(inspect(db.engine()).get_table_names())


def test_the_migrations_build_exactly_the_models():
    with db.engine().connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.Base.metadata) == []


def test_every_migration_goes_up_and_down_with_data():
    activity = factories.activity(kind="ranking")
    activity.session.admit("a")
    activity.open()
    factories.person(roles={"SN": "expert"})
    db.session.commit()
    schema.go_back()
    assert tables() == {"alembic_version"}
    schema.prepare()
    assert tables() >= {"ballot", "round", "trail"}
    assert factories.activity().open().is_open


def test_a_newer_database_is_refused_with_a_reason_and_left_alone():
    with db.engine().begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabase, match="9999"):
        schema.prepare()
    assert "ballot" in tables()
