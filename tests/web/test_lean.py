"""A ballot's short way through the app takes nothing for granted that the long one checks."""

from urllib.parse import parse_qsl

import pytest
from flask import Flask, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.http import parse_cookie

from facilitator.web import lean
from tests.web import rooms

COOKIES = ("", "phone=a-_9; language=fr", "a=1; a=2", "a=;b=2", "a", 'a="1; 2"', "a=1; ", "a=%C3%A9; b=x=y")
FORMS = (
    "",
    "a=1&b=2",
    "a=1&a=&=3&b",
    "&&a==1=&",
    "a=%C3%A9+1&b=x",
    "a=1%262",
    "option=3&token=-_",
)
MANY = "&".join(["a=1"] * 2_000)


@pytest.mark.parametrize("body", [*FORMS, MANY], ids=range(len(FORMS) + 1))
def test_a_short_form_is_read_like_any_other(app: Flask, body: str) -> None:
    with app.test_request_context("/", method="POST", data=body, content_type=lean.PLAIN):
        assert request.form == MultiDict(parse_qsl(body, keep_blank_values=True))


@pytest.mark.parametrize("said", COOKIES)
def test_cookies_are_read_as_ever(app: Flask, said: str) -> None:
    with app.test_request_context(environ_overrides={"HTTP_COOKIE": said}):
        assert request.cookies.to_dict(flat=False) == parse_cookie(said).to_dict(flat=False)


def test_a_known_way_is_that_of_one_host(app: Flask) -> None:
    rooms.opened(app)
    for host in ("http://one.example", "http://two.example", "http://one.example"):
        with app.test_request_context(f"/p/{rooms.CODE}/answers/1", method="POST", base_url=host):
            assert (request.view_args, request.host_url) == ({"code": rooms.CODE, "round_id": 1}, f"{host}/")
            assert url_for("join.home", _external=True) == f"{host}/"
    assert len(app.known) == 2


def test_where_a_room_sends_its_ballots_is_looked_up_once(app: Flask) -> None:
    rooms.opened(app)
    one, other = rooms.join(app), rooms.join(app)
    assert rooms.answer(one).status_code == 303
    ((method, path, *_host),) = app.known
    assert (method, path) == ("POST", f"/p/{rooms.CODE}/answers/1")
    assert rooms.answer(other, script=True).status_code == 200
    assert app.test_client().post(path).status_code == 403
    assert one.get(path).status_code == 405
    assert len(rooms.ballots(app)) == 2


def test_the_known_addresses_stay_few(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lean, "ADDRESSES", 3)
    for number in range(8):
        assert app.test_client().post(f"/p/1/answers/{number}").status_code == 403
        assert 1 <= len(app.known) <= 3
