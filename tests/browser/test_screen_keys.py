"""The facilitator runs the room from the keyboard of the wall; nobody else can."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House
from tests.browser.wall import answered, session, wall_of

pytestmark = pytest.mark.browser


@pytest.fixture
def wall(house: House, desk: Page) -> Page:
    """Give the wall on the computer of the facilitator, who is signed in."""
    desk.goto(f"{wall_of(house)}?language=en")
    return desk


def is_now(wall: Page, **facts: str) -> None:
    """Expect the wall to be in a state."""
    for name, value in facts.items():
        expect(wall.locator("#board")).to_have_attribute(f"data-{name}", value)


def says(page: Page, words: str) -> None:
    """Expect the wall to confirm a key, briefly."""
    expect(page.locator("#said")).to_have_text(words)


def test_keys_run_the_room(house: House, wall: Page) -> None:
    is_now(wall, state="lobby")
    wall.keyboard.press("ArrowRight")
    is_now(wall, state="ready")
    wall.keyboard.press("Space")
    is_now(wall, state="open", results="hidden")
    says(wall, "The question is open.")
    answered(house, 0, 6)
    begun = datetime.now(UTC).replace(microsecond=0)
    wall.keyboard.press("t")
    says(wall, "The timer runs.")
    clock = wall.locator(".timer time")
    expect(clock).to_have_text(re.compile(r"^(2:00|1:[0-5]\d)$"))
    until = datetime.fromisoformat(clock.get_attribute("datetime") or "")
    assert begun <= until - timedelta(minutes=2) <= datetime.now(UTC)
    wall.keyboard.press("T")
    says(wall, "The timer is stopped.")
    wall.keyboard.press("l")
    is_now(wall, locked="yes")
    says(wall, "Joining is locked.")
    wall.keyboard.press("Space")
    is_now(wall, state="closed", results="hidden")
    says(wall, "The question is closed.")
    assert wall.locator(".result-row").count() == 0
    wall.keyboard.press("h")
    is_now(wall, results="shown")
    says(wall, "The results are shown.")
    expect(wall.locator(".result-row")).to_have_count(5)
    wall.keyboard.press("h")
    is_now(wall, results="hidden")
    expect(wall.locator(".result-row")).to_have_count(0)
    wall.keyboard.press("ArrowRight")
    is_now(wall, state="ready")
    wall.keyboard.press("ArrowLeft")
    is_now(wall, state="closed")


def test_going_on_closes_what_is_open(house: House, wall: Page) -> None:
    wall.keyboard.press("ArrowRight")
    is_now(wall, state="ready")
    wall.keyboard.press("Space")
    is_now(wall, state="open")
    wall.keyboard.press("ArrowRight")
    is_now(wall, state="ready")
    with house.inside():
        assert session().open_round is None


def test_a_key_that_was_held_or_meant_for_a_button_acts_once(house: House, wall: Page) -> None:
    wall.keyboard.press("ArrowRight")
    is_now(wall, state="ready")
    wall.keyboard.press("?")
    help = wall.locator("#help")
    expect(help).to_be_visible()
    wall.keyboard.press("ArrowRight")
    wall.keyboard.press("h")
    help.get_by_role("button", name="Close", exact=True).focus()
    wall.keyboard.press("Space")
    expect(help).to_be_hidden()
    is_now(wall, state="ready")
    wall.keyboard.down("Space")
    wall.keyboard.down("Space")
    wall.keyboard.down("Space")
    wall.keyboard.up("Space")
    is_now(wall, state="open")
    with house.inside():
        assert len(session().running_order[0].rounds) == 1


def test_everything_can_be_done_with_a_pointer(wall: Page) -> None:
    wall.mouse.move(100, 100)
    wall.locator("#ask").click()
    wall.locator("#help").get_by_role("button", name="Next question").click()
    is_now(wall, state="ready")
    expect(wall.locator("#help")).to_be_hidden()


def test_what_is_refused_is_said(house: House, wall: Page) -> None:
    with house.inside():
        activity = session().running_order[0]
        activity.prompt = {"en": "Only in English"}
    wall.keyboard.press("ArrowRight")
    is_now(wall, state="ready")
    wall.keyboard.press("Space")
    says(wall, "Not done. Try again, or use the desk.")
    is_now(wall, state="ready")


def test_keys_of_a_stranger_change_nothing(house: House, projector: Page) -> None:
    house.act("next")
    projector.goto(f"{wall_of(house)}?language=en")
    sent: list[str] = []
    projector.on("request", lambda request: sent.append(request.method))
    for key in ("Space", "h", "l", "t", "ArrowRight"):
        projector.keyboard.press(key)
    projector.keyboard.press("?")
    expect(projector.locator("#help")).not_to_contain_text("Open or close")
    assert "POST" not in sent
    is_now(projector, state="ready", locked="no")


def test_the_code_fills_the_screen_and_goes_again(house: House, projector: Page) -> None:
    projector.goto(wall_of(house))
    projector.keyboard.press("q")
    expect(projector.locator("#big-code .code")).to_have_text("123\u00a0456")
    box = projector.locator("#big-code .qr").bounding_box()
    assert box
    assert box["height"] > 800
    projector.keyboard.press("q")
    expect(projector.locator("#big-code")).to_be_hidden()


def test_the_wall_fills_the_screen_and_goes_back(house: House, projector: Page) -> None:
    projector.goto(wall_of(house))
    for filled in ("true", "false"):
        projector.keyboard.press("f")
        projector.wait_for_function(f"Boolean(document.fullscreenElement) === {filled}")


def test_letters_are_found_on_an_arabic_keyboard(house: House, projector: Page) -> None:
    projector.goto(wall_of(house))
    pressed = "new KeyboardEvent('keydown', {key: 'ض', code: 'KeyQ', bubbles: true})"
    projector.evaluate(f"document.body.dispatchEvent({pressed})")
    expect(projector.locator("#big-code")).to_be_visible()


def test_the_language_turns_with_a_key_and_stays(house: House, projector: Page) -> None:
    projector.goto(f"{wall_of(house)}?language=en")
    projector.keyboard.press("g")
    expect(projector.locator("html")).to_have_attribute("lang", "fr")
    projector.keyboard.press("g")
    expect(projector.locator("html")).to_have_attribute("dir", "rtl")
    house.act("next")
    expect(projector.locator("h1")).to_have_attribute("lang", "ar")
    projector.reload()
    expect(projector.locator("html")).to_have_attribute("lang", "ar")


def test_the_dark_screen_is_kept(house: House, projector: Page) -> None:
    projector.goto(wall_of(house))
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = projector.evaluate(paper)
    projector.keyboard.press("d")
    dark = projector.evaluate(paper)
    assert dark != light
    projector.reload()
    assert projector.evaluate(paper) == dark
    projector.keyboard.press("d")
    assert projector.evaluate(paper) == light


def test_pages_are_turned_by_keys_and_begin_anew_with_a_question(house: House, projector: Page) -> None:
    with house.inside():
        activity = session().running_order[0]
        texts = [{code: f"{number} {code}" for code in ("en", "fr", "ar")} for number in range(20)]
        activity.edit("choice", activity.prompt, {"most": 1}, [(None, text) for text in texts])
    house.act("next")
    projector.goto(f"{wall_of(house)}?language=en")
    projector.keyboard.press("PageDown")
    expect(projector.locator(".options li").first).to_have_text("9 en")
    projector.keyboard.press("PageDown")
    projector.keyboard.press("PageDown")
    expect(projector.locator(".options li")).to_have_count(2)
    projector.locator(".pager a[rel=prev]").click()
    expect(projector.locator(".options li").first).to_have_text("9 en")
    house.act("next")
    is_now(projector, page="1", pages="1")
