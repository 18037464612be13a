"""Preparing at the desk in a real browser: laptop and phone, light and dark, keyboard, no barrier."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from facilitator import db
from facilitator.models.link import Link
from facilitator.models.person import Person
from tests.browser.conftest import DESK, Device, House

pytestmark = pytest.mark.browser

PAGES = (
    "/desk/",
    "/desk/account",
    "/desk/guides/new",
    "/desk/guides/1",
    "/desk/guides/1/edit",
    "/desk/guides/1/items",
    "/desk/guides/1/items/bring",
    "/desk/items/1",
    "/desk/activities/1/feed",
    "/desk/activities/1/options",
    "/desk/guides/1/workshops/new",
    "/desk/workshops/1",
    "/desk/workshops/1/edit",
    "/desk/workshops/1/sessions/new",
    "/desk/sessions/1/edit",
    "/desk/sessions/1/copy",
    "/desk/people",
    "/desk/people/new",
    "/desk/people/1",
)
PASSWORD = "a few plain words"
LAPTOP = DESK | {"has_touch": False, "is_mobile": False, "device_scale_factor": 1}


def come_in(page: Page, house: House) -> None:
    """Sign in by a one-time link."""
    with house.inside():
        _link, token = Link.issue(Person.by_email("awa@example.org"))
    page.goto(f"/enter/{token}")
    page.locator("main form button").click()
    page.wait_for_url("**/desk/**")


def overflow(page: Page) -> int:
    """Measure how far the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_the_first_person_prepares_a_session_from_nothing(device: Device, house: House, check_axe) -> None:
    with house.inside():
        for table in reversed(db.Base.metadata.sorted_tables):
            db.session.execute(table.delete())
        _link, token = Link.issue(None)
    desk = device(**LAPTOP)
    desk.goto(f"/enter/{token}")
    check_axe(desk)
    desk.get_by_role("button", name="Come in").click()
    desk.get_by_label("Name").fill("Awa Diop")
    desk.get_by_label("E-mail address").fill("awa@example.org")
    desk.get_by_label("New password").fill(PASSWORD)
    desk.get_by_role("button", name="Save").click()
    desk.get_by_role("link", name="Create a guide").wait_for()
    check_axe(desk)
    desk.get_by_role("link", name="Create a guide").click()
    desk.get_by_label("Country").select_option("SN")
    desk.get_by_label("French").last.fill("Guide d’utilisation")
    desk.get_by_role("button", name="Create the guide").click()
    desk.get_by_role("link", name="Plan a workshop").click()
    desk.get_by_label("English").last.fill("National workshop")
    desk.get_by_label("First day").fill("2027-02-15")
    desk.get_by_label("Last day").fill("2027-02-17")
    desk.get_by_role("button", name="Create the workshop").click()
    desk.get_by_role("link", name="Add a session").first.click()
    desk.get_by_role("textbox", name="English").fill("Morning")
    desk.get_by_role("button", name="Add the session").click()
    desk.wait_for_url("**/desk/sessions/*")
    expect(desk.locator("h1")).to_contain_text("Morning")


def test_signing_in_with_the_keyboard_alone(device: Device, house: House) -> None:
    with house.inside():
        Person.by_email("awa@example.org").set_password(PASSWORD)
    page = device(**LAPTOP)
    page.goto("/desk/people")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.get_by_label("E-mail address").focus()
    page.keyboard.type("awa@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong, sadly")
    page.keyboard.press("Enter")
    page.get_by_text("do not belong together").wait_for()
    expect(page.locator("#password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/people")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_barrier(device: Device, house: House, check_axe: Callable, scheme: str) -> None:
    page = device(locale="fr", **LAPTOP, color_scheme=scheme)
    page.goto("/sign-in")
    check_axe(page)
    come_in(page, house)
    for address in PAGES:
        page.goto(address)
        check_axe(page)


def test_every_page_fits_a_phone_in_both_directions(device: Device, house: House) -> None:
    page = device()
    come_in(page, house)
    for address in PAGES:
        page.goto(address)
        for width in (320, 360, 768):
            page.set_viewport_size({"width": width, "height": 740})
            for direction in ("ltr", "rtl"):
                page.evaluate("direction => document.documentElement.dir = direction", direction)
                assert overflow(page) <= 0, (address, width, direction)


def test_big_enough_to_touch(device: Device, house: House) -> None:
    page = device()
    come_in(page, house)
    for address in PAGES:
        page.goto(address)
        sizes = page.eval_on_selector_all(
            "main .button, main select, main input:not([type=hidden], [type=checkbox], [type=radio]),"
            " .bar a, .bar button, .crumbs a, .rows a:first-child",
            "all => all.filter(e => e.offsetParent).map(e => [e.textContent.trim(), e.offsetHeight])",
        )
        assert [found for found in sizes if found[1] < 48] == [], address


def test_a_title_is_asked_for_in_the_chosen_languages_only(desk: Page) -> None:
    desk.goto("/desk/guides/new")
    shown = [desk.locator(f"#title-{language}").is_visible() for language in ("en", "fr", "ar")]
    assert shown == [True, True, False]
    desk.get_by_label("Arabic").first.check()
    expect(desk.locator("#title-ar")).to_be_visible()


def test_a_refused_form_leads_to_the_first_fault(desk: Page, check_axe: Callable) -> None:
    desk.goto("/desk/guides/1/workshops/new")
    desk.get_by_label("English").last.fill("Workshop")
    desk.get_by_label("First day").fill("2027-02-15")
    desk.get_by_label("Last day").fill("2027-02-14")
    desk.get_by_role("button", name="Create the workshop").click()
    desk.get_by_text("cannot be before the first").wait_for()
    expect(desk.locator("#ends_on")).to_be_focused()
    expect(desk.locator("#title-en")).to_have_value("Workshop")
    check_axe(desk)


def test_a_new_link_can_be_copied_on_a_plain_network(desk: Page) -> None:
    desk.goto("/desk/people/1")
    desk.get_by_role("button", name="Make a new sign-in link").click()
    desk.get_by_role("button", name="Copy").click()
    desk.get_by_role("button", name="Copied").wait_for()


def test_taking_a_role_away_can_be_taken_back(desk: Page) -> None:
    desk.goto("/desk/people/1")
    desk.get_by_label("Country").select_option("ML")
    desk.get_by_role("button", name="Give this role").click()
    desk.get_by_role("button", name="Take away").click()
    desk.get_by_text("The role was taken away.").wait_for()
    expect(desk.get_by_role("button", name="Take away")).to_have_count(0)
    desk.get_by_role("button", name="Undo").click()
    desk.get_by_role("button", name="Take away").wait_for()
