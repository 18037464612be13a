"""One-use cards and what a session promises at its door."""

import pytest

from facilitator import db
from facilitator.models.card import LENGTH, Card, typed
from facilitator.refusals import CardUnknown, CardUsed, CardVoid, RoomEntered
from tests import factories

pytestmark = pytest.mark.usefixtures("context")


def test_a_card_serves_one_phone_until_it_is_released():
    session = factories.session()
    card, token = Card.issue(session, "ministry")
    assert Card.take(session, f" {token[:4].lower()}-{token[4:8]}-{token[8:]} ") is card
    with pytest.raises(CardUsed):
        Card.take(session, token)
    db.session.refresh(card)
    card.release()
    assert Card.take(session, token).type == "ministry"


def test_cards_are_numbered_and_belong_to_their_session():
    session, other = factories.session(), factories.session()
    first, _ = Card.issue(session)
    second, token = Card.issue(session)
    assert (first.number, second.number) == (1, 2)
    with pytest.raises(CardUnknown):
        Card.take(other, token)
    second.void = True
    db.session.flush()
    with pytest.raises(CardVoid):
        Card.take(session, token)


@pytest.mark.parametrize("token", ["", "nonsense", "\x00", "O0I1", "Z" * 10_000])
def test_nonsense_is_no_card(token):
    session = factories.session()
    Card.issue(session)
    with pytest.raises(CardUnknown):
        Card.take(session, token)


def test_the_token_is_long_and_not_in_the_database():
    card, token = Card.issue(factories.session())
    assert len(typed(token)) == LENGTH
    assert token not in str(db.session.execute(Card.__table__.select()).all())
    assert card.digest


def test_promises_hold_once_people_are_in():
    session = factories.session()
    session.promise(named=True, asks_type=True, by_card=False, shared=False)
    session.admit("a", "ministry", "Awa")
    session.promise(named=True, asks_type=True, by_card=False, shared=True)
    with pytest.raises(RoomEntered):
        session.promise(named=False, asks_type=True, by_card=False, shared=True)
    assert (session.named, session.shared) == (True, True)
    assert (session.admit("a").type, session.admit("a").name) == ("ministry", "Awa")
