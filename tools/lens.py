"""Takes pictures small enough for the repository."""

import base64
from pathlib import Path

from playwright.sync_api import Page

PHONE = {"width": 390, "height": 844}
PROJECTOR = {"width": 1920, "height": 1080}
DESK = {"width": 1280, "height": 900}
SCALES = {PHONE["width"]: 1, PROJECTOR["width"]: 0.5, DESK["width"]: 0.75}
QUALITY = 75
SETTLING = 600  # milliseconds for scripts and streams after the last picture of a page has come
HERE = """() => {
    for (const drawn of document.images) drawn.loading = 'eager';
    return [...document.images].every(drawn => drawn.complete);
}"""


def take(page: Page, address: str, path: Path, language: str, whole: bool = False) -> None:
    """Photographs an address in a language, as far as the window shows it or whole."""
    page.goto(f"{address}?language={language}")
    page.wait_for_function(HERE)
    page.wait_for_timeout(SETTLING)
    size = dict(page.viewport_size or {})
    if whole:
        size["height"] = page.evaluate("document.documentElement.scrollHeight")
    keep(page, path.with_name(f"{path.name}-{language}.webp"), {**size, "scale": SCALES[size["width"]]})


def keep(page: Page, path: Path, clip: dict[str, float]) -> None:
    """Writes a piece of a page, from its beginning, into a file."""
    how = {"format": "webp", "quality": QUALITY, "captureBeyondViewport": True}
    wire = page.context.new_cdp_session(page)
    shot = wire.send("Page.captureScreenshot", how | {"clip": {"x": 0, "y": 0} | clip})
    wire.detach()
    path.write_bytes(base64.b64decode(shot["data"]))
