"""Planned against real time: minutes in the running order, and in words how far behind the room is."""

import datetime as dt

import pytest

from facilitator import db
from facilitator.models.session import Session
from facilitator.web.desk import planned
from tests.web.desk.asking import soup
from tests.web.desk.rooms import made

NINE = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def room(app):
    return made(app, "choice", "choice", "choice")


def after(minutes):
    return NINE + dt.timedelta(minutes=minutes)


def plan(app, room, now, *opened, minutes=(10, 20, 5)):
    """Plan a day on which questions were opened, and closed, so many minutes after nine."""
    with app.test_request_context(), app.app_context():
        session = db.session.get_one(Session, room.session)
        for activity, planned_minutes in zip(session.running_order, minutes, strict=True):
            activity.minutes = planned_minutes
        for activity, (begun, ended) in zip(session.running_order, opened, strict=False):
            round_ = activity.open()
            round_.opened_at, round_.closed_at = after(begun), after(ended) if ended else None
        db.session.flush()
        return planned.of(session, after(now))


def test_before_anything_began_there_is_only_the_sum(app, room):
    assert plan(app, room, 0) == planned.Planned(35, 0, {}, "", False)


def test_an_order_without_minutes_says_nothing_of_lateness(app, room):
    assert plan(app, room, 50, (0, None), minutes=(None, None, None)) == planned.Planned(0, 50, {})


def test_each_question_gets_its_time_from_the_first_opening(app, room):
    found = plan(app, room, 3, (0, None))
    clock = [found.starts[number].replace("\u202f", " ") for number in room.activities]
    assert clock == ["9:00 AM", "9:10 AM", "9:30 AM"]
    assert (found.drift, found.late) == ("on time", False)


@pytest.mark.parametrize(
    ("now", "opened", "words", "late"),
    [
        (22, [(0, None)], "12 minutes behind", True),
        (25, [(0, 9), (11, None)], "1 minute behind", True),
        (12, [(0, 5), (7, None)], "3 minutes ahead", False),
        (300, [(0, 9), (10, 29), (30, 35)], "on time", False),
    ],
)
def test_how_far_behind_is_said_in_words(app, room, now, opened, words, late):
    found = plan(app, room, now, *opened)
    assert (found.drift, found.late) == (words, late)


def test_real_minutes_are_those_in_which_answers_were_taken(app, room):
    assert plan(app, room, 30, (0, 4), (10, None)).taken == 24


def test_a_block_that_is_open_at_once_is_on_time_and_counts_its_minutes_once(app, room):
    with app.app_context():
        for activity in db.session.get_one(Session, room.session).running_order:
            activity.block = "day"
        db.session.commit()
    found = plan(app, room, 12, (0, None), (0, None), (0, 6))
    assert (found.drift, found.taken) == ("on time", 12)


def test_another_day_is_not_late(app, room):
    found = plan(app, room, 24 * 60, (0, 9))
    assert (found.drift, found.starts) == ("", {})


def test_a_trial_on_another_day_does_not_make_the_room_late(app, room):
    found = plan(app, room, 2, (-3000, -2990), (0, None))
    assert found.drift == "on time"


def test_the_running_page_shows_planned_and_real_minutes(app, admin, room):
    with app.app_context():
        first = db.session.get_one(Session, room.session).running_order[0]
        first.minutes = 15
        round_ = first.open()
        now = db.now()
        round_.opened_at, round_.closed_at = now - dt.timedelta(minutes=7), now
        db.session.commit()
    page = soup(admin.get(f"/desk/sessions/{room.session}"))
    row = page.select_one(f"#activity-{room.activities[0]}").get_text(" ", strip=True)
    assert "15 minutes planned" in row
    assert "7 min" in row
    assert "15 minutes planned" in page.select_one("#plan").get_text()


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "under 1 min"), (29, "under 1 min"), (31, "1 min"), (600, "10 min")]
)
def test_a_rounds_length_is_said_in_minutes(app, room, seconds, words):
    with app.test_request_context(), app.app_context():
        round_ = db.session.get_one(Session, room.session).running_order[0].open()
        round_.opened_at, round_.closed_at = NINE, NINE + dt.timedelta(seconds=seconds)
        assert planned.spent(round_) == words


def test_the_plan_alone_is_fetched_again_as_time_passes(admin, sign_in, room):
    address = f"/desk/sessions/{room.session}/plan"
    assert soup(admin.get(address)).select_one("#plan")
    assert sign_in("expert@example.org", SN="expert").get(address).status_code == 200
    assert sign_in("other@example.org", ML="facilitator").get(address).status_code == 404


def test_minutes_are_planned_anew_while_people_answer_and_taken_back(app, admin, room):
    def kept():
        with app.app_context():
            return db.session.get_one(Session, room.session).running_order[0].minutes

    room.act(admin, "open", 0)
    room.vote(0, phones=5)
    assert room.act(admin, "minutes", 0, minutes=25).status_code == 303
    page = soup(admin.get(f"/desk/sessions/{room.session}"))
    assert "25 minutes planned. Undo" in " ".join(page.select_one(".flashes").get_text(" ").split())
    assert page.select_one(f"#planned-{room.activities[0]}")["value"] == "25"
    assert (kept(), room.rounds(0)[0][3]) == (25, 5)
    assert room.act(admin, "minutes", 0, minutes="²5").status_code == 422
    assert room.act(admin, "minutes", 0, minutes=601).status_code == 422
    assert kept() == 25
    undo = page.select_one(".flash form")
    given = {field["name"]: field["value"] for field in undo.select("input")}
    admin.post(undo["action"], data=given)
    assert kept() is None
    assert room.trail()[-2:] == [("plan", f"activity {room.activities[0]}")] * 2
