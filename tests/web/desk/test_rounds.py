"""Opening, closing, showing, timing and asking again, and what the trail says of it."""

import datetime as dt

import pytest
import time_machine

from facilitator import db
from facilitator.models.activity import Activity
from facilitator.models.round import Round
from tests.web.desk.asking import soup, words
from tests.web.desk.rooms import made


@pytest.fixture
def room(app):
    return made(app, "choice", "ranking")


def room_page(browser, room):
    return browser.get(f"/desk/sessions/{room.session}")


def after(browser, answer):
    assert answer.status_code == 303
    return words(browser.get(answer.location))


def test_the_course_of_a_question(admin, room):
    buttons = []
    for place, press in ((None, "next"), (0, "open"), (0, "close"), (0, "reveal"), (None, "next")):
        buttons.append(soup(room_page(admin, room)).select_one(".controls .primary").get_text(strip=True))
        assert room.act(admin, press, place).status_code == 303
        if press == "open":
            room.vote(0, phones=2)
    assert buttons == ["Show question 1", "Open", "Close", "Show the result", "Next question"]
    first = room.round_ids(0)[0]
    assert room.trail() == [
        ("step", f"session {room.session}"),
        ("open", f"round {first}"),
        ("close", f"round {first}"),
        ("reveal", f"round {first}"),
        ("step", f"session {room.session}"),
    ]
    assert room.rounds(0) == [(1, False, True, 2)]
    assert room.results() == {first: 2}
    assert room.current() == 1


def test_opening_puts_the_question_before_the_room(admin, room):
    room.act(admin, "open", 1)
    assert room.current() == 1
    assert room.rounds(1) == [(1, True, False, 0)]


def test_opening_another_question_closes_the_open_one(admin, room):
    room.act(admin, "open", 0)
    room.vote(0, phones=4)
    assert "Closed with 4 answers." in after(admin, room.act(admin, "open", 1))
    assert room.rounds(0) == [(1, False, False, 4)]
    assert room.rounds(1) == [(1, True, False, 0)]


def test_closing_can_be_taken_back_with_all_answers(admin, room):
    room.act(admin, "open", 0)
    room.vote(0, phones=3)
    page = soup(admin.get(room.act(admin, "close", 0).location))
    undo = page.select_one(".flash form")
    answers = {field["name"]: field["value"] for field in undo.select("input")}
    assert admin.post(undo["action"], data=answers).status_code == 303
    assert room.rounds(0) == [(1, False, False, 3), (2, True, False, 3)]
    assert room.trail()[-1][0] == "reopen"


def test_asking_again_starts_empty_and_strikes_the_old_round_out(admin, room):
    room.act(admin, "open", 0)
    room.vote(0, phones=3)
    room.act(admin, "close", 0)
    room.act(admin, "rerun", 0)
    room.vote(0, phones=2)
    assert room.rounds(0) == [(1, False, False, 3), (2, True, False, 2)]
    struck = soup(room_page(admin, room)).select_one(".order-row s").get_text()
    assert struck == "Round 1: 3 answers"
    assert room.trail()[-1][0] == "rerun"


def test_asking_again_while_open_closes_first(admin, room):
    room.act(admin, "open", 0)
    room.vote(0, phones=3)
    room.act(admin, "rerun", 0)
    assert room.rounds(0) == [(1, False, False, 3), (2, True, False, 0)]
    assert room.results() == {room.round_ids(0)[0]: 3}


def test_a_question_never_asked_cannot_be_asked_again(admin, room):
    assert room.act(admin, "rerun", 0).status_code == 409
    assert room.rounds(0) == []


def test_results_are_shown_and_hidden(admin, room):
    room.act(admin, "open", 0)
    room.act(admin, "reveal", 0)
    assert room.rounds(0) == [(1, True, True, 0)]
    assert "Result on the wall" in words(room_page(admin, room))
    room.act(admin, "hide", 0)
    assert room.rounds(0) == [(1, True, False, 0)]


