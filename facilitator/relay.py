"""Carry what one server process says to the others, by PostgreSQL's LISTEN and NOTIFY."""

from __future__ import annotations

import contextlib
import json
import logging
import secrets
import select
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from psycopg import Connection

log = logging.getLogger(__name__)

CHANNEL = "facilitator"
PAYLOAD = 7_000  # PostgreSQL refuses notifications of 8,000 bytes
TURN = 1.0
PAUSES = (0.05, 0.2, 0.5, 1.0, 2.0)

Message = list[object]


class Relay:
    """A connection to tell other processes and to hear them, that comes back by itself."""

    def __init__(
        self,
        url: str,
        heard: Callable[[str, Message], None],
        back: Callable[[], None],
        turn: Callable[[], None],
    ) -> None:
        self.url, self.heard, self.back, self.turn = url, heard, back, turn
        self.name = secrets.token_hex(6)
        self.outbox: dict[str, Message] = {}
        self.connected = threading.Event()
        self._lock = threading.Lock()
        self._bell, self._ear = socket.socketpair()
        self._bell.setblocking(False)
        self._ear.setblocking(False)
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="relay", daemon=True)
        self._thread.start()

    def tell(self, message: Message) -> None:
        """Send a message to the other processes soon, together with others that are waiting."""
        name = str(message[:2]) if isinstance(message[0], int) else str(message[0])
        with self._lock:
            self.outbox.pop(name, None)  # told again, it comes after what was told before
            self.outbox[name] = message
        self._ring()

    def close(self) -> None:
        """End the thread and its connection."""
        self._ended = True
        self._ring()
        self._thread.join(2)

    def _ring(self) -> None:
        with contextlib.suppress(OSError):  # a full pipe has rung already
            self._bell.send(b"!")

    def _run(self) -> None:
        with self._bell, self._ear:  # they are this thread's: nobody closes them under its hands
            self._stay()

    def _stay(self) -> None:
        import psycopg

        failures = 0
        while not self._ended:
            try:
                with psycopg.connect(self.url, autocommit=True, connect_timeout=5) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self.back()  # nobody knows what was said before this ear was open
                    self.connected.set()
                    failures = 0
                    self._serve(connection)
            except (psycopg.Error, OSError) as error:
                log.warning("The other servers cannot be heard (%s): trying again.", error)
                failures += 1
            self.connected.clear()
            if not self._ended and failures:
                select.select([self._ear], [], [], PAUSES[min(failures, len(PAUSES)) - 1])
                self._drain()

    def _serve(self, connection: Connection) -> None:
        while not self._ended:
            self._flush(connection)
            ready = select.select([connection.fileno(), self._ear.fileno()], [], [], TURN)[0]
            if self._ear.fileno() in ready:
                self._drain()
            for notice in connection.notifies(timeout=0):
                self._hear(notice.payload)
            self.turn()

    def _drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._ear.recv(4096):
                pass

    def _flush(self, connection: Connection) -> None:
        while self.outbox:
            with self._lock:
                waiting, self.outbox = self.outbox, {}
            try:
                for payload in self._payloads(list(waiting.values())):
                    connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, payload))
            except BaseException:
                with self._lock:
                    self.outbox = waiting | self.outbox
                raise

    def _payloads(self, messages: list[Message]) -> list[str]:
        whole = json.dumps([self.name, messages])
        if len(whole) <= PAYLOAD or len(messages) == 1:
            return [whole]
        half = len(messages) // 2
        return self._payloads(messages[:half]) + self._payloads(messages[half:])

    def _hear(self, payload: str) -> None:
        try:
            sender, messages = json.loads(payload)
            if sender != self.name:
                for message in messages:
                    self.heard(sender, message)
        except (ValueError, TypeError, LookupError):
            log.warning("A notification that is not ours was ignored.")
