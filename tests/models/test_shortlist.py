"""What a question hands on: what the room put first, and what shares the last place."""

import pytest

from facilitator import db
from facilitator.models.ballot import Ballot
from facilitator.models.shortlist import shortlist
from tests import factories

pytestmark = pytest.mark.usefixtures("context")


def test_the_first_options_are_those_of_the_room_once_it_has_answered() -> None:
    activity = factories.activity("choice", options=3)
    one, two, three = activity.options
    assert shortlist(activity, 2) == [one, two]
    round_ = activity.open()
    for number, item in enumerate((three, three, two)):
        text = f'{{"options":[{item.id}]}}'
        db.session.add(Ballot(round_id=round_.id, key=f"k{number}", choice=text, revision=1))
    db.session.flush()
    assert shortlist(activity, 2) == [three, two]


def test_what_shares_the_last_place_among_the_first_comes_along() -> None:
    asked = factories.activity("choice", options=4)
    one, two, _three, four = [item.id for item in asked.options]
    factories.answered(asked, [{"options": [one, four]}, {"options": [one, two]}])
    assert [item.id for item in shortlist(asked, 2)] == [one, two, four]
    assert [item.id for item in shortlist(asked, 1)] == [one]
    assert len(shortlist(asked, 9)) == 4
    assert len(shortlist(asked)) == 4
