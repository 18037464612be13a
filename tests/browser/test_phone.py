"""A phone in the hall: it joins, votes, and says in words what became of the answer."""

import re
import signal
from collections.abc import Callable
from itertools import cycle

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import CODE, Device, House, join

pytestmark = pytest.mark.browser
STATE = "#state"
RECEIVED = re.compile("Received ✓")


def option(page: Page, number: int):
    return page.locator(".choice .row label").nth(number)


def send(page: Page) -> None:
    page.get_by_role("button", name="Send", exact=True).tap()


def post(page: Page) -> None:
    """Send without script, and wait for the page that answers."""
    with page.expect_navigation():
        send(page)


def test_a_code_is_typed_and_the_phone_is_in_after_two_taps(house: House, device: Device) -> None:
    page = device()
    page.goto("/")
    page.get_by_label("Type the code on the screen").fill("١٢٣ ٤٥٦")
    page.get_by_role("button", name="Go on").tap()
    expect(page.get_by_text("Your answers are not linked to you.")).to_be_visible()
    page.get_by_role("button", name="Join").tap()
    expect(page.get_by_role("heading", name="You are in. Please wait.")).to_be_visible()
    expect(page.locator(".light")).to_have_text("Connected")
    assert "phone" not in page.evaluate("document.cookie")


def test_the_question_comes_by_itself_and_the_answer_is_received(house: House, phone: Page) -> None:
    house.act("open")
    expect(phone.get_by_role("heading", name="Which challenge matters most?")).to_be_visible()
    option(phone, 1).tap()
    send(phone)
    expect(phone.locator(STATE)).to_have_text(RECEIVED)
    assert len(house.ballots()) == 1
    option(phone, 1).tap()
    option(phone, 3).tap()
    expect(phone.locator(STATE)).to_contain_text("Changed, but not sent")
    send(phone)
    expect(phone.locator(STATE)).to_have_text(RECEIVED)
    chosen = phone.locator("input:checked").get_attribute("value")
    assert house.ballots() == [{"options": [int(chosen or 0)]}]
    house.act("close")
    expect(phone.get_by_role("heading", name="This question is closed. Look at the screen.")).to_be_visible()
    expect(phone.get_by_text("Your answer was received ✓")).to_be_visible()


def test_what_happens_while_the_page_is_fetched_is_seen_too(house: House, phone: Page) -> None:
    phone.evaluate("""() => {
        const { fetch, setTimeout } = window;
        window.fetch = (...what) => {
            window.fetch = fetch;
            const late = (answer) => new Promise((go) => { window.arrive = () => go(answer); });
            return fetch(...what).then(late);
        };
        window.setTimeout = (does, wait) => setTimeout(() => { does(); console.log("asked"); }, wait);
    }""")
    house.act("open")
    phone.wait_for_function("() => window.arrive")
    with phone.expect_console_message(lambda said: said.text == "asked"):
        house.act("close")
    phone.evaluate("() => window.arrive()")
    expect(phone.get_by_role("heading", name="This question is closed.")).to_be_visible()


def test_too_many_ticks_are_taken_back_and_said(house: House, phone: Page) -> None:
    house.act("open")
    for number in range(3):
        option(phone, number).tap()
    expect(phone.locator("input:checked")).to_have_count(2)
    expect(phone.locator("#said")).to_have_text("Pick 2 answers at most.")
    expect(phone.locator(".count")).to_have_text("2 of at most 2 picked")


def test_nothing_marked_is_not_sent_and_blank_is_an_answer(house: House, phone: Page) -> None:
    house.act("open")
    send(phone)
    expect(phone.locator(STATE)).to_contain_text("Nothing is marked yet")
    assert house.ballots() == []
    phone.get_by_role("button", name="Blank answer").tap()
    expect(phone.locator(STATE)).to_have_text(RECEIVED)
    assert house.ballots() == [{}]


def test_a_half_made_answer_outlives_events_and_reloads(house: House, phone: Page) -> None:
    house.act("open")
    option(phone, 2).tap()
    house.act("timer", minutes=2)
    expect(phone.locator(".timer")).to_have_text(re.compile(r"^[12]:\d\d left$"))
    expect(phone.locator("input:checked")).to_have_count(1)
    phone.reload()
    expect(phone.locator("input:checked")).to_have_count(1)
    house.act("close")
    expect(phone.get_by_text("No answer came from this phone.")).to_be_visible()


