"""The guide's editor in a browser: nothing typed is lost, rows are drawn, no page has a barrier."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from facilitator.models.comment import Comment
from facilitator.models.line import Line
from facilitator.models.person import Person
from tests.browser.conftest import DESK, Device, House
from tests.browser.test_guide import enter
from tests.browser.wall import session

pytestmark = pytest.mark.browser
FIELD = 'textarea[name="words.actors.en"]'
PAGES = (
    "parts/sources",
    "parts/members",
    "parts/cycle",
    "parts/recommendations",
    "matrix",
    "recommendations",
    "families",
    "takings",
    "history",
    "gaps",
    "review",
    "endorsement",
    "follow-up",
)


@pytest.fixture
def guide(house: House) -> int:
    """Fill a guide with something of each sort, in three languages."""
    with house.inside():
        made = session().workshop.guide
        made.begin_parts()
        person = Person.by_email("awa@example.org")
        assert person
        made.families = {"cooperation": {"en": "On cooperation", "fr": "En matière de coopération"}}
        words = {"en": "Few data", "fr": "Peu de données", "ar": "بيانات قليلة"}

        def add(part: str, english: str = "Few data", field: str = "text", **given: Any) -> Line:
            return made.add(part, person, words={field: words | {"en": english}}, **given)

        over = [add("challenges", f"Few data {number}") for number in (1, 2, 3)]
        for kind in ("action", "strategy", "action"):
            add("actions", kind, facts={"kind": kind}, parent=over[0])
        tags = ["dakar-1", "theme-crises", "cycle-implementation"]
        line = add("recommendations", facts={"family": "cooperation", "tags": tags})
        add("members", field="institution", facts={"name": "Awa Diop", "coordinator": True})
        Comment.say(made, person, "Which data?", line=line).answer(person, "Yearly.")
        over[1].leave_out(person, "Too broad")
        return made.id


@pytest.fixture
def expert(house: House, device: Device, guide: int) -> Page:
    page = device("fr", **DESK)
    enter(page, house, "expert@example.org", "expert")
    return page


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_no_page_of_the_guide_has_a_barrier(expert: Page, guide: int, check_axe: Callable) -> None:
    for address in PAGES:
        expert.goto(f"/desk/guides/{guide}/{address}?language=fr")
        check_axe(expert)
        for width in (320, 360):
            expert.set_viewport_size({"width": width, "height": 740})
            for way in ("ltr", "rtl"):
                expert.evaluate("way => document.documentElement.dir = way", way)
                assert overflow(expert) <= 0, (address, width, way)
        expert.set_viewport_size({"width": 1440, "height": 900})


def test_what_is_typed_without_network_or_while_saving_is_not_lost(expert: Page, guide: int) -> None:
    expert.goto(f"/desk/guides/{guide}/parts/cycle?language=en")
    expert.context.set_offline(True)
    expert.locator(FIELD).first.fill("Ministry")
    expect(expert.locator(".saving").first).to_contain_text("Not saved yet")
    expert.context.set_offline(False)
    expect(expert.locator(".saving").first).to_have_text("Saved")

    # the answer is slow: what is typed meanwhile goes after it, and a button waits for it
    held: list[Route] = []
    expert.route("**/desk/lines/*", lambda route: route.continue_() if held else held.append(route))
    with expert.expect_request("**/desk/lines/*"):
        expert.locator(FIELD).first.press_sequentially(" of labour")
    expert.locator(FIELD).first.press_sequentially(" and health")
    expert.locator("form[data-autosave] button").first.click()
    held[0].continue_()
    expect(expert.locator("main")).to_contain_text("Saved.")
    expect(expert.locator(FIELD).first).to_have_value("Ministry of labour and health")


def test_a_save_that_is_never_answered_does_not_hold_up_the_next(expert: Page, guide: int) -> None:
    held: list[Route] = []
    expert.clock.install()
    expert.goto(f"/desk/guides/{guide}/parts/cycle?language=en")
    expert.route("**/desk/lines/*", lambda route: route.continue_() if held else held.append(route))
    with expert.expect_request("**/desk/lines/*"):  # which may come before the clock is turned
        expert.locator(FIELD).first.fill("Ministry")
        expert.clock.fast_forward(3_000)
    expert.clock.fast_forward(31_000)
    expect(expert.locator(".saving").first).to_contain_text("Not saved yet")
    expert.clock.fast_forward(9_000)
    expect(expert.locator(".saving").first).to_have_text("Saved")


def test_a_row_that_is_not_added_yet_is_not_left_unseen(expert: Page, guide: int) -> None:
    asked: list[str] = []
    expert.goto(f"/desk/guides/{guide}/parts/members")
    name = expert.locator("form[data-keeps] input[name='facts.name']")
    name.fill("Fatou Sow")
    expert.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    with expert.expect_event("dialog"):
        expert.locator(".guide-side a").first.click()
    expect(name).to_have_value("Fatou Sow")
    assert asked == ["beforeunload"]
    expert.locator("form[data-keeps] button").click()
    expect(expert.locator("section.line input[name='facts.name']").last).to_have_value("Fatou Sow")


def test_another_language_written_elsewhere_comes_into_the_page(
    expert: Page, house: House, device: Device, guide: int
) -> None:
    other = device("en", **DESK)
    enter(other, house, "other@example.org", "expert")
    for page in (expert, other):
        page.goto(f"/desk/guides/{guide}/parts/cycle?language=en")
    french = FIELD.replace(".en", ".fr")
    other.locator(french).first.fill("Ministère")
    expect(other.locator(".saving").first).to_have_text("Saved")
    expert.locator(FIELD).first.fill("Ministry")
    expect(expert.locator(".saving").first).to_contain_text("what others wrote")
    expect(expert.locator(french).first).to_have_value("Ministère")
    expert.locator(FIELD).first.fill("Ministry of labour")
    expect(expert.locator(".saving").first).to_have_text("Saved")
    expert.reload()
    expect(expert.locator(french).first).to_have_value("Ministère")


def test_a_challenge_is_drawn_to_another_place(expert: Page, guide: int) -> None:
    expert.goto(f"/desk/guides/{guide}/matrix?language=en")
    heads = expert.locator("ol.matrix > li > .matrix-line > .matrix-text > bdi")
    before = heads.all_text_contents()
    assert before == ["Few data 1", "Few data 3"]
    handles = expert.locator("ol.matrix > li > .matrix-line > .drag")
    first, last = handles.nth(0).bounding_box() or {}, handles.nth(1).bounding_box() or {}
    expert.mouse.move(last["x"] + 10, last["y"] + 10)
    expert.mouse.down()
    expert.mouse.move(first["x"] + 10, first["y"] + 20, steps=12)
    expert.mouse.move(first["x"] + 10, first["y"] + 4, steps=4)
    expert.mouse.up()
    expect(expert.locator(".flash").first).to_contain_text("Moved from place 2 to place 1.")
    expect(heads).to_have_text(before[::-1])


def test_the_policy_cycle_is_seen_as_it_is_drawn(expert: Page, guide: int) -> None:
    expert.goto(f"/desk/guides/{guide}/parts/cycle?language=en")
    picture = expert.locator(".drawn[open] img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("picture => picture.naturalWidth") > 100
