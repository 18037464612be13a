"""A published guide on a phone: readable from either side, without barriers, whatever was written in it."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Device, House
from tests.browser.wall import session
from tests.documents.sample import content
from tests.web.test_public import publish

pytestmark = pytest.mark.browser
HOSTILE = "</script><script>document.title='lost'</script><img src=x onerror=\"document.title='lost'\">"
FIRST = 60_000  # milliseconds for the reader who has it made


@pytest.fixture
def reader(house: House, device: Device) -> Page:
    """Give a phone before a published guide in which every text is hostile."""
    with house.inside():
        publish(session().workshop.guide, said=content(spice=HOSTILE))
    return device("fr")


def test_it_reads_well_on_a_phone_from_either_side(reader: Page, check_axe, check_contrast) -> None:
    for language, way in (("fr", "ltr"), ("ar", "rtl")):
        reader.goto(f"/guides/sn?language={language}", timeout=FIRST)
        reader.locator("article img").scroll_into_view_if_needed(timeout=FIRST)
        assert reader.evaluate("document.documentElement.dir") == way
        assert reader.evaluate("document.documentElement.scrollWidth") <= 360
        assert reader.evaluate("document.querySelector('article img').decode().then(() => 1)")
        check_axe(reader)
    check_contrast(reader)
    described = reader.locator("script[type='application/ld+json']").text_content()
    assert json.loads(described or "")["@type"] == ["Report", "Dataset"]
    assert "lost" not in reader.title().split(" – ")[-1]
    expect(reader).not_to_have_title("lost")
    assert reader.locator("article img").count() == 1


def test_a_note_leads_to_its_origin_and_back(reader: Page) -> None:
    reader.goto("/guides/sn?language=fr", timeout=FIRST)
    reader.locator("article sup a").first.click()
    expect(reader).to_have_url(re.compile("#note-1$"))
    reader.locator("#note-1 a.back").click()
    expect(reader).to_have_url(re.compile("#noted-1$"))
    reader.get_by_role("link", name="R1", exact=False).first.click()
    expect(reader).to_have_url(re.compile("#vote-1$"))
    expect(reader.locator("#vote-1 + p")).to_contain_text("34 votants")
