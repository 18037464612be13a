"""What was said: written at any time, never over another's words unseen, only its change in the trail."""

import json

import pytest
from sqlalchemy import select

from facilitator import db
from facilitator.models.activity import Activity
from facilitator.models.trail import Trail
from tests.web.desk.asking import send, soup, token, words
from tests.web.desk.rooms import made

SAID = "The ministry asked for yearly figures.\nنوقشت البيانات"


@pytest.fixture
def room(app):
    return made(app)


def address(room):
    return f"/desk/activities/{room.activities[0]}/note"


def note(app, room):
    with app.app_context():
        return db.session.get_one(Activity, room.activities[0]).note


def mark(browser, room):
    return soup(browser.get(address(room))).select_one("form.note [name=mark]")["value"]


def write(browser, room, text=SAID, seen=None):
    return send(browser, address(room), note=text, mark=seen or mark(browser, room))


def test_a_note_is_written_before_while_and_after_people_vote(app, admin, room):
    assert write(admin, room, "Before").status_code == 303
    room.act(admin, "next")
    room.act(admin, "open", 0)
    write(admin, room, "While")
    assert note(app, room) == "While"
    room.vote(0)
    room.act(admin, "close", 0, round=room.round_ids(0)[0])
    write(admin, room)
    assert note(app, room) == SAID
    shown = soup(admin.get(f"/desk/sessions/{room.session}"))
    assert shown.select_one(".stage textarea[name=note]").get_text() == SAID


def test_the_trail_says_that_it_changed_not_what_it_says(app, admin, room):
    write(admin, room)
    write(admin, room)
    with app.app_context():
        lines = db.session.scalars(select(Trail)).all()
        assert [(line.act, json.loads(line.detail)) for line in lines] == [("note", {})]


def test_it_saves_itself_and_says_so(app, admin, room):
    data = {"note": SAID, "mark": mark(admin, room), "csrf_token": token(admin)}
    answer = admin.post(address(room), data=data, headers={"HX-Request": "true"})
    form = soup(answer).form
    assert (answer.status_code, form["class"]) == (200, ["note"])
    assert form.select_one("[role=status]").get_text() == "Saved."
    assert form.select_one("[name=mark]")["value"] == mark(admin, room) != data["mark"]
    assert note(app, room) == SAID


def test_two_people_never_overwrite_each_other_unseen(app, admin, room):
    seen = mark(admin, room)
    write(admin, room, "Hers", seen)
    refused = write(admin, room, "His", seen)
    assert refused.status_code == 409
    assert "Hers" in words(refused)
    assert soup(refused).textarea.get_text() == "His"
    assert note(app, room) == "Hers"
    write(admin, room, "His", soup(refused).select_one("[name=mark]")["value"])
    assert note(app, room) == "His"


def test_the_same_words_twice_are_no_conflict(app, admin, room):
    seen = mark(admin, room)
    write(admin, room, "Hers", seen)
    assert write(admin, room, "Hers", seen).status_code == 303


def test_too_much_is_refused_and_nothing_typed_is_lost(app, admin, room):
    refused = write(admin, room, "x" * 5001)
    assert refused.status_code == 409
    assert len(soup(refused).textarea.get_text()) == 5001
    assert note(app, room) == ""


def test_unseen_signs_are_left_out_and_lines_kept(app, admin, room):
    write(admin, room, " a\r\nb\x07\u2028c ")
    assert note(app, room) == "a\nb\nc"


@pytest.mark.parametrize(("role", "status"), [({"SN": "expert"}, 403), ({"ML": "facilitator"}, 404)])
def test_only_who_runs_the_session_writes_and_reads_notes(app, admin, sign_in, room, role, status):
    seen = mark(admin, room)
    write(admin, room, "Between us", seen)
    browser = sign_in("other@example.org", **role)
    assert browser.get(address(room)).status_code == status
    assert send(browser, address(room), note="x", mark=seen).status_code == status
    assert "Between us" not in browser.get(f"/desk/sessions/{room.session}").get_data(as_text=True)