def test_an_answer_given_offline_is_sent_when_the_network_is_back(house: House, phone: Page) -> None:
    house.act("open")
    option(phone, 0).tap()
    phone.context.set_offline(True)
    expect(phone.locator(".light")).to_have_text("Reconnecting…")
    send(phone)
    expect(phone.locator(STATE)).to_contain_text("Not sent yet. It will be sent")
    assert house.ballots() == []
    phone.context.set_offline(False)
    expect(phone.locator(STATE)).to_have_text(RECEIVED)
    expect(phone.locator(".light")).to_have_text("Connected")
    assert len(house.ballots()) == 1


def test_a_pending_answer_outlives_a_reload(house: House, phone: Page) -> None:
    house.act("open")
    option(phone, 0).tap()
    phone.route("**/answers/*", lambda route: route.abort())
    send(phone)
    expect(phone.locator(STATE)).to_contain_text("Not sent yet")
    phone.unroute("**/answers/*")
    phone.reload()
    expect(phone.locator(STATE)).to_have_text(RECEIVED)
    assert len(house.ballots()) == 1


def test_a_lost_receipt_and_a_captive_portal_are_no_receipts(house: House, phone: Page) -> None:
    house.act("open")
    option(phone, 0).tap()
    replies = cycle([{"status": 502, "body": "no"}, {"status": 200, "body": "<html>Pay here</html>"}])
    phone.route("**/answers/*", lambda route: route.fulfill(**next(replies)))
    with phone.expect_response("**/answers/*"):
        send(phone)
    with phone.expect_response("**/answers/*"):  # it tries again by itself
        expect(phone.locator(STATE)).to_contain_text("Not sent yet")
    expect(phone.locator(STATE)).to_contain_text("Not sent yet")
    assert house.ballots() == []
    phone.unroute("**/answers/*")
    expect(phone.locator(STATE)).to_have_text(RECEIVED)
    assert len(house.ballots()) == 1


def test_a_killed_server_comes_back_and_gets_the_answer_once(house: House, phone: Page) -> None:
    house.act("open")
    option(phone, 0).tap()
    send(phone)
    expect(phone.locator(STATE)).to_have_text(RECEIVED)
    house.end(signal.SIGKILL)
    expect(phone.locator(".light")).to_have_text("Reconnecting…")
    option(phone, 1).tap()
    send(phone)
    expect(phone.locator(STATE)).to_contain_text("Not sent yet")
    house.start()
    expect(phone.locator(STATE)).to_have_text(RECEIVED)
    expect(phone.locator(".light")).to_have_text("Connected")
    ballots = house.ballots()
    assert len(ballots) == 1
    assert len(ballots[0]["options"]) == 2
    house.act("close")
    expect(phone.get_by_role("heading", name="Look at the screen.")).to_be_visible()


def test_an_answer_that_comes_after_the_closing_is_told(house: House, phone: Page) -> None:
    house.act("open")
    option(phone, 0).tap()
    phone.route("**/now", lambda route: route.abort())
    house.act("close")
    send(phone)
    expect(phone.locator(STATE)).to_contain_text("This vote is closed.")
    phone.unroute("**/now")
    expect(phone.get_by_text("No answer came from this phone.")).to_be_visible()
    assert house.ballots() == []


def test_an_answer_that_missed_its_question_is_told_beside_the_next(house: House, phone: Page) -> None:
    house.act("open")
    option(phone, 0).tap()
    phone.context.set_offline(True)
    send(phone)
    house.act("close")
    house.act("open", 2)
    phone.context.set_offline(False)
    expect(phone.locator("input[type=radio]")).to_have_count(5)
    expect(phone.get_by_role("alert")).to_contain_text("This vote is closed.")
    assert house.ballots() == []
    option(phone, 1).tap()
    send(phone)
    expect(phone.locator(STATE)).to_have_text(RECEIVED)
    assert phone.evaluate("Object.keys(localStorage)") == []


def test_a_phone_that_lost_its_key_is_led_to_the_door_and_keeps_its_answer(house: House, phone: Page) -> None:
    house.act("open")
    option(phone, 2).tap()
    phone.context.clear_cookies()
    send(phone)
    phone.get_by_role("link", name="Join").tap()
    phone.get_by_role("button", name="Join").tap()
    expect(phone.locator("input:checked")).to_have_count(1)
    send(phone)
    expect(phone.locator(STATE)).to_have_text(RECEIVED)


def test_phones_without_a_stream_look_by_themselves(house: House, device: Device) -> None:
    page = device()
    page.route("**/stream*", lambda route: route.fulfill(status=503))
    join(page)
    house.act("open")
    expect(page.get_by_role("heading", name="Which challenge matters most?")).to_be_visible()
    expect(page.locator(".light")).to_have_text("Connected")


