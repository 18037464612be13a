"""Follow-ups: reports are added, the last one counts."""

import datetime as dt

import pytest

from facilitator.models.followup import FollowUp
from facilitator.models.guide import Guide
from facilitator.models.line import Line
from tests import factories

pytestmark = pytest.mark.usefixtures("context")


def recommendation(guide: Guide) -> Line:
    return guide.add("recommendations", words={"text": {"en": "Meet"}})


def test_the_last_report_counts_and_earlier_ones_stay():
    guide, awa = factories.guide(), factories.person()
    line = recommendation(guide)
    assert line.follow is None
    first = FollowUp.report(line, awa, owner={"fr": "L’ANSD"}, deadline=dt.date(2027, 1, 1))
    assert (first.status, first.owned_by("en"), first.person) == ("open", "L’ANSD", "Awa Diop")
    second = FollowUp.report(line, awa, status="begun")
    assert (second.owner, second.deadline, second.status) == ({"fr": "L’ANSD"}, first.deadline, "begun")
    assert FollowUp.report(line, awa, status="begun") is second
    third = FollowUp.report(line, awa, note="A first meeting was held")
    assert line.follow_ups == [first, second, third]
    assert line.follow is third


def test_it_goes_on_after_endorsement():
    guide = factories.guide()
    line = recommendation(guide)
    guide.state = "published"
    assert FollowUp.report(line, None, status="done") is line.follow


@pytest.mark.parametrize(("status", "late"), [("open", True), ("begun", True), ("done", False)])
def test_what_is_late_and_not_done_is_overdue(status, late):
    line = recommendation(factories.guide())
    assert FollowUp.report(line, None, deadline=dt.date(2020, 1, 1), status=status).overdue is late
    assert not FollowUp.report(line, None, deadline=dt.date(2999, 1, 1)).overdue
