"""Tell phones, projectors and desks that something changed, never what."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import cast

from flask import Flask, current_app
from sqlalchemy.engine import make_url

from facilitator.frames import frame, greeting
from facilitator.relay import Message, Relay

ACTIVITY, BALLOTS, PEOPLE, TEXTS, DOOR = "activity", "ballots", "people", "texts", "door"
TOPICS = frozenset({ACTIVITY, BALLOTS, PEOPLE, TEXTS, DOOR})
FOR_PHONES = frozenset({ACTIVITY, TEXTS})  # a phone is told what it may have to show
INTERVAL = 0.25  # of "ballots" and "people": at most four a second
AT_ONCE = (DOOR, ACTIVITY)  # who may be in is asked anew before anything is shown
INTERVALS = {TEXTS: 3.0}  # what the room says may bring every phone back
POLLED = 20.0  # a phone that asked within this many seconds is there
COUNTED = 5.0  # another process repeats its counts this often
FORGOTTEN = 15.0  # and is forgotten after this silence

Listener = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a page that holds an event stream wants to hear: a session, for a phone, a screen or a desk."""

    session_id: int
    role: str
    key: str | None = None
    since: int | None = None  # the version when a page looked that is not going to look again

    def wants(self, topic: str) -> bool:
        """Tell whether the page is told about a topic."""
        return topic in FOR_PHONES or self.role != "phone"


@dataclass(slots=True)
class _Room:
    version: int = 0
    listeners: dict[object, Listener] = field(default_factory=dict)
    told: dict[str, float] = field(default_factory=dict)
    latest: dict[str, int] = field(default_factory=dict)
    holding: Counter[Hashable] = field(default_factory=Counter)
    polled: dict[Hashable, float] = field(default_factory=dict)

    def present(self, now: float) -> int:
        for key in [key for key, at in self.polled.items() if now - at > POLLED]:
            del self.polled[key]
        return len(self.holding) + sum(key not in self.holding for key in self.polled)


