"""A result by type of institution."""

import json

import pytest

from facilitator import ballotbox, db
from facilitator.models.ballot import HAND, PHONE, Ballot
from facilitator.models.breakdown import OTHERS, broken_down
from facilitator.models.round import Round
from facilitator.models.written import Marks
from tests import factories


@pytest.fixture
def asking(context) -> Round:
    """Open a choice among four."""
    return factories.activity(options=4).open()


def cast(asking: Round, *groups: tuple[str | None, int, int], source: str = PHONE) -> None:
    """Let people of a type pick an option: (type, how many, which)."""
    options = [item.id for item in asking.activity.options]
    number, session = asking.id, asking.activity.session_id
    db.session.commit()
    box = ballotbox.box()
    receipts = [
        box.cast(
            number,
            session,
            f"{source}-{place}-{n}",
            json.dumps({"options": [options[which]]}),
            1,
            marks=Marks(type_, source),
        )
        for place, (type_, many, which) in enumerate(groups)
        for n in range(many)
    ]
    for receipt in receipts:
        receipt.wait()


def test_small_groups_are_folded_and_never_follow_by_subtraction(asking):
    cast(asking, ("ministry", 9, 0), ("agency", 6, 1), ("civil", 2, 2))
    found = broken_down(asking)
    assert list(found.groups) == ["ministry", OTHERS]
    assert found.groups[OTHERS].ballots == 8


def test_without_types_or_with_small_ones_only_there_is_no_breakdown(asking):
    cast(asking, (None, 12, 0), ("civil", 4, 1))
    assert broken_down(asking) is None


def test_what_stands_in_no_order_has_no_first_ones_of_a_type(context):
    targets = [[901, {"en": "Budget"}], [902, {"en": "Access"}]]
    links = factories.activity("linking", 2, {"targets": targets})
    round_ = factories.answered(links, [{"links": [[links.options[0].id, 901]]}] * 6)
    for ballot in db.session.query(Ballot):
        ballot.type = "ministry"
    assert broken_down(round_) is None


def test_dissent_decision_and_weight_are_told(asking):
    cast(asking, ("ministry", 20, 0), ("ministry", 9, 1), ("ministry", 8, 2), ("research", 6, 3))
    found = broken_down(asking)
    ids = [item.id for item in asking.activity.options]
    assert found.groups["research"].rows[0].option == ids[3]
    assert set(found.dissent) == {ids[0], ids[3]} or ids[3] in found.dissent
    assert found.decided_by == ("ministry",)
    assert found.weighting_matters


def test_an_agreeing_room_is_told_so(asking):
    cast(asking, ("ministry", 6, 0), ("research", 6, 0))
    found = broken_down(asking)
    assert (found.dissent, found.decided_by, found.weighting_matters) == ({}, (), False)


def test_sources_are_counted(asking):
    cast(asking, (None, 3, 0))
    cast(asking, (None, 2, 1), source=HAND)
    assert asking.turnout(Ballot.source) == {PHONE: 3, HAND: 2}
