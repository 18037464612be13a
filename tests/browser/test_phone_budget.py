"""What a phone's first visit costs, on how bad a network and how small a screen it works."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page, expect

from facilitator.models.session import Session
from tests import factories
from tests.browser.conftest import CODE, Device, House, join

pytestmark = pytest.mark.browser
WINDOW = 14_600
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
READABLE, ANSWERABLE = 1.5, 2.0


def meter(page: Page) -> tuple[CDPSession, dict[str, float], list[str]]:
    """Count what comes over the wire, headers included, and what is asked for."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    came: dict[str, float] = {}
    asked: list[str] = []
    wire.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    wire.on(
        "Network.loadingFinished",
        lambda event: came.update({event["requestId"]: event["encodedDataLength"]}),
    )
    return wire, came, asked


def offer_every_language(house: House) -> None:
    """Let the room read in as many languages as there are."""
    with house.inside():
        session = Session.by_code(CODE)
        assert session
        factories.spoken_by_all(session)


def test_the_first_visit_fits_in_one_window_and_three_requests(house: House, device: Device) -> None:
    offer_every_language(house)
    house.act("open", 1)
    page = device("es")
    join(page)
    wire, came, asked = meter(page)
    wire.send("Network.clearBrowserCache")
    page.goto(f"/p/{CODE}")
    expect(page.locator(".light")).to_have_text("Conectado")
    page.wait_for_timeout(500)
    needed = [url for url in asked if "/stream" not in url]
    assert len(needed) == 3, needed
    assert sum(came.values()) <= WINDOW
    came.clear()
    page.goto(f"/p/{CODE}")
    expect(page.locator(".light")).to_have_text("Conectado")
    page.wait_for_timeout(500)
    assert sum(came.values()) <= 3000


def test_on_slow_3g_the_question_is_soon_there(house: House, device: Device) -> None:
    house.act("open")
    page = device()
    join(page)
    wire, _came, _asked = meter(page)
    wire.send("Network.clearBrowserCache")
    wire.send("Network.emulateNetworkConditions", SLOW_3G)
    begun = time.perf_counter()
    page.goto(f"/p/{CODE}", wait_until="commit")
    expect(page.get_by_role("heading", name="Which challenge matters most?")).to_be_visible()
    readable = time.perf_counter() - begun
    page.locator("html.js").wait_for()
    answerable = time.perf_counter() - begun
    assert readable <= READABLE
    assert answerable <= ANSWERABLE


@pytest.mark.parametrize("zoom", ["", "200%"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_narrow_screen_and_large_text_need_no_sideways_scrolling(
    house: House, device: Device, zoom: str, language: str
) -> None:
    offer_every_language(house)
    page = device(language, viewport={"width": 320, "height": 640})

    def fits() -> None:
        if zoom:
            page.evaluate("size => document.documentElement.style.setProperty('font-size', size)", zoom)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, page.url

    for path in ("/", f"/j/{CODE}"):
        page.goto(path)
        fits()
    join(page)
    fits()
    for number in (0, 1):
        house.act("open", number)
        page.locator(".row").first.wait_for()
        for tap in page.locator(".tap").all()[:3]:
            tap.tap()
        fits()
        house.act("close", number)


@pytest.mark.parametrize("number", [0, 1])
def test_everything_that_is_tapped_is_large_enough(house: House, phone: Page, number: int) -> None:
    house.act("open", number)
    phone.locator(".row").first.wait_for()
    for tap in phone.locator(".tap").all():
        tap.tap()
    targets = phone.locator("button:visible, .row > label:visible, footer a")
    small = [
        (target.inner_text(), box)
        for target in targets.all()
        if (box := target.bounding_box()) and (box["width"] < 47.9 or box["height"] < 47.9)
    ]
    assert small == []


def test_words_are_strong_enough_for_a_bright_hall(
    house: House, phone: Page, check_contrast: Callable[[Page], None]
) -> None:
    check_contrast(phone)
    for number in (0, 1):
        house.act("open", number)
        phone.locator(".row").first.wait_for()
        check_contrast(phone)
        house.act("close", number)
