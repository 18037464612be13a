"""Running a room from the desk: the page, the wall's way through the order, the lock, the remote."""

import gzip
import re

import pytest
from sqlalchemy import event

from facilitator import db
from facilitator.models.session import Session
from tests import factories
from tests.web.desk.asking import soup, words
from tests.web.desk.rooms import made


@pytest.fixture
def room(app):
    return made(app, "choice", "ranking", "choice")


def page(browser, room, part=""):
    return browser.get(f"/desk/sessions/{room.session}{part}")


def test_the_lobby_offers_the_first_question(admin, room):
    shown = page(admin, room)
    assert "The room is joining" in words(shown)
    assert soup(shown).select_one(".controls .primary").get_text(strip=True) == "Show question 1"
    assert soup(shown).select_one("a[target=_blank]")["href"].startswith("/screen/")


def test_an_empty_session_offers_to_add_a_question(app, admin, room):
    for place in (0, 1, 2):
        room.act(admin, "remove", place)
    assert soup(page(admin, room)).select_one(".controls .primary")["href"].endswith("/activities/new")


def test_the_order_says_what_a_question_lacks_and_counts_options_only_where_there_are_any(app, admin):
    room = made(app, "linking", options=2)
    with app.app_context():
        factories.activity("words", 0, session=db.session.get_one(Session, room.session))
        db.session.commit()
    rows = soup(page(admin, room)).select(".order-row .facts")
    linking, open_question = (row.get_text() for row in rows)
    assert "2 options" in linking
    assert "Choose two things or more that the options can be linked to." in linking
    assert "option" not in open_question
    refused = room.act(admin, "open", 0)
    assert refused.status_code == 422
    assert "cannot be opened yet. Choose two things or more" in words(refused)


def test_next_and_back_walk_the_order_and_stop_at_its_ends(admin, room):
    places = [room.current()]
    for step in ("next", "next", "next", "next", "back", "back", "back", "back"):
        assert room.act(admin, step).status_code == 303
        places.append(room.current())
    assert places == [None, 0, 1, 2, 2, 1, 0, None, None]


def test_going_on_closes_what_is_open_and_says_so(admin, room):
    room.act(admin, "open", 0)
    room.vote(0, phones=3)
    answer = room.act(admin, "next")
    assert room.rounds(0) == [(1, False, False, 3)]
    assert room.current() == 1
    assert "Closed with 3 answers." in words(admin.get(answer.location))


def test_any_question_and_the_lobby_can_be_shown(admin, room):
    room.act(admin, "show", activity=room.activities[2])
    assert room.current() == 2
    room.act(admin, "show")
    assert room.current() is None


def test_a_question_of_another_session_cannot_be_shown(app, admin, room):
    other = made(app)
    data = room.sees() | {"activity": other.activities[0]}
    answer = admin.post(f"/desk/sessions/{room.session}/show", data=data | {"csrf_token": csrf(admin)})
    assert answer.status_code == 409
    assert room.current() is None


def csrf(browser):
    return soup(browser.get("/desk/")).find("input", attrs={"name": "csrf_token"})["value"]


@pytest.mark.parametrize("activity", ["x", "99999", "9" * 40, "-1", "\u0661"])
def test_nonsense_instead_of_a_question_changes_nothing(admin, room, activity):
    data = room.sees() | {"activity": activity, "csrf_token": csrf(admin)}
    assert admin.post(f"/desk/sessions/{room.session}/show", data=data).status_code == 409
    assert room.current() is None


def test_joining_is_locked_and_opened_again(app, admin, room):
    room.act(admin, "lock", locked=1)
    with app.app_context():
        assert db.session.get_one(Session, room.session).locked
    assert "Locked" in words(page(admin, room))
    room.act(admin, "lock", locked=0)
    with app.app_context():
        assert not db.session.get_one(Session, room.session).locked
    assert room.trail() == [("lock", f"session {room.session}"), ("unlock", f"session {room.session}")]


def test_the_counts_are_told_apart(app, admin, room):
    with app.app_context():
        session = db.session.get_one(Session, room.session)
        for number in range(4):
            session.admit(f"key{number:019}")
        db.session.commit()
    room.act(admin, "open", 0)
    room.vote(0, phones=3)
    counts = [tag.get_text() for tag in soup(page(admin, room, "/figures")).select("dd b")]
    assert counts == ["3", "4", "0"]


def test_the_script_gets_the_live_part_alone(admin, room):
    data = room.sees() | {"csrf_token": csrf(admin)}
    answer = admin.post(
        f"/desk/sessions/{room.session}/lock", data=data | {"locked": "1"}, headers={"HX-Request": "true"}
    )
    assert (answer.status_code, answer.location) == (303, f"/desk/sessions/{room.session}/now")
    part = admin.get(answer.location, headers={"HX-Request": "true"})
    assert soup(part).html is None
    assert soup(part).find(id="now")
    assert "Nobody new can join now." in soup(part).find(id="said").get_text()


