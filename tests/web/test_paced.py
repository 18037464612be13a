"""Several questions open at once: each phone at its own pace, every ballot where it belongs."""

import re

import pytest
from sqlalchemy import select

from facilitator import db
from facilitator.models.activity import Activity
from facilitator.models.ballot import Ballot
from facilitator.models.session import Session
from facilitator.models.trail import Trail
from tests import factories
from tests.web.desk.asking import soup, token
from tests.web.rooms import CODE, join, words

BLOCK = "Evaluation"


@pytest.fixture
def room(app):
    """Make a session with two questions of a block, and one outside it."""
    with app.app_context():
        session = factories.session(code=CODE, wall="wall")
        for number in (1, 2, 3):
            prompt = dict.fromkeys(factories.LANGUAGES, f"Question {number}")
            factories.activity(session=session, prompt=prompt, block="" if number == 3 else BLOCK)
        session.show(session.activities[0])
        db.session.commit()
    return app


def act(browser, what, activity=1, **given):
    """Press a button of the desk as the page now looks."""
    with browser.application.app_context():
        session = db.session.get_one(Session, 1)
        seen, at = session.open_round, session.current_id
        sees = {"seen": str(seen.id if seen else ""), "at": str(at or "")}
    data = sees | given | {"csrf_token": token(browser)}
    done = browser.post(f"/desk/activities/{activity}/{what}", data=data)
    assert done.status_code == 303, done.text
    return done


def answer(phone, activity, round, option, *, script=False):
    """Answer one question of the block by its own form."""
    page = phone.get(f"/p/{CODE}?question={activity}&change=1").text
    secret = re.search(r'name="token" value="([^"]+)"', page)[1]
    headers = {"Accept": "application/json"} if script else {}
    data = {"token": secret, "option": str(option)} | ({"revision": "1"} if script else {})
    return phone.post(f"/p/{CODE}/answers/{round}", data=data, headers=headers)


def state(app):
    """List which questions are open, and the ballots of each round."""
    with app.app_context():
        rounds = [each.round for each in db.session.query(Activity).order_by(Activity.id)]
        return [(each.is_open, each.ballot_count) if each else None for each in rounds]


def test_a_block_is_opened_listed_answered_and_closed_together(room, admin):
    act(admin, "open-block")
    assert state(room) == [(True, 0), (True, 0), None]
    phone = join(room)
    listed = phone.get(f"/p/{CODE}")
    assert "Question 1 Not answered yet Question 2 Not answered yet" in words(listed)
    assert "Question 3" not in words(listed)
    assert soup(listed).form is None
    second = soup(listed).select(".asked a")[1]["href"]
    assert "Question 2" in soup(phone.get(second)).h1.text
    sent = answer(phone, 2, 2, 6)
    assert (sent.status_code, sent.headers["Location"]) == (303, f"/p/{CODE}")
    again = phone.get(f"/p/{CODE}", headers={"If-None-Match": listed.headers["ETag"]})
    assert "Question 1 Not answered yet Question 2 Received ✓" in words(again)
    act(admin, "close", round="1")
    assert state(room) == [(False, 0), (False, 1), None]
    assert "closed" in words(phone.get(f"/p/{CODE}?question=2"))
    with room.app_context():
        rounds = [each.round for each in db.session.query(Activity).order_by(Activity.id).limit(2)]
        assert all(each.result for each in rounds)


def test_opening_a_block_is_in_the_trail(room, admin):
    act(admin, "open-block")
    with room.app_context():
        acts = [(line.act, line.subject) for line in db.session.scalars(select(Trail).order_by(Trail.id))]
    assert acts[-2:] == [("open", "round 1"), ("open", "round 2")]


def test_one_question_leads_to_the_next_and_back(room, admin):
    act(admin, "open-block")
    phone = join(room)
    first = soup(phone.get(f"/p/{CODE}?question=1")).select(".steps a")
    assert [a["href"].partition("?")[2] for a in first] == ["", "question=2"]
    last = soup(phone.get(f"/p/{CODE}?question=2")).select(".steps a")
    assert [a["href"].partition("?")[2] for a in last] == ["question=1", ""]
    kept = answer(phone, 1, 1, 1) and soup(phone.get(f"/p/{CODE}?question=1"))
    assert any(a["href"].endswith("change=1&question=1") for a in kept.select(".plain a"))


