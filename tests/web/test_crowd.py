"""A full room comes in at once: two hundred phones behind one address, over a real network."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from flask import Flask

from facilitator import db, keys
from facilitator.demo.handset import Handset
from facilitator.models.session import Session
from tests import factories
from tests.served import Served

PEOPLE, AT_ONCE, SECONDS = 200, 16, 60
CODE = "123456"


def come_in(phone: Handset, token: str, hasty: bool) -> Sequence[int]:
    """Mistype the code perhaps, read what is kept, join, and see the room."""
    seen = [phone.ask("GET", "/?code=123465").status] if hasty else []
    seen += [phone.ask("GET", f"/j/{CODE}").status]
    seen += [phone.ask("POST", f"/j/{CODE}", [("token", token)]).status]
    return [*seen, phone.ask("GET", f"/p/{CODE}").status]


def test_two_hundred_people_behind_one_address_join_with_their_typing_errors(
    app: Flask, fresh_database: str, tmp_path: Path
) -> None:
    secrets = [keys.fresh() for _ in range(PEOPLE)]
    with app.app_context():
        factories.session(code=CODE, capacity=PEOPLE)
        tokens = [keys.token(secret) for secret in secrets]
        db.session.commit()
        db.engine().dispose()
    with Served(tmp_path, fresh_database) as served, ThreadPoolExecutor(AT_ONCE) as pool:
        phones = [Handset("127.0.0.1", served.port, secret, "fr") for secret in secrets]
        began = time.monotonic()
        seen = list(pool.map(come_in, phones, tokens, [number % 8 == 0 for number in range(PEOPLE)]))
        taken = time.monotonic() - began
        assert served.end() == 0
    assert all(statuses[-3:] == [200, 303, 200] for statuses in seen)
    assert taken < SECONDS
    with app.app_context():
        found = Session.by_code(CODE)
        assert found
        assert found.joined == PEOPLE
