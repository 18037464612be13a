"""The door: codes as people type them, honest words, and no guessing."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from facilitator import db
from facilitator.models.session import Session
from tests import factories
from tests.web import phones
from tests.web.phones import CODE, join, staged, token, words


def at(address: str) -> dict[str, str]:
    return {"REMOTE_ADDR": address}


def joined(app: Flask) -> int:
    with app.app_context():
        found = Session.by_code(CODE)
        assert found
        return found.joined


@pytest.mark.parametrize("typed", ["123456", "123 456", " 123-456 ", "١٢٣٤٥٦", "۱۲۳ ۴۵۶", "١٢٣\u202f٤٥٦"])
def test_a_code_is_read_as_people_type_it(app: Flask, client: FlaskClient, typed: str) -> None:
    staged(app)
    response = client.get("/", query_string={"code": typed})
    assert (response.status_code, response.location) == (303, f"/j/{CODE}")


def test_the_first_page_asks_for_a_code_in_the_reader_s_language(client: FlaskClient) -> None:
    page = client.get("/", headers={"Accept-Language": "ar"}).text
    assert 'lang="ar" dir="rtl"' in page
    assert 'inputmode="numeric"' in page
    assert 'href="/?language=fr"' in page


@pytest.mark.parametrize("typed", ["999999", "", "hello", "12345", "1234567", "<b>" + "9" * 10_000])
def test_a_wrong_code_is_told_beside_the_field(app: Flask, client: FlaskClient, typed: str) -> None:
    staged(app)
    response = client.get("/", query_string={"code": typed})
    assert response.status_code == 404
    assert 'aria-invalid="true" aria-describedby="error"' in response.text
    assert "No session has the code" in words(response)
    assert client.get("/j/999999").status_code == 404


def test_a_code_with_a_digit_too_many_is_named_as_it_was_typed(app: Flask, client: FlaskClient) -> None:
    staged(app)
    response = client.get("/", query_string={"code": f"{CODE[:3]} {CODE[3:]}7"})
    assert f"No session has the code {CODE}7." in words(response), "that one is there"
    assert f'value="{CODE[:3]} {CODE[3:]}7"' in response.text


def test_what_is_no_code_is_no_guess(app: Flask) -> None:
    staged(app)
    for typed in ["", "12345", f"{CODE}7"] * 21:
        assert app.test_client().get("/", query_string={"code": typed}).status_code == 404
    assert app.test_client().get("/", query_string={"code": CODE}).status_code == 303


def test_a_withdrawn_session_is_not_found(app: Flask, client: FlaskClient) -> None:
    staged(app, withdrawn=True)
    assert client.get(f"/j/{CODE}").status_code == 404


def test_two_taps_and_the_phone_is_in(app: Flask, client: FlaskClient) -> None:
    staged(app)
    welcome = client.get(f"/j/{CODE}")
    assert "Your answers are not linked to you." in words(welcome)
    assert "no name, no number, no address" in words(welcome)
    assert joined(app) == 0
    entered = client.post(f"/j/{CODE}", data={"token": token(welcome.text)})
    assert (entered.status_code, entered.location) == (303, f"/p/{CODE}")
    assert joined(app) == 1
    assert client.get(f"/j/{CODE}").location == f"/p/{CODE}"
    again = client.post(f"/j/{CODE}", data={"token": token(welcome.text)})
    assert (again.status_code, joined(app)) == (303, 1)


def test_only_the_page_itself_lets_a_phone_in(app: Flask, client: FlaskClient) -> None:
    staged(app)
    stranger = app.test_client()
    assert stranger.post(f"/j/{CODE}", data={"token": "x"}).status_code == 403
    foreign = token(stranger.get(f"/j/{CODE}").text)
    client.get(f"/j/{CODE}")
    for data in ({}, {"token": ""}, {"token": foreign}, {"token": "é"}):
        refused = client.post(f"/j/{CODE}", data=data)
        assert refused.status_code == 403
        assert "Join again" in words(refused)
    assert joined(app) == 0


def test_a_locked_session_keeps_newcomers_out_and_the_room_in(app: Flask, client: FlaskClient) -> None:
    stage = staged(app)
    inside = join(app)
    with app.app_context():
        db.session.get_one(Session, stage.session_id).locked = True
        db.session.commit()
    refused = client.post(f"/j/{CODE}", data={"token": token(client.get(f"/j/{CODE}").text)})
    assert refused.status_code == 403
    assert "nobody new can join now" in words(refused)
    assert token(refused.text), "the door can be tried again from here"
    assert inside.get(f"/p/{CODE}").status_code == 200
    assert inside.post(f"/j/{CODE}", data={"token": token(refused.text)}).status_code == 403
    assert joined(app) == 1


def test_a_full_session_says_how_many_it_holds(app: Flask, client: FlaskClient) -> None:
    staged(app, capacity=1)
    join(app)
    refused = client.post(f"/j/{CODE}", data={"token": token(client.get(f"/j/{CODE}").text)})
    assert (refused.status_code, joined(app)) == (403, 1)
    assert "full (1 places)" in words(refused)


def test_the_welcome_is_in_a_language_of_the_workshop(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        factories.session(code=CODE, workshop=factories.workshop(languages=["fr", "ar"]))
        db.session.commit()
    assert '<html lang="fr"' in client.get(f"/j/{CODE}", headers={"Accept-Language": "en"}).text
    assert "Défis" in client.get(f"/j/{CODE}").text
    switched = client.get(f"/j/{CODE}?language=ar").text
    assert 'lang="ar" dir="rtl"' in switched
    assert "التحديات" in client.get(f"/j/{CODE}").text, "the choice is remembered"


def test_guessing_ends_for_one_address_and_not_for_others(app: Flask) -> None:
    staged(app)
    inside = join(app)

    def guess(code: int) -> int:
        return app.test_client().get(f"/j/{code:06}", environ_overrides=at("10.0.0.9")).status_code

    assert [guess(code) for code in range(100)] == [404] * 60 + [429] * 40
    hit = app.test_client().get(f"/?code={CODE}", environ_overrides=at("10.0.0.9"))
    assert hit.status_code == 429, "a guesser learns nothing, not even from a right code"
    assert hit.headers["Retry-After"] == "60"
    assert "Too many wrong codes" in words(hit)
    assert app.test_client().get(f"/j/{CODE}", environ_overrides=at("10.0.0.8")).status_code == 200
    assert inside.get(f"/p/{CODE}", environ_overrides=at("10.0.0.9")).status_code == 200
    assert inside.get(f"/j/{CODE}", environ_overrides=at("10.0.0.9")).status_code == 303


def test_guessing_from_everywhere_ends_before_it_can_hit(app: Flask) -> None:
    with app.app_context():
        for _ in range(20):
            factories.session()
        db.session.commit()
    staged(app)
    tries = 0
    while app.test_client().get("/j/000000", environ_overrides=at(f"10.0.{tries}.1")).status_code == 404:
        tries += 1
    assert tries == 47, "21 codes to hit: 1,000 chances in a million, an hour"
    assert app.test_client().get(f"/j/{CODE}").status_code == 429


def test_a_network_of_the_new_kind_counts_as_one_address(app: Flask) -> None:
    staged(app)

    def guess(address: str) -> int:
        return app.test_client().get("/j/000000", environ_overrides=at(address)).status_code

    assert [guess(f"2001:db8:0:1::{number:x}") for number in range(60)] == [404] * 60
    assert guess("2001:db8:0:1:ffff::1") == 429
    assert guess("2001:db8:0:2::1") == 404
    assert guess("not an address") == 404


def test_a_phone_address_is_no_way_to_guess(app: Flask, client: FlaskClient) -> None:
    staged(app)
    phone = phones.join(app)
    for code in (CODE, "999999"):
        assert client.get(f"/p/{code}").location == f"/j/{code}"
        assert client.get(f"/p/{code}/now").status_code == 403
        assert client.get(f"/p/{code}/stream").status_code == 403
    assert phone.get("/p/999999").location == "/j/999999"
    assert phone.get("/p/no-code").location == "/j/0"
    assert re.search("not in this session", words(client.get(f"/p/{CODE}/now")))
