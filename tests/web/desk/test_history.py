"""The guide's history: steps people took, readable, restored."""

import datetime as dt

import pytest
from sqlalchemy import select

from facilitator import db
from facilitator.models.guide import Guide
from facilitator.models.line import Line
from facilitator.models.revision import Revision
from tests import factories
from tests.web.desk.asking import send, soup, words


@pytest.fixture
def ids(app):
    with app.app_context():
        guide, person = factories.guide(), factories.person()
        found = [guide.add("challenges", person, words={"text": {"en": text}}) for text in "ABCDE"]
        for text in ("Fe", "Few da", "Few data"):
            found[0].change(person, "change", words={"text": {"en": text}})
        db.session.commit()
        return [line.id for line in found]


@pytest.fixture
def expert(sign_in):
    return sign_in("expert@example.org", SN="expert")


def steps(browser, address):
    return [
        " ".join(each.get_text(" ").split()) for each in soup(browser.get(address)).select(".history > li")
    ]


def test_what_saved_itself_while_somebody_wrote_is_one_step(app, expert, ids) -> None:
    found = steps(expert, f"/desk/lines/{ids[0]}/history")
    assert len(found) == 2
    assert "A Few data" in found[0]
    assert "yes" not in found[1]
    with app.app_context():
        db.session.get_one(Line, ids[0]).revisions[-1].at += dt.timedelta(hours=1)
        db.session.commit()
    assert len(steps(expert, f"/desk/lines/{ids[0]}/history")) == 3


def test_moving_a_line_is_one_step_with_its_places(app, expert, ids) -> None:
    send(expert, f"/desk/lines/{ids[4]}/move", position="0", back="matrix")
    found = [each for each in steps(expert, "/desk/guides/1/history") if each.startswith("moved")]
    assert len(found) == 1
    assert "Place 5 1" in found[0]
    with app.app_context():  # however long the others took to make room
        moved = db.session.scalars(select(Revision.at).where(Revision.act == "order")).all()
    assert (len(moved), len(set(moved))) == (5, 1)


def test_a_long_history_is_read_page_by_page(app, expert, ids) -> None:
    with app.app_context():
        guide = db.session.get_one(Guide, 1)
        for number in range(60):
            guide.add("practices", words={"text": {"en": f"Practice {number}"}})
        db.session.commit()
    page = soup(expert.get("/desk/guides/1/history"))
    assert len(page.select(".history > li")) == 50
    (more,) = [link["href"] for link in page.select("main a.button[href^='?before=']")]
    assert "Practice 9" in words(expert.get(f"/desk/guides/1/history{more}"))
    assert "Practice 10" not in words(expert.get(f"/desk/guides/1/history{more}"))
