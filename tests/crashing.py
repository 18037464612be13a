"""Kill the server in a burst of ballots, again and again, and look for what it acknowledged."""

from __future__ import annotations

import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from flask import Flask
from sqlalchemy.engine import make_url

from tests.served import Room, environment
from tests.spawned import Spawned

PHONES = 48
PATIENCE = 60


def crash(make_app: Callable[..., Flask], url: str, folder: Path, rounds: int) -> int:
    """Crash a number of times; give how many ballots were acknowledged in all."""
    chance = Random(rounds)
    room = Room(make_app(), PHONES)
    acknowledged = 0
    for number in range(rounds):
        before = sum(phone.acknowledged for phone in room.phones)
        served = Spawned(["--host", "127.0.0.1", "--port", "0"], environment(folder, url))
        with room.burst(served.port, seed=number):
            under_way(room, before)
            time.sleep(chance.uniform(0, 0.2))
            served.end(signal.SIGKILL)
        room.check()
        integrity(url)
        acknowledged += sum(phone.acknowledged for phone in room.phones) - before
    return acknowledged


def under_way(room: Room, before: int) -> None:
    """Wait until the first ballots are acknowledged."""
    end = time.monotonic() + PATIENCE
    while sum(phone.acknowledged for phone in room.phones) == before:
        assert time.monotonic() < end
        time.sleep(0.002)


def integrity(url: str) -> None:
    """Let SQLite look through the whole file."""
    place = make_url(url)
    if place.get_backend_name() == "sqlite":
        line = sqlite3.connect(str(place.database))
        assert line.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        line.close()
