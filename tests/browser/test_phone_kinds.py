"""Points, ratings and votes by thumb and by keyboard; a long list searched; a top that is kept to."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from facilitator.kinds import KINDS
from tests.browser.asked import LAST, ask
from tests.browser.conftest import CODE, Device, House, join
from tests.browser.test_phone_budget import come

pytestmark = pytest.mark.browser
WINDOW = 14_600
SCALES = ("points", "rating", "matrix2x2", "adoption")


def send(page: Page, state: str = "received") -> None:
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("form")).to_have_attribute("data-state", state)


def tap(page: Page, row: int, name: str) -> None:
    page.locator(".row").nth(row).locator("label", has_text=name).locator("b").tap()


def test_what_is_left_is_counted_and_too_much_is_refused(house: House, phone: Page) -> None:
    ask(house, "points", budget=7, most=5)
    count = phone.locator(".count")
    expect(count).to_have_text("7 of 7 left")
    tap(phone, 0, "5")
    expect(count).to_have_text("2 of 7 left")
    tap(phone, 1, "4")
    expect(count).to_have_text("2 too many: you have 7")
    send(phone, "refused")
    expect(phone.locator("#state")).to_have_text("2 points too many: you have 7. Please take them back.")
    tap(phone, 1, "0")
    send(phone)
    assert [[number for _item, number in ballot["points"]] for ballot in house.ballots(LAST)] == [[5]]


def test_a_rating_says_its_word_and_is_taken_back(house: House, phone: Page) -> None:
    ask(house, "rating", scale="quality")
    words = phone.locator(".row").first.locator("i")
    expect(words.filter(has_text="No opinion")).to_be_visible()
    tap(phone, 0, "4")
    expect(words.filter(has_text="Good").first).to_be_visible()
    tap(phone, 1, "2")
    tap(phone, 0, "–")
    send(phone)
    assert [[level for _item, level in ballot["ratings"]] for ballot in house.ballots(LAST)] == [[2]]


def test_a_scale_is_worked_by_keyboard(house: House, phone: Page) -> None:
    ask(house, "rating")
    first = phone.locator(".scale").first
    first.locator("[value='1']").focus()
    phone.keyboard.press("ArrowRight")
    expect(first.locator("[value='2']")).to_be_checked()
    assert first.locator("[value='2'] ~ b").evaluate("b => getComputedStyle(b).outlineStyle") == "solid"


@pytest.mark.parametrize("kind", SCALES)
def test_votes_are_sent_without_a_script(house: House, device: Device, kind: str) -> None:
    ask(house, kind)
    plain = device(java_script_enabled=False)
    join(plain)
    plain.locator(".row").nth(1).locator("b").nth(1).tap()
    plain.get_by_role("button", name="Send", exact=True).click()
    expect(plain.locator(".note.good")).to_be_visible()
    assert len(house.ballots(LAST)) == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_kind_runs_over_a_narrow_screen(
    house: House, device: Device, check_axe: Callable[[Page], None], language: str
) -> None:
    page = device(language, viewport={"width": 320, "height": 640})
    join(page)
    for place, kind in enumerate(KINDS, LAST):
        ask(house, kind, place=place)
        page.goto(f"/p/{CODE}")
        page.locator("form fieldset").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, kind
        check_axe(page)
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, kind


@pytest.mark.parametrize("kind", SCALES)
def test_what_is_tapped_is_large_enough(house: House, phone: Page, kind: str) -> None:
    ask(house, kind)
    phone.locator(".row").first.wait_for()
    boxes = [target.bounding_box() for target in phone.locator(".scale b").all()]
    assert boxes
    assert min(min(box["width"], box["height"]) for box in boxes if box) >= 48


def test_sixty_options_of_the_heaviest_kind_fit_in_one_window(house: House, device: Device) -> None:
    ask(house, "ranking", 60)
    page = device("ar")
    join(page)
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    came: dict[str, float] = {}
    wire.on(
        "Network.loadingFinished", lambda event: came.update({event["requestId"]: event["encodedDataLength"]})
    )
    wire.send("Network.clearBrowserCache")
    page.goto(f"/p/{CODE}")
    expect(page.locator(".light")).to_have_text("متصل")
    come(page, came, 3)
    assert sum(came.values()) <= WINDOW


def test_a_long_list_is_searched_without_changing_the_answer(house: House, phone: Page) -> None:
    ask(house, "choice", 13, most=0)
    expect(phone.locator(".row")).to_have_count(13)
    phone.get_by_text("Poor dissemination", exact=True).click()
    send(phone)
    search = phone.get_by_label("Search")
    search.fill("UPDÀTE")
    expect(phone.locator(".row:visible")).to_have_count(1)
    phone.keyboard.press("Enter")
    search.fill("")
    expect(phone.locator(".row:visible")).to_have_count(13)
    expect(phone.locator("form")).to_have_attribute("data-state", "received")
    assert len(house.ballots(LAST)) == 1


def test_a_short_list_has_no_search(house: House, phone: Page) -> None:
    ask(house, "choice", 12)
    phone.locator(".row").first.wait_for()
    expect(phone.locator("[type=search]")).to_have_count(0)


def test_as_many_as_one_likes(house: House, phone: Page) -> None:
    ask(house, "choice", most=0)
    phone.locator(".row").first.wait_for()
    for label in phone.locator(".row label").all():
        label.tap()
    expect(phone.locator(".count")).to_have_text("5 picked")
    send(phone)
    assert [len(ballot["options"]) for ballot in house.ballots(LAST)] == [5]


def test_no_more_than_the_top_is_ranked(house: House, phone: Page) -> None:
    ask(house, "ranking", top=2)
    phone.locator(".row").first.wait_for()
    for button in phone.locator(".tap").all()[:3]:
        button.tap()
    expect(phone.locator(".count")).to_contain_text("2 of 2 ranked")
    expect(phone.locator("#state")).to_have_text("Rank 2 options at most.")
    expect(phone.locator("#said")).to_have_text("Rank 2 options at most.")
    send(phone)
    assert [len(ballot["order"]) for ballot in house.ballots(LAST)] == [2]