def test_joining_late_shows_the_open_question_at_once(house: House, device: Device) -> None:
    house.act("open")
    page = device()
    join(page)
    option(page, 0).tap()
    send(page)
    expect(page.locator(STATE)).to_have_text(RECEIVED)


def test_without_script_everything_is_plain_forms(house: House, device: Device) -> None:
    page = device(java_script_enabled=False)
    page.goto("/")
    page.locator("#code").fill(CODE)
    page.get_by_role("button", name="Go on").tap()
    page.get_by_role("button", name="Join").tap()
    expect(page.get_by_text("You are in. Please wait.")).to_be_visible()
    house.act("open")
    page.get_by_role("link", name="Look again").tap()
    option(page, 1).tap()
    post(page)
    expect(page.get_by_text(RECEIVED).first).to_be_visible()
    assert len(house.ballots()) == 1
    expect(page.locator("form")).to_be_hidden()
    page.get_by_role("link", name="Change my answer").tap()
    expect(page.locator("form")).to_be_visible()
    option(page, 2).tap()
    post(page)
    expect(page.locator("form")).to_be_hidden()
    assert len(house.ballots()[0]["options"]) == 2
    house.act("close")
    house.act("open", 1)
    page.goto(f"/p/{CODE}")
    page.locator("select").first.select_option("2")
    page.locator("select").last.select_option("1")
    page.locator("[name=unsure]").nth(2).check()
    post(page)
    assert [len(group) for group in house.ballots(1)[0]["order"]] == [1, 1]
    page.goto(f"/p/{CODE}?change=1")
    page.locator("select").nth(2).select_option("1")
    post(page)
    expect(page.locator(STATE)).to_contain_text("both a place and")
    expect(page.locator("select").nth(2)).to_have_value("1")


def test_phones_whose_clocks_are_days_off_count_down_and_answer(house: House, device: Device) -> None:
    phones = []
    for hours in (-48, 48):
        phone = device()
        phone.add_init_script(f"const now = Date.now; Date.now = () => now() + {hours} * 3600e3")
        join(phone)
        phones.append(phone)
    house.act("open")
    house.act("timer", minutes=2)
    for phone in phones:
        expect(phone.locator(".timer")).to_have_text(re.compile(r"^[12]:\d\d left$"))
        option(phone, 1).tap()
        send(phone)
        expect(phone.locator(STATE)).to_have_text(RECEIVED)
    assert len(house.ballots()) == 2


def test_the_timer_counts_down_and_only_signals(house: House, phone: Page) -> None:
    phone.clock.install()
    house.act("open")
    house.act("timer", minutes=2)
    expect(phone.locator(".timer")).to_have_text(re.compile(r"^[12]:\d\d left$"))
    phone.clock.fast_forward(121_000)
    expect(phone.locator(".timer")).to_have_text("Time is up. The question is still open.")
    option(phone, 0).tap()
    send(phone)
    expect(phone.locator(STATE)).to_have_text(RECEIVED)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_phone_has_a_barrier(
    house: House, device: Device, check_axe: Callable[[Page], None], scheme: str
) -> None:
    page = device(color_scheme=scheme)
    for path in ("/", "/?code=999999", f"/j/{CODE}"):
        page.goto(path)
        check_axe(page)
    join(page)
    check_axe(page)
    house.act("open")
    option(page, 0).tap()
    check_axe(page)
    send(page)
    expect(page.locator(STATE)).to_have_text(RECEIVED)
    check_axe(page)
    house.act("close")
    expect(page.get_by_role("heading", name="Look at the screen.")).to_be_visible()
    check_axe(page)
    house.act("open", 1)
    for number in range(3):
        page.locator(".tap").nth(number).tap()
    check_axe(page)


def test_the_same_pages_pass_in_arabic(
    house: House, device: Device, check_axe: Callable[[Page], None]
) -> None:
    page = device("ar")
    join(page)
    house.act("open", 1)
    expect(page.locator("h1")).to_have_text("رتّبوا التحديات")
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    page.locator(".tap").first.tap()
    badge, text = (page.locator(f".row .tap {part}").first.bounding_box() for part in (".place", ".text"))
    assert badge
    assert text
    assert badge["x"] > text["x"], "the place stands before the words, which is on the other side"
    check_axe(page)
    page.locator(".bar .main").tap()
    expect(page.locator("form")).to_have_attribute("data-state", "received")
    page.get_by_role("link", name="Français").tap()
    expect(page.locator("h1")).to_have_text("Classez les défis")
    expect(page.locator(".tap[aria-pressed=true]")).to_have_count(1)