def test_the_script_fetches_the_question_it_shows(room, admin):
    act(admin, "open-block")
    phone = join(room)
    assert answer(phone, 2, 2, 6, script=True).get_json() == {"state": "received", "revision": 1}
    page = soup(phone.get(f"/p/{CODE}?question=2"))
    query = page.select_one(".scene")["data-query"]
    part = phone.get(f"/p/{CODE}/now{query}")
    assert soup(part).h1.text == "Question 2"
    again = phone.get(f"/p/{CODE}/now{query}", headers={"If-None-Match": part.headers["ETag"]})
    assert again.status_code == 304
    listed = phone.get(f"/p/{CODE}/now")
    answer(phone, 1, 1, 1, script=True)
    changed = phone.get(f"/p/{CODE}/now", headers={"If-None-Match": listed.headers["ETag"]})
    assert changed.status_code == 200
    assert words(changed).count("Received ✓") == 2


def test_a_wrong_answer_stays_on_the_page_of_its_question(room, admin):
    act(admin, "open-block")
    phone = join(room)
    refused = answer(phone, 2, 2, 999)
    assert refused.status_code == 422
    assert soup(refused).h1.text == "Question 2"
    assert soup(refused).select_one("form")["data-round"] == "2"


def test_a_question_of_the_block_may_be_for_some_types_only(room, admin):
    with room.app_context():
        db.session.get_one(Activity, 2).answerers = ["ministry"]
        db.session.commit()
    act(admin, "open-block")
    phone = join(room)
    assert "This question is only for: Ministry." in words(phone.get(f"/p/{CODE}"))
    barred = soup(phone.get(f"/p/{CODE}?question=2"))
    assert barred.form is None
    assert barred.select(".steps a")


def test_the_wall_and_the_desk_count_each_question(room, admin):
    act(admin, "open-block")
    phone = join(room)
    answer(phone, 2, 2, 6)
    wall = words(room.test_client().get("/screen/wall/now?language=en"))
    assert BLOCK in wall
    assert "Question 1 0 of 1 answered Question 2 1 of 1 answered" in wall
    desk = words(admin.get("/desk/sessions/1"))
    assert "Close this block" in desk
    assert "Question 1 0 of 1 Question 2 1 of 1" in desk


def test_going_on_closes_every_question_and_undo_opens_them_with_their_answers(room, admin):
    act(admin, "open-block")
    answer(join(room), 2, 2, 6)
    act(admin, "open", activity=3)
    assert state(room) == [(False, 0), (False, 1), (True, 0)]
    act(admin, "open-block", activity=2)
    assert state(room) == [(True, 0), (True, 1), (False, 0)]
    with room.app_context():
        assert db.session.get_one(Session, 1).current_id == 1


def test_a_question_of_a_block_can_still_be_asked_alone(room, admin):
    act(admin, "open")
    phone = join(room)
    page = soup(phone.get(f"/p/{CODE}"))
    assert page.h1.text == "Question 1"
    assert page.select(".steps, .asked") == []
    assert "data-query" not in page.select_one(".scene").attrs


def test_a_question_without_a_block_opens_no_block(room, admin):
    data = {"seen": "", "at": "1", "csrf_token": token(admin)}
    assert admin.post("/desk/activities/3/open-block", data=data).status_code == 409
    assert state(room) == [None, None, None]


def test_the_timer_runs_for_the_whole_block(room, admin):
    act(admin, "open-block")
    act(admin, "timer", round="1", minutes="2")
    phone = join(room)
    assert soup(phone.get(f"/p/{CODE}")).select_one(".timer")
    assert soup(phone.get(f"/p/{CODE}?question=2")).select_one(".timer")


def test_a_ballot_bears_the_key_of_its_own_question(room, admin):
    act(admin, "open-block")
    phone = join(room)
    answer(phone, 1, 1, 1)
    answer(phone, 2, 2, 6)
    with room.app_context():
        keys = {ballot.key for ballot in db.session.query(Ballot)}
    assert len(keys) == 2


def test_the_block_is_written_in_the_form(room, admin):
    page = soup(admin.get("/desk/activities/3/edit"))
    given = {
        tag["name"]: tag.get("value") or tag.text
        for tag in page.select("#activity-form [name]")
        if tag["name"] not in ("press", "csrf_token", "option-item") and not tag["name"].startswith("option-")
    }
    rows = [tag["value"] for tag in page.select("[name=option-item]")]
    given |= {"option-item": rows, "block": "  Last  words ", "press": "save", "csrf_token": token(admin)}
    for code in factories.LANGUAGES:
        given[f"option-{code}"] = [tag["value"] for tag in page.select(f"[name=option-{code}]")]
    saved = admin.post("/desk/activities/3/edit", data=given)
    assert saved.status_code == 303, saved.text
    with room.app_context():
        assert db.session.get_one(Activity, 3).block == "Last words"
