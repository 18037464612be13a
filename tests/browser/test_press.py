"""The hand at the running desk: no press gets lost, none acts on another button than the one pressed."""

import time

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import House

pytestmark = pytest.mark.browser

ROOM = "/desk/sessions/1"
SLOW = 0.7


def slowly(route: Route) -> None:
    """Let an act take its time on the way."""
    time.sleep(SLOW)
    route.continue_()


def test_a_press_made_while_an_act_is_on_its_way_follows_it(house: House, desk: Page) -> None:
    house.act("open")
    desk.goto(ROOM)
    desk.route("**/close", slowly)
    with desk.expect_response("**/next"):
        desk.evaluate(
            """() => {
              document.querySelector(".controls .primary").click();
              document.querySelector(".controls .primary").click();
              document.querySelector(".controls .step-next").click();
            }"""
        )
    expect(desk.locator(".stage-prompt")).to_have_text("Put the challenges in order")
    expect(desk.locator(".order-row").first).to_contain_text("Round 1: 0 answers")
    assert desk.locator("#said .flash-problem").count() == 0


def test_a_press_whose_button_has_gone_is_told(house: House, desk: Page) -> None:
    house.act("open")
    desk.goto(ROOM)
    desk.route("**/next", slowly)
    desk.evaluate(
        """() => {
          document.querySelector(".controls .step-next").click();
          document.querySelector(".controls .primary").click();
        }"""
    )
    expect(desk.locator(".stage-prompt")).to_have_text("Put the challenges in order")
    expect(desk.locator("#said")).to_contain_text("look, then press again")
    expect(desk.locator(".controls .primary")).to_have_text("Open")


def test_nothing_is_replaced_under_a_press(house: House, desk: Page) -> None:
    house.act("open")
    with desk.expect_response(f"**{ROOM}/now"):  # the stream stands
        desk.goto(ROOM)
    desk.locator(".controls .primary").hover()
    desk.mouse.down()
    with desk.expect_response(f"**{ROOM}/now"):
        house.act("lock", locked=1)
    desk.wait_for_timeout(300)
    expect(desk.locator(".door")).not_to_contain_text("Locked")
    desk.mouse.up()
    expect(desk.locator(".door .badge")).to_contain_text("Locked")
    expect(desk.locator("#said")).to_contain_text("Closed with 0 answers.")
    expect(desk.locator(".controls .primary")).to_have_text("Show the result")
    desk.mouse.down(click_count=2)  # the end of a double click on Close
    desk.mouse.up(click_count=2)
    desk.get_by_role("button", name="Let people join").click()
    expect(desk.locator("#said")).to_contain_text("People can join again.")
    expect(desk.locator(".controls .primary")).to_have_text("Show the result")
