"""Pairs by thumb, with and without a script and through a cut; links, words and the day's remark."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asked import LAST, ask
from tests.browser.conftest import Device, House, join

pytestmark = pytest.mark.browser


def answered(page: Page, number: int) -> None:
    """Wait until the page says how many pairs are answered."""
    expect(page.locator(".count").first).to_contain_text(f"{number} pair")


def test_each_tap_answers_a_pair_and_brings_the_next(house: House, phone: Page) -> None:
    ask(house, "pairwise", 4)
    expect(phone.get_by_role("button", name="Send", exact=True)).to_be_hidden()
    expect(phone.get_by_role("button", name="Blank answer")).to_be_visible()
    for number in range(1, 7):
        phone.locator(".pair").nth(number % 2).tap()
        answered(phone, number)
        expect(phone.locator("form")).to_have_attribute("data-state", "received")
    expect(phone.locator(".pair")).to_have_count(0)
    expect(phone.get_by_role("button", name="Blank answer")).to_be_hidden()
    (choice,) = house.ballots(LAST)
    assert len({frozenset(pair) for pair in choice["won"]}) == 6
    phone.get_by_role("button", name="Take back the last answer").tap()
    expect(phone.locator(".pair")).to_have_count(2)
    phone.get_by_role("button", name="Can’t decide").tap()
    answered(phone, 6)
    expect(phone.locator("form")).to_have_attribute("data-state", "received")
    (choice,) = house.ballots(LAST)
    assert (len(choice["won"]), len(choice["even"])) == (5, 1)


def test_pairs_are_answered_by_keyboard(house: House, phone: Page) -> None:
    ask(house, "pairwise", 4)
    phone.locator(".pair").first.focus()
    phone.keyboard.press("Enter")
    answered(phone, 1)


def test_a_pair_tapped_while_cut_off_is_sent_later(house: House, phone: Page) -> None:
    ask(house, "pairwise", 4)
    phone.locator(".pair").first.tap()
    answered(phone, 1)
    phone.context.set_offline(True)
    phone.locator(".pair").first.tap()
    expect(phone.locator("form")).to_have_attribute("data-state", "unsent")
    phone.context.set_offline(False)
    expect(phone.locator("form")).to_have_attribute("data-state", "received")
    answered(phone, 2)
    (choice,) = house.ballots(LAST)
    assert len(choice["won"]) == 2


def test_pairs_follow_each_other_without_a_script(house: House, device: Device) -> None:
    ask(house, "pairwise", 4)
    plain = device(java_script_enabled=False)
    join(plain)
    for number in (1, 2, 3):
        plain.locator(".pair").first.tap()
        answered(plain, number)
    assert [len(choice["won"]) for choice in house.ballots(LAST)] == [3]


def test_an_option_opens_and_is_linked(house: House, phone: Page) -> None:
    ask(house, "linking")
    expect(phone.get_by_text("Budget").first).to_be_hidden()
    phone.locator("summary").first.tap()
    phone.locator("details").first.get_by_text("Budget").tap()
    phone.get_by_role("button", name="Send", exact=True).tap()
    expect(phone.locator("form")).to_have_attribute("data-state", "received")
    assert [[target for _option, target in ballot["links"]] for ballot in house.ballots(LAST)] == [[9002]]


@pytest.mark.parametrize(("kind", "field", "most"), [("words", "text", 300), ("evaluation", "remark", 1000)])
def test_what_still_fits_is_said_and_nothing_is_not_sent(
    house: House, phone: Page, kind: str, field: str, most: int
) -> None:
    ask(house, kind)
    phone.get_by_role("button", name="Send", exact=True).tap()
    expect(phone.locator("form")).to_have_attribute("data-state", "empty")
    phone.locator("textarea").fill("Des données")
    expect(phone.locator(f"#{field}-left")).to_have_text(f"{most - 11} signs still fit.")
    phone.get_by_role("button", name="Send", exact=True).tap()
    expect(phone.locator("form")).to_have_attribute("data-state", "received")
    assert [ballot[field] for ballot in house.ballots(LAST)] == ["Des données"]


def test_a_text_half_written_stays_when_the_page_is_loaded_again(house: House, phone: Page) -> None:
    ask(house, "words")
    phone.locator("textarea").fill("Des données")
    phone.locator("h1").click()
    phone.reload()
    expect(phone.locator("textarea")).to_have_value("Des données")


@pytest.mark.parametrize("kind", ["pairwise", "linking"])
def test_what_is_tapped_is_large_enough(house: House, phone: Page, kind: str) -> None:
    ask(house, kind)
    phone.locator(".row").first.wait_for()
    if kind == "linking":
        phone.locator("summary").first.tap()
    boxes = [
        target.bounding_box() for target in phone.locator("fieldset button, summary, .ticks label").all()
    ]
    seen = [box for box in boxes if box and box["width"]]
    assert seen
    assert min(min(box["width"], box["height"]) for box in seen) >= 48