def test_results_of_the_last_question_can_be_hidden(admin, room):
    for press in ("open", "close", "reveal"):
        room.act(admin, press, 1)
    primary = soup(room_page(admin, room)).select_one(".controls .primary")
    assert primary.get_text(strip=True) == "Hide the result"


def test_nothing_can_be_shown_of_a_question_never_asked(admin, room):
    for press in ("reveal", "hide", "close", "timer"):
        assert room.act(admin, press, 0).status_code == 409
    assert room.trail() == []


def deadline(room):
    with room.app.app_context():
        round = db.session.get_one(Activity, room.activities[0]).round
        return round.deadline


def test_the_timer_runs_and_stops_and_closes_nothing(admin, room):
    room.act(admin, "open", 0)
    start = dt.datetime.now(dt.UTC)
    with time_machine.travel(start, tick=False):
        assert "The timer runs for 2 minutes." in after(admin, room.act(admin, "timer", 0, minutes=2))
        assert deadline(room) == start + dt.timedelta(minutes=2)
        clock = soup(room_page(admin, room)).select_one("[role=timer]")
        assert (clock["data-seconds"], clock.get_text()) == ("120", "2:00")
    with time_machine.travel(start + dt.timedelta(minutes=5), tick=False):
        assert soup(room_page(admin, room)).select_one("[role=timer]").get_text() == "0:00"
        assert room.rounds(0) == [(1, True, False, 0)]
        assert "The timer is stopped." in after(admin, room.act(admin, "timer", 0, minutes=0))
    assert deadline(room) is None


@pytest.mark.parametrize("minutes", ["-1", "1.5", "x", "181", "9" * 30, "²"])
def test_a_timer_of_nonsense_is_refused_in_words(admin, room, minutes):
    room.act(admin, "open", 0)
    answer = room.act(admin, "timer", 0, minutes=minutes)
    assert answer.status_code == 422
    assert "from 1 to 180" in words(answer)
    assert deadline(room) is None


def test_a_closed_question_has_no_timer(admin, room):
    room.act(admin, "open", 0)
    room.act(admin, "close", 0)
    assert room.act(admin, "timer", 0, minutes=1).status_code == 409


def test_what_is_not_translated_cannot_be_opened(app, admin):
    room = made(app, prompt={"fr": "Quel défi ?"})
    answer = room.act(admin, "open", 0)
    assert answer.status_code == 422
    assert "its wording is missing in English" in words(answer)
    assert room.rounds(0) == []


def test_one_option_cannot_be_opened(app, admin):
    room = made(app, options=1)
    answer = room.act(admin, "open", 0)
    assert answer.status_code == 422
    assert "at least two options" in words(answer)


def test_a_round_that_lost_its_result_gets_it_at_the_next_closing(app, admin, room):
    room.act(admin, "open", 0)
    room.vote(0, phones=2)
    with app.app_context():
        round = db.session.get_one(Round, room.round_ids(0)[0])
        round.closed_at = db.now()
        db.session.commit()
    assert "Closed with 2 answers." in after(admin, room.act(admin, "close", 0))
    assert room.results() == {room.round_ids(0)[0]: 2}


ACTS = ("open", "rerun", "reveal", "hide", "timer", "close")


@pytest.mark.parametrize(
    ("roles", "status"),
    [
        ({"SN": "expert"}, 403),
        ({"SN": "authority"}, 403),
        ({"ML": "facilitator"}, 404),
        ({"ML": "authority"}, 404),
    ],
)
def test_who_may_not_run_a_round(admin, sign_in, room, roles, status):
    room.act(admin, "open", 0)
    browser = sign_in("someone@example.org", **roles)
    assert {what: room.act(browser, what, 0).status_code for what in ACTS} == dict.fromkeys(ACTS, status)
    assert room.rounds(0) == [(1, True, False, 0)]


@pytest.mark.parametrize("role", ["facilitator", "coordinator"])
def test_who_may_run_a_round(sign_in, room, role):
    browser = sign_in("someone@example.org", SN=role)
    pressed = ("open", "reveal", "hide", "timer", "close", "rerun")
    assert {what: room.act(browser, what, 0).status_code for what in pressed} == dict.fromkeys(pressed, 303)
