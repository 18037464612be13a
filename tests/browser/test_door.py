"""The door in a real browser: cards scanned and typed, a phone handed on, paper put in by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from facilitator.models.ballot import Ballot
from facilitator.models.card import Card
from facilitator.models.session import Session
from tests.browser.conftest import CODE, House, join

pytestmark = pytest.mark.browser

Device = Callable[..., Page]


def promise(house: House, **promises: bool) -> None:
    """Let the session promise this at its door."""
    with house.inside():
        session = Session.by_code(CODE)
        assert session
        session.promise(**dict.fromkeys(("named", "asks_type", "by_card", "shared"), False) | promises)


def cards(house: House, *types: str | None) -> list[str]:
    """Make a card for each type and give their tokens."""
    with house.inside():
        session = Session.by_code(CODE)
        assert session
        return [Card.issue(session, type_)[1] for type_ in types]


def sources(house: House) -> list[tuple[str | None, str]]:
    """List the types and sources of all ballots."""
    with house.inside():
        from facilitator import db

        return sorted((each.type, each.source) for each in db.session.query(Ballot))


def test_a_scanned_card_lets_one_in_and_no_address_ever_holds_its_token(
    house: House, device: Device, check_axe: Callable[[Page], None]
) -> None:
    promise(house, by_card=True, asks_type=True)
    (token,) = cards(house, "research")
    phone = device("ar-SN")
    asked: list[Request] = []
    phone.on("request", lambda request: asked.append(request))
    phone.goto(f"/j/{CODE}#c={token}")
    expect(phone).to_have_url(f"{house.base}/j/{CODE}")
    expect(phone.locator("#card")).to_have_value(token)
    check_axe(phone)
    phone.get_by_role("link", name="Français").click()
    expect(phone.locator("html")).to_have_attribute("lang", "fr")
    expect(phone.locator("#card")).to_have_value(token)
    phone.locator("form button").click()
    phone.wait_for_url(f"**/p/{CODE}")
    assert asked
    assert not [request.url for request in asked if token in f"{request.url} {request.all_headers()}"]
    assert phone.evaluate("history.length && location.href").endswith(f"/p/{CODE}")
    house.act("open", 2)
    phone.locator(".row label").first.click()
    phone.locator("button.main").click()
    expect(phone.locator("form")).to_have_attribute("data-state", "received")
    assert sources(house) == [("research", "phone")]


def test_a_card_is_typed_where_no_script_runs(house: House, device: Device) -> None:
    promise(house, by_card=True)
    (token,) = cards(house, None)
    plain = device(java_script_enabled=False)
    plain.goto(f"/j/{CODE}#c={token}")
    plain.locator("#card").fill(f"{token[:4]}-{token[4:8]}-{token[8:]}".lower())
    plain.locator("form button").click()
    plain.wait_for_url(f"**/p/{CODE}")


def test_what_one_person_has_half_made_is_not_for_the_next(
    house: House, device: Device, check_axe: Callable[[Page], None]
) -> None:
    promise(house, shared=True)
    house.act("open", 2)
    phone = device()
    join(phone)
    phone.locator(".row label").first.click()
    phone.reload()
    expect(phone.locator("input:checked")).to_have_count(1)
    phone.get_by_role("link", name="Answer for another person").click()
    phone.wait_for_url("**/another")
    check_axe(phone)
    phone.locator("form button").click()
    phone.wait_for_url(f"**/p/{CODE}")
    expect(phone.locator(".row")).to_have_count(5)
    expect(phone.locator("input:checked")).to_have_count(0)


def test_paper_ballots_are_put_in_by_keyboard(
    house: House, desk: Page, check_axe: Callable[[Page], None]
) -> None:
    house.act("open", 2)
    desk.goto("/desk/sessions/1")
    desk.get_by_role("link", name="Paper and hands").click()
    expect(desk.locator("form.ballot input[type=radio]").first).to_be_focused()
    check_axe(desk)
    for key in ("2", "3", "2"):
        expect(desk.locator("form.ballot input[type=radio]").first).to_be_focused()
        desk.keyboard.press(key)
        with desk.expect_navigation():
            desk.keyboard.press("Enter")
    expect(desk.locator("section li").filter(has_text="Paper ballot")).to_have_count(3)
    desk.locator(".flash").get_by_role("button", name="Undo").click()
    expect(desk.locator("s")).to_have_text("Paper ballot")
    house.act("close", 2)
    assert len(house.ballots(2)) == 2
