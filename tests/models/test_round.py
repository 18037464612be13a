"""A round: what is counted, shown and kept."""

import pytest

from facilitator import ballotbox, db
from facilitator.models.round import Round
from tests import factories


@pytest.fixture
def choosing(context) -> Round:
    """Open a choice among two."""
    return factories.activity(options=2).open()


def cast(choosing: Round, keys: range, option: int = 0) -> None:
    picked = choosing.activity.options[option].id
    number, session = choosing.id, choosing.activity.session_id
    db.session.commit()
    box = ballotbox.box()
    for receipt in [box.cast(number, session, f"k{key}", f'{{"options":[{picked}]}}', 1) for key in keys]:
        receipt.wait()


def close(choosing: Round) -> None:
    ballotbox.box().close(choosing.id, choosing.activity.session_id).wait()


def supports(choosing: Round) -> list[int]:
    return [row.figures["support"] for row in choosing.standings().rows]


def test_what_is_kept_at_closing_is_what_was_counted(choosing):
    cast(choosing, range(7))
    cast(choosing, range(7, 10), option=1)
    counted = choosing.standings()
    close(choosing)
    result = choosing.keep_result()
    db.session.commit()
    assert choosing.standings() == counted
    assert supports(choosing) == [7, 3]
    assert choosing.keep_result() is result


def test_the_room_sees_steps_of_five_while_it_votes(choosing):
    cast(choosing, range(4))
    assert choosing.live_standings() is None
    cast(choosing, range(4, 7))
    assert choosing.live_standings().ballots == 7
    cast(choosing, range(7, 9))
    assert choosing.live_standings().ballots == 7
    cast(choosing, range(9, 10))
    assert choosing.live_standings().ballots == 10
    close(choosing)
    db.session.refresh(choosing)
    assert choosing.live_standings().ballots == 10


def test_the_digest_does_not_depend_on_the_order_of_arrival(choosing):
    cast(choosing, range(3))
    cast(choosing, range(3, 5), option=1)
    close(choosing)
    db.session.refresh(choosing)
    first, other = choosing.digest(), choosing.activity.open()
    cast(other, range(7, 9), option=1)
    cast(other, range(3))
    assert other.digest() == first
    cast(other, range(5, 6))
    assert other.digest() != first


def test_a_group_within_the_room_is_shown_from_five_answers_on(choosing):
    choosing.activity.answerers = ["ministry"]
    cast(choosing, range(4))
    close(choosing)
    db.session.refresh(choosing)
    assert choosing.live_standings() is None
    choosing.activity.session.named = True
    assert choosing.live_standings().ballots == 4
    choosing.activity.session.named, choosing.activity.answerers = False, []
    assert choosing.live_standings().ballots == 4


def test_revealing_and_the_timer_are_signals(choosing):
    choosing.reveal()
    choosing.start_timer(60)
    assert choosing.revealed
    assert choosing.is_open
    assert choosing.deadline > choosing.opened_at
    choosing.hide()
    choosing.stop_timer()
    assert (choosing.revealed, choosing.deadline) == (False, None)


def test_words_are_shown_only_when_nobody_can_add_any(context):
    asking = factories.activity("words", 0).open()
    number, session = asking.id, asking.activity.session_id
    db.session.commit()
    box = ballotbox.box()
    for receipt in [
        box.cast(number, session, f"k{key}", '{"text":"borders","language":"en"}', 1) for key in range(6)
    ]:
        receipt.wait()
    assert asking.live_standings() is None
    box.close(number, session).wait()
    db.session.expire_all()
    assert asking.live_standings().ballots == 6
