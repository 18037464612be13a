"""A ballot's short way through the app takes nothing for granted that the long one checks."""

from urllib.parse import parse_qsl

import pytest
from flask import Flask, request
from werkzeug.datastructures import MultiDict

from facilitator.web import lean
from tests.web import rooms

FORMS = ("", "a=1&b=2", "a=1&a=&=3&b", "&&a==1=&", "a=%C3%A9+1&b=x", "a=1%262", "option=3&token=-_")


@pytest.mark.parametrize("body", FORMS)
def test_a_short_form_is_read_like_any_other(app: Flask, body: str) -> None:
    with app.test_request_context("/", method="POST", data=body, content_type=lean.PLAIN):
        assert request.form == MultiDict(parse_qsl(body, keep_blank_values=True))


def test_where_a_room_sends_its_ballots_is_looked_up_once(app: Flask) -> None:
    rooms.opened(app)
    one, other = rooms.join(app), rooms.join(app)
    assert rooms.answer(one).status_code == 303
    ((method, path, _upgrade),) = app.known
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
