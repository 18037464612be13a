"""A ballot's way in: taken once, refused in words, never lost."""

import datetime as dt
import threading
import time

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from facilitator import ballotbox, db
from facilitator.models.ballot import Ballot
from facilitator.models.session import Session
from facilitator.refusals import StorageBusy, StorageFull
from tests import factories
from tests.web.phones import CODE, SCRIPT, answer, join, staged, token, words

PAGE = f"/p/{CODE}"


def action(page: str) -> str:
    return BeautifulSoup(page, "html.parser").form["action"]


def test_a_plain_form_is_received_and_leads_back(app: Flask) -> None:
    stage, phone = staged(app), join(app)
    stage.act(0, "open")
    chosen = sorted(stage.options(0)[1:3])
    sent = answer(phone, option=chosen)
    assert (sent.status_code, sent.location) == (303, PAGE)
    assert stage.ballots(0) == [{"options": chosen}]
    assert "Received ✓ You can change your answer" in words(phone.get(sent.location))


def test_a_script_is_told_which_revision_was_received(app: Flask) -> None:
    stage, phone = staged(app), join(app)
    stage.act(0, "open")
    sent = answer(phone, script=True, option=stage.options(0)[0], revision=3)
    assert sent.json == {"state": "received", "revision": 3}
    assert sent.mimetype == "application/json"


def test_a_mind_can_change_until_closing_and_retries_do_no_harm(app: Flask) -> None:
    stage, phone = staged(app), join(app)
    stage.act(0, "open")
    first, second = stage.options(0)[:2]
    for revision, option in ((1, first), (2, second), (1, first), (2, second), (1, first)):
        assert answer(phone, script=True, option=option, revision=revision).status_code == 200
    assert stage.ballots(0) == [{"options": [second]}]
    answer(phone, option=first)
    assert stage.ballots(0) == [{"options": [first]}], "a plain form follows whatever came before"


