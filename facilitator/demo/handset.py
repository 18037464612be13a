"""What a simulated phone sends and gets, over the same network as any other phone."""

from __future__ import annotations

import contextlib
import http.client
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from facilitator import keys

TIMEOUT = 20.0
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


@dataclass(frozen=True)
class Reply:
    """What came back, how large it was and how long it took."""

    status: int
    size: int
    seconds: float


@dataclass
class Handset:
    """One phone: where it calls, the secret it keeps and the language it reads."""

    host: str
    port: int
    secret: str
    language: str

    def ask(self, method: str, path: str, fields: Sequence[tuple[str, str]] | None = None) -> Reply:
        """Ask the server once, with the fields of a form if there are some."""
        cookie = f"{keys.COOKIE}={self.secret}"
        headers = {"Cookie": cookie, "Accept-Language": self.language, "Accept-Encoding": "gzip"}
        body = urlencode(fields) if fields is not None else None
        connection = http.client.HTTPConnection(self.host, self.port, timeout=TIMEOUT)
        began = time.perf_counter()
        with contextlib.closing(connection):
            connection.request(method, path, body, headers | (FORM if fields is not None else {}))
            response = connection.getresponse()
            size = len(response.read())
            return Reply(response.status, size, time.perf_counter() - began)
