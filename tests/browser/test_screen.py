"""The wall is readable from the last row, in every state, language, size and light."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from facilitator import db
from facilitator.models.ballot import Ballot
from tests.browser.conftest import House
from tests.browser.wall import answered, session, wall_of

pytestmark = pytest.mark.browser

STATES = ("lobby", "ready", "open", "closed", "choice", "ranking")
LANGUAGES = ("fr", "ar")
SMALLEST = """() => {
  const worded = (each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const shown = [...document.querySelectorAll("#board *")].filter((each) => each.getClientRects().length);
  const seen = shown.filter((each) => worded(each) && !each.matches(".unseen"));
  return Math.min(...seen.map((each) => parseFloat(getComputedStyle(each).fontSize)));
}"""
OVERFLOW = """() => {
  const stage = document.getElementById("stage");
  return [document.documentElement.scrollWidth - innerWidth, stage.scrollHeight - stage.clientHeight,
          stage.scrollWidth - stage.clientWidth];
}"""


def put(house: House, state: str) -> None:
    """Bring the session into one of the states of the wall."""
    if state == "lobby":
        return
    activity = 1 if state == "ranking" else 0
    house.act("next")
    if activity:
        house.act("next")
    if state == "ready":
        return
    house.act("open", activity)
    answered(house, activity, 23)
    if state == "open":
        house.act("timer", activity, minutes="2")
        house.act("lock", locked="1")
        return
    house.act("close", activity)
    if state != "closed":
        house.act("reveal", activity)


def settled(page: Page, address: str) -> None:
    """Open the wall and wait until it has its fonts."""
    page.goto(address)
    page.evaluate("document.fonts.ready")


@pytest.mark.parametrize("state", STATES)
def test_the_wall_is_large_complete_and_without_barriers(
    house: House, projector: Page, check_axe: Callable[[Page], None], state: str
) -> None:
    put(house, state)
    for language in LANGUAGES:
        address = f"{wall_of(house)}?language={language}"
        projector.set_viewport_size({"width": 1920, "height": 1080})
        settled(projector, address)
        assert projector.evaluate(SMALLEST) >= 28
        assert projector.evaluate(OVERFLOW) == [0, 0, 0]
        check_axe(projector)
        projector.set_viewport_size({"width": 1024, "height": 768})
        settled(projector, address)
        assert projector.evaluate(OVERFLOW) == [0, 0, 0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_has_a_contrast_of_seven(house: House, projector: Page, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    put(house, "ranking")
    house.act("lock", locked="1")
    projector.emulate_media(color_scheme=scheme)
    settled(projector, wall_of(house))
    found = Axe().run(projector, options={"runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}})
    assert found.violations_count == 0, found.generate_report()
    assert found.response["passes"], "the rule looked at nothing"


@pytest.mark.parametrize("key", ["?", "q"])
def test_what_keys_open_has_no_barriers_and_stays_inside(
    house: House, projector: Page, check_axe: Callable[[Page], None], key: str
) -> None:
    projector.set_viewport_size({"width": 1024, "height": 768})
    settled(projector, wall_of(house))
    projector.keyboard.press(key)
    dialog = projector.locator("dialog[open]")
    expect(dialog).to_be_visible()
    check_axe(projector)
    box = dialog.bounding_box()
    assert box
    assert min(box["x"], box["y"], 1024 - box["x"] - box["width"], 768 - box["y"] - box["height"]) >= 0
    assert dialog.evaluate("each => each.scrollHeight - each.clientHeight") == 0


def test_arabic_begins_at_the_right(house: House, projector: Page) -> None:
    put(house, "choice")
    settled(projector, f"{wall_of(house)}?language=ar")

    def edges(selector: str) -> tuple[float, float]:
        box = projector.locator(selector).first.bounding_box()
        assert box
        return box["x"], box["x"] + box["width"]

    assert projector.evaluate("document.documentElement.dir") == "rtl"
    assert edges(".qr-small")[0] > edges(".people")[1]
    track, bar = edges(".result-track"), edges(".result-track svg")
    assert bar[1] == pytest.approx(track[1], abs=1)
    assert bar[0] > track[0] + 1
    assert edges(".result-place")[0] > edges(".result-name")[0]
    drawn = projector.evaluate("() => document.fonts.check('28px \"Noto Sans Arabic\"', 'تحدٍّ')")
    assert drawn, "the Arabic face was not used"


def test_long_wordings_are_read_whole(house: House, projector: Page) -> None:
    with house.inside():
        activity = session().running_order[0]
        for item in activity.options:
            item.wording = {language: f"{text} " * 12 for language, text in item.wording.items()}
        activity.prompt = {language: f"{text} " * 14 for language, text in activity.prompt.items()}
    house.act("next")
    settled(projector, f"{wall_of(house)}?language=fr")
    seen = 0
    pages = int(projector.locator("#board").get_attribute("data-pages") or 0)
    for page in range(pages):
        expect(projector.locator("#board")).to_have_attribute("data-page", str(page + 1))
        assert projector.evaluate(OVERFLOW) == [0, 0, 0]
        assert projector.evaluate(SMALLEST) >= 28
        seen += projector.locator(".options li").count()
        projector.keyboard.press("PageDown")
    assert seen == 5
    assert pages > 1


SIZES = (("fr", 1024, 768), ("ar", 1024, 768), ("fr", 1920, 1080), ("fr", 1366, 768), ("en", 1280, 720))
LONG = {"en": "w " * 45, "fr": "mots " * 18, "ar": "كلمات " * 15}


def voted(place: int, kind: str) -> None:
    """Let a room answer a question with nine long wordings, and show what it came to."""
    chosen = session().running_order[place]
    chosen.kind, chosen.settings = kind, {}
    chosen.edit(kind, chosen.prompt, {}, [(None, dict(LONG)) for _option in range(9)])
    round_, ids = chosen.open(), [item.id for item in chosen.options]
    for number in range(12):
        votes = [[item, "yes" if (item + number) % 3 else "changes"] for item in ids]
        ranks = {"order": [[item] for item in ids[number % 3 :]], "unsure": []}
        choice = json.dumps(ranks if kind == "ranking" else {"votes": votes})
        db.session.add(Ballot(round_id=round_.id, key=f"b{number}", choice=choice, revision=1))
    db.session.flush()
    round_.closed_at = db.now()
    round_.keep_result()
    round_.reveal()
    session().show(chosen)


def test_nine_long_wordings_keep_inside_the_page(house: House, projector: Page) -> None:
    for place, kind in enumerate(("ranking", "adoption")):
        with house.inside():
            voted(place, kind)
        for language, width, height in SIZES:
            projector.set_viewport_size({"width": width, "height": height})
            settled(projector, f"{wall_of(house)}?language={language}")
            seen, pages = 0, int(projector.locator("#board").get_attribute("data-pages") or 0)
            for page in range(pages):
                expect(projector.locator("#board")).to_have_attribute("data-page", str(page + 1))
                assert projector.evaluate(OVERFLOW) == [0, 0, 0], (kind, language, width)
                seen += projector.locator(".result-row").count()
                projector.keyboard.press("PageDown")
            assert seen == 9


def test_without_scripts_the_wall_shows_and_refreshes(house: House, browser: Browser) -> None:
    put(house, "open")
    context = browser.new_context(java_script_enabled=False, base_url=house.base, locale="fr")
    page = context.new_page()
    page.goto(wall_of(house))
    expect(page.locator(".answered")).to_be_visible()
    expect(page.locator("noscript meta")).to_have_attribute("content", "5")
    expect(page.locator("#ask")).to_be_hidden()
    context.close()


def test_no_request_leaves_the_server(house: House, projector: Page) -> None:
    asked: list[str] = []
    projector.on("request", lambda request: asked.append(request.url))
    settled(projector, f"{wall_of(house)}?language=ar")
    assert [url for url in asked if not url.startswith(house.base)] == []
