"""A full disk and a locked database, for real: told in words, nothing lost, and on it goes."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from facilitator import ballotbox, db
from facilitator.refusals import StorageFull
from tests.web import phones
from tests.web.desk import rooms
from tests.web.desk.asking import words

HOLD = (
    "import sqlite3, sys\n"
    "line = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
    "line.execute('BEGIN EXCLUSIVE')\n"
    "print('held', flush=True)\n"
    "sys.stdin.read()\n"
)
FRENCH = {"Accept-Language": "fr"}


@contextmanager
def full(app: Flask) -> Iterator[None]:
    """Let the database grow no further."""
    engine = app.extensions["engine"]

    def limit(line: sqlite3.Connection, _record: object) -> None:
        pages = line.execute("PRAGMA page_count").fetchone()[0]
        line.execute(f"PRAGMA max_page_count = {pages}")

    def renew() -> None:
        app.extensions["ballotbox"].stop()
        engine.dispose()

    event.listen(engine, "connect", limit)
    renew()
    yield
    event.remove(engine, "connect", limit)
    renew()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let another process hold the database."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        yield
        other.communicate("")


def fill(round_id: int, session_id: int) -> int:
    """Put in ballots until none fits; give how many did."""
    for number in range(5000):
        try:
            ballotbox.box().cast(round_id, session_id, f"filler{number:016}", "{}", 1).wait()
        except StorageFull:
            return number
    raise AssertionError("the disk is never full")


def test_a_full_disk_is_told_in_french_and_voting_goes_on_without_a_restart(
    app: Flask, database: str
) -> None:
    if database != "sqlite":
        return
    stage = phones.staged(app)
    phone = phones.join(app)
    stage.act(0, "open")
    option = stage.options(0)[0]
    with full(app):
        with app.app_context():
            before = fill(1, stage.session_id)
        refused = phones.answer(phone, script=True, option=option, revision=1)
        assert (refused.status_code, refused.json["state"]) == (507, "unsent")
        assert refused.headers["Retry-After"]
        plain = phones.answer(phone, language="fr", option=option)
        assert plain.status_code == 507
        assert "le disque du serveur est plein" in phones.words(plain)
        assert phone.get(f"/p/{phones.CODE}").status_code == 200
        assert len(stage.ballots(0)) == before
    assert phones.answer(phone, option=option).status_code == 303
    assert len(stage.ballots(0)) == before + 1


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch, make_app: Callable[..., Flask]) -> Flask:
    """Give an app that waits for the database a moment only."""
    monkeypatch.setattr(db, "BUSY_MILLISECONDS", 100)
    return make_app()


def test_a_database_that_another_process_holds_is_told_and_nothing_is_lost(
    hasty: Flask, database: str
) -> None:
    if database != "sqlite":
        return
    stage = phones.staged(hasty)
    phone = phones.join(hasty)
    stage.act(0, "open")
    option, another = stage.options(0)[:2]
    assert phones.answer(phone, option=option).status_code == 303
    with locked(hasty.config["DATA"] / "facilitator.db"):
        refused = phones.answer(phone, script=True, option=another, revision=2)
        assert refused.status_code == 503
        assert refused.headers["Retry-After"]
        assert phone.get(f"/p/{phones.CODE}").status_code == 200
    assert stage.ballots(0) == [{"options": [option]}]
    assert phones.answer(phone, option=another).status_code == 303


def test_the_desk_is_told_too_and_may_press_again(hasty: Flask, sign_in, database: str) -> None:
    if database != "sqlite":
        return
    admin = sign_in()
    room = rooms.made(hasty)
    room.act(admin, "open", 0)
    data = room.sees() | {"csrf_token": rooms.token(admin), "locked": "1"}
    with locked(hasty.config["DATA"] / "facilitator.db"):
        refused = admin.post(f"/desk/sessions/{room.session}/lock", data=data, headers=FRENCH)
        assert refused.status_code == 503
        assert "la base de données est occupée" in words(refused)
        assert refused.headers["Retry-After"]
    assert admin.post(f"/desk/sessions/{room.session}/lock", data=data).status_code == 303
    assert room.trail()[-1][0] == "lock"
