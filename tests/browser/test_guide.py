"""From a closed ranking to the published page, in French and Arabic; and two writers of one line."""

import pytest
from playwright.sync_api import Page, expect

from facilitator.models.link import Link
from facilitator.models.person import Person, Role
from tests import factories
from tests.browser.conftest import DESK, Device, House
from tests.browser.wall import answered, session

pytestmark = pytest.mark.browser


def enter(page: Page, house: House, email: str, role: str = "") -> None:
    """Sign someone in on a device."""
    with house.inside():
        someone = Person.by_email(email)
        if someone is None:
            someone = factories.person(email, {"SN": role}, name=email.partition("@")[0].title())
        _link, token = Link.issue(someone)
    page.goto(f"/enter/{token}")
    page.locator("main form button").first.click()
    page.wait_for_url("**/desk/**")


@pytest.fixture
def closed(house: House) -> int:
    """Close the ranking of the challenges, answered by seven phones; give its round."""
    with house.inside():
        asked = session()
        asked.workshop.guide.begin_parts()
        for item in asked.running_order[1].options:
            item.category = "challenge"
    house.act("show", 1)
    house.act("open", 1)
    answered(house, 1, 7)
    house.act("close", 1)
    with house.inside():
        latest = session().running_order[1].round
        assert latest
        return latest.id


def test_a_closed_ranking_becomes_a_published_page(house: House, device: Device, closed: int) -> None:
    coordinator, authority = device("en", **DESK), device("en", **DESK)
    enter(coordinator, house, "coordinator@example.org", "coordinator")
    coordinator.goto(f"/desk/rounds/{closed}")
    coordinator.get_by_role("link", name="Take into the guide").click()
    expect(coordinator.locator(".move-add")).to_have_count(5)
    coordinator.get_by_role("button", name="Take into the guide").click()
    expect(coordinator.locator("main")).to_contain_text("5 lines of the guide changed.")
    coordinator.goto("/desk/guides/1/matrix")
    expect(coordinator.locator(".matrix-line")).to_have_count(5)
    coordinator.goto("/desk/guides/1/endorsement")
    coordinator.get_by_role("button", name="Submit").click()
    expect(coordinator.locator("main")).to_contain_text("lies before the authority")
    enter(authority, house, "authority@example.org", "authority")
    authority.goto("/desk/guides/1/endorsement")
    authority.get_by_label("Statement").fill("Nous l’approuvons.")
    authority.get_by_role("button", name="Endorse this version").click()
    authority.get_by_role("button", name="Publish edition 1").click()
    expect(authority.locator("main")).to_contain_text("Everyone can read edition 1 now.")
    for language, words, way in (("fr", "Dissémination pauvre", "ltr"), ("ar", "ضعف النشر", "rtl")):
        reader = device(language)
        reader.goto(f"/guides/sn?language={language}", timeout=60_000)  # its first reader has it made
        assert reader.evaluate("document.documentElement.dir || 'ltr'") == way
        expect(reader.locator("article")).to_contain_text(words)
        assert reader.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_is_written_saves_itself_and_two_writers_decide(house: House, device: Device) -> None:
    with house.inside():
        guide = session().workshop.guide
        guide.begin_parts()
        admin = Person.by_email("awa@example.org")
        assert admin
        admin.roles.append(Role(country=guide.country, name="expert"))
    one, other = device("en", **DESK), device("en", **DESK)
    enter(one, house, "awa@example.org")
    enter(other, house, "expert@example.org", "expert")
    field = 'textarea[name="words.actors.en"]'
    for page in (one, other):
        page.goto("/desk/guides/1/parts/cycle")
    one.locator(field).first.fill("Ministry of labour")
    expect(one.locator(".saving").first).to_have_text("Saved")
    other.locator(field).first.fill("Ministry of health")
    expect(other.locator(".saving").first).to_contain_text("Somebody else has changed this")
    other.locator("form[data-autosave] button").first.click()
    expect(other.locator(".merge")).to_contain_text("Ministry of labour")
    other.locator(".merge textarea").fill("Ministries of labour and health")
    other.get_by_role("button", name="Keep this").click()
    expect(other.locator(field).first).to_have_value("Ministries of labour and health")
    one.reload()
    expect(one.locator(field).first).to_have_value("Ministries of labour and health")
