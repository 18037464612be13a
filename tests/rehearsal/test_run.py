"""A rehearsal plays the whole session on a copy and tells what would go wrong."""

import pytest
from flask import Flask

from facilitator import db
from facilitator.blocks import BLOCKS
from facilitator.blocks.laying import lay
from facilitator.kinds import KINDS
from facilitator.models.ballot import Ballot
from facilitator.models.card import Card
from facilitator.models.proposal import Proposal
from facilitator.models.session import Session
from facilitator.rehearsal.run import Report, rehearse
from facilitator.rehearsal.script import Script
from tests import factories


@pytest.fixture
def session(context: Flask) -> Session:
    """Make a session with a question of two kinds."""
    made = factories.session()
    factories.activity("choice", session=made)
    factories.activity("ranking", session=made)
    db.session.commit()
    return made


def found(report: Report) -> list[tuple[int, str]]:
    return [(finding.place, finding.message % finding.details) for finding in report.findings]


@pytest.mark.parametrize("bad_network", [False, True])
def test_a_sound_session_goes_well_even_over_a_bad_network(session, bad_network):
    script = Script.of(session)
    db.session.rollback()
    steps: list[tuple[int, int]] = []
    report = rehearse(
        script, 12, bad_network=bad_network, seed=7, progress=lambda done, all_: steps.append((done, all_))
    )
    assert [(course.answered, course.expected) for course in report.courses] == [(12, 12), (12, 12)]
    assert [finding for finding in report.findings if finding.grave] == []
    assert steps == [(0, 2), (1, 2), (2, 2)]
    assert db.session.query(Ballot).count() == 0


def test_what_would_go_wrong_is_told_with_its_place(session):
    session.capacity = 3
    gap = [{"en": "a", "fr": "b", "ar": "c"}, {"en": "d", "fr": "", "ar": "e"}]
    factories.activity("choice", gap, session=session)
    factories.activity("choice", 1, session=session)
    factories.activity("choice", 12, session=session)
    script = Script.of(session)
    db.session.rollback()
    told = found(rehearse(script, 5, seed=7))
    assert (0, "2 people could not come in: the session has too few places.") in told
    assert (3, "This question cannot be opened yet: its wording is missing in ['fr'].") in told
    assert (4, "This question cannot be opened yet: it needs at least two options.") in told
    assert any(place == 5 and "12 options" in words for place, words in told)


def test_a_question_for_some_types_is_asked_of_these_alone(context):
    made = factories.session(asks_type=True)
    factories.activity("choice", session=made, answerers=["ministry", "civil"])
    factories.activity("choice", session=made)
    db.session.commit()
    script = Script.of(made)
    db.session.rollback()
    report = rehearse(script, 16, seed=7)
    assert [(course.answered, course.expected) for course in report.courses] == [(4, 4), (16, 16)]
    assert [finding for finding in report.findings if finding.grave] == []


def test_nobody_in_the_room_may_answer_is_found(context):
    made = factories.session()  # it does not ask for the type of institution
    factories.activity("choice", session=made, answerers=["ministry"])
    db.session.commit()
    script = Script.of(made)
    db.session.rollback()
    assert found(rehearse(script, 3, seed=7)) == [(1, "None of the simulated people may answer it.")]


@pytest.mark.parametrize("bad_network", [False, True])
def test_people_come_with_the_printed_cards_and_say_their_names(context, bad_network):
    made = factories.session()
    made.promise(named=True, asks_type=True, by_card=True, shared=False)
    for type_ in ("civil", "civil", "ministry", None, "ministry"):
        Card.issue(made, type_)
    made.cards[-1].void = True
    factories.activity("choice", session=made, answerers=["civil"])
    factories.activity("ranking", session=made)
    db.session.commit()
    script = Script.of(made)
    db.session.rollback()
    report = rehearse(script, 4, bad_network=bad_network, seed=7)
    assert [(course.answered, course.expected) for course in report.courses] == [(2, 2), (4, 4)]
    assert [finding for finding in report.findings if finding.grave] == []


def test_too_few_cards_are_found_and_the_rest_is_still_tried(context):
    made = factories.session()
    made.promise(named=False, asks_type=False, by_card=True, shared=False)
    Card.issue(made)
    factories.activity("choice", session=made)
    db.session.commit()
    script = Script.of(made)
    db.session.rollback()
    report = rehearse(script, 3, seed=7)
    assert found(report) == [(0, "There are fewer cards than people: 1 for 3.")]
    assert [course.answered for course in report.courses] == [3]


def test_a_laid_block_is_played_from_the_first_idea_to_the_order(context):
    """Its lists are empty until the room has spoken; that is nothing to mend."""
    made = factories.session()
    lay(BLOCKS["challenges"], made, "en")
    db.session.commit()
    script = Script.of(made)
    db.session.rollback()
    report = rehearse(script, 8, seed=7)
    assert [(course.answered, course.expected) for course in report.courses] == [(8, 8)] * 3
    assert found(report) == []
    assert db.session.query(Proposal).count() == 0


def test_the_questions_of_a_block_are_open_at_once(context):
    made = factories.session()
    for block in ("day", "", "day"):
        factories.activity("choice", session=made, block=block)
    db.session.commit()
    script = Script.of(made)
    db.session.rollback()
    assert script.together == [[1, 3], [2]]
    report = rehearse(script, 6, seed=7)
    assert [(course.place, course.answered) for course in report.courses] == [(1, 6), (3, 6), (2, 6)]
    assert [finding for finding in report.findings if finding.grave] == []


def test_an_empty_session_says_so(context):
    script = Script.of(factories.session())
    db.session.rollback()
    assert found(rehearse(script, 1)) == [(0, "There is no question in this session yet.")]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_rehearsed(context, kind):
    session = factories.session()
    targets = {
        "targets": [[901, {"en": "a", "fr": "b", "ar": "c"}], [902, {"en": "d", "fr": "e", "ar": "f"}]]
    }
    factories.activity(kind, 4 if KINDS[kind].least_options else 0, targets, session=session)
    script = Script.of(session)
    db.session.rollback()
    (course,) = rehearse(script, 4, seed=7).courses
    assert course.answered == 4
