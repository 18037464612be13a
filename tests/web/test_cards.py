"""Cards at the door (S6): a token is in no log, no address and no table; one card, one person."""

import logging

import pytest
from sqlalchemy import inspect, text

from facilitator import db, keys
from facilitator.models.card import LENGTH
from facilitator.web import join
from tests.web.rooms import CODE, answer, ballots, cards, knock, opened, people, words
from tests.web.rooms import join as let_in


def everything(app) -> str:
    """Read every row of every table."""
    with app.app_context():
        tables = inspect(db.engine()).get_table_names()
        rows = [db.session.execute(text(f'SELECT * FROM "{table}"')).all() for table in tables]  # noqa: S608
    return str(rows)


def test_a_session_by_card_asks_for_it(app, client):
    opened(app, by_card=True, asks_type=True)
    page = client.get(f"/j/{CODE}")
    assert 'name="card"' in page.text
    assert 'name="type"' not in page.text
    assert "door.js" in page.text
    assert f'action="/j/{CODE}/card"' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_nobody_comes_in_without_a_card(app, client):
    opened(app, by_card=True)
    assert knock(client).location == f"/j/{CODE}"
    assert knock(client, "/card").status_code == 422
    assert people(app) == []


def test_a_card_brings_its_type_and_is_asked_once(app):
    opened(app, by_card=True, asks_type=True)
    first, second = cards(app, "ministry", None)
    phone = let_in(app, "/card", card=f" {first[:4].lower()}-{first[4:8]} {first[8:]}")
    answer(phone)
    answer(let_in(app, "/card", card=second))
    assert {each[0] for each in ballots(app)} == {"ministry", None}
    again = words(phone.get(f"/j/{CODE}"))
    assert "This phone is in already." in again
    assert "below the code on your card" not in again


def test_a_token_is_in_no_table_no_log_and_no_address(app, client, caplog):
    opened(app, by_card=True, named=True)
    (token,) = cards(app, None)
    with caplog.at_level(logging.DEBUG):
        refused = knock(client, "/card", card=token)
        assert token in refused.text  # what was typed is not lost
        sent = knock(client, "/card", card=token, name="Awa")
        answer(client)
    secret = client.get_cookie(f"phone-{CODE}").value
    for place in (everything(app), caplog.text, sent.location, str(sent.headers)):
        assert token not in place
    assert secret not in everything(app)
    with app.app_context():
        assert keys.card_secret(token) == secret


def test_a_lost_answer_of_the_server_does_not_cost_the_card(app, client):
    opened(app, by_card=True)
    (token,) = cards(app, None)
    assert knock(client, "/card", card=token).status_code == 303
    client.delete_cookie(f"phone-{CODE}")
    assert knock(client, "/card", card=token).status_code == 303
    assert len(people(app)) == 1
    stranger = knock(app.test_client(), "/card", card=token)
    assert stranger.status_code == 409
    assert "Another phone uses this card" in words(stranger)


def test_a_second_card_on_the_same_phone_needs_a_session_that_shares_phones(app):
    opened(app, by_card=True)
    first, second = cards(app, None, None)
    phone = let_in(app, "/card", card=first)
    data = {"token": phone.get(f"/p/{CODE}").text.partition('name="token" value="')[2][:22]}
    own = phone.post(f"/j/{CODE}/card", data=data | {"card": first})
    assert own.location == f"/p/{CODE}"
    refused = phone.post(f"/j/{CODE}/card", data=data | {"card": second})
    assert refused.status_code == 409
    assert "each person needs a phone" in words(refused)
    assert len(people(app)) == 1


def test_phones_are_handed_on_from_card_to_card(app):
    opened(app, by_card=True, shared=True)
    first, second = cards(app, None, None)
    phone = let_in(app, "/card", card=first)
    answer(phone, 1)
    assert knock(phone, "/card", "/another", card=second, another="1").status_code == 303
    answer(phone, 2)
    assert (len(people(app)), len(ballots(app))) == (2, 2)


def test_a_card_of_one_session_leaves_the_phone_in_the_others(app):
    opened(app, by_card=True)
    (token,) = cards(app, None)
    phone = app.test_client()
    phone.get(f"/j/{CODE}")
    before = phone.get_cookie("phone").value
    knock(phone, "/card", card=token)
    assert phone.get_cookie("phone").value == before != phone.get_cookie(f"phone-{CODE}").value


def test_wrong_cards_are_counted(app, client, monkeypatch):
    opened(app, by_card=True)
    (token,) = cards(app, None)
    monkeypatch.setattr(join, "CARDS", join.parse("3 per 10 minutes"))
    tries = [knock(client, "/card", card="Z" * LENGTH).status_code for _try in range(4)]
    assert tries == [404, 404, 404, 429]
    assert knock(client, "/card", card=token).status_code == 429
    assert people(app) == []


@pytest.mark.parametrize("card", ["Z" * LENGTH, "O0I1", "\x00", "é" * 5000, "'; DROP TABLE card"])
def test_nonsense_is_no_card(app, client, card):
    opened(app, by_card=True)
    cards(app, None)
    refused = knock(client, "/card", card=card)
    assert refused.status_code in (404, 422)
    assert people(app) == []


def test_a_card_is_of_no_use_where_none_is_asked_for(app, client):
    opened(app)
    (token,) = cards(app, None)
    assert knock(client, "/card", card=token).location == f"/j/{CODE}"
    assert people(app) == []
