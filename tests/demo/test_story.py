"""The demo's workshop is whole, believable and removable."""

from random import Random

import pytest

from facilitator import db, keys
from facilitator.demo import story
from facilitator.models import wording
from facilitator.models.guide import Guide
from facilitator.models.session import Session

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def told(context) -> Session:
    """Tell the demo with a room of twenty."""
    number = story.tell("SN", [keys.fresh() for _ in range(20)], Random(7))
    return db.session.get_one(Session, number)


def test_the_first_question_is_answered_and_the_second_open(told):
    first, second, *rest = told.running_order
    assert (first.round.is_open, first.round.revealed, first.round.standings().ballots) == (False, True, 20)
    assert first.round.result is not None
    assert told.open_round is second.round
    assert told.current is second
    assert rest
    assert all(activity.round is None for activity in rest)
    assert told.joined == 20


def test_everything_is_said_in_all_languages(told):
    guide = told.workshop.guide
    sessions = [session for workshop in guide.workshops for session in workshop.sessions]
    texts = [guide.title, told.workshop.title, *(session.title for session in sessions)]
    assert not any(wording.missing(text, story.LANGUAGES) for text in texts)
    assert not any(activity.missing_languages() for session in sessions for activity in session.activities)
    assert guide.demo


@pytest.mark.parametrize("code", [*story.PLACES, "FR", "??"])
def test_it_can_be_told_in_any_country_of_the_project(code):
    told = db.session.get_one(Session, story.tell(code, [], Random(7)))
    assert told.workshop.guide.country.code == (code if code in story.PLACES else story.HOME)
    assert told.workshop.zone.key == told.workshop.timezone


def test_removing_it_leaves_nothing_of_it(told):
    db.session.delete(told.workshop.guide)
    db.session.commit()
    assert db.session.query(Guide).count() == 0
    kept = {
        table.name: db.session.execute(table.select()).fetchall()
        for table in db.Base.metadata.sorted_tables
        if table.name not in {"country", "trail"}
    }
    assert {name for name, rows in kept.items() if rows} == set()
