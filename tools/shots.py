"""Photographs the demo and every kind into docs/screens/, in French, English and Arabic."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from album import ALBUM, ROOM, STAFF, photograph
from lens import DESK, PHONE, PROJECTOR, keep, take
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "docs" / "screens"
CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PAIR = {"width": 1292, "height": 612}
ANSWERED = 30_000  # milliseconds within which the demo's phones have answered


@contextmanager
def demo() -> Iterator[dict[str, str]]:
    """A demo that runs while one looks, with its addresses."""
    command = [sys.executable, "-m", "facilitator.cli", "demo", "--json", "--no-browser", "--phones", "42"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        try:
            yield json.loads(program.stdout.readline())
        finally:
            program.terminate()


class Camera:
    """A browser with three devices that look at one demo, and a name for each picture."""

    def __init__(self, browser: Browser, links: dict[str, str]) -> None:
        self.browser, self.links = browser, links
        staff = browser.new_context(viewport=DESK, reduced_motion="reduce")
        self.desk = staff.new_page()
        self.wall = staff.new_page()
        self.wall.set_viewport_size(PROJECTOR)
        self.phone = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()

    @property
    def room(self) -> str:
        """The address from which the facilitator runs the room."""
        return self.base + "/desk/sessions/" + self.session

    @property
    def workshop(self) -> str:
        """The address of the workshop in which the room sits."""
        self.desk.goto(self.room)
        return self.base + str(self.desk.locator("a[href^='/desk/workshops/']").last.get_attribute("href"))

    def enter(self) -> None:
        """Signs the facilitator in, through the demo's own link."""
        self.desk.goto(self.links["desk"])
        self.base, _, self.session = self.desk.url.partition("/desk/sessions/")

    def result(self) -> str:
        """The address of the latest result."""
        self.desk.goto(self.room)
        path = self.desk.locator("a[href^='/desk/rounds/']").last.get_attribute("href")
        return f"{self.base}{path}"

    def take(self, page: Page, name: str, address: str, language: str, whole: bool = False) -> None:
        """Photographs an address in a language."""
        take(page, address, SCREENS / name, language, whole)

    def pages(self, addresses: Mapping[str, str], whole: bool = False) -> None:
        """Photographs pages of the desk in every language of the staff."""
        for name, address in addresses.items():
            for language in STAFF:
                self.take(self.desk, name, address, language, whole)

    def show(self, name: str) -> None:
        """Photographs the wall in every language of the room."""
        for language in ROOM:
            self.take(self.wall, f"projector-{name}", self.links["screen"], language)

    def press(self, key: str) -> None:
        """Lets the facilitator act from the wall."""
        self.wall.keyboard.press(key)
        self.wall.wait_for_timeout(1500)


def preparing(camera: Camera) -> None:
    """The pages on which a workshop is made ready."""
    camera.pages(
        {
            "desk-account": f"{camera.base}/desk/account",
            "desk-people": f"{camera.base}/desk/people",
            "desk-guides": f"{camera.base}/desk/",
            "desk-workshop": camera.workshop,
            "desk-blocks": f"{camera.room}/blocks",
            "desk-cards": f"{camera.room}/cards",
            "desk-rehearsal": f"{camera.room}/rehearsal",
        }
    )
    whole = {"desk-room": "", "desk-new-question": "/activities/new", "desk-session": "/edit"}
    camera.pages({name: camera.room + path for name, path in whole.items()}, whole=True)
    camera.desk.set_viewport_size(PHONE)
    camera.pages({"desk-remote": camera.room})
    camera.desk.set_viewport_size(DESK)


def answering(camera: Camera) -> None:
    """What a phone sees from the code to the receipt."""
    phone = camera.phone
    for language in ROOM:
        camera.take(phone, "phone-code", camera.base + "/", language)
        camera.take(phone, "phone-welcome", camera.links["join"], language)
    phone.locator("main form button.main").click()
    phone.wait_for_url("**/p/*")
    address = phone.url.partition("?")[0]
    for language in ROOM:
        camera.take(phone, "phone-question", address, language)
    for row in (2, 0, 3):
        phone.locator("[data-option] button").nth(row).tap()
    phone.locator("button[type=submit].main").tap()
    phone.wait_for_timeout(1500)
    for language in ROOM:
        camera.take(phone, "phone-received", address, language)


def reading(camera: Camera) -> None:
    """What everyone reads of a published guide."""
    for language in ROOM:
        camera.take(camera.phone, "phone-guide", camera.links["guide"], language)
        camera.take(camera.desk, "public-guide", camera.links["guide"], language, whole=True)


def compiling(camera: Camera) -> None:
    """The desk's pages of the guide, and the results of the session."""
    guide = f"{camera.base}/desk/guides/1"
    camera.pages(
        {
            "desk-guide": guide,
            "desk-guide-editor": f"{guide}/parts/cycle",
            "desk-guide-matrix": f"{guide}/matrix",
            "desk-guide-recommendations": f"{guide}/recommendations",
            "desk-guide-review": f"{guide}/review",
            "desk-guide-endorsement": f"{guide}/endorsement",
            "desk-guide-lacking": f"{guide}/gaps",
            "desk-summary": camera.links["results"],
        }
    )


def side_by_side(camera: Camera, language: str) -> None:
    """Puts the projector and a phone into one picture."""

    def drawn(name: str, width: int) -> str:
        data = base64.b64encode((SCREENS / f"{name}-{language}.webp").read_bytes()).decode()
        return f'<img src="data:image/webp;base64,{data}" width="{width}">'

    page = camera.browser.new_page(viewport=PAIR)
    page.set_content(
        "<style>body{margin:24px;display:flex;gap:24px;align-items:center;background:#e8eaed}"
        "img{border-radius:10px;box-shadow:0 4px 18px #0004}</style>"
        + drawn("projector-ranking", 960)
        + drawn("phone-received", 260)
    )
    keep(page, SCREENS / f"side-by-side-{language}.webp", {**PAIR, "scale": 1})


def the_demo() -> None:
    """Runs the demo through its states and photographs each."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with demo() as links, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        camera = Camera(browser, links)
        camera.enter()
        preparing(camera)
        answering(camera)
        reading(camera)
        compiling(camera)
        camera.wall.wait_for_timeout(ANSWERED)
        camera.show("question")
        for key in (" ", "h"):
            camera.press(key)
        camera.show("ranking")
        result = camera.result()
        for language in STAFF:
            camera.take(camera.desk, "desk-result", result, language, whole=True)
            side_by_side(camera, language)
        camera.press("ArrowLeft")
        camera.show("choice")
        camera.press("ArrowLeft")
        camera.show("lobby")
        browser.close()
    print(f"{len(list(SCREENS.glob('*.webp')))} pictures in {SCREENS.relative_to(ROOT)}/")


def every_kind() -> None:
    """Photographs every kind of question."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        print(f"{photograph(browser)} pictures in {ALBUM.relative_to(ROOT)}/")
        browser.close()


def main() -> int:
    """Photographs the demo, then every kind; `kinds` leaves the demo out."""
    if sys.argv[1:] != ["kinds"]:
        the_demo()
    every_kind()
    return 0


if __name__ == "__main__":
    sys.exit(main())
