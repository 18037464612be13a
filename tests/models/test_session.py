"""A session: its code, its door and its running order."""

import pytest

from facilitator import db
from facilitator.models.session import Session, digits
from facilitator.refusals import SessionFull, SessionLocked
from tests import factories

pytestmark = pytest.mark.usefixtures("context")


@pytest.mark.parametrize("typed", ["123456", " 123 456 ", "123-456", "١٢٣٤٥٦", "۱۲۳۴۵۶"])
def test_codes_are_read_in_any_digits(typed):
    assert digits(typed) == "123456"


@pytest.mark.parametrize("typed", ["", "abc", "²x", "\x00", "9" * 10_000])
def test_nonsense_finds_no_session(typed):
    factories.session(code="999999")
    assert Session.by_code(typed) is None


def test_a_withdrawn_session_has_neither_code_nor_wall():
    session = factories.session()
    assert Session.by_code(session.code) is Session.by_wall(session.wall) is session
    session.withdrawn = True
    db.session.flush()
    assert Session.by_code(session.code) is Session.by_wall(session.wall) is None


def test_the_same_phone_is_let_in_once():
    session = factories.session()
    assert session.admit("a") is session.admit("a")
    session.admit("b")
    assert (session.joined, session.has("a"), session.has("z")) == (2, True, False)


def test_a_locked_door_stops_newcomers_only():
    session = factories.session()
    session.admit("a")
    session.locked = True
    assert session.admit("a").key == "a"
    with pytest.raises(SessionLocked):
        session.admit("b")


def test_a_full_room_says_how_many_places_it_has():
    session = factories.session(capacity=1)
    session.admit("a")
    with pytest.raises(SessionFull) as refused:
        session.admit("b")
    assert refused.value.details == {"capacity": 1}
    assert session.admit("a").key == "a"


def test_the_wall_steps_from_the_lobby_to_the_last_question_and_back():
    session = factories.session()
    first, second = (factories.activity(session=session) for _ in range(2))
    assert session.current is None
    assert [session.step(+1) for _ in range(3)] == [first, second, second]
    assert [session.step(-1) for _ in range(3)] == [first, None, None]


def test_an_activity_that_is_withdrawn_leaves_the_wall():
    session = factories.session()
    activity = factories.activity(session=session)
    session.show(activity)
    activity.withdraw()
    assert session.current is None
