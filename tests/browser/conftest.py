"""What browser tests share: a real server on a folder of its own, and devices that look at it."""

import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, Request, build_opener

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from facilitator import create_app, db, schema
from facilitator.models.activity import Activity
from facilitator.models.link import Link
from facilitator.models.person import Person
from facilitator.models.session import Session
from tests import factories
from tests.spared import share
from tests.spawned import Spawned

PATIENCE = 60_000  # milliseconds: the machine may be at work on other things
expect.set_options(timeout=PATIENCE)

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CODE = "123456"
EXPECTED = re.compile(
    r"Failed to load resource|net::ERR_|EventSource|Failed to fetch|network error"
    r"|SSE reconnect failed with status 503"  # from a server that is ending
)
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
PROJECTOR: dict[str, Any] = {"viewport": {"width": 1920, "height": 1080}}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}

Device = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start the machine's own browser, which calls nobody."""
    if not CHROMIUM.exists():
        wanted = os.environ.get("REQUIRE_ALL") == "1"
        (pytest.fail if wanted else pytest.skip)("Chromium is not there: apt-get install chromium")
    return {"executable_path": str(CHROMIUM), "args": list(QUIET), "timeout": 2 * PATIENCE}


@dataclass
class House:
    """An installation: its folder, its server process and a signed-in desk."""

    folder: Path
    port: int = 0
    links: dict[str, str] = field(default_factory=dict)
    server: Spawned | None = None
    opener: OpenerDirector | None = None

    @property
    def base(self) -> str:
        """Give the address of the server."""
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Read or change the data, beside the server."""
        app = share(create_app(DATA=self.folder))
        with app.app_context():
            yield
            db.session.commit()
        app.extensions["engine"].dispose()

    def start(self) -> None:
        """Start the server; once started, always on the same port."""
        self.server = Spawned(
            ["--host", "127.0.0.1", "--port", str(self.port)],
            os.environ | {"FACILITATOR_DATA": str(self.folder)},
        )
        self.links = self.server.said
        self.port = self.server.port

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the server, kindly or not."""
        if self.server:
            self.server.end(how)
            self.server = None

    def ask(self, path: str, **fields: Any) -> str:
        """Fetch a page as the signed-in facilitator, or post fields to it."""
        if self.opener is None:
            self.opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
            with self.inside():
                _link, token = Link.issue(Person.by_email("awa@example.org"))
            self.ask(f"/enter/{token}", csrf_token=self.token(f"/enter/{token}"))
        body = urlencode(fields).encode() if fields else None
        with self.opener.open(Request(self.base + path, body), timeout=PATIENCE / 1000) as response:  # noqa: S310
            return str(response.read().decode())

    def token(self, path: str) -> str:
        """Read the token of the desk's forms."""
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.ask(path))
        assert found, path
        return found[1]

    def act(self, what: str, activity: int = 0, **fields: Any) -> None:
        """Let the facilitator act on the session's activity of that position, or on the session."""
        with self.inside():
            session = Session.by_code(CODE)
            assert session
            number, chosen = session.id, session.running_order[activity].id
            fields.setdefault("seen", session.open_round.id if session.open_round else "")
        token = self.token(f"/desk/sessions/{number}")
        on_session = what in {"next", "back", "lock", "show"}
        path = f"/desk/sessions/{number}/{what}" if on_session else f"/desk/activities/{chosen}/{what}"
        self.ask(path, csrf_token=token, **fields)

    def ballots(self, activity: int = 0) -> list[dict[str, Any]]:
        """Read what was chosen in the latest round."""
        with self.inside():
            session = Session.by_code(CODE)
            assert session
            latest = session.running_order[activity].round
            return latest.choices() if latest else []


def furnish() -> None:
    """Put a session into the house: pick up to two, rank, pick one."""
    factories.person()
    session = factories.session(code=CODE)
    factories.activity(session=session, kind="choice", settings={"most": 2})
    ranking: Activity = factories.activity(session=session, kind="ranking", settings={"ties": True})
    ranking.prompt = {
        "en": "Put the challenges in order",
        "fr": "Classez les défis",
        "ar": "رتّبوا التحديات",
    }
    factories.activity(session=session, kind="choice", settings={"most": 1})


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one installation with a session, to be copied for each test."""
    made = House(tmp_path_factory.mktemp("furnished"))
    with made.inside():
        schema.prepare()
        furnish()
    return made.folder


@pytest.fixture
def house(tmp_path: Path, furnished: Path) -> Iterator[House]:
    """Give a running installation with one session, code 123456, nothing open yet."""
    made = House(tmp_path)
    shutil.copytree(furnished, tmp_path, dirs_exist_ok=True)
    try:
        made.start()
        yield made
    finally:
        made.end(signal.SIGKILL)


@pytest.fixture
def device(browser: Browser, house: House) -> Iterator[Device]:
    """Open pages on devices that are strangers to each other; nothing may go wrong in their scripts."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_device(locale: str = "en", **traits: Any) -> Page:
        traits = {"base_url": house.base, "locale": locale, "reduced_motion": "reduce"} | PHONE | traits
        context = browser.new_context(**traits)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: _note(faults, said.type, said.text))
        return page

    yield open_device
    for context in contexts:
        context.close()
    assert faults == []


def _note(faults: list[str], kind: str, text: str) -> None:
    if kind == "error" and not EXPECTED.search(text):
        faults.append(text)


@pytest.fixture
def phone(device: Device) -> Page:
    """Give a phone that has joined."""
    page = device()
    join(page)
    return page


@pytest.fixture
def projector(device: Device) -> Page:
    """Give a browser on a projector."""
    return device(**PROJECTOR, has_touch=False, is_mobile=False, device_scale_factor=1)


@pytest.fixture
def desk(device: Device, house: House) -> Page:
    """Give a browser in which the facilitator is signed in."""
    with house.inside():
        _link, token = Link.issue(Person.by_email("awa@example.org"))
    page = device(**DESK, has_touch=False, is_mobile=False, device_scale_factor=1)
    page.goto(f"/enter/{token}")
    page.locator("main form button").first.click()
    page.wait_for_url("**/desk/**")
    return page


def join(page: Page) -> None:
    """Join with the code, in two taps."""
    page.goto(f"/j/{CODE}")
    page.locator("main form button").click()
    page.wait_for_url(f"**/p/{CODE}")


@pytest.fixture
def check_axe() -> Callable[[Page], None]:
    """Give a check that a page has no barrier that axe knows."""
    axe = Axe()

    def check(page: Page) -> None:
        found = axe.run(page)
        assert found.violations_count == 0, found.generate_report()

    return check


@pytest.fixture
def check_contrast() -> Callable[[Page], None]:
    """Give a check that all words reach seven to one against what is behind them."""
    enhanced = {"runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}}
    axe = Axe()

    def check(page: Page) -> None:
        found = axe.run(page, options={**enhanced, "rules": {"color-contrast-enhanced": {"enabled": True}}})
        assert found.violations_count == 0, found.generate_report()

    return check
