"""A block in a real browser: laid, its first steps run, notes and parked questions kept meanwhile."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from facilitator import db
from facilitator.blocks.challenges import CHALLENGES
from facilitator.models.session import Session
from tests.browser.conftest import CODE, House, join
from tests.browser.wall import wall_of

pytestmark = pytest.mark.browser
ROOM = "/desk/sessions/1"


def proposed(phone: Page, text: str) -> None:
    """Write one proposal on a phone and wait for the receipt."""
    phone.get_by_role("textbox").first.fill(text)
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.locator("#state")).to_contain_text("Received")


def test_challenges_are_laid_and_their_first_steps_run(
    house: House, desk: Page, device: Callable[..., Page]
) -> None:
    desk.goto(ROOM)
    desk.get_by_role("link", name="Lay a block").click()
    desk.get_by_role("button", name="Add to the running order: Challenges").click()
    expect(desk.locator(".flash")).to_contain_text("3 questions were added.")
    expect(desk.locator(".order-row")).to_have_count(6)
    expect(desk.locator("#plan")).to_contain_text("40 minutes planned")

    desk.get_by_role("button", name="Show question 4").click()
    desk.locator(".stage").get_by_role("button", name="Open", exact=True).click()
    expect(desk.locator("#plan")).to_contain_text("on time")
    phones = [device(), device()]
    for phone, text in zip(phones, ("Nobody reads it", "It is out of date"), strict=True):
        join(phone)
        proposed(phone, text)

    desk.get_by_role("link", name="Read and decide").click()
    for left in (1, 0):
        desk.locator("[data-card=waiting]").first.get_by_role("button", name="Accept").first.click()
        expect(desk.locator("[data-card=waiting]")).to_have_count(left)
    desk.goto(ROOM)
    desk.locator(".stage").get_by_role("button", name="Close").click()
    desk.get_by_role("button", name="Use its list in question 5").click()
    expect(desk.locator(".order-row").nth(4)).to_contain_text("2 options")
    desk.get_by_role("button", name="Show question 5").click()
    desk.locator(".stage").get_by_role("button", name="Open", exact=True).click()
    phone = phones[0]
    expect(phone.locator("h1")).to_have_text(CHALLENGES.steps[1].prompt["en"])
    phone.get_by_text("It is out of date").last.click()
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.locator("#state")).to_contain_text("Received")
    expect(desk.locator("#figures")).to_contain_text("1 of 2")


def test_a_note_saves_itself_and_survives_what_happens_meanwhile(house: House, desk: Page) -> None:
    house.act("next")
    with desk.expect_response(f"**{ROOM}/now"):  # the stream stands
        desk.goto(ROOM)
    note = desk.get_by_label("What was said")
    note.fill("The ministry asked for yearly figures.")
    house.act("lock", locked="1")
    expect(desk.locator(".door .badge")).to_contain_text("Locked")
    expect(note).to_have_value("The ministry asked for yearly figures.")
    desk.get_by_label("A question from the floor").focus()
    expect(desk.locator(".note [role=status]")).to_have_text("Saved.")
    desk.reload()
    expect(desk.get_by_label("What was said")).to_have_value("The ministry asked for yearly figures.")


def test_questions_are_parked_one_after_another_and_no_wall_shows_them(
    house: House, desk: Page, projector: Page, check_axe: Callable
) -> None:
    projector.goto(wall_of(house))
    desk.goto(ROOM)
    line = desk.get_by_label("A question from the floor")
    for text in ("Who pays?", "And the regions?"):
        line.fill(text)
        line.press("Enter")
        expect(desk.locator(".parked-rows")).to_contain_text(text)
        expect(line).to_have_value("")
    check_axe(desk)
    desk.get_by_role("button", name="Answered: Who pays?").click()
    expect(desk.locator(".parked s")).to_have_text("Who pays?")
    desk.get_by_role("button", name="Withdraw: And the regions?").click()
    expect(desk.locator(".parked-rows li")).to_have_count(1)
    expect(desk.locator("#said")).to_contain_text("Taken off the parking list.")
    desk.get_by_role("button", name="Undo").click()
    expect(desk.locator(".parked-rows li")).to_have_count(2)
    assert "Who pays?" not in projector.locator("body").inner_text()


def test_the_pages_have_no_barrier_and_fit(house: House, desk: Page, check_axe: Callable) -> None:
    with house.inside():
        session = Session.by_code(CODE)
        assert session
        session.running_order[0].minutes = 10
        number = session.running_order[0].id
        db.session.commit()
    for address in (f"{ROOM}/blocks", f"/desk/activities/{number}/note", ROOM):
        desk.set_viewport_size({"width": 1280, "height": 800})
        desk.goto(address)
        check_axe(desk)
        for width in (320, 768):
            desk.set_viewport_size({"width": width, "height": 740})
            for direction in ("ltr", "rtl"):
                desk.evaluate("direction => document.documentElement.dir = direction", direction)
                wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                assert desk.evaluate(wide) <= 0, (address, width, direction)
