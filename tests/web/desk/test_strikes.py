"""Kind words: what the room wrote is read at the desk first, and left out where a person says so."""

import pytest

from facilitator import db
from facilitator.models.round import Round
from tests.web.desk.asking import send, soup, words
from tests.web.desk.rooms import made

SAID = ("Better data", "better  DATA", "nonsense", "Nonsense", "data", "alone")


@pytest.fixture
def room(app, admin):
    """Give an open question that is closed, with what people wrote."""
    room = made(app, "words")
    room.act(admin, "open", 0)
    say(admin, room)
    return room


def say(browser, room):
    for phone, text in enumerate(SAID):
        room.vote(0, first=phone, text=text, language="en")
    room.act(browser, "close", 0)


def lines(page):
    return [line.get_text() for line in soup(page).select(".result-name bdi")]


def wall(app, browser, room):
    with app.app_context():
        token = db.session.get_one(Round, room.round_ids(0)[-1]).activity.session.wall
    return browser.get(f"/screen/{token}/now?language=en")


def strike(browser, number, text, act="strike"):
    return send(browser, f"/desk/rounds/{number}/{act}", words=text)


def test_words_are_left_out_before_the_wall_shows_them_and_come_back(app, admin, room):
    number = room.round_ids(0)[-1]
    page = admin.get(f"/desk/rounds/{number}")
    assert lines(page) == ["data", "better", "nonsense", "Better data"]
    pressed = next(b for b in soup(page).select("form button[name=words]") if b["value"] == "nonsense")
    assert pressed["aria-label"] == "Leave out: nonsense"
    assert pressed.find_parent("form")["action"] == f"/desk/rounds/{number}/strike"
    assert strike(admin, number, "nonsense").status_code == 303
    page = admin.get(f"/desk/rounds/{number}")
    assert lines(page) == ["data", "better", "Better data"]
    assert "1 line is left out by the facilitator." in words(page)
    assert "Left out: nonsense Undo" in " ".join(soup(page).select_one(".flashes").get_text(" ").split())
    room.act(admin, "reveal", 0)
    shown = wall(app, admin, room)
    assert lines(shown) == ["data", "better", "Better data"]
    assert "1 line is left out by the facilitator." in " ".join(shown.text.split())
    assert "nonsense" not in shown.text
    strike(admin, number, "nonsense", "unstrike")
    assert lines(wall(app, admin, room)) == lines(admin.get(f"/desk/rounds/{number}"))
    assert "nonsense" in lines(wall(app, admin, room))


def test_a_word_goes_with_every_line_that_holds_it_and_no_ballot_changes(app, admin, room):
    number = room.round_ids(0)[-1]
    with app.app_context():
        before = db.session.get_one(Round, number).result.digest
    strike(admin, number, "data")
    page = admin.get(f"/desk/rounds/{number}")
    assert lines(page) == ["better", "nonsense"]
    assert "2 lines are left out" in words(page)
    with app.app_context():
        round_ = db.session.get_one(Round, number)
        assert (round_.result.digest, round_.digest(), round_.ballot_count) == (before, before, len(SAID))


def test_all_rounds_follow_and_the_next_one_too(app, admin, room):
    first = room.round_ids(0)[-1]
    strike(admin, first, "nonsense")
    room.act(admin, "rerun", 0)
    say(admin, room)
    second = room.round_ids(0)[-1]
    assert "nonsense" not in lines(admin.get(f"/desk/rounds/{second}"))
    strike(admin, second, "better")
    assert lines(admin.get(f"/desk/rounds/{first}")) == ["data"]


def test_only_what_is_listed_is_left_out_and_only_what_is_left_out_comes_back(app, admin, room):
    number = room.round_ids(0)[-1]
    for act in ("strike", "unstrike"):
        strike(admin, number, "alone", act)  # one person alone wrote it: it is not listed
        assert "Someone else acted" in soup(admin.get(f"/desk/rounds/{number}")).select_one(".flashes").text
    assert [act for act, _subject in room.trail()].count("strike") == 0


def test_leaving_out_and_listing_again_are_in_the_trail(admin, room):
    number = room.round_ids(0)[-1]
    strike(admin, number, "nonsense")
    strike(admin, number, "nonsense", "unstrike")
    assert room.trail()[-2:] == [("strike", f"round {number}"), ("unstrike", f"round {number}")]


def test_nothing_is_shown_while_anyone_can_add_to_it(app, admin):
    room = made(app, "words")
    room.act(admin, "open", 0)
    room.vote(0, phones=7, text="nonsense", language="en")
    refused = room.act(admin, "reveal", 0)
    assert refused.status_code == 409
    assert "so that you can read it first" in words(refused)
    assert "Show the result live" not in words(admin.get(f"/desk/sessions/{room.session}"))
    assert "data-reveal" not in wall(app, admin, room).text
    assert "once the question is closed" in words(admin.get(f"/desk/rounds/{room.round_ids(0)[-1]}"))


def test_who_only_sees_cannot_leave_anything_out(app, admin, room, sign_in):
    number = room.round_ids(0)[-1]
    expert = sign_in("expert@example.org", SN="expert")
    page = expert.get(f"/desk/rounds/{number}")
    assert lines(page)
    assert not soup(page).select("button[name=words]")
    assert strike(expert, number, "data").status_code == 403
