"""A block at each phone's own pace: two phones, one of them without a script, and the wall that counts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from facilitator.models.session import Session
from tests.browser.conftest import CODE, House, join
from tests.browser.wall import wall_of

pytestmark = pytest.mark.browser


@pytest.fixture
def block(house: House) -> House:
    """Give a house whose first two questions make a block."""
    with house.inside():
        session = Session.by_code(CODE)
        assert session
        for activity in session.running_order[:2]:
            activity.block = "Before lunch"
    return house


def test_two_phones_answer_a_block_each_at_its_own_pace(
    block: House, device: Callable[..., Page], projector: Page, check_axe: Callable[[Page], None]
) -> None:
    quick, plain = device(), device(java_script_enabled=False)
    join(quick)
    join(plain)
    projector.goto(f"{wall_of(block)}?language=en")
    block.act("open-block")
    expect(quick.locator("h1")).to_have_text("Answer these questions in your own time.")
    check_axe(quick)
    expect(projector.locator("h1")).to_have_text("Before lunch")
    expect(projector.locator(".options li").first).to_contain_text("0 of 2 answered")
    quick.get_by_role("link", name="Which challenge matters most?").click()
    quick.wait_for_url("**?question=*")
    quick.get_by_text("Poor dissemination", exact=True).click()
    quick.get_by_role("button", name="Send", exact=True).click()
    expect(quick.locator("#state")).to_contain_text("Received")
    check_axe(quick)
    expect(projector.locator(".options li").first).to_contain_text("1 of 2 answered")
    quick.get_by_role("link", name="Next question").click()
    expect(quick.locator("h1")).to_have_text("Put the challenges in order")
    quick.get_by_role("link", name="All questions").click()
    expect(quick.locator(".asked li")).to_contain_text(["Received ✓", "Not answered yet"])

    plain.goto(f"/p/{CODE}")
    plain.get_by_role("link", name="Put the challenges in order").click()
    plain.locator("select").first.select_option("1")
    plain.get_by_role("button", name="Send", exact=True).click()
    expect(plain.locator(".asked li")).to_contain_text(["Not answered yet", "Received ✓"])
    expect(projector.locator(".options li").nth(1)).to_contain_text("1 of 2 answered")

    quick.get_by_role("link", name="Which challenge matters most?").click()
    block.act("close")
    expect(quick.locator("h1")).to_have_text("This question is closed. Look at the screen.")
    expect(projector.locator(".mark-closed")).to_be_visible()
    assert [len(block.ballots(number)) for number in (0, 1)] == [1, 1]
    block.act("open", activity=2)
    expect(quick.locator("form")).to_be_visible()
    expect(quick.locator(".steps")).to_have_count(0)
