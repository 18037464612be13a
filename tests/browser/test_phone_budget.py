"""What a phone's first visit costs, on how bad a network and how small a screen it works."""

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page, expect

from facilitator.models.session import Session
from tests import factories
from tests.browser.conftest import CODE, Device, House, join

pytestmark = pytest.mark.browser
WINDOW = 14_600
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
READABLE, ANSWERABLE = 1500, 2000  # milliseconds
TURNS = 20  # the network is slow in each of them, the machine perhaps not
WATCH = """() => {
    const look = () => {
        const heading = document.querySelector("h1");
        if (heading && heading.getClientRects().length) window.readable ??= performance.now();
        if (document.documentElement.classList.contains("js")) window.answerable = performance.now();
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""


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


def come(page: Page, came: dict[str, float], least: int) -> None:
    """Wait until so much has come, and a little for what should not come."""
    while len(came) < least:
        page.wait_for_timeout(50)
    page.wait_for_timeout(500)


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
    come(page, came, 3)
    needed = [url for url in asked if "/stream" not in url]
    assert len(needed) == 3, needed
    assert sum(came.values()) <= WINDOW
    came.clear()
    page.goto(f"/p/{CODE}")
    expect(page.locator(".light")).to_have_text("Conectado")
    come(page, came, 1)
    assert sum(came.values()) <= 3000


def in_time(taken: list[tuple[float, float]]) -> bool:
    """Tell whether the question was soon there, and soon answerable."""
    return any(readable <= READABLE and answerable <= ANSWERABLE for readable, answerable in taken)


def test_on_slow_3g_the_question_is_soon_there(house: House, device: Device) -> None:
    house.act("open")
    page = device()
    join(page)
    wire, _came, _asked = meter(page)
    wire.send("Network.emulateNetworkConditions", SLOW_3G)
    page.add_init_script(f"({WATCH})()")
    taken: list[tuple[float, float]] = []
    while len(taken) < TURNS and not in_time(taken):
        wire.send("Network.clearBrowserCache")
        page.goto(f"/p/{CODE}", wait_until="commit")
        expect(page.get_by_role("heading", name="Which challenge matters most?")).to_be_visible()
        page.wait_for_function("() => window.answerable")
        taken.append(page.evaluate("() => [readable, answerable]"))
    assert in_time(taken), taken
    assert min(readable for readable, _ in taken) > SLOW_3G["latency"], "the network was not slow"


def show(house: House, page: Page, number: int) -> None:
    """Open the choice or the ranking of the house, and wait until the phone has it."""
    house.act("open", number)
    page.locator(f"[data-ballot={('choice', 'ranking')[number]}]").wait_for()


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
        show(house, page, number)
        for tap in page.locator(".tap").all()[:3]:
            tap.tap()
        expect(page.locator(".tap[aria-pressed=true]")).to_have_count(3 * number)
        fits()
        house.act("close", number)


@pytest.mark.parametrize("number", [0, 1])
def test_everything_that_is_tapped_is_large_enough(house: House, phone: Page, number: int) -> None:
    show(house, phone, number)
    for tap in phone.locator(".tap").all():
        tap.tap()
    expect(phone.locator(".tap[aria-pressed=false]")).to_have_count(0)
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
        show(house, phone, number)
        check_contrast(phone)
        house.act("close", number)
