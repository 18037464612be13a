"""Collecting: three phones propose in three languages, the desk decides by key, one click feeds a ranking."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Page, expect

from facilitator import keys
from facilitator.demo.handset import Handset
from tests import factories
from tests.browser.conftest import House, join
from tests.browser.wall import session, wall_of

pytestmark = pytest.mark.browser

PROMPT = {"en": "What stands in the way?", "fr": "Qu’est-ce qui bloque ?", "ar": "ما الذي يعيق؟"}
TEXTS = {
    "fr": "Manque de données fiables sur la migration",
    "en": "No budget for surveys",
    "ar": "لا توجد ميزانية كافية للترجمة",
}
PEOPLE, SECONDS = 60, 300
# so many are decided on, and the keys wait at one that is not
NEXT = """count => document.querySelectorAll("[data-card=wall], [data-card=aside]").length === count
    && document.activeElement.dataset.card === "waiting" """
TWIN = "Manque de donnees fiables sur les migrations"


@pytest.fixture
def collecting(house: House) -> House:
    """Give a house whose session collects, then ranks what was collected."""
    with house.inside():
        home = session()
        for activity in list(home.activities):
            home.activities.remove(activity)
        made = factories.activity("proposals", 0, {"collects": "challenge", "most": 2}, session=home)
        made.prompt = PROMPT
        ranking = factories.activity("ranking", 0, {"ties": True}, session=home)
        ranking.prompt = {code: f"{code}?" for code in PROMPT}
    house.act("next")
    house.act("open")
    return house


def propose(phone: Page, text: str, number: int = 1) -> None:
    """Write a proposal and send it."""
    phone.locator(f"#text-{number}").fill(text)
    phone.locator("form .main").click()
    expect(phone.locator("form")).to_have_attribute("data-state", "received")


def sift(house: House, desk: Page) -> None:
    """Open the page on which one decides."""
    with house.inside():
        number = session().running_order[0].round.id
    desk.goto(f"/desk/rounds/{number}/proposals")
    expect(desk.locator("[data-card]").first).to_be_focused()


def reach(desk: Page, text: str) -> None:
    """Walk to the card of a text, down and then up."""
    for key in "jjjj" + "k" * 9:
        held = desk.locator("[data-card]:focus p > span").first
        if held.inner_text() == text:
            return
        desk.keyboard.press(key)
    raise AssertionError(text)


def column(desk: Page, name: str) -> list[str]:
    """Read the words of a column."""
    return desk.locator(f"[data-card={name}] > p:first-child > span").all_inner_texts()


def test_three_languages_become_a_ranking(
    collecting: House, desk: Page, projector: Page, device: Callable[..., Page], check_axe: Callable
) -> None:
    phones = {code: device(locale=code) for code in TEXTS}
    for code, phone in phones.items():
        join(phone)
        check_axe(phone)
        propose(phone, TEXTS[code])
    expect(phones["ar"].locator("html")).to_have_attribute("dir", "rtl")
    propose(phones["en"], TWIN, 2)
    projector.goto(f"{wall_of(collecting)}?language=en")
    expect(projector.locator(".received")).to_have_text("4 proposals received")
    expect(projector.locator(".options li")).to_have_count(0)
    sift(collecting, desk)
    check_axe(desk)
    assert set(column(desk, "waiting")) == {*TEXTS.values(), TWIN}

    desk.keyboard.press("a")
    expect(desk.locator("#said")).to_contain_text("On the wall")
    expect(projector.locator(".options li")).to_have_text([TEXTS["fr"]])
    expect(phones["fr"].locator("#own-1")).to_contain_text("✓")
    expect(phones["ar"].locator("#others")).to_contain_text(TEXTS["fr"])
    reach(desk, TWIN)
    desk.keyboard.press("1")
    expect(desk.locator("[data-card=aside]")).to_have_count(1)
    expect(phones["en"].locator("#own-2")).to_contain_text(TEXTS["fr"])

    reach(desk, TEXTS["en"])
    desk.keyboard.press("r")
    expect(desk.locator("textarea:focus")).to_have_count(1)
    desk.locator("details[open] textarea[lang=en]").fill("Surveys have no budget")
    desk.locator("details[open] button").click()
    expect(projector.locator(".options li").first).to_have_text("Surveys have no budget")
    expect(desk.locator("[data-card=wall]", has_text="Said as:")).to_contain_text(TEXTS["en"])
    desk.keyboard.press("w")
    expect(desk.locator("[data-card=waiting]")).to_have_count(0)
    desk.keyboard.press("z")
    expect(desk.locator("[data-card=waiting]")).to_have_count(1)
    reach(desk, column(desk, "waiting")[0])
    desk.keyboard.press("a")
    expect(projector.locator(".options li")).to_have_count(3)

    phones["ar"].locator("#others input").first.check()
    phones["ar"].locator("form .main").click()
    expect(phones["ar"].locator("form")).to_have_attribute("data-state", "received")
    collecting.act("close")
    desk.goto("/desk/sessions/1")
    desk.get_by_role("button", name="Use its list in question 2").click()
    expect(desk.locator("#said")).to_contain_text("3 options were added")
    with collecting.inside():
        first, ranking = session().running_order
        assert [item.id for item in ranking.options] == [row.option for row in first.round.standings().rows]
        assert ranking.source_id == first.id
        figures = [row.figures["support"] for row in first.round.standings().rows]
        assert sum(figures) >= 5
    collecting.act("next")
    collecting.act("open", 1)
    expect(phones["ar"].locator(".ranking .row")).to_have_count(3)


def test_what_is_being_written_stays_while_others_are_released(
    collecting: House, desk: Page, device: Callable[..., Page]
) -> None:
    author, writer = device(), device()
    for phone in (author, writer):
        join(phone)
    propose(author, "No budget")
    writer.locator("#text-2").focus()
    writer.keyboard.type("Half of a thou")
    sift(collecting, desk)
    desk.keyboard.press("a")
    expect(writer.locator("#others")).to_contain_text("No budget")
    writer.keyboard.type("ght")
    expect(writer.locator("#text-2")).to_have_value("Half of a thought")
    writer.reload()
    expect(writer.locator("#text-2")).to_have_value("Half of a thought")
    propose(writer, "A whole thought", 2)
    expect(writer.locator("#own-2")).to_contain_text("Waiting")


def test_a_proposal_waits_for_the_network(collecting: House, phone: Page) -> None:
    phone.context.set_offline(True)
    phone.locator("#text-1").fill("No budget")
    phone.locator("form .main").click()
    expect(phone.locator("form")).to_have_attribute("data-state", "unsent")
    phone.context.set_offline(False)
    expect(phone.locator("form")).to_have_attribute("data-state", "received")
    with collecting.inside():
        assert [said.text for said in session().running_order[0].round.proposals] == ["No budget"]


def speak(house: House) -> None:
    """Let sixty phones come in, one after another, and write a proposal each."""
    with house.inside():
        found = session()
        code, number = found.code, found.running_order[0].round.id
        secrets = [keys.fresh() for _ in range(PEOPLE)]
        tokens = [keys.token(secret) for secret in secrets]
    for place, (secret, token) in enumerate(zip(secrets, tokens, strict=True)):
        phone = Handset("127.0.0.1", house.port, secret, "en")
        assert phone.ask("POST", f"/j/{code}", [("token", token)]).status == 303
        text = f"Proposal {place} about {['data', 'budget', 'staff', 'law', 'maps'][place % 5]}"
        said = [("token", token), ("revision", "1"), ("text-1", text), ("language-1", "en")]
        assert phone.ask("POST", f"/p/{code}/answers/{number}", said).status == 200


def test_sixty_proposals_are_decided_on_as_they_come(collecting: House, desk: Page) -> None:
    """One hand and one key each; a talking room leaves five minutes for it."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(speak, collecting)
        with collecting.inside():
            number = session().running_order[0].round.id
        desk.goto(f"/desk/rounds/{number}/proposals")
        began = time.monotonic()
        for decided in range(PEOPLE):
            desk.wait_for_function(NEXT, arg=decided)
            desk.keyboard.press("w" if decided % 3 == 2 else "a")
        assert time.monotonic() - began < SECONDS
        coming.result()
    expect(desk.locator("[data-card=wall]")).to_have_count(40)
    expect(desk.locator("[data-card=aside]")).to_have_count(20)


def test_a_proposal_that_comes_after_all_are_decided_on_is_the_next(
    collecting: House, desk: Page, device: Callable[..., Page]
) -> None:
    """The keys wait where the person decided, not on the wall."""
    first, second = device(), device()
    for phone in (first, second):
        join(phone)
    propose(first, "No budget")
    propose(second, "No staff")
    sift(collecting, desk)
    for decided in (1, 2):
        desk.keyboard.press("a")
        expect(desk.locator("[data-card=wall]")).to_have_count(decided)
    propose(second, "No maps", 2)
    expect(desk.locator("[data-card=waiting]:focus")).to_have_count(1)
    desk.keyboard.press("w")
    expect(desk.locator("[data-card=aside]")).to_contain_text("No maps")
    expect(desk.locator("[data-card=wall]")).to_have_count(2)
