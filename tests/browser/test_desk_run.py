"""The running desk in a browser: phones and the wall follow it, a phone is its remote, nothing gets lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from facilitator.models.link import Link
from facilitator.models.person import Person
from tests.browser.conftest import Device, House
from tests.browser.wall import answered, session, wall_of

pytestmark = pytest.mark.browser

REMOTE = {"viewport": {"width": 360, "height": 740}}
THUMB = 48
SIZES = """() => [...document.querySelectorAll(".controls .button")].map((each) => {
  const box = each.getBoundingClientRect();
  return [Math.min(box.width, box.height), box.bottom <= innerHeight];
})"""


def room(house: House) -> str:
    """Give the path of the running page."""
    with house.inside():
        return f"/desk/sessions/{session().id}"


def primary(page: Page, name: str) -> None:
    """Press the one thing to do now, once it is this."""
    button = page.locator(".controls .primary")
    expect(button).to_have_text(name)
    button.click()


def enter(page: Page, house: House) -> None:
    """Sign the facilitator in on another device."""
    with house.inside():
        _link, token = Link.issue(Person.by_email("awa@example.org"))
    page.goto(f"/enter/{token}")
    page.locator("main form button").first.click()
    page.wait_for_url("**/desk/**")


def test_phones_and_the_wall_follow_the_desk(house: House, desk: Page, phone: Page, projector: Page) -> None:
    projector.goto(wall_of(house))
    desk.goto(room(house))
    expect(desk.locator("#figures")).to_contain_text("Joined")
    desk.evaluate("document.body.dataset.kept = 'yes'")
    primary(desk, "Show question 1")
    expect(projector.locator("#board")).to_contain_text("Which challenge matters most?")
    primary(desk, "Open")
    expect(projector.locator("#board")).to_contain_text("Open")
    phone.locator("label", has_text="Poor dissemination").click()
    phone.locator("form button").first.click()
    expect(desk.locator("#figures .count-wide b")).to_have_text("1")
    expect(projector.locator("#board")).to_contain_text("1 of 1 answered")
    primary(desk, "Close")
    expect(desk.locator("#said")).to_contain_text("Closed with 1 answer.")
    expect(phone.locator("body")).to_contain_text("closed")
    primary(desk, "Show the result")
    expect(desk.locator(".stage .badge.shown")).to_be_visible()
    primary(desk, "Next question")
    expect(phone.locator("body")).to_contain_text("Put the challenges in order")
    assert desk.evaluate("document.body.dataset.kept") == "yes"
    assert len(house.ballots(0)) == 1


def test_a_closing_is_taken_back_with_one_press(house: House, desk: Page) -> None:
    house.act("open")
    answered(house, 0, 6)
    desk.goto(room(house))
    primary(desk, "Close")
    desk.locator("#said form button").click()
    expect(desk.locator(".stage-head")).to_contain_text("Round 2")
    expect(desk.locator("#figures .count-wide b")).to_have_text("6")


def test_what_an_act_said_goes_with_the_next_one(house: House, desk: Page) -> None:
    house.act("open")
    desk.goto(room(house))
    primary(desk, "Close")
    expect(desk.locator("#said")).to_contain_text("Closed with 0 answers.")
    desk.locator(".controls .step-next").click()
    primary(desk, "Open")
    expect(desk.locator(".stage-open")).to_be_visible()
    expect(desk.locator("#said")).to_be_empty()


def test_a_phone_is_the_remote(house: House, desk: Page, device: Device) -> None:
    desk.goto(room(house))
    desk.get_by_role("button", name="Phone as remote").click()
    address = desk.locator(".remote-address").inner_text()
    desk.goto(room(house))
    remote = device(**REMOTE)
    remote.goto(re.sub(r"^https?://[^/]+", "", address))
    remote.locator("main form button").first.click()
    remote.wait_for_url(f"**{room(house)}")
    primary(remote, "Show question 1")
    expect(remote.locator(".controls .primary")).to_have_text("Open")
    sizes = remote.evaluate(SIZES)
    assert len(sizes) == 3
    assert all(size >= THUMB and reached for size, reached in sizes), sizes
    assert remote.evaluate("document.documentElement.scrollWidth") <= 360
    primary(remote, "Open")
    expect(desk.locator(".controls .primary")).to_have_text("Close")
    expect(desk.locator(".stage-head")).to_contain_text("Open")


def test_two_desks_show_the_same(house: House, desk: Page, device: Device) -> None:
    other = device(viewport={"width": 1280, "height": 800}, is_mobile=False, has_touch=False)
    enter(other, house)
    desk.goto(room(house))
    other.goto(room(house))
    primary(desk, "Show question 1")
    primary(other, "Open")
    primary(desk, "Close")
    expect(other.locator(".controls .primary")).to_have_text("Show the result")


def test_a_press_on_an_old_page_changes_nothing_and_shows_how_things_stand(house: House, desk: Page) -> None:
    desk.route("**/stream", lambda route: route.abort())
    desk.route("**/now", lambda route: route.abort())
    desk.goto(room(house))
    house.act("open", 1)
    desk.locator(".controls .primary").click()
    expect(desk.locator("#said")).to_contain_text("Someone else acted in the meantime")
    expect(desk.locator(".stage-prompt")).to_have_text("Put the challenges in order")
    expect(desk.locator(".controls .primary")).to_have_text("Close")


def test_without_the_server_the_desk_says_so_and_comes_back(house: House, desk: Page) -> None:
    desk.goto(room(house))
    expect(desk.locator("#light")).to_be_hidden()
    house.end()
    expect(desk.locator("#light")).to_contain_text("Connection lost")
    desk.locator(".controls .primary").click()
    expect(desk.locator("#said")).to_contain_text("Not done")
    house.start()
    expect(desk.locator("#light")).to_be_hidden()
    primary(desk, "Show question 1")
    expect(desk.locator(".controls .primary")).to_have_text("Open")


def test_a_desk_whose_stream_did_not_come_follows_all_the_same(house: House, desk: Page) -> None:
    desk.route("**/stream", lambda route: route.abort())
    with desk.expect_event("requestfailed"):
        desk.goto(room(house))
    expect(desk.locator("#light")).to_contain_text("Connection lost")
    desk.unroute("**/stream")
    house.act("open")
    expect(desk.locator(".controls .primary")).to_have_text("Close")
    expect(desk.locator("#light")).to_be_hidden()


def test_after_a_long_cut_the_desk_is_back_within_seconds(house: House, desk: Page) -> None:
    desk.clock.install()
    desk.goto(room(house))
    expect(desk.locator("#figures")).to_contain_text("Joined")
    failed = []
    desk.on("requestfailed", lambda request: failed.append(request) if "/stream" in request.url else None)
    house.end()
    expect(desk.locator("#light")).to_contain_text("Connection lost")
    for tried in range(1, 8):
        while len(failed) < tried:
            desk.clock.fast_forward(80_000)
            desk.wait_for_timeout(50)
    house.start()
    desk.clock.fast_forward(6_000)
    expect(desk.locator("#light")).to_be_hidden()


def test_the_countdown_runs_on_the_desk(house: House, desk: Page) -> None:
    house.act("open")
    desk.goto(room(house))
    desk.locator("summary", has_text="Timer").click()
    desk.get_by_role("button", name="1 min").click()
    clock = desk.locator("[role=timer]")
    expect(clock).to_have_text(re.compile(r"0:5\d"))
    desk.get_by_role("button", name="Stop the timer").click()
    expect(clock).to_have_count(0)


def test_an_open_menu_stays_open_while_answers_arrive(house: House, desk: Page, phone: Page) -> None:
    house.act("open")
    desk.goto(room(house))
    expect(phone.locator("body")).to_contain_text("Which challenge")
    menu = desk.locator(".menu").nth(2)
    menu.locator("summary").click()
    phone.locator("label", has_text="Poor dissemination").click()
    phone.locator("form button").first.click()
    expect(desk.locator("#figures .count-wide b")).to_have_text("1")
    house.act("lock", locked=1)
    expect(desk.locator(".door .badge")).to_contain_text("Locked")
    expect(menu.get_by_role("link", name="Edit")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Edit")).to_be_hidden()


def drag(page: Page, one: Locator, other: Locator) -> None:
    """Draw a handle to where another is, and a little on: the list may notice the hand a moment later."""
    one.hover()
    page.mouse.down()
    other.hover()
    box = other.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 - 4, steps=8)
    page.mouse.up()


def test_questions_are_dragged_into_order(house: House, desk: Page) -> None:
    desk.goto(room(house))
    handles = desk.locator(".order-number")
    with desk.expect_response("**/move"):  # the list shows it at once, the house a moment later
        drag(desk, handles.nth(1), handles.nth(0))
    expect(desk.locator(".order-prompt").first).to_have_text("Put the challenges in order")
    desk.evaluate("() => { window.Sortable.create = () => { window.again = true; }; }")
    house.act("lock", locked=1)
    expect(desk.locator(".door .badge")).to_contain_text("Locked")
    assert desk.evaluate("window.again") is None  # the list is still the same: one drag is one move
    desk.reload()
    expect(desk.locator(".order-prompt").first).to_have_text("Put the challenges in order")


def test_options_are_written_with_the_keyboard_and_dragged(house: House, desk: Page) -> None:
    desk.goto(room(house) + "/activities/new")
    for language in ("en", "fr", "ar"):
        desk.locator(f"#prompt-{language}").fill(f"Question {language}")
    first = desk.locator("[name=option-en]")
    first.nth(0).fill("One")
    first.nth(0).press("Enter")
    expect(first.nth(1)).to_be_focused()
    desk.keyboard.type("Two")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Three")
    desk.keyboard.press("Enter")
    expect(first).to_have_count(4)
    expect(first.nth(3)).to_be_focused()
    desk.keyboard.type("Four")
    handles = desk.locator(".option-number")
    drag(desk, handles.nth(3), handles.nth(0))
    expect(first.nth(0)).to_have_value("Four")
    desk.get_by_role("button", name="Remove option 2").click()
    expect(first).to_have_count(3)
    assert [field.input_value() for field in first.all()] == ["Four", "Two", "Three"]
    expect(desk.locator("#prompt-fr")).to_have_value("Question fr")
    desk.get_by_role("button", name="Add to the running order").last.click()
    expect(desk.locator(".flashes")).to_contain_text("Saved with 3 options.")
    expect(desk.locator(".order-row").last).to_contain_text("Missing: French, Arabic")


def test_a_room_is_run_without_a_script(house: House, device: Device) -> None:
    traits = {"viewport": {"width": 1280, "height": 800}, "is_mobile": False, "has_touch": False}
    plain = device(java_script_enabled=False, **traits)
    enter(plain, house)
    plain.goto(room(house))
    for name in ("Show question 1", "Open", "Close", "Show the result", "Next question"):
        primary(plain, name)
    expect(plain.locator(".stage-prompt")).to_have_text("Put the challenges in order")
    expect(plain.locator(".order-row").first).to_contain_text("Round 1: 0 answers")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_running_desk_has_a_barrier(
    house: House, desk: Page, check_axe: Callable[[Page], None], scheme: str
) -> None:
    desk.emulate_media(color_scheme=scheme)
    home = room(house)

    def seen() -> None:
        for size in ({"width": 1280, "height": 800}, {"width": 360, "height": 740}):
            desk.set_viewport_size(size)
            check_axe(desk)
            assert desk.evaluate("document.documentElement.scrollWidth") <= size["width"]

    desk.goto(home)
    seen()
    house.act("open", 1)
    answered(house, 1, 23)
    house.act("timer", 1, minutes=5)
    desk.goto(home)
    desk.locator(".menu summary").last.click()
    seen()
    house.act("close", 1)
    house.act("reveal", 1)
    desk.goto(home)
    desk.locator("summary", has_text="Ask again").click()
    seen()
    with house.inside():
        order = session().running_order
        assert order[1].round
        pages = [f"/desk/rounds/{order[1].round.id}", f"/desk/activities/{order[0].id}/edit"]
        pages += [f"/desk/activities/{order[1].id}/edit", f"{home}/activities/new"]
    for page in pages:
        desk.goto(f"{page}?language=fr")
        seen()
    desk.goto(f"{home}?language=en")
    desk.get_by_role("button", name="Phone as remote").click()
    desk.wait_for_url("**/remote")
    seen()
