"""The address and the QR code by which phones find a session."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from urllib.parse import urlsplit, urlunsplit

import ifaddr
import qrcode
from flask import current_app, request, url_for

QUIET_ZONE = 4
VIRTUAL = (
    "docker",
    "veth",
    "br-",
    "virbr",
    "vmnet",
    "vboxnet",
    "vethernet",
    "hyper-v",
    "virtualbox",
    "vmware",
    "wsl",
    "tun",
    "tap",
    "utun",
)
SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Qr:
    """A QR code as one SVG path on a square of `size` modules, quiet zone included."""

    size: int
    path: str


@lru_cache(maxsize=256)
def qr(text: str) -> Qr:
    """Draw a text as a QR code."""
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


def lan_addresses() -> list[str]:
    """List this machine's addresses that other devices can reach, the likeliest first."""
    found = [
        (_rank(adapter.nice_name, str(ip.ip)), str(ip.ip))
        for adapter in ifaddr.get_adapters()
        for ip in adapter.ips
        if ip.is_IPv4
        and not (
            ipaddress.ip_address(str(ip.ip)).is_loopback or ipaddress.ip_address(str(ip.ip)).is_link_local
        )
    ]
    return [address for _rank_, address in sorted(found)]


def _rank(adapter: str, address: str) -> tuple[bool, bool]:
    virtual = adapter.lower().startswith(VIRTUAL)
    return virtual, not ipaddress.ip_address(address).is_private


def base() -> str:
    """Give the address of this installation that phones can reach."""
    if configured := current_app.config["BASE_URL"]:
        return str(configured)
    here = urlsplit(request.host_url)
    reachable = lan_addresses() if here.hostname in {"localhost", "127.0.0.1", "::1"} else []
    if not reachable:
        return request.host_url.rstrip("/")
    port = f":{here.port}" if here.port else ""
    return urlunsplit((here.scheme, f"{reachable[0]}{port}", "", "", ""))


def join_address(code: str) -> str:
    """Give the whole address that the QR code holds."""
    return base() + url_for("join.welcome", code=code)


def spoken_address() -> str:
    """Give the address that people type, without what browsers add by themselves."""
    return base().partition("://")[2]
