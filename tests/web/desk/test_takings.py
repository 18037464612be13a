"""A closed vote is taken into the guide: shown before, taken once, undone."""

import pytest

from facilitator import db
from facilitator.models.activity import Activity
from facilitator.models.guide import Guide
from tests import factories
from tests.web.desk.asking import send, soup, words
from tests.web.desk.rooms import made


@pytest.fixture
def voted(app, admin):
    room = made(app, "ranking")
    with app.app_context():
        for item in db.session.get_one(Activity, room.activities[0]).options:
            item.category = "challenge"
        db.session.commit()
    room.act(admin, "next")
    room.act(admin, "open", 0)
    room.vote(0, phones=6)
    room.act(admin, "close", 0, round=room.round_ids(0)[0])
    return room


def lines(app):
    with app.app_context():
        guide = db.session.get_one(Guide, 1)
        return [(line.text("text", "en"), line.room_place) for line in guide.lines("challenges")]


def seal(browser, address):
    field = soup(browser.get(address)).find("input", attrs={"name": "seen"})
    return field["value"] if field else ""


def take(browser, room):
    address = f"/desk/rounds/{room.round_ids(0)[0]}/take"
    return send(browser, address, seen=seal(browser, address))


def test_what_will_change_is_shown_before_and_changes_nothing(app, admin, voted) -> None:
    page = admin.get(f"/desk/rounds/{voted.round_ids(0)[0]}/take")
    assert len(soup(page).select(".move-add")) == 5
    assert lines(app) == []


def test_a_result_is_taken_once_and_undone(app, admin, voted) -> None:
    assert take(admin, voted).status_code == 303
    assert len(lines(app)) == 5
    taken = lines(app)
    take(admin, voted)
    assert lines(app) == taken
    page = admin.get("/desk/guides/1/takings")
    assert len(soup(page).select("form[action$='/undo']")) >= 1
    send(admin, "/desk/takings/1/undo")
    assert lines(app) == []
    send(admin, "/desk/takings/1/undo")
    assert "Undone" in words(admin.get("/desk/guides/1/takings"))


def test_what_too_few_answered_is_not_offered(app, admin, voted) -> None:
    with app.app_context():
        few = factories.ranked(
            [0, 1], session=db.session.get_one(Activity, voted.activities[0]).session, voters=1
        )
        db.session.commit()
        number = few.id
    address = f"/desk/rounds/{number}/take"
    assert address not in admin.get("/desk/guides/1/takings").text
    assert address not in admin.get(f"/desk/rounds/{number}").text
    refused = admin.get(address)
    assert refused.status_code == 409
    assert "enough answers" in words(refused)


def test_what_changed_since_it_was_shown_is_shown_again(app, admin, voted) -> None:
    address = f"/desk/rounds/{voted.round_ids(0)[0]}/take"
    seen = seal(admin, address)
    with app.app_context():
        guide = db.session.get_one(Guide, 1)
        guide.add("challenges", item=guide.items[0])
        db.session.commit()
    stale = send(admin, address, seen=seen)
    assert stale.status_code == 409
    assert "changed since this was shown" in words(stale)
    assert len(lines(app)) == 1
    assert len(soup(stale).select(".move-add")) == 4
    assert take(admin, voted).status_code == 303
    assert len(lines(app)) == 5


def test_items_without_a_category_wait_for_a_person(app, admin) -> None:
    room = made(app, "choice")
    room.act(admin, "next")
    room.act(admin, "open", 0)
    room.vote(0, phones=3)
    room.act(admin, "close", 0, round=room.round_ids(0)[0])
    address = f"/desk/rounds/{room.round_ids(0)[0]}/take"
    assert not soup(admin.get(address)).select(".move")
    assert "already" not in words(admin.get(address))
    assert len(soup(admin.get(f"{address}?category=recommendation")).select(".move-add")) == 5
    seen = seal(admin, f"{address}?category=recommendation")
    send(admin, address, category="recommendation", seen=seen)
    with app.app_context():
        assert len(db.session.get_one(Guide, 1).lines("recommendations")) == 5


def test_an_open_vote_cannot_be_taken(app, admin) -> None:
    room = made(app, "choice")
    room.act(admin, "next")
    room.act(admin, "open", 0)
    assert admin.get(f"/desk/rounds/{room.round_ids(0)[0]}/take").status_code == 409


def test_a_reader_sees_and_takes_nothing(app, sign_in, admin, voted) -> None:
    reader = sign_in("reader@example.org", SN="reader")
    assert reader.get(f"/desk/rounds/{voted.round_ids(0)[0]}/take").status_code == 200
    assert take(reader, voted).status_code == 403
    assert lines(app) == []