def test_a_server_whose_clock_jumps_takes_every_answer_and_closes(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, phone = staged(app), join(app)
    stage.act(0, "open")
    clock, now, two = time.time, db.now, dt.timedelta(hours=2)
    for revision, jump in enumerate((two, -two), 1):
        monkeypatch.setattr(time, "time", lambda jump=jump: clock() + jump.total_seconds())
        monkeypatch.setattr(db, "now", lambda jump=jump: now() + jump)
        option = stage.options(0)[revision]
        assert answer(phone, script=True, option=option, revision=revision).json["state"] == "received"
        late = join(app)
        assert answer(late, option=option).status_code == 303
        assert "Received ✓" in words(late.get(PAGE))
    stage.act(0, "close")
    assert len(stage.ballots(0)) == 3
    assert phone.get(PAGE).status_code == 200
    assert "closed" in words(phone.get(PAGE))


def test_rankings_ties_and_no_opinion_come_in_as_one_canonical_choice(app: Flask) -> None:
    stage, phone = staged(app), join(app)
    stage.act(1, "open")
    a, b, c, d, _e = stage.options(1)
    ranks = {f"rank-{a}": "2", f"rank-{b}": "5", f"rank-{c}": "2", f"rank-{d}": "", "unsure": d}
    assert answer(phone, **ranks).status_code == 303
    assert stage.ballots(1) == [{"order": [[a, c], [b]], "unsure": [d]}]
    page = BeautifulSoup(phone.get(PAGE).text, "html.parser")
    chosen = {tag.find_parent("select")["name"]: tag.text for tag in page.select("option[selected]")}
    assert chosen == {f"rank-{a}": "1", f"rank-{c}": "1", f"rank-{b}": "2"}
    assert [tag["value"] for tag in page.select("[name=unsure][checked]")] == [str(d)]


@pytest.mark.parametrize("number", [0, 1])
def test_a_blank_answer_counts_as_one(app: Flask, number: int) -> None:
    stage, phone = staged(app), join(app)
    stage.act(number, "open")
    assert answer(phone, blank="1").status_code == 303
    assert stage.ballots(number) == [{}]
    assert "Received ✓" in words(phone.get(PAGE))


@pytest.mark.parametrize(
    ("number", "fields", "said"),
    [
        (0, {}, "Pick an answer, or send a blank answer."),
        (0, {"option": ["0"]}, "not offered"),
        (0, {"option": ["x" * 10_000]}, "not offered"),
        (0, {"option": ["{0}", "{1}", "{2}"]}, "Pick 2 answers at most."),
        (1, {"rank-{0}": "6"}, "Places are whole numbers from 1 to 5."),
        (1, {"rank-{0}": "-1"}, "Places are whole numbers"),
        (1, {"rank-{0}": ["1", "2"]}, "One option has two places."),
        (1, {"rank-999": "1"}, "not offered"),
        (1, {"rank-{0}": "1", "unsure": "{0}"}, "both a place and"),
    ],
)
@pytest.mark.parametrize("script", [False, True])
def test_what_cannot_be_a_ballot_comes_back_with_its_reason(
    app: Flask, number: int, fields: dict, said: str, script: bool
) -> None:
    stage, phone = staged(app), join(app)
    stage.act(number, "open")
    options = stage.options(number)

    def filled(text):
        return [filled(one) for one in text] if isinstance(text, list) else text.format(*options)

    sent = answer(phone, script=script, **{filled(name): filled(value) for name, value in fields.items()})
    assert sent.status_code == 422
    if script:
        assert sent.json["state"] == "refused"
        assert said in sent.json["message"]
    else:
        state = BeautifulSoup(sent.text, "html.parser").select_one("#state")
        assert said in state.text
        assert state.find_parent("form")["data-state"] == "refused"
    assert stage.ballots(number) == []


def test_a_refused_form_comes_back_as_it_was_filled_in(app: Flask) -> None:
    stage, phone = staged(app), join(app)
    stage.act(1, "open")
    a, b, c = stage.options(1)[:3]
    sent = answer(phone, **{f"rank-{a}": "1", f"rank-{b}": "3", "unsure": [b, c]})
    page = BeautifulSoup(sent.text, "html.parser")
    chosen = {tag.find_parent("select")["name"]: tag.text for tag in page.select("option[selected]")}
    assert chosen == {f"rank-{a}": "1", f"rank-{b}": "3"}
    assert {tag["value"] for tag in page.select("[name=unsure][checked]")} == {str(b), str(c)}
    assert page.select_one("footer a")["href"].startswith(PAGE + "?"), "a form's address takes no visits"
    stage.act(0, "open")
    many = answer(phone, option=stage.options(0)[:3])
    assert len(BeautifulSoup(many.text, "html.parser").select("[name=option][checked]")) == 3


def test_a_reason_is_in_the_reader_s_language(app: Flask) -> None:
    stage, phone = staged(app), join(app)
    stage.act(0, "open")
    phone.get(f"{PAGE}?language=ar")
    assert '<html lang="ar" dir="rtl">' in answer(phone).text


@pytest.mark.parametrize("script", [False, True])
def test_a_vote_after_closing_is_refused_in_words(app: Flask, script: bool) -> None:
    stage, phone = staged(app), join(app)
    stage.act(0, "open")
    before = phone.get(PAGE).text
    stage.act(0, "close")
    data = {"token": token(before), "option": stage.options(0)[0]}
    for gone_on in (False, True):
        if gone_on:
            stage.act(1, "open")
        sent = phone.post(action(before), data=data, headers=SCRIPT if script else {})
        assert sent.status_code == 409
        assert "This vote is closed." in (sent.json["message"] if script else words(sent))
    if not script:
        assert "Send" in words(sent), "the question of the moment is there below"
    assert stage.ballots(0) == []


def test_an_answer_that_comes_late_to_an_open_round_that_is_not_shown_counts(app: Flask) -> None:
    stage, phone = staged(app), join(app)
    stage.act(0, "open")
    before = phone.get(PAGE).text
    stage.act(None)
    data = {"token": token(before), "option": stage.options(0)[0]}
    assert phone.post(action(before), data=data, headers=SCRIPT).status_code == 200
    assert len(stage.ballots(0)) == 1


@pytest.mark.parametrize(("refusal", "status"), [(StorageFull, 507), (StorageBusy, 503)])
@pytest.mark.parametrize("script", [False, True])
def test_a_disk_that_takes_nothing_is_told_and_the_answer_kept(
    app: Flask, refusal: type, status: int, script: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, phone = staged(app), join(app)
    stage.act(0, "open")

    def refuse(*_given: object, **_named: object) -> ballotbox.Receipt:
        receipt = ballotbox.Receipt()
        receipt.settle(refusal())
        return receipt

    chosen = stage.options(0)[2]
    with monkeypatch.context() as patched:
        patched.setattr(ballotbox.BallotBox, "cast", refuse)
        sent = answer(phone, script=script, option=chosen)
    assert sent.status_code == status
    assert int(sent.headers["Retry-After"]) == refusal.retry_after
    if script:
        assert sent.json["state"] == "unsent"
        assert "It is tried again by itself" in sent.json["message"]
    else:
        page = BeautifulSoup(sent.text, "html.parser")
        told = page.select_one("#state").text
        assert "Not saved" in told
        assert "please try again" in told.lower(), "a form without scripts is not sent by itself"
        assert page.select_one("input:checked")["value"] == str(chosen)
    assert answer(phone, option=chosen).status_code == 303


def test_a_refusal_that_the_front_brings_back_is_told_too(app: Flask) -> None:
    stage, phone = staged(app), join(app)
    stage.act(0, "open")
    data = {"token": token(phone.get(PAGE).text), "option": stage.options(0)[0]}
    outcome = {"facilitator.outcome": StorageBusy()}
    sent = phone.post(action(phone.get(PAGE).text), data=data, headers=SCRIPT, environ_overrides=outcome)
    assert (sent.status_code, sent.json["state"]) == (503, "unsent")
    assert stage.ballots(0) == []


@pytest.mark.parametrize("script", [False, True])
def test_only_the_phone_s_own_form_is_taken(app: Flask, script: bool) -> None:
    stage, phone, other = staged(app), join(app), join(app)
    stage.act(0, "open")
    address, chosen = action(phone.get(PAGE).text), stage.options(0)[0]
    outsider = app.test_client()
    foreign = token(other.get(PAGE).text)
    headers = SCRIPT if script else {}
    for client, given in ((phone, ""), (phone, foreign), (outsider, foreign), (outsider, "")):
        sent = client.post(address, data={"token": given, "option": chosen}, headers=headers)
        assert sent.status_code == 403
    own = token(outsider.get(f"/j/{CODE}").text)
    sent = outsider.post(address, data={"token": own, "option": chosen}, headers=headers)
    assert sent.status_code == 403, "a key that has not joined"
    assert "not in this session" in (sent.json["message"] if script else words(sent))
    assert stage.ballots(0) == []


def test_a_round_of_another_session_is_not_answered_here(app: Flask) -> None:
    stage, phone = staged(app), join(app)
    stage.act(0, "open")
    own = token(phone.get(PAGE).text)
    with app.app_context():
        elsewhere = factories.activity().open()
        db.session.commit()
        number = elsewhere.id
    for wrong in (number, 999_999):
        sent = phone.post(f"{PAGE}/answers/{wrong}", data={"token": own, "blank": "1"})
        assert sent.status_code == 409
        assert "not open any more" in words(sent)
    assert phone.post(f"/p/999999/answers/{number}", data={"token": own, "blank": "1"}).status_code == 403


def test_a_phone_answers_each_question_under_another_key(app: Flask) -> None:
    stage, phone = staged(app), join(app)
    for number in (0, 1):
        stage.act(number, "open")
        answer(phone, blank="1")
    with app.app_context():
        keys = set(db.session.scalars(select(Ballot.key)))
        assert len(keys) == 2
        assert db.session.get_one(Session, stage.session_id).joined == 1


@pytest.mark.parametrize("revision", ["0", "-5", "x", "9" * 30, "1.5"])
def test_a_revision_that_is_none_does_no_harm(app: Flask, revision: str) -> None:
    stage, phone = staged(app), join(app)
    stage.act(0, "open")
    assert answer(phone, script=True, blank="1", revision=revision).status_code == 200
    assert len(stage.ballots(0)) == 1


def test_many_phones_at_once_are_all_received(app: Flask) -> None:
    stage = staged(app)
    group = [join(app) for _ in range(12)]
    stage.act(0, "open")
    forms = [(phone, phone.get(PAGE).text) for phone in group]
    statuses: list[int] = []

    def send(phone, page: str) -> None:
        data = {"token": token(page), "option": stage.options(0)[0], "revision": "1"}
        statuses.extend(phone.post(action(page), data=data, headers=SCRIPT).status_code for _ in range(3))

    threads = [threading.Thread(target=send, args=form) for form in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 36
    assert len(stage.ballots(0)) == 12
