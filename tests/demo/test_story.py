"""The demo's workshop is whole, believable and removable."""

from random import Random

import pytest

from facilitator import db, keys
from facilitator.demo import edition, story
from facilitator.documents.report import gathering
from facilitator.models import wording
from facilitator.models.gaps import gaps
from facilitator.models.guide import Guide
from facilitator.models.person import Person
from facilitator.models.session import Session
from facilitator.models.version import Version

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


def test_an_earlier_edition_comes_from_votes_and_was_endorsed_by_another_hand(told):
    version = Version.public("sn-demo")
    assert (version.edition, told.workshop.guide.edition) == (1, 2)
    assert (version.submitted_by, version.decided_by) == (edition.COORDINATOR, edition.AUTHORITY)
    assert told.workshop.guide.editable
    assert not [gap for gap in gaps(told.workshop.guide) if gap.reason != "no-action"]
    assert db.session.query(Person).count() == 0
    said = version.said["parts"]
    challenges = said["challenges"]
    assert [line["room_place"] for line in challenges] == sorted(line["room_place"] for line in challenges)
    kinds = {below["facts"]["kind"] for line in challenges for below in line["below"]}
    assert kinds == {"action", "strategy"}
    voted = [line for line in said["recommendations"] if line["provenance"]]
    assert len(voted) == len(said["recommendations"]) == 7
    assert all(line["facts"]["adoption"] and line["facts"]["priority"] for line in voted)
    assert len({line["facts"]["family"] for line in voted}) == 5
    offered = told.running_order[1].options
    assert {item.id for item in offered} == {line.item_id for line in told.workshop.guide.lines("challenges")}


def test_the_earlier_session_tells_who_took_part_and_hides_types_of_few(told):
    workshop = min(told.workshop.guide.workshops, key=lambda each: each.starts_on)
    report = gathering.of_session(workshop.sessions[0], "en", lambda _said: None)
    (sitting,) = report.sittings
    assert [row[1] for row in sitting.took_part.rows] == [8, 6, 5, 5]
    assert sitting.took_part.rows[-1][0] == "Others, taken together"
    assert sitting.people == [edition.FACILITATOR]
    ranked = sitting.questions[0]
    (by_type,) = [tabled for tabled in ranked.last.tables if tabled.name == "types"]
    heads = [str(column.label) for column in by_type.columns[2:]]
    assert heads == [
        "Ministry (8)",
        "National statistics office (6)",
        "Immigration, border or law enforcement (5)",
        "Others, taken together (5)",
    ]
    kept = {cast.type for cast in ranked.last.ledger.cast}
    assert kept == {"ministry", "statistics", "enforcement", "other"}
    assert ranked.note


def test_everything_is_said_in_all_languages(told):
    guide = told.workshop.guide
    sessions = [session for workshop in guide.workshops for session in workshop.sessions]
    texts = [guide.title, told.workshop.title, *(session.title for session in sessions)]
    assert not any(wording.missing(text, story.LANGUAGES) for text in texts)
    assert not any(activity.missing_languages() for session in sessions for activity in session.activities)
    assert guide.demo


@pytest.mark.parametrize("code", [*story.PLACES, "FR", "??"])
def test_it_can_be_told_in_any_country_of_the_project(code, monkeypatch):
    monkeypatch.setattr(edition, "publish", lambda _guide: None)  # the same in every country
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
