"""The people of a rehearsal: each has a phone, and some have a bad network."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass
from random import Random

from facilitator.demo.handset import Handset, Reply
from facilitator.rehearsal.door import Newcomer

TRIES = 6
LOST, DOUBLED, SLOW = 0.15, 0.15, 0.3  # shares of what goes wrong in a bad network
LONGEST_WAIT = 0.4
OK, SEE_OTHER = 200, 303


@dataclass
class Guest:
    """One person of a rehearsal: a phone, what is brought to the door, and chance."""

    phone: Handset
    newcomer: Newcomer
    chance: Random
    bad_network: bool = False

    def ask(self, method: str, path: str, fields: list[tuple[str, str]] | None = None) -> Reply:
        """Ask the server once, over the network this phone has."""
        if self.bad_network and self.chance.random() < SLOW:
            time.sleep(self.chance.random() * LONGEST_WAIT)
        reply = self.phone.ask(method, path, fields)
        if self.bad_network and self.chance.random() < LOST:
            raise ConnectionResetError("the answer was lost on its way back")
        return reply

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
