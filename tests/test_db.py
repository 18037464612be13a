"""R2: every connection keeps what receipts promise; what does not is refused."""

import sqlite3

import pytest
from flask import Flask
from sqlalchemy import text

from facilitator import db


def test_every_connection_writes_through_to_the_disk(context: Flask, database: str) -> None:
    kept = {}
    with db.engine().connect() as one, db.engine().connect() as another:
        if database == "sqlite":
            wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
            for line in (one.connection, another.connection):
                asked = {name: line.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
                assert asked == wanted
            return
        wanted = {"synchronous_commit": "on", "fsync": "on"}
        for name in wanted:
            kept[name] = one.scalar(text(f"SHOW {name}"))
    assert kept == wanted


def test_a_disk_on_which_sqlite_cannot_keep_its_log_is_refused() -> None:
    with pytest.raises(RuntimeError, match="does not keep its promises"):
        db._durable(sqlite3.connect(":memory:"), None)
