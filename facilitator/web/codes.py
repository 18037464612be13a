"""The address and the QR code by which phones find a session."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from urllib.parse import urlsplit

import qrcode
from flask import current_app, request, url_for

from facilitator import addresses

QUIET_ZONE = 4
LOCAL = {"localhost", "127.0.0.1", "::1"}
NO_NETWORK = 3  # addresses.Address.worth of an adapter that leads nowhere
SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Qr:
    """A QR code as one SVG path on a square of `size` modules, quiet zone included."""

    size: int
    path: str


@lru_cache(maxsize=256)
def qr(text: str) -> Qr:
    """Draw a text as a QR code that is shown again and again."""
    return drawn(text)


def drawn(text: str) -> Qr:
    """Draw a text as a QR code, and remember nothing of it."""
    drawing = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET_ZONE)
    drawing.add_data(text)
    drawing.make(fit=True)
    matrix = drawing.get_matrix()
    return Qr(len(matrix), "".join(_row(y, row) for y, row in enumerate(matrix)))


def _row(y: int, row: list[bool]) -> str:
    path, x = "", 0
    for dark, run in groupby(row):
        width = len(list(run))
        path += f"M{x} {y}h{width}v1h-{width}z" if dark else ""
        x += width
    return path


def grouped(code: str) -> str:
    """Write a code the way people say it: 123 456."""
    half = (len(code) + 1) // 2
    return f"{code[:half]}{SPACE}{code[half:]}"


def base() -> str:
    """Give the address of this installation that phones can reach."""
    if configured := current_app.config["BASE_URL"]:
        return str(configured)
    here = urlsplit(request.host_url)
    if here.hostname not in LOCAL:
        return request.host_url.rstrip("/")
    best = addresses.reachable("")[0]
    return request.host_url.rstrip("/") if best.worth >= NO_NETWORK else best.url(here.port or 80)


def join_address(code: str) -> str:
    """Give the whole address that the QR code holds."""
    return base() + url_for("join.welcome", code=code)


def spoken_address() -> str:
    """Give the address that people type, without what browsers add by themselves."""
    return base().partition("://")[2]
