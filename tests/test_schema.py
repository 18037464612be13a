"""Migrations: up and down with data, and a newer database refused."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text

from facilitator import db, schema
from facilitator.models import trail
from facilitator.models.guide import Guide
from facilitator.models.round import Round
from facilitator.refusals import NewerDatabase
from tests import factories

pytestmark = pytest.mark.usefixtures("context")


def go_back(to: str = "base") -> None:
    """Bring the database back to an earlier version."""
    with db.engine().begin() as connection:
        command.downgrade(schema.config(connection), to)


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
    go_back()
    assert tables() == {"alembic_version"}
    schema.prepare()
    assert tables() >= {"ballot", "round", "trail"}
    assert factories.activity().open().is_open


def test_guides_of_before_get_a_name_of_their_own_and_the_first_lines():
    for code in ("SN", "ML"):
        factories.guide(code)
    db.session.commit()
    go_back("0002")
    assert "line" not in tables()
    schema.prepare()
    one, other = db.session.scalars(select(Guide).order_by(Guide.id))
    assert (len(one.uid), one.state, one.licence) == (32, "draft", "CC-BY-4.0")
    assert one.uid != other.uid
    made = {(line.part, line.key): line.state() for line in one.every_line}
    assert all(line.revisions[0].state == line.state() for line in one.every_line)
    one.begin_parts()
    assert len(one.every_line) == len(made)
    fresh = factories.guide("CI")
    fresh.begin_parts()
    assert made == {(line.part, line.key): line.state() for line in fresh.every_line}


def test_rounds_of_before_learn_from_the_trail_how_they_began():
    person = factories.person()
    activity = factories.activity(kind="ranking")
    rounds = []
    for act in ("open", "reopen", "rerun"):
        rounds.append(activity.open())
        rounds[-1].keep_result()
        rounds[-1].closed_at = db.now()
        trail.record(person, act, rounds[-1])
    db.session.commit()
    go_back("0003")
    schema.prepare()
    found = db.session.scalars(select(Round).order_by(Round.number))
    assert [(each.goes_on, each.opened_by) for each in found] == [
        (False, "Awa Diop"),
        (True, "Awa Diop"),
        (False, "Awa Diop"),
    ]


def test_a_newer_database_is_refused_with_a_reason_and_left_alone():
    with db.engine().begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabase, match="9999"):
        schema.prepare()
    assert "ballot" in tables()
