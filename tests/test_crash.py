"""R1: a server that is killed has every ballot that it acknowledged, once."""

from collections.abc import Callable
from pathlib import Path

from flask import Flask

from tests.crashing import crash

ROUNDS = 20


def test_what_was_acknowledged_survives_kill(
    make_app: Callable[..., Flask], fresh_database: str, tmp_path: Path
) -> None:
    assert crash(make_app, fresh_database, tmp_path, ROUNDS) > ROUNDS
