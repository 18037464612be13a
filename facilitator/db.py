"""One engine per app and one database session per request."""

import datetime as dt
import sqlite3
from typing import Any, cast

from flask import Flask, current_app, g, has_request_context, request
from sqlalchemy import DateTime, Dialect, Engine, MetaData, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator
from werkzeug.local import LocalProxy

BUSY_MILLISECONDS = 5000
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The root of every table."""

    metadata = MetaData(naming_convention=NAMES)


class Moment(TypeDecorator[dt.datetime]):
    """A moment in UTC, aware in the program whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Keep UTC."""
        return value.astimezone(dt.UTC) if value else None

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Give UTC back."""
        if value is None:
            return None
        return value.astimezone(dt.UTC) if value.tzinfo else value.replace(tzinfo=dt.UTC)


def now() -> dt.datetime:
    """Tell the present moment in UTC."""
    return dt.datetime.now(dt.UTC)


def make_engine(url: str) -> Engine:
    """Connect to SQLite or PostgreSQL with the durability that receipts promise."""
    if not url.startswith("sqlite"):
        return create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_size=8, max_overflow=16)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_MILLISECONDS / 1000})
    event.listen(engine, "connect", _durable)
    event.listen(engine, "begin", _begin)
    return engine


def _durable(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the program says BEGIN itself, see _begin
    for pragma in (
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    kept = [
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    ]
    if kept != ["wal", 2, 1]:
        raise RuntimeError(f"SQLite does not keep its promises here: {kept}")


def _begin(connection: Any) -> None:
    # a transaction that reads and then writes fails under load unless it says so at its start
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def init_app(app: Flask) -> None:
    """Give the app its engine, and each of its requests a session."""
    engine = make_engine(app.config["DATABASE_URL"])
    app.extensions["engine"] = engine
    app.extensions["reading"] = engine.execution_options(reading=True)
    app.teardown_appcontext(_end)


def engine() -> Engine:
    """Name the engine of the current app."""
    return cast(Engine, current_app.extensions["engine"])


def _session() -> Session:
    if "db_session" not in g:
        reads = has_request_context() and request.method in {"GET", "HEAD", "OPTIONS"}
        g.db_session = Session(current_app.extensions["reading" if reads else "engine"])
    return cast(Session, g.db_session)


def only_read() -> None:
    """Let the session of this context only read, so that it never holds up a ballot."""
    g.db_session = Session(current_app.extensions["reading"])


def _end(_error: BaseException | None) -> None:
    if (current := g.pop("db_session", None)) is not None:
        current.close()


session = cast(Session, LocalProxy(_session))
