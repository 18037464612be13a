"""A rehearsal from the desk: begun, watched, read; never two at once, never without an end."""

import json
import sys
import time

import pytest

from facilitator import db
from facilitator.models.activity import Activity
from facilitator.models.ballot import Ballot
from facilitator.rehearsal import behind
from tests.web.desk.asking import errors, send, words
from tests.web.desk.rooms import made

ADDRESS = "/desk/sessions/1/rehearsal"


@pytest.fixture
def idle(monkeypatch):
    """Let the process that is started only sleep, and end it after the test."""
    begun, sleeping = behind.subprocess.Popen, [sys.executable, "-c", "import time;time.sleep(600)"]
    started = []

    def sleep(_command, **given):
        started.append(begun(sleeping, **given))
        return started[-1]

    monkeypatch.setattr(behind.subprocess, "Popen", sleep)
    yield
    for process in started:
        process.kill()
        process.wait()


def ended(browser, seconds=280):
    """Wait until the rehearsal is over and give its page."""
    until = time.monotonic() + seconds
    while "Under way" in (page := words(browser.get(ADDRESS))):
        assert time.monotonic() < until
        time.sleep(0.2)
    return page


def test_a_rehearsal_is_played_and_read_question_by_question(app, admin):
    made(app, "choice", "choice")
    with app.app_context():
        db.session.get_one(Activity, 2).prompt = {"en": "Half said"}
        db.session.commit()
    assert send(admin, ADDRESS, people="6").status_code == 303
    page = ended(admin)
    assert "6 simulated people" in page
    assert "6 of 6 answered" in page
    assert "Something must be mended" in page
    assert "Half said To mend:" in page
    assert "its wording is missing in French." in page
    assert "il manque son texte (français" in words(admin.get(f"{ADDRESS}?language=fr"))
    assert "Edit question 2" in page
    assert "Edit question 1" not in page
    with app.app_context():
        assert db.session.query(Ballot).count() == 0


def test_a_second_one_waits_for_the_first(app, admin, idle):
    made(app)
    send(admin, ADDRESS, people="6")
    assert "0 of 1 questions played" in admin.get(f"{ADDRESS}/now").text
    send(admin, ADDRESS, people="6")
    assert "already running" in admin.get(ADDRESS).text


def test_one_that_takes_too_long_is_ended_and_said_to_be(app, admin, idle, monkeypatch):
    monkeypatch.setattr(behind, "LONGEST", 0.2)
    made(app)
    send(admin, ADDRESS, people="6")
    assert "ended after five minutes" in ended(admin)


def test_one_that_breaks_off_is_said_to_have(app, admin, monkeypatch):
    monkeypatch.setattr(behind.sys, "executable", "/bin/false")
    made(app)
    send(admin, ADDRESS, people="6")
    assert "broke off" in ended(admin)


def test_one_whose_end_is_being_written_is_under_way(app, admin, idle):
    made(app)
    send(admin, ADDRESS, people="6")
    (app.config["DATA"] / "rehearsals" / "1" / "ended").touch()
    assert "Under way" in words(admin.get(ADDRESS))


def test_one_whose_server_was_ended_does_not_run_forever(app, admin):
    made(app)
    folder = app.config["DATA"] / "rehearsals" / "1"
    folder.mkdir(parents=True)
    asked = {"people": 3, "bad_network": True, "activities": [1], "began": time.time() - 3600}
    (folder / "asked").write_text(json.dumps(asked))
    assert "broke off" in words(admin.get(ADDRESS))


@pytest.mark.parametrize("people", ["", "0", "301", "many"])
def test_a_wrong_number_is_said_at_its_field(app, admin, people):
    made(app)
    refused = send(admin, ADDRESS, people=people)
    assert refused.status_code == 422
    assert set(errors(refused)) == {"people"}


def test_only_those_who_run_the_room_rehearse(app, sign_in):
    made(app)
    watcher = sign_in("codou@example.org", SN="expert")
    assert watcher.get(ADDRESS).status_code == 403
    assert send(watcher, ADDRESS, people="6").status_code == 403
    assert sign_in("eva@example.org", CI="facilitator").get(ADDRESS).status_code == 404
