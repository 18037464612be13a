"""What went wrong is said under a heading of its kind, in the frame of the reader's own pages."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from facilitator.models.wording import LANGUAGES
from tests import factories
from tests.web.desk.asking import soup
from tests.web.desk.rooms import made, token
from tools import catalogues


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/nowhere", 404, "Not found"),
        ("/enter/nonsense", 404, "Not found"),
        ("/screen/nonsense", 404, "Not found"),
        ("/sign-out", 405, "Not done"),
    ],
)
def test_a_stranger_reads_what_it_is_and_finds_the_way_back(
    client: FlaskClient, address: str, status: int, heading: str
) -> None:
    page = client.get(address)
    assert page.status_code == status
    assert soup(page).h1.text == heading
    assert soup(page).select_one("main a")["href"] == "/"
    assert not soup(page).select(".bar")


@pytest.mark.parametrize(
    ("address", "allowed"),
    [("/j/123456", {"GET", "HEAD", "OPTIONS", "POST"}), ("/sign-out", {"OPTIONS", "POST"})],
)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_method_that_is_not_taken_is_told_which_are(
    client: FlaskClient, method: str, address: str, allowed: set[str]
) -> None:
    page = client.open(address, method=method)
    assert (page.status_code, {*page.headers["Allow"].split(", ")}) == (405, allowed)


def test_nothing_can_be_sent_to_nowhere(client: FlaskClient) -> None:
    assert client.post("/nowhere").status_code == 404


@pytest.mark.parametrize("address", ["/nowhere", "/p/999999/now", "/screen/nonsense"])
def test_outside_a_session_every_language_of_the_room_is_offered(client: FlaskClient, address: str) -> None:
    page = soup(client.get(address, headers={"Accept-Language": "ar"}))
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert page.h1.text != "Not found"
    assert {link["lang"] for link in page.select("a[hreflang]")} | {"ar"} == set(LANGUAGES)


def test_the_languages_on_offer_are_those_that_are_translated() -> None:
    assert {*LANGUAGES} == {"en", *catalogues.LANGUAGES}


def test_at_the_desk_the_frame_stays(admin: FlaskClient) -> None:
    page = admin.get("/desk/sessions/999", headers={"Accept-Language": "fr"})
    assert (page.status_code, soup(page).h1.text.strip()) == (404, "Introuvable")
    assert soup(page).select(".bar .bar-account")
    assert soup(page).select_one("main a")["href"] == "/desk/"


def test_who_may_only_look_is_told_so_at_the_desk(app: Flask, sign_in) -> None:
    room = made(app)
    page = sign_in("e@example.org", SN="expert").get(f"/desk/sessions/{room.session}/edit")
    assert (page.status_code, soup(page).h1.text.strip()) == (403, "Not allowed")


def test_missing_languages_are_named_as_the_reader_names_them(app: Flask, admin: FlaskClient) -> None:
    prompt = {"fr": "Quel défi ?"}
    with app.app_context():
        options = [dict(text) for text in factories.CHALLENGES[:2]]
    room = made(app, "choice", options=options, prompt=prompt)
    data = room.sees() | {"csrf_token": token(admin)}
    address = f"/desk/activities/{room.activities[0]}/open"
    page = admin.post(address, data=data, headers={"Accept-Language": "fr"})
    assert page.status_code == 422
    said = soup(page).select_one(".flash-problem").get_text()
    assert "anglais" in said
    assert "English" not in said


def test_what_the_wall_did_is_no_news_on_the_desk_later(app: Flask, admin: FlaskClient) -> None:
    room = made(app)
    assert room.act(admin, "lock", locked=1, wall=1).status_code == 204
    assert not soup(admin.get(f"/desk/sessions/{room.session}")).select(".flash")
    assert room.trail()[-1][0] == "lock"
    assert room.act(admin, "lock", locked=0).status_code == 303
    assert soup(admin.get(f"/desk/sessions/{room.session}")).select(".flash")


def test_a_host_that_has_no_name_is_refused(app: Flask) -> None:
    for host in ("a" * 64, "a..b"):
        assert app.test_client().get("/", headers={"Host": host}).status_code == 400
        assert app.test_client().post("/sign-in", headers={"Host": host}).status_code == 400
