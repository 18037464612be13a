"""What comes to a phone at the same time, too often or only half: nothing of it is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asked import LAST, ask
from tests.browser.conftest import Device, House, join

pytestmark = pytest.mark.browser

LATE = """part => {
    const { fetch } = window;
    window.fetch = (address, ...how) => {
        const answer = fetch(address, ...how);
        if (!address.includes(part)) return answer;
        window.fetch = fetch;
        return answer.then((came) => new Promise((go) => { window.arrive = () => go(came); }));
    };
}"""
HALF = """() => {
    const { fetch } = window;
    window.fetch = (_, { signal }) => {
        window.fetch = fetch;
        window.stuck = true;
        return Promise.resolve(new Response(new ReadableStream({
            start(body) { signal.addEventListener("abort", () => body.error(signal.reason)); },
        })));
    };
}"""
HELD = """window.EventSource = class extends EventSource {
    constructor(address) { super(address); window.stream = this; }
};"""


DEAD = """window.EventSource = class {
    constructor() { window.streams = (window.streams || 0) + 1; this.readyState = 1; }
    addEventListener() {}
    close() { this.readyState = 2; }
};"""


def test_a_stream_that_died_without_a_word_is_found_out_and_replaced(house: House, device: Device) -> None:
    page = device()
    page.clock.install()
    page.add_init_script(DEAD)
    join(page)
    house.act("open")
    assert page.evaluate("() => streams") == 1
    page.clock.fast_forward(80_000)
    expect(page.get_by_role("heading", name="Which challenge matters most?")).to_be_visible()
    page.wait_for_function("() => streams === 2")


def test_the_next_pair_comes_though_the_page_was_fetched_before_the_receipt(
    house: House, phone: Page
) -> None:
    ask(house, "pairwise", 4)
    phone.locator(".pair").first.wait_for()
    phone.evaluate(LATE, "/answers/")
    phone.locator(".pair").first.tap()
    phone.wait_for_function("() => window.arrive")
    house.act("timer", LAST, minutes=2)
    expect(phone.locator(".timer")).to_be_visible()
    phone.evaluate("() => arrive()")
    expect(phone.locator(".count").first).to_contain_text("1 pair")


def test_what_happens_often_puts_nothing_off(house: House, device: Device) -> None:
    page = device()
    page.add_init_script(HELD)
    join(page)
    expect(page.locator(".light")).to_have_text("Connected")
    with page.expect_request("**/now"):
        page.evaluate("""() => {
            Math.random = () => 4;
            setInterval(() => stream.dispatchEvent(new Event("activity")), 50);
        }""")


def test_an_answer_that_stops_half_way_is_asked_for_again(house: House, phone: Page) -> None:
    expect(phone.locator(".light")).to_have_text("Connected")
    phone.clock.install()
    phone.evaluate(HALF)
    house.act("open")
    phone.wait_for_function("() => window.stuck")
    phone.clock.fast_forward(10_500)
    expect(phone.get_by_role("heading", name="Which challenge matters most?")).to_be_visible()


def test_what_had_the_focus_may_go_and_the_clock_runs_on(house: House, phone: Page) -> None:
    house.act("open")
    phone.locator("#clock").wait_for(state="attached")
    phone.evaluate("""() => {
        document.querySelector("#clock").innerHTML = "<button id=gone type=button>?</button>";
        document.querySelector("#gone").focus();
    }""")
    house.act("timer", minutes=2)
    expect(phone.locator(".timer")).to_have_text(re.compile(r"^1:[0-5]\d left$"))
