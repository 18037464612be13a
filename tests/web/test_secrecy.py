"""P1: an administrator with the database, its log and two backups cannot say whose a ballot is."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import inspect

from facilitator import db, keys
from tests.web import phones

ROOM = 40
LUCK = 8  # of forty guesses one hits on average; eight or more come once in a hundred thousand times


def voted(app: Flask, folder: Path) -> tuple[list[str], list[Path]]:
    """Let a room join and answer two questions, with a backup between; give its secrets and the files."""
    stage = phones.staged(app)
    room = [phones.join(app) for _ in range(ROOM)]
    files: list[Path] = []
    for number in (0, 1):
        stage.act(number, "open")
        options = stage.options(number)
        for phone, option in zip(room, Random(number).choices(options, k=ROOM), strict=True):
            fields = {"option": option} if number == 0 else {f"rank-{option}": 1}
            assert phones.answer(phone, **fields).status_code == 303
        stage.act(number, "close")
        for path in sorted(folder.glob("facilitator.db*")):
            shutil.copy(path, kept := folder / f"backup-{number}-{path.name}")
            files.append(kept)
    return [phone.get_cookie("phone").value for phone in room], files + sorted(folder.glob("facilitator.db*"))


def rows(query: str) -> list[str]:
    """Read one column in the order in which it is stored."""
    return [str(row[0]) for row in db.session.connection().exec_driver_sql(query)]


def test_a_ballot_and_a_place_in_the_room_have_nothing_but_the_session_in_common(app: Flask) -> None:
    with app.app_context():
        tables = inspect(db.engine())
        columns = {name: {c["name"] for c in tables.get_columns(name)} for name in ("ballot", "participant")}
    assert columns == {
        "ballot": {"round_id", "key", "choice", "revision", "type", "source", "participant"},
        "participant": {"session_id", "key", "type", "name"},
    }


def test_an_anonymous_room_leaves_neither_type_nor_name_on_a_ballot(app: Flask, tmp_path: Path) -> None:
    voted(app, tmp_path)
    with app.app_context():
        assert set(rows("SELECT DISTINCT source FROM ballot")) == {"phone"}
        assert rows("SELECT key FROM ballot WHERE type IS NOT NULL OR participant IS NOT NULL") == []
        assert rows("SELECT key FROM participant WHERE type IS NOT NULL OR name IS NOT NULL") == []


def test_with_file_log_and_two_backups_one_guesses_no_better_than_chance(
    app: Flask, tmp_path: Path, database: str
) -> None:
    secrets, files = voted(app, tmp_path)
    with app.app_context():
        people = rows("SELECT key FROM participant")
        ballots = {number: rows(f"SELECT key FROM ballot WHERE round_id = {number}") for number in (1, 2)}  # noqa: S608
        whose = {keys.participant_key(secret): secret for secret in secrets}
        of = {number: {keys.ballot_key(number, secret): secret for secret in secrets} for number in (1, 2)}
    assert set(people) == set(whose)
    assert not set(people) & set(ballots[1])
    assert not set(ballots[1]) & set(ballots[2])
    if database == "sqlite":  # nothing is stored in the order in which it came, not even for a room in line
        order = [secrets.index(whose[key]) for key in people]
        assert order != sorted(order)
        pairs = [(people, whose, 1), (ballots[2], of[2], 1)]
        for left, names, number in pairs:
            seen = zip(left, ballots[number], strict=True)
            assert sum(names[one] == of[number][other] for one, other in seen) < LUCK
        assert len(files) >= 4
    for path in files:
        kept = path.read_bytes()
        assert not [secret for secret in secrets if secret.encode() in kept]
        assert b"Werkzeug" not in kept
        assert b"127.0.0.1" not in kept


def test_sqlite_keeps_no_number_of_a_row(app: Flask, database: str) -> None:
    if database != "sqlite":
        return
    with closing(sqlite3.connect(app.config["DATA"] / "facilitator.db")) as line:
        for table in ("ballot", "participant"):
            with pytest.raises(sqlite3.OperationalError, match="no such column"):
                line.execute(f"SELECT rowid FROM {table}")  # noqa: S608
