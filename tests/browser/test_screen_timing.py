"""What comes to the wall at the same time or not at all: it shows how things stand, in its own language."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House
from tests.browser.wall import wall_of

pytestmark = pytest.mark.browser

# the answer to the first question that holds these words waits for a word
LATE = """part => {
    const { fetch } = window;
    window.fetch = (address, ...how) => {
        const answer = fetch(address, ...how);
        if (!String(address).includes(part)) return answer;
        window.fetch = fetch;
        return answer.then((came) => new Promise((go) => { window.arrive = () => go(came); }));
    };
}"""
NEVER = """() => {
    const { fetch } = window, timeout = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = () => timeout(300);
    window.fetch = (address, how) => how.method !== "POST" ? fetch(address, how) : new Promise((_, no) => {
        how.signal?.addEventListener("abort", () => no(how.signal.reason));
    });
}"""


@pytest.fixture
def wall(house: House, projector: Page) -> Page:
    """Give a wall in English that follows its session, and looks only when it is told to."""
    projector.add_init_script("window.setInterval = () => 0;")
    with projector.expect_response("**/now?*"):
        projector.goto(f"{wall_of(house)}?language=en")
    return projector


def test_a_board_that_was_asked_for_in_the_language_before_is_not_shown(house: House, wall: Page) -> None:
    wall.evaluate(LATE, "language=en")
    house.act("next")
    wall.wait_for_function("() => window.arrive")
    wall.keyboard.press("g")
    expect(wall.locator("html")).to_have_attribute("lang", "fr")
    wall.evaluate("() => arrive()")
    expect(wall.locator("h1")).to_have_attribute("lang", "fr")
    expect(wall.locator("#ask")).to_be_visible()


def test_what_happens_while_the_language_turns_is_shown(house: House, wall: Page) -> None:
    wall.evaluate(LATE, "language=fr")
    wall.keyboard.press("g")
    wall.wait_for_function("() => window.arrive")
    house.act("next")
    expect(wall.locator("#board")).to_have_attribute("data-state", "ready")
    wall.evaluate("() => arrive()")
    expect(wall.locator("html")).to_have_attribute("lang", "fr")
    expect(wall.locator("#board")).to_have_attribute("data-state", "ready")


def test_an_act_that_nobody_answers_is_told_and_blocks_no_other(house: House, desk: Page) -> None:
    desk.goto(f"{wall_of(house)}?language=en")
    desk.evaluate(NEVER)
    desk.keyboard.press("ArrowRight")
    expect(desk.locator("#said")).to_have_text("Not done. Try again, or use the desk.")
