"""Two facilitators in one room at once: each is told what is true, and no answer is lost between them."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from facilitator import ballotbox, db, refusals
from facilitator.models.activity import Activity
from facilitator.models.person import Person
from facilitator.models.round import Round
from tests.web.desk.asking import token, words
from tests.web.desk.rooms import made


@pytest.fixture
def patient(monkeypatch):
    """Let everyone wait long for their turn, however slow the disk is."""
    monkeypatch.setattr(db, "BUSY_MILLISECONDS", 120_000)
    monkeypatch.setattr(ballotbox.Receipt.wait, "__defaults__", (120.0,))


@pytest.fixture
def room(app):
    return made(app, "choice", "choice")


@pytest.fixture
def awa(sign_in):
    return sign_in("awa@example.org", SN="facilitator")


@pytest.fixture
def bineta(app, sign_in):
    browser = sign_in("bineta@example.org", SN="facilitator")
    with app.app_context():
        Person.by_email("bineta@example.org").name = "Bineta Sow"
        db.session.commit()
    return browser


def press(room, browser, what, place, seen):
    kind, number = ("sessions", room.session) if place is None else ("activities", room.activities[place])
    return browser.post(f"/desk/{kind}/{number}/{what}", data=seen | {"csrf_token": token(browser)})


def test_opening_what_is_open_is_no_fault(room, awa, bineta):
    seen = room.sees()
    assert press(room, awa, "open", 0, seen).status_code == 303
    answer = press(room, bineta, "open", 0, seen)
    assert answer.status_code == 303
    assert "Awa Diop has already opened this question." in words(bineta.get(answer.location))
    assert room.rounds(0) == [(1, True, False, 0)]


def test_closing_what_is_closed_is_no_fault(room, awa, bineta):
    room.act(awa, "open", 0)
    room.vote(0, phones=2)
    seen = room.sees() | {"round": str(room.round_ids(0)[0])}
    assert press(room, awa, "close", 0, seen).status_code == 303
    answer = press(room, bineta, "close", 0, seen)
    assert answer.status_code == 303
    assert "Awa Diop has already closed this question." in words(bineta.get(answer.location))
    assert [act for act, _subject in room.trail()].count("close") == 1


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("awa@example.org", "awa@example.org has already closed this question."),
        (None, "This question is not open any more."),
    ],
)
def test_who_has_no_name_is_not_taken_for_someone_else(app, room, awa, address, said):
    with app.app_context():
        person = Person.by_email("awa@example.org")
        person.name, person.email = "", address
        db.session.commit()
    room.act(awa, "open", 0)
    seen = room.sees() | {"round": str(room.round_ids(0)[0])}
    assert press(room, awa, "close", 0, seen).status_code == 303
    answer = awa.get(press(room, awa, "close", 0, seen).location)
    assert said in words(answer)
    assert "Someone else" not in words(answer)


def test_opening_another_question_does_not_close_one_unseen(room, awa, bineta):
    seen = room.sees()
    press(room, awa, "open", 0, seen)
    answer = press(room, bineta, "open", 1, seen)
    assert answer.status_code == 409
    assert "Someone else acted in the meantime" in words(answer)
    assert "Which challenge matters most?" in words(answer)
    assert (room.rounds(0), room.rounds(1)) == ([(1, True, False, 0)], [])


def test_going_on_twice_at_once_skips_nothing(room, awa, bineta):
    room.act(awa, "open", 0)
    seen = room.sees()
    assert press(room, awa, "next", None, seen).status_code == 303
    assert press(room, bineta, "next", None, seen).status_code == 409
    assert room.current() == 1


def test_showing_another_question_meanwhile_is_not_overruled(room, awa, bineta):
    seen = room.sees()
    press(room, awa, "show", None, seen | {"activity": str(room.activities[1])})
    assert press(room, bineta, "next", None, seen).status_code == 409
    assert room.current() == 1


def test_an_old_page_cannot_open_what_has_been_closed_since(room, awa, bineta):
    seen = room.sees()
    room.act(awa, "open", 0)
    room.act(awa, "close", 0)
    assert press(room, bineta, "open", 0, seen).status_code == 409
    assert len(room.rounds(0)) == 1


def test_reopening_what_is_open_again_is_no_fault(room, awa, bineta):
    room.act(awa, "open", 0)
    room.act(awa, "close", 0)
    room.act(awa, "rerun", 0, keep=1)
    answer = room.act(bineta, "rerun", 0, keep=1)
    assert "Awa Diop has already opened this question." in words(bineta.get(answer.location))
    assert len(room.rounds(0)) == 2


def test_an_old_page_never_closes_a_newer_round(room, awa, bineta):
    room.act(awa, "open", 0)
    old = room.sees() | {"round": str(room.round_ids(0)[0])}
    room.act(awa, "close", 0)
    room.act(awa, "rerun", 0)
    assert press(room, bineta, "close", 0, old).status_code == 409
    assert [is_open for _number, is_open, _revealed, _ballots in room.rounds(0)] == [False, True]


def test_reopening_twice_at_once_makes_one_round(room, awa, bineta):
    room.act(awa, "open", 0)
    room.act(awa, "close", 0)
    seen = room.sees() | {"keep": "1"}
    assert press(room, awa, "rerun", 0, seen).status_code == 303
    assert press(room, bineta, "rerun", 0, seen).status_code in {303, 409}
    assert len(room.rounds(0)) == 2


@pytest.mark.slow
@pytest.mark.usefixtures("patient")
def test_fifty_opens_fifty_closes_and_fifty_ballots_at_once(app, room, sign_in):
    browsers = [sign_in(f"person{n}@example.org", SN="facilitator") for n in range(2)]
    tokens = [token(browser) for browser in browsers]
    with app.app_context():
        options = [item.id for item in db.session.get_one(Activity, room.activities[0]).options]
    taken: dict[int, list[str]] = {}
    noting = threading.Lock()
    statuses: list[int] = []

    def staff(n, what):
        browser = app.test_client()
        with browsers[n % 2].session_transaction() as theirs, browser.session_transaction() as mine:
            mine.update(theirs)
        data = {"csrf_token": tokens[n % 2], "seen": room.sees()["seen"], "keep": "0"}
        answer = browser.post(f"/desk/activities/{room.activities[0]}/{what}", data=data)
        statuses.append(answer.status_code)

    def ballot(n):
        with app.app_context():
            open_now = db.session.get_one(Activity, room.activities[0]).round
            round_id = open_now.id if open_now else 0
            db.session.commit()
            key = f"phone{n:017}"
            try:
                ballotbox.box().cast(round_id, room.session, key, f'{{"options":[{options[n % 5]}]}}').wait()
            except refusals.Refusal:
                return
            with noting:
                taken.setdefault(round_id, []).append(key)

    staff(0, "open")
    acts = [(staff, n, what) for n in range(50) for what in ("rerun", "close")]
    with ThreadPoolExecutor(16) as crowd:
        waiting = []
        for n in range(50):
            waiting += [crowd.submit(act, *rest) for act, *rest in acts[2 * n : 2 * n + 2]]
            waiting += [crowd.submit(ballot, n)]
        for one in waiting:
            one.result()
    staff(0, "close")

    assert set(statuses) <= {303, 409}
    with app.app_context():
        rounds = db.session.get_one(Activity, room.activities[0]).rounds
        assert [round.is_open for round in rounds] == [False] * len(rounds)
        for round in rounds:
            assert round.result
            assert round.standings().ballots == round.ballot_count == len(set(taken.get(round.id, [])))
        assert sum(len(keys) for keys in taken.values()) > 0
        db.session.commit()
        for round_id in [round.id for round in db.session.query(Round)]:
            db.session.commit()
            with pytest.raises(refusals.Closed):
                ballotbox.box().cast(round_id, room.session, "late" + "0" * 18, "{}").wait()
