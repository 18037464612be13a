"""Phones and projector together: a vote moves the wall, and the wall is right after every cut."""

import signal
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, join
from tests.browser.wall import answered, wall_of

pytestmark = pytest.mark.browser


@pytest.fixture
def wall(house: House, projector: Page) -> Page:
    """Give the wall of the room, in English."""
    projector.goto(f"{wall_of(house)}?language=en")
    expect(projector.locator("html")).not_to_have_attribute("data-link", "cut")
    return projector


def vote(phone: Page, option: str) -> None:
    """Pick an option on a phone and wait for the receipt."""
    phone.get_by_text(option, exact=True).click()
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.locator("#state")).to_contain_text("Received")


def test_a_vote_moves_the_wall_until_it_is_closed_and_shown(
    house: House, wall: Page, device: Callable[..., Page]
) -> None:
    phones = [device(), device()]
    for number, phone in enumerate(phones, 1):
        join(phone)
        expect(wall.locator(".people")).to_contain_text(str(number))
    house.act("next")
    expect(wall.locator("h1")).to_have_text("Which challenge matters most?")
    house.act("open")
    expect(wall.locator(".answered")).to_have_text("0 of 2 answered")
    for number, phone in enumerate(phones, 1):
        vote(phone, "Poor dissemination")
        expect(wall.locator(".answered")).to_have_text(f"{number} of 2 answered")
    late = device()
    join(late)
    expect(wall.locator(".answered")).to_have_text("2 of 3 answered")
    vote(late, "Limited use of data")
    expect(wall.locator(".answered")).to_have_text("3 of 3 answered")
    assert wall.locator(".result-row").count() == 0
    house.act("close")
    expect(wall.locator(".mark-closed")).to_be_visible()
    assert wall.locator(".result-row").count() == 0
    house.act("reveal")
    first = wall.locator(".result-row").first
    expect(first.locator(".result-name")).to_have_text("Poor dissemination")
    expect(first.locator(".result-figure strong")).to_have_text("2")
    house.act("hide")
    expect(wall.locator(".result-row")).to_have_count(0)


def test_a_shown_result_grows_in_steps_of_five(house: House, wall: Page, device: Callable[..., Page]) -> None:
    house.act("next")
    house.act("open")
    house.act("reveal")
    answered(house, 0, 3)
    figures = wall.locator(".result-figure strong")
    for number in (4, 5, 6):
        phone = device()
        join(phone)
        vote(phone, "Limited use of data")
        expect(wall.locator(".answered")).to_have_text(f"{number} of {number} answered")
        if number == 4:
            expect(wall.locator(".results")).to_contain_text("from five answers on")
            expect(figures).to_have_count(0)
        elif number == 5:
            expect(figures).to_have_count(5)
            seen = figures.all_inner_texts()
    assert figures.all_inner_texts() == seen


def test_the_count_is_right_after_the_wall_lost_its_network(house: House, wall: Page, phone: Page) -> None:
    house.act("next")
    house.act("open")
    expect(wall.locator(".answered")).to_have_text("0 of 1 answered")
    wall.context.set_offline(True)
    cut = wall.locator("html[data-link='cut']")
    vote(phone, "Poor dissemination")
    house.act("lock", locked="1")
    expect(wall.locator(".answered")).to_have_text("0 of 1 answered")
    wall.context.set_offline(False)
    expect(wall.locator(".answered")).to_have_text("1 of 1 answered")
    expect(wall.locator("#board")).to_have_attribute("data-locked", "yes")
    expect(cut).to_have_count(0)


def test_the_wall_comes_back_with_a_server_that_was_killed(house: House, wall: Page, phone: Page) -> None:
    house.act("next")
    house.act("open")
    vote(phone, "Poor dissemination")
    expect(wall.locator(".answered")).to_have_text("1 of 1 answered")
    shown = wall.locator("#stage").inner_text()
    house.end(signal.SIGKILL)
    expect(wall.locator(".cut")).to_be_visible()
    assert wall.locator("#stage").inner_text() == shown
    answered(house, 0, 4)
    house.start()
    expect(wall.locator(".answered")).to_have_text("5 of 5 answered")
    expect(wall.locator(".cut")).to_be_hidden()
    house.act("close")
    expect(wall.locator(".mark-closed")).to_be_visible()


def test_the_wall_follows_where_streams_are_refused(house: House, projector: Page, phone: Page) -> None:
    projector.route("**/stream", lambda route: route.fulfill(status=503))
    projector.goto(f"{wall_of(house)}?language=en")
    house.act("next")
    house.act("open")
    expect(projector.locator(".answered")).to_have_text("0 of 1 answered")
    vote(phone, "Poor dissemination")
    expect(projector.locator(".answered")).to_have_text("1 of 1 answered")


def test_nothing_moves_while_nothing_happens(house: House, wall: Page) -> None:
    house.act("next")
    expect(wall.locator(".mark-ready")).to_be_visible()
    wall.evaluate(
        """() => {
          window.moves = 0;
          new MutationObserver((all) => { window.moves += all.length; })
            .observe(document.getElementById("wall"), {subtree: true, childList: true, attributes: true});
        }"""
    )
    with wall.expect_response("**/now?*") as asked:
        wall.evaluate("dispatchEvent(new Event('online'))")
    asked.value.finished()
    wall.wait_for_timeout(300)
    assert wall.evaluate("window.moves") == 0
