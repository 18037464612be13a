"""The matrix at the desk: the room's order beside the guide's, and where each line comes from."""

import pytest

from facilitator import db
from facilitator.models.guide import Guide
from facilitator.models.taking import take
from tests import factories
from tests.web.desk.asking import send, soup

MATRIX = "/desk/guides/1/matrix"


@pytest.fixture
def expert(app, sign_in):
    with app.app_context():
        take(factories.ranked([3, 0, 1, 2]), factories.person(name="Awa Diop"))
        db.session.commit()
    return sign_in("expert@example.org", SN="expert")


def challenges(app):
    with app.app_context():
        return [line.id for line in db.session.get_one(Guide, 1).lines("challenges")]


def test_a_line_says_where_it_comes_from_and_one_click_leads_there(expert) -> None:
    told = soup(expert.get(MATRIX)).select_one(".traces")
    assert not told.find_parents("details")
    link = told.find("a")["href"]
    assert "taken by Awa Diop" in told.text
    assert "3 answers" in told.text
    assert expert.get(link).status_code == 200


def test_both_orders_are_seen_side_by_side_where_they_differ(app, expert) -> None:
    assert not soup(expert.get(MATRIX)).select(".orders, .moved")
    first, *_rest, last = challenges(app)
    # typed as people count, in digits of their script
    send(expert, f"/desk/lines/{last}/move", place="١", back="matrix")
    assert challenges(app)[:2] == [last, first]
    page = soup(expert.get(MATRIX))
    room, guide = ([link["href"] for link in each.select("a")] for each in page.select(".orders ol"))
    assert room == [f"#line-{number}" for number in (*challenges(app)[1:], last)]
    assert guide == [f"#line-{number}" for number in challenges(app)]
    assert page.select_one(f"#line-{last} .moved").text == "room: place 4"


@pytest.mark.parametrize(("typed", "reached"), [("3", 2), ("0", 0), ("99", 3), ("x", 0), ("²", 0)])
def test_a_line_goes_to_the_place_that_is_typed(app, expert, typed, reached) -> None:
    first = challenges(app)[0]
    send(expert, f"/desk/lines/{first}/move", place=typed, back="matrix")
    assert challenges(app).index(first) == reached