def test_a_refusal_reaches_the_script_with_how_things_stand(admin, room):
    headers = {"HX-Request": "true"}
    data = {"seen": "77", "csrf_token": csrf(admin)}
    part = admin.post(f"/desk/sessions/{room.session}/next", data=data, headers=headers)
    assert part.status_code == 409
    assert soup(part).find(id="now")
    assert "Someone else acted in the meantime" in soup(part).find(id="said").get_text()


def test_a_wording_in_another_language_is_marked_as_such(app, admin):
    room = made(app, prompt={"fr": "<b>Quel défi ?</b>"})
    shown = soup(page(admin, room))
    marked = shown.select_one(".order-prompt bdi")
    assert (marked["lang"], marked.get_text()) == ("fr", "<b>Quel défi ?</b>")
    assert "Missing: English" in shown.select_one(".order-row").get_text()


def test_the_remote_signs_in_once_and_lands_in_the_room(app, admin, room):
    shown = admin.post(f"/desk/sessions/{room.session}/remote", data={"csrf_token": csrf(admin)})
    assert shown.headers["Cache-Control"] == "no-store"
    address = soup(shown).select_one(".remote-address").get_text()
    phone = app.test_client()
    path = re.sub(r"^https?://[^/]+", "", address)
    token = soup(phone.get(path)).find("input", attrs={"name": "csrf_token"})["value"]
    landed = phone.post(path, data={"csrf_token": token})
    assert landed.location == f"/desk/sessions/{room.session}"
    assert phone.get(landed.location).status_code == 200
    assert app.test_client().post(path, data={"csrf_token": token}).status_code in {400, 410}
    assert ("remote", f"session {room.session}") in room.trail()


SEEN = ("", "/now", "/figures")
ACTS = ("lock", "next", "back", "show", "remote")


@pytest.mark.parametrize(
    ("roles", "sees", "runs"),
    [
        ({"SN": "facilitator"}, 200, 303),
        ({"SN": "coordinator"}, 200, 303),
        ({"SN": "expert"}, 200, 403),
        ({"SN": "authority"}, 200, 403),
        ({"ML": "facilitator"}, 404, 404),
        ({"ML": "expert"}, 404, 404),
    ],
)
def test_who_sees_and_who_runs(sign_in, room, roles, sees, runs):
    browser = sign_in("someone@example.org", **roles)
    assert {part: page(browser, room, part).status_code for part in SEEN} == dict.fromkeys(SEEN, sees)
    done = {what: room.act(browser, what).status_code for what in ACTS}
    assert done == dict.fromkeys(ACTS, runs) | ({"remote": 200} if runs == 303 else {})


def test_who_may_not_run_is_shown_no_controls(sign_in, room):
    shown = soup(page(sign_in("expert@example.org", SN="expert"), room))
    assert [form["action"] for form in shown.select("main form")] == []


def test_only_who_sees_the_session_hears_of_it(sign_in, client, room):
    heard = {}
    for name, browser in {
        "expert": sign_in("expert@example.org", SN="expert"),
        "elsewhere": sign_in("elsewhere@example.org", ML="facilitator"),
        "stranger": client,
    }.items():
        answer = page(browser, room, "/stream")
        heard[name] = (answer.status_code, answer.mimetype)
        answer.close()
    assert heard == {
        "expert": (200, "text/event-stream"),
        "elsewhere": (404, "text/html"),
        "stranger": (302, "text/html"),
    }


def test_strangers_are_asked_to_sign_in(client, room):
    assert page(client, room).status_code == 302
    assert client.post(f"/desk/sessions/{room.session}/next").status_code in {400, 401}
    assert room.current() is None


def test_a_session_of_no_one_is_not_found(admin):
    assert admin.get("/desk/sessions/4711").status_code == 404


def asked(app, browser, room, part):
    """Count the questions that a page puts to the database."""
    statements = []
    engine = app.extensions["engine"]

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        assert page(browser, room, part).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(statements)


def test_a_long_running_order_asks_the_database_no_more(app, admin):
    short, long = made(app, "choice"), made(app, *["choice", "ranking"] * 8)
    for room in (short, long):
        room.act(admin, "open", 0)
        room.vote(0, phones=2)
        room.act(admin, "close", 0)
    for part in ("/now", "/figures"):
        assert asked(app, admin, long, part) <= asked(app, admin, short, part) + 1


def test_the_first_visit_is_light(admin, app):
    room = made(app, *["choice", "ranking"] * 5)
    shown = page(admin, room)
    linked = soup(shown).select("link[rel=stylesheet], link[rel=icon], script[src]")
    files = {tag.get("href") or tag.get("src") for tag in linked}
    files |= {use["href"].partition("#")[0] for use in soup(shown).select("use[href*='#']")}
    weight = len(gzip.compress(shown.data))
    for file in files:
        with admin.get(file) as answer:
            weight += len(gzip.compress(answer.data))
    assert len(files) > 5
    assert weight < 60_000
