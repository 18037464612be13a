"""Ranking by thumb, by buttons, by keyboard, and with sixty options."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from facilitator import db
from facilitator.models.session import Session
from tests import factories
from tests.browser.conftest import CODE, Device, House, join

pytestmark = pytest.mark.browser


@pytest.fixture
def ranking(house: House, phone: Page) -> Page:
    """Give a phone that has a ranking before it."""
    house.act("open", 1)
    expect(phone.locator(".tap")).to_have_count(5)
    return phone


def row(page: Page, number: int) -> Locator:
    return page.locator(".row").nth(number)


def stand(page: Page, *places: str) -> None:
    """Expect the rows to have these places."""
    expect(page.locator(".row .place")).to_have_text(places)


def ids(page: Page) -> list[int]:
    rows = page.locator(".row").evaluate_all("rows => rows.map(row => row.dataset.option)")
    return [int(value) for value in rows]


def send(page: Page) -> None:
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("form")).to_have_attribute("data-state", "received")


def test_taps_give_places_and_take_them_back(house: House, ranking: Page) -> None:
    for number in (3, 0, 4):
        row(ranking, number).locator(".tap").tap()
    stand(ranking, "2", "", "", "1", "3")
    name = row(ranking, 4).locator(".text").inner_text()
    expect(ranking.locator("#said")).to_have_text(f"{name}: place 3 of 5")
    expect(ranking.locator(".count")).to_contain_text("3 of 5 ranked")
    row(ranking, 3).locator(".tap").tap()
    stand(ranking, "1", "", "", "", "2")
    expect(row(ranking, 3).locator(".tap")).to_have_attribute("aria-pressed", "false")
    send(ranking)
    options = ids(ranking)
    assert house.ballots(1) == [{"order": [[options[0]], [options[4]]], "unsure": []}]


def test_buttons_move_tie_and_take_back(house: House, ranking: Page) -> None:
    options = ids(ranking)
    for number in range(4):
        row(ranking, number).locator(".tap").tap()

    def press(name: str, number: int) -> None:
        words = row(ranking, number).locator(".text").inner_text()
        ranking.get_by_role("button", name=f"{name}: {words}").tap()

    press("Move up", 2)
    stand(ranking, "1", "3", "2", "4", "")
    press("Move down", 0)
    stand(ranking, "2", "3", "1", "4", "")
    press("Same place as the one before", 1)
    stand(ranking, "2", "2", "1", "3", "")
    press("Move up", 1)
    stand(ranking, "3", "2", "1", "4", "")
    press("Same place as the one before", 3)
    press("Same place as the one before", 0)
    stand(ranking, "2", "2", "1", "3", "")
    press("Same place as the one before", 0)
    stand(ranking, "3", "2", "1", "4", "")
    press("Take back", 2)
    stand(ranking, "2", "1", "", "3", "")
    row(ranking, 4).locator(".unsure input").check()
    row(ranking, 0).locator(".unsure input").check()
    stand(ranking, "", "1", "", "2", "")
    send(ranking)
    unsure = sorted((options[0], options[4]))
    assert house.ballots(1) == [{"order": [[options[1]], [options[3]]], "unsure": unsure}]
    ranking.reload()
    stand(ranking, "", "1", "", "2", "")
    row(ranking, 4).locator(".tap").tap()
    expect(row(ranking, 4).locator(".unsure input")).not_to_be_checked()


def test_the_keyboard_alone_ranks(house: House, device: Device) -> None:
    page = device(has_touch=False, is_mobile=False)
    join(page)
    house.act("open", 1)
    page.locator(".tap").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    stand(page, "", "1", "3", "2", "")
    moved = row(page, 2).locator(".text").inner_text()
    page.get_by_role("button", name=f"Move up: {moved}").focus()
    page.keyboard.press("ArrowUp")
    stand(page, "", "1", "2", "3", "")
    expect(page.get_by_role("button", name=f"Move up: {moved}")).to_be_focused()
    page.keyboard.press("Enter")
    stand(page, "", "2", "1", "3", "")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    stand(page, "", "1", "3", "2", "")
    expect(page.locator("#said")).to_have_text(f"{moved}: place 3 of 5")
    page.get_by_role("button", name="Send", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("form")).to_have_attribute("data-state", "received")
    options = ids(page)
    assert house.ballots(1)[0]["order"] == [[options[1]], [options[3]], [options[2]]]


def test_without_shared_places_there_is_no_button_for_them(house: House, device: Device) -> None:
    with house.inside():
        session = Session.by_code(CODE)
        assert session
        session.running_order[1].settings = {"ties": False}
    page = device()
    join(page)
    house.act("open", 1)
    page.locator(".tap").first.tap()
    expect(page.locator("[data-act=up]")).to_have_count(1)
    expect(page.locator("[data-act=same]")).to_have_count(0)


def test_sixty_options_stay_usable(house: House, device: Device) -> None:
    with house.inside():
        session = Session.by_code(CODE)
        assert session
        factories.activity(session=session, kind="ranking", options=60)
        db.session.flush()
    house.act("open", 3)
    page = device()
    join(page)
    for number in range(0, 60, 6):
        row(page, number).locator(".tap").tap()
    last = row(page, 54).locator(".text").inner_text()
    page.get_by_role("button", name=f"Move up: {last}").tap()
    given = page.locator(".row .place").filter(has_text=re.compile(r"\d"))
    expect(given).to_have_text(["1", "2", "3", "4", "5", "6", "7", "8", "10", "9"])
    send(page)
    assert [len(group) for group in house.ballots(3)[0]["order"]] == [1] * 10
