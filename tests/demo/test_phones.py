"""Simulated phones come through the front door and stop by themselves."""

import threading
from random import Random
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from facilitator import db, keys
from facilitator.demo import story
from facilitator.demo.phones import Room
from facilitator.models.session import Session
from tests.waiting import until


class Silent(WSGIRequestHandler):
    """A server that keeps its log to itself."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def base(app):
    """Serve the app on a port of its own and give its address."""
    server = make_server("127.0.0.1", 0, app, handler_class=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_phones_join_and_answer(app, base, monkeypatch):
    monkeypatch.setattr("facilitator.demo.phones.SLOWEST", 1.0)
    secrets = [keys.fresh() for _ in range(8)]
    with app.app_context():
        number = story.tell("SN", secrets[:5], Random(7))
        db.session.commit()
    room = Room(app, base, number, secrets, 5, seconds=120)
    room.start()

    def counted() -> tuple[int, int]:
        with app.app_context():
            session = db.session.get_one(Session, number)
            return session.joined, session.open_round.ballot_count

    assert until(lambda: counted() == (8, 8)), counted()
    room.leave()
    room.join(60)
    assert not room.is_alive()


def test_the_phones_stop_with_time_without_session_and_without_server(app):
    with app.app_context():
        number = story.tell("SN", [], Random(7))
        db.session.commit()
    nowhere = "http://127.0.0.1:9"
    ended = Room(app, nowhere, number, [], 0, seconds=0.1)
    lost = Room(app, nowhere, 9999, [], 0, seconds=30)
    alone = Room(app, nowhere, number, [keys.fresh()], 1, seconds=1.5)
    for room in (ended, lost, alone):
        room.start()
    for room in (ended, lost, alone):
        room.join(60)
        assert not room.is_alive()
