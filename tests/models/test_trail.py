"""The trail: nobody edits it unseen."""

import pytest
from sqlalchemy import delete, update

from facilitator import db
from facilitator.models import trail
from facilitator.models.trail import Trail
from tests import factories
from tests.trails import last_acts

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture(autouse=True)
def acts(context) -> list[Trail]:
    """Record ten acts."""
    person, session = factories.person(), factories.session()
    return [trail.record(person, "open", session, number=number) for number in range(10)]


def test_an_untouched_chain_holds(acts):
    assert trail.verify() is None
    assert acts[0].subject.startswith("session ")
    assert [act.id for act in last_acts(3)] == [10, 9, 8]


@pytest.mark.parametrize("column", ["at", "person", "act", "subject", "detail", "hash"])
def test_an_edit_is_named(column):
    db.session.execute(update(Trail).where(Trail.id == 4).values({column: "other"}))
    assert trail.verify() == 4


def test_a_removal_is_named():
    db.session.execute(delete(Trail).where(Trail.id == 4))
    assert trail.verify() == 4


def test_a_swap_is_named():
    db.session.execute(update(Trail).where(Trail.id == 4).values(id=99))
    db.session.execute(update(Trail).where(Trail.id == 5).values(id=4))
    db.session.execute(update(Trail).where(Trail.id == 99).values(id=5))
    assert trail.verify() == 4


def test_an_act_of_nobody_and_of_anything_is_recorded():
    act = trail.record(None, "start", "installation")
    assert (act.person, act.subject) == ("", "installation")
