"""The demo’s room: phones that come in, look at the question and answer, like any other phone."""

import http.client
import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from facilitator import db, keys
from facilitator.demo.handset import Handset
from facilitator.kinds.base import Kind
from facilitator.models.session import Session

MOST_PHONES = 500
LONGEST = 3600
LOOK = 0.5  # seconds between two looks at what is open
POLL = 10.0  # seconds between two polls of a phone: it counts as connected
SLOWEST = 25.0  # seconds after which the last phone has answered
SEE_OTHER = 303
log = logging.getLogger(__name__)


@dataclass
class Phone:
    """One simulated phone and when it does things."""

    handset: Handset
    joined: bool
    comes_at: float
    polls_at: float = 0.0
    answers_at: float | None = None
    answered: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Asked:
    """What a phone must know of the session now: its code, and the question that is open."""

    code: str
    round_id: int | None = None
    kind: Kind | None = None
    options: tuple[int, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


class Room(threading.Thread):
    """Some phones in one session for some seconds; they stop by themselves."""

    def __init__(
        self, app: Flask, base: str, session_id: int, secrets: list[str], there: int, seconds: float
    ) -> None:
        super().__init__(name="demo phones", daemon=True)
        self.app, self.session_id = app, session_id
        address = urlsplit(base)
        where = address.hostname or "127.0.0.1", address.port or 80
        self.chance = Random()  # noqa: S311 - simulated people choose by chance
        self.leaving = threading.Event()
        began, arriving = time.monotonic(), min(seconds / 3, SLOWEST)
        self.ends_at = began + min(seconds, LONGEST)
        self.phones = [
            Phone(
                Handset(*where, secret, self.chance.choice(["fr", "fr", "en"])),
                place < there,
                began + self.chance.random() * arriving,
            )
            for place, secret in enumerate(secrets[:MOST_PHONES])
        ]

    def leave(self) -> None:
        """Send the phones home."""
        self.leaving.set()

    def run(self) -> None:
        """Let every phone do what is due, until time is up or the session is gone."""
        while time.monotonic() < self.ends_at and not self.leaving.wait(LOOK):
            with self.app.app_context():
                asked = self._look()
                if asked is None:
                    return
                for phone in self.phones:
                    try:
                        self._live(phone, asked)
                    except (OSError, http.client.HTTPException) as error:
                        log.debug("a demo phone: %s", error)
                        phone.polls_at = time.monotonic() + POLL

    def _look(self) -> Asked | None:
        session = db.session.get(Session, self.session_id)
        if session is None:
            return None
        asked, round_ = Asked(session.code), session.open_round
        if round_ is not None:
            activity = round_.activity
            options = tuple(item.id for item in activity.options)
            asked = Asked(session.code, round_.id, activity.form_kind, options, activity.settings)
        db.session.rollback()  # the phones write through the front door: nothing may be held here
        return asked

    def _live(self, phone: Phone, asked: Asked) -> None:
        now = time.monotonic()
        if now < phone.comes_at or self.leaving.is_set():
            return
        if not phone.joined:
            token = [("token", keys.token(phone.handset.secret))]
            phone.joined = phone.handset.ask("POST", f"/j/{asked.code}", token).status == SEE_OTHER
        if now >= phone.polls_at:
            phone.handset.ask("GET", f"/p/{asked.code}/now")
            phone.polls_at = now + POLL * (0.8 + self.chance.random() * 0.4)
        if asked.round_id is None or asked.round_id in phone.answered:
            return
        if phone.answers_at is None:
            phone.answers_at = now + 1 + self.chance.random() * SLOWEST
        elif now >= phone.answers_at:
            self._answer(phone, asked)

    def _answer(self, phone: Phone, asked: Asked) -> None:
        if asked.kind is None or asked.round_id is None:
            return
        fields = asked.kind.imagined(asked.options, asked.settings, self.chance)
        fields += [("token", keys.token(phone.handset.secret)), ("revision", "1")]
        phone.handset.ask("POST", f"/p/{asked.code}/answers/{asked.round_id}", fields)
        phone.answered.add(asked.round_id)
        phone.answers_at = None