class Hub:
    """One place where a session's pages listen and the desk, the doors and the ballot box announce."""

    def __init__(self, database_url: str | None = None) -> None:
        self._url = database_url
        self._rooms: defaultdict[int, _Room] = defaultdict(_Room)
        self._due: dict[tuple[int, str], float] = {}
        self._elsewhere: dict[str, tuple[float, dict[int, int]]] = {}
        self._lock = threading.RLock()
        self._bell = threading.Condition(self._lock)
        self._ticker: threading.Thread | None = None
        self._relay: Relay | None = None
        self._counted = (0.0, {})  # type: tuple[float, dict[int, int]]
        self._closed = False

    def announce(self, session_id: int, topic: str) -> None:
        """Tell everyone in a session, in every process, that something of this topic changed."""
        if topic not in TOPICS:
            raise ValueError(topic)
        self._deliver(session_id, topic)
        if relay := self._reach():
            relay.tell([session_id, topic])

    def version(self, session_id: int) -> int:
        """Give the number of the latest announcement, which only grows, also across restarts."""
        with self._lock:
            return self._rooms[session_id].version or self._next(self._rooms[session_id])

    def opening(self, subscription: Subscription) -> list[str]:
        """List the first frames of a stream: a greeting, and what its page missed since it looked."""
        since = subscription.since
        with self._lock:
            latest = sorted(self._rooms[subscription.session_id].latest.items(), key=itemgetter(1))
        missed = (
            frame(topic, version)
            for topic, version in latest
            if since is not None and version > since and subscription.wants(topic)
        )
        return [greeting(), *missed]

    def listen(self, session_id: int, listener: Listener, first: bool = False) -> Callable[[], None]:
        """Call the listener with topic and version of every announcement; what is returned ends it."""
        mine = object()
        with self._lock:
            room = self._rooms[session_id]
            room.listeners = {mine: listener} | room.listeners if first else room.listeners | {mine: listener}
        self._reach()

        def stop() -> None:
            with self._lock:
                room.listeners.pop(mine, None)

        return stop

    def arrived(self, subscription: Subscription) -> None:
        """Note that a page holds a stream."""
        if subscription.role == "phone":
            with self._lock:
                self._rooms[subscription.session_id].holding[subscription.key or id(subscription)] += 1
            self.announce_here(subscription.session_id, PEOPLE)

    def left(self, subscription: Subscription) -> None:
        """Note that a page's stream has ended."""
        if subscription.role == "phone":
            key = subscription.key or id(subscription)
            with self._lock:
                room = self._rooms[subscription.session_id]
                room.polled.pop(key, None)
                room.holding[key] -= 1
                if room.holding[key] <= 0:
                    del room.holding[key]
            self.announce_here(subscription.session_id, PEOPLE)

    def polled(self, session_id: int, key: str) -> None:
        """Note that a phone has just asked by itself."""
        with self._lock:
            self._rooms[session_id].polled[key] = time.monotonic()

    def connected(self, session_id: int) -> int:
        """Count the phones that hold a stream or asked a moment ago, in all processes."""
        now = time.monotonic()
        with self._lock:
            elsewhere = sum(
                counts.get(session_id, 0) for at, counts in self._elsewhere.values() if now - at < FORGOTTEN
            )
            return self._rooms[session_id].present(now) + elsewhere

    def announce_here(self, session_id: int, topic: str) -> None:
        """Tell only the pages that this process holds."""
        self._deliver(session_id, topic)

    def close(self) -> None:
        """End the threads of the hub."""
        with self._bell:
            self._closed = True
            self._bell.notify_all()
        if self._relay:
            self._relay.close()
        if self._ticker:
            self._ticker.join(2)

    def _deliver(self, session_id: int, topic: str) -> None:
        with self._lock:
            room = self._rooms[session_id]
            now = time.monotonic()
            interval = INTERVALS.get(topic, INTERVAL)
            if topic not in AT_ONCE and (wait := room.told.get(topic, -interval) + interval - now) > 0:
                self._postpone(session_id, topic, now + wait)
                return
            self._due.pop((session_id, topic), None)
            self._tell(room, topic, now)

    def _tell(self, room: _Room, topic: str, now: float) -> None:
        room.told[topic] = now
        version = room.latest[topic] = self._next(room)
        for listener in tuple(room.listeners.values()):
            listener(topic, version)

    def _next(self, room: _Room) -> int:
        room.version = max(room.version + 1, time.time_ns() // 1_000_000)
        return room.version

    def _postpone(self, session_id: int, topic: str, due: float) -> None:
        if self._due.setdefault((session_id, topic), due) is due:
            if self._ticker is None:
                self._ticker = threading.Thread(target=self._tick, name="events", daemon=True)
                self._ticker.start()
            self._bell.notify_all()

    def _tick(self) -> None:
        with self._bell:
            while not self._closed:
                now = time.monotonic()
                for session_id, topic in [key for key, due in self._due.items() if due <= now]:
                    del self._due[session_id, topic]
                    self._tell(self._rooms[session_id], topic, now)
                self._bell.wait(min(self._due.values()) - now if self._due else None)

    def _reach(self) -> Relay | None:
        if self._url and self._relay is None:
            with self._lock:
                if self._relay is None and not self._closed:
                    self._relay = Relay(self._url, self._heard, self._refresh, self._count)
        return self._relay

    def _heard(self, sender: str, message: Message) -> None:
        if message[0] == "counts":
            self._hear_counts(sender, cast("dict[str, int]", message[1]))
        elif isinstance(message[0], int) and message[1] in TOPICS:
            self._deliver(message[0], str(message[1]))

    def _hear_counts(self, sender: str, counts: dict[str, int]) -> None:
        with self._lock:
            before = self._elsewhere.get(sender, (0.0, {}))[1]
            now = {int(session_id): int(count) for session_id, count in counts.items()}
            self._elsewhere[sender] = (time.monotonic(), now)
        for session_id in before.keys() | now.keys():
            if before.get(session_id) != now.get(session_id):
                self.announce_here(session_id, PEOPLE)

    def _refresh(self) -> None:
        with self._lock:
            held = [session_id for session_id, room in self._rooms.items() if room.listeners]
        for session_id in held:
            for topic in AT_ONCE:
                self.announce_here(session_id, topic)

    def _count(self) -> None:
        now = time.monotonic()
        with self._lock:
            counts = {number: count for number, room in self._rooms.items() if (count := room.present(now))}
            at, before = self._counted
            if self._relay and (
                (counts != before and now - at > INTERVAL) or (counts and now - at >= COUNTED)
            ):
                self._counted = (now, counts)
                self._relay.tell(["counts", counts])


def init_app(app: Flask) -> Hub:
    """Give the application its hub, which on PostgreSQL reaches the other server processes."""
    url = make_url(app.config["DATABASE_URL"])
    postgres = url.set(drivername="postgresql") if url.get_backend_name() == "postgresql" else None
    hub = Hub(postgres and postgres.render_as_string(hide_password=False))
    app.extensions["events"] = hub
    return hub


def hub() -> Hub:
    """Give the hub of the application."""
    return cast(Hub, current_app.extensions["events"])
