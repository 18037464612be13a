"""What a later count of a question changed, and what the two may not tell together."""

from collections.abc import Iterator

import pytest

from facilitator import db
from facilitator.blocks import BLOCKS
from facilitator.blocks.laying import lay
from facilitator.documents import ledger
from facilitator.models.activity import Activity
from facilitator.models.ballot import Ballot
from facilitator.models.breakdown import broken_down
from facilitator.models.change import since_before
from facilitator.models.round import Round
from tests import factories

Rankings = tuple[Activity, Activity]


@pytest.fixture
def rankings(context: None) -> Iterator[Rankings]:
    """Lay a nominal group whose two rankings have their list."""
    session = factories.session(asks_type=True)
    _ideas, readings, first, second = lay(BLOCKS["nominal"], session, "en")
    readings.edit(
        readings.kind, readings.prompt, readings.settings, [(None, t) for t in factories.CHALLENGES]
    )
    first.take_from(readings)
    second.take_from(first)
    return first, second


def ranked(asked: Activity, *order: int) -> Round:
    """Let six people of one type rank options by their places from 0."""
    ids = sorted(item.id for item in asked.options)
    round_ = factories.answered(asked, [{"order": [[ids[place]] for place in order]}] * 6)
    for ballot in db.session.query(Ballot).filter_by(round_id=round_.id):
        ballot.type = "ministry"
    db.session.flush()
    return round_


def test_the_second_ranking_of_a_nominal_group_is_a_round_of_the_first(rankings: Rankings) -> None:
    first, second = rankings
    assert second.source_id == first.id
    before = ranked(first, 0, 1, 2, 3, 4)
    assert since_before(before) is None
    found = since_before(ranked(second, 1, 0, 2, 3, 4))
    assert found is not None
    assert found.earlier is before
    assert found.numbers == (1, 2)
    assert found.change.moved == 2
    assert found.minds is None  # nobody is known again from one question to another
    again = since_before(ranked(second, 1, 0, 2, 3, 4))
    assert again is not None
    assert again.earlier.activity is second


@pytest.mark.parametrize("other", ["options", "people", "wish"])
def test_another_question_is_no_round(rankings: Rankings, other: str) -> None:
    first, second = rankings
    if other == "options":
        second.stop_offering(second.options[0])
    elif other == "people":
        second.answerers = ["ministry"]
    else:
        second.settings = {**second.settings, "again": False}
    ranked(first, 0, 1, 2, 3)
    assert since_before(ranked(second, 1, 0, 2, 3)) is None


def test_the_second_ranking_is_known_again_in_another_country(rankings: Rankings) -> None:
    elsewhere = factories.workshop(guide=factories.guide("ML"))
    *_, first, second = rankings[0].session.copy(elsewhere).activities
    before = ranked(first, 0, 1, 2, 3, 4)
    found = since_before(ranked(second, 1, 0, 2, 3, 4))
    assert found is not None
    assert found.earlier is before


def test_the_two_rankings_tell_no_types_that_one_could_take_apart(rankings: Rankings) -> None:
    """Six of a type before and seven after: the difference would be one person."""
    first, second = rankings
    before = ranked(first, 0, 1, 2)
    assert broken_down(before) is not None
    after = ranked(second, 1, 0, 2)
    assert broken_down(before) is None
    assert broken_down(after) is not None
    found = ledger.of(before, "en")
    assert found is not None
    assert found.columns[3:] == ()


@pytest.mark.parametrize(("act", "compared"), [("reopen", False), ("rerun", True)])
def test_a_reopened_round_is_compared_with_nothing(context: None, act: str, compared: bool) -> None:
    """The difference would be the answer of whoever came late."""
    asked = factories.activity("ranking")
    first, second = ([{"order": [[item.id]]}] for item in asked.options[:2])
    factories.answered(asked, first * 6)
    later = factories.answered(asked, second * 6)
    later.goes_on = act == "reopen"
    assert (since_before(later) is not None) is compared


def test_a_round_that_too_few_of_a_type_answered_is_compared_with_nothing(context: None) -> None:
    asked = factories.activity("ranking", answerers=["ministry"])
    first, second = ([{"order": [[item.id]]}] for item in asked.options[:2])
    assert factories.answered(asked, first * 4).small
    assert since_before(factories.answered(asked, second * 6)) is None
    assert since_before(factories.answered(asked, first * 6)) is not None
