"""No page of a workshop that was held has a barrier: those that the other files do not open."""

from collections.abc import Callable
from random import Random

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from facilitator import ballotbox, db, keys
from facilitator.demo import story
from facilitator.models.guide import Guide
from facilitator.models.line import Line
from facilitator.models.version import Version
from tests.browser.conftest import House


@pytest.fixture
def pages(house: House) -> list[str]:
    """Tell the demo's story in the house; give the addresses of its pages."""
    with house.inside():
        story.tell(story.HOME, [keys.fresh() for _phone in range(12)], Random(7))
        ballotbox.box().stop()
        guide = db.session.scalars(select(Guide).where(Guide.demo)).one()
        today, before = guide.workshops[0], guide.workshops[-1]
        done = before.sessions[0].running_order[0].round
        recommended = select(Line.id).where(Line.guide == guide, Line.part == "recommendations")
        line = db.session.scalars(recommended).first()
        version = db.session.scalars(select(Version.id)).first()
        return [
            f"/desk/guides/{guide.id}",
            f"/desk/guides/{guide.id}/draft",
            f"/desk/versions/{version}",
            *(f"/desk/lines/{line}{page}" for page in ("", "/comments", "/history", "/follow-up")),
            "/desk/glossary",
            f"/desk/rounds/{done.id}/take",
            f"/desk/sessions/{today.sessions[0].id}/rehearsal",
            f"/results/sessions/{before.sessions[0].id}",
            "/results/countries/SN",
            "/guides",
            "/guides/sn-demo/follow-up",
        ]


def test_no_page_of_a_workshop_that_was_held_has_a_barrier(
    pages: list[str], desk: Page, check_axe: Callable[[Page], None]
) -> None:
    for address in pages:
        answer = desk.goto(f"{address}?language=fr")
        assert answer is not None
        assert answer.status == 200, address
        check_axe(desk)
        assert desk.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
