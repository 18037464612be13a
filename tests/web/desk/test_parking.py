"""The parking list: one line to keep a question, answered or withdrawn, never on a wall."""

import pytest

from facilitator import db
from facilitator.models.session import Session
from tests.web.desk.asking import send, soup, words
from tests.web.desk.rooms import made

ASKED = "Who pays for the next survey?"


@pytest.fixture
def room(app):
    return made(app)


def kept(app, room):
    with app.app_context():
        parked = db.session.get_one(Session, room.session).parked
        return [(each.id, each.text, each.answered, each.withdrawn) for each in parked]


def park(browser, room, text=ASKED):
    return send(browser, f"/desk/sessions/{room.session}/parked", text=text)


def side(browser, room):
    return soup(browser.get(f"/desk/sessions/{room.session}")).select_one(".parked")


def test_a_question_is_kept_in_one_line(app, admin, room):
    answer = park(admin, room, f"  {ASKED}\n")
    assert answer.status_code == 303
    ((number, *rest),) = kept(app, room)
    assert rest == [ASKED, False, False]
    assert ASKED in side(admin, room).get_text()
    assert room.trail() == [("park", f"parked {number}")]


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 501])
def test_nothing_and_too_much_are_refused_in_words(app, admin, room, text):
    answer = park(admin, room, text)
    assert answer.status_code == 422
    assert "at most 500 characters" in words(answer)
    assert kept(app, room) == []


def test_it_is_answered_and_waits_again(app, admin, room):
    park(admin, room)
    number = kept(app, room)[0][0]
    send(admin, f"/desk/parked/{number}/answer", answered="1")
    assert kept(app, room)[0][2]
    assert side(admin, room).select_one("s").get_text() == ASKED
    send(admin, f"/desk/parked/{number}/answer", answered="0")
    assert not kept(app, room)[0][2]
    assert [act for act, _subject in room.trail()] == ["park", "answer", "wait"]


def test_it_is_withdrawn_and_put_back(app, admin, room):
    park(admin, room)
    number = kept(app, room)[0][0]
    answer = send(admin, f"/desk/parked/{number}/withdraw")
    page = admin.get(answer.location)
    assert soup(page).select_one(".flash form")["action"] == f"/desk/parked/{number}/restore"
    assert ASKED not in soup(page).select_one(".parked").get_text()
    send(admin, f"/desk/parked/{number}/restore")
    assert ASKED in side(admin, room).get_text()
    assert [act for act, _subject in room.trail()] == ["park", "withdraw", "restore"]


def test_the_wall_and_the_phones_never_show_it(app, admin, room, client):
    park(admin, room)
    room.act(admin, "next")
    with app.app_context():
        session = db.session.get_one(Session, room.session)
        wall, code = session.wall, session.code
    for address in (f"/screen/{wall}", f"/screen/{wall}/now", f"/j/{code}"):
        assert ASKED not in client.get(address).get_data(as_text=True)


def test_an_expert_reads_the_list_and_changes_nothing(app, admin, sign_in, room):
    park(admin, room)
    number = kept(app, room)[0][0]
    expert = sign_in("expert@example.org", SN="expert")
    assert ASKED in side(expert, room).get_text()
    assert not side(expert, room).select("form")
    assert park(expert, room).status_code == 403
    for act in ("answer", "withdraw", "restore"):
        assert send(expert, f"/desk/parked/{number}/{act}").status_code == 403


def test_another_country_does_not_find_it(app, admin, sign_in, room):
    park(admin, room)
    number = kept(app, room)[0][0]
    other = sign_in("other@example.org", ML="facilitator")
    assert park(other, room).status_code == 404
    for act in ("answer", "withdraw", "restore"):
        assert send(other, f"/desk/parked/{number}/{act}").status_code == 404
