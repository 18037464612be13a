"""Two server processes on one PostgreSQL: what one does, the pages of the other hear."""

import http.client
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitator import db, schema
from facilitator.models.session import Session
from facilitator.web import scene
from tests.conftest import fresh_postgres, new_app
from tests.served import Room, Served
from tests.waiting import read

pytestmark = pytest.mark.postgres


@pytest.fixture
def url(postgres: str) -> str:
    return fresh_postgres(postgres).replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture
def room(url: str, tmp_path: Path) -> Iterator[Room]:
    app = new_app(tmp_path, url)
    with app.app_context():
        schema.prepare()
    yield Room(app, 4)
    app.extensions["events"].close()
    app.extensions["engine"].dispose()


@pytest.fixture
def servers(room: Room, url: str, tmp_path: Path) -> Iterator[list[Served]]:
    made = [Served(tmp_path / name, url) for name in ("one", "two")]
    yield made
    assert [served.end() for served in made] == [0, 0]


def hold(served: Served, path: str, cookie: str = "") -> socket.socket:
    line = socket.create_connection(("127.0.0.1", served.port), timeout=60)
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nCookie: {cookie}\r\n\r\n".encode())
    read(line, b"retry: ")
    return line


def test_what_happens_at_one_is_heard_at_the_other(room: Room, servers: list[Served]) -> None:
    one, two = servers
    with room.app.app_context():
        session = db.session.get_one(Session, room.session_id)
        wall, seen = session.wall, scene.of(room.code).digest
    screen = hold(one, f"/screen/{wall}/stream")
    phone = hold(one, f"/p/{room.code}/stream?seen={seen}", f"phone={room.phones[0].secret}")
    read(screen, b"event: people")

    line = http.client.HTTPConnection("127.0.0.1", two.port, timeout=60)
    assert room.vote(line, room.phones[1], room.options[0]) == 200
    read(screen, b"event: ballots")

    other = hold(two, f"/p/{room.code}/stream?seen={seen}", f"phone={room.phones[2].secret}")
    read(screen, b"event: people")

    hub = room.app.extensions["events"]
    hub.announce(room.session_id, "activity")  # a third process, as a desk elsewhere
    for stream in (screen, phone, other):
        read(stream, b"event: activity")
        stream.close()
    line.close()
    room.check()
