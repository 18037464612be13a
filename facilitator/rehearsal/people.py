"""The people of a rehearsal: each has a phone, and some have a bad network."""

from __future__ import annotations

import contextlib
import http.client
import time
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from facilitator import keys

TIMEOUT = 20.0
TRIES = 6
LOST, DOUBLED, SLOW = 0.15, 0.15, 0.3  # shares of what goes wrong in a bad network
LONGEST_WAIT = 0.4
OK, SEE_OTHER = 200, 303


@dataclass
class Reply:
    """What came back, how large it was and how long it took."""

    status: int
    size: int
    seconds: float


@dataclass
class Guest:
    """One phone of a rehearsal."""

    host: str
    port: int
    code: str
    secret: str
    language: str
    chance: Random
    bad_network: bool = False
    type: str = ""

    def ask(self, method: str, path: str, fields: list[tuple[str, str]] | None = None) -> Reply:
        """Ask the server once, over the network this phone has."""
        if self.bad_network and self.chance.random() < SLOW:
            time.sleep(self.chance.random() * LONGEST_WAIT)
        headers = {
            "Cookie": f"{keys.COOKIE}={self.secret}",
            "Accept-Language": self.language,
            "Accept-Encoding": "gzip",
        }
        if fields is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        connection = http.client.HTTPConnection(self.host, self.port, timeout=TIMEOUT)
        began = time.perf_counter()
        with contextlib.closing(connection):
            connection.request(method, path, urlencode(fields) if fields is not None else None, headers)
            if self.bad_network and self.chance.random() < LOST:
                raise ConnectionResetError("the answer was lost on its way back")
            response = connection.getresponse()
            size = len(response.read())
            return Reply(response.status, size, time.perf_counter() - began)

    def insist(self, path: str, fields: list[tuple[str, str]]) -> Reply:
        """Send a form until a receipt comes back, now and then once too often."""
        for last in range(TRIES):
            try:
                reply = self.ask("POST", path, fields)
                if self.bad_network and self.chance.random() < DOUBLED:
                    reply = self.ask("POST", path, fields)
                if reply.status < http.client.INTERNAL_SERVER_ERROR:
                    return reply
            except (OSError, http.client.HTTPException):
                if last == TRIES - 1:
                    raise
            time.sleep(0.05 * (last + 1))
        return reply
