"""Every answer carries the headers that keep strangers out: pages, refusals, files, short words."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from facilitator.web.security import HEADERS
from tests.web import phones

# open data, which pages of other sites may read
SHARED = {"/catalog.jsonld", "/feed.xml"}


def lacks(response) -> dict[str, str]:
    """Name the headers that are not as they should be."""
    return {name: said for name, said in HEADERS.items() if response.headers.get(name) != said}


def asked_of(browser: FlaskClient, address: str, method: str) -> dict[str, str]:
    """Name what an address lacks; what is shared with all may be read from everywhere, and only read."""
    response = browser.open(address, method=method)
    name, missing = "Cross-Origin-Resource-Policy", lacks(response)
    if address in SHARED and method in {"GET", "HEAD"} and response.headers[name] == "cross-origin":
        del missing[name]
    return missing


def addresses(app: Flask) -> list[str]:
    """Build an address for every rule."""
    found = []
    for rule in app.url_map.iter_rules():
        numbers = {n: 1 if "Integer" in type(c).__name__ else "x" for n, c in rule._converters.items()}
        with app.test_request_context():
            found.append(rule.build(numbers)[1] if not rule.build_only else "/static/nothing.css")
    return found


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "DELETE"])
@pytest.mark.parametrize("who", ["client", "admin"])
def test_every_answer_of_every_address_has_all_headers(
    app: Flask, who: str, method: str, request: pytest.FixtureRequest
) -> None:
    browser: FlaskClient = request.getfixturevalue(who)
    asked = [*addresses(app), "/nowhere", "/desk/sessions/1/edit?language=fr"]
    assert len(asked) > 60
    missing = {address: asked_of(browser, address, method) for address in asked}
    assert {address: names for address, names in missing.items() if names} == {}


def test_a_file_and_the_short_word_to_a_script_have_them_too(app: Flask) -> None:
    stage = phones.staged(app)
    phone = phones.join(app)
    stage.act(0, "open")
    received = phones.answer(phone, script=True, option=stage.options(0)[0], revision=1)
    with app.test_request_context():
        file = app.url_for("static", filename="phone.css")
    assert (received.status_code, lacks(received)) == (200, {})
    with phone.get(file, buffered=True) as answer:
        assert (answer.status_code, lacks(answer)) == (200, {})


def test_only_an_encrypted_line_is_promised_for_a_year(client: FlaskClient) -> None:
    name = "Strict-Transport-Security"
    assert name not in client.get("/").headers
    assert client.get("/", base_url="https://localhost").headers[name] == "max-age=31536000"


def test_no_cookie_can_be_read_by_a_script_or_sent_from_elsewhere(app: Flask, admin: FlaskClient) -> None:
    phones.staged(app)
    answers = [app.test_client().get("/?language=fr"), app.test_client().get(f"/j/{phones.CODE}")]
    answers.append(app.test_client().get("/sign-in"))
    cookies = [cookie for answer in answers for cookie in answer.headers.getlist("Set-Cookie")]
    assert len(cookies) == 3
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)
