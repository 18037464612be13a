"""Hold the event streams of phones, projectors and desks, and tell them all at once."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from facilitator import frames
from facilitator.events import BALLOTS, FOR_PHONES, Hub, Subscription

if TYPE_CHECKING:
    from asyncio import Transport

SLICE = 256  # streams told in one turn of the loop
SENDING = 16 * 1024  # bytes the system may hold back for one phone


def chunk(text: str) -> bytes:
    """Encode text for a body of unknown length."""
    data = text.encode()
    return b"%x\r\n%b\r\n" % (len(data), data)


class Streams:
    """All streams that this process holds: one frame encoded once, one ping for all."""

    def __init__(self, hub: Hub, loop: asyncio.AbstractEventLoop, capacity: int) -> None:
        self.hub, self.loop, self.capacity = hub, loop, capacity
        self.held: dict[Transport, Subscription] = {}
        self.rooms: dict[int, tuple[set[Transport], set[Transport]]] = {}  # phones, and who hears more
        self.listening: dict[int, Callable[[], None]] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        self.ended = False
        self._start(self._ping())

    @property
    def full(self) -> bool:
        """Tell whether no more streams fit."""
        return self.ended or len(self.held) >= self.capacity

    def add(self, transport: Transport, subscription: Subscription) -> None:
        """Hold a stream from now on."""
        with contextlib.suppress(AttributeError, OSError):
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SENDING)
        self.held[transport] = subscription
        number = subscription.session_id
        if number not in self.rooms:
            self.rooms[number] = set(), set()
            self.listening[number] = self.hub.listen(number, self._listener(number))
        self.rooms[number][subscription.wants(BALLOTS)].add(transport)
        self.hub.arrived(subscription)

    def remove(self, transport: Transport) -> None:
        """Forget a stream that has ended."""
        subscription = self.held.pop(transport, None)
        if subscription is None:
            return
        number = subscription.session_id
        self.rooms[number][subscription.wants(BALLOTS)].discard(transport)
        if not any(self.rooms[number]):
            del self.rooms[number]
            self.listening.pop(number)()
        self.hub.left(subscription)

    async def end(self) -> None:
        """Say goodbye on every stream and end it."""
        self.ended = True
        for task in self.tasks:
            task.cancel()
        for count, transport in enumerate(tuple(self.held)):
            transport.write(chunk(frames.BYE) + b"0\r\n\r\n")
            transport.close()
            if count % SLICE == SLICE - 1:
                await asyncio.sleep(0)

    def _listener(self, number: int) -> Callable[[str, int], None]:
        def listener(topic: str, version: int) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                self.loop.call_soon_threadsafe(self._announced, number, topic, version)

        return listener

    def _announced(self, number: int, topic: str, version: int) -> None:
        if number in self.rooms and not self.ended:
            phones, others = self.rooms[number]
            told = [*others, *phones] if topic in FOR_PHONES else list(others)
            self._start(self._write(told, chunk(frames.frame(topic, version))))

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(frames.SILENCE)
            await self._write(list(self.held), chunk(frames.PING))

    async def _write(self, transports: list[Transport], data: bytes) -> None:
        for count, transport in enumerate(transports):
            transport.write(data)
            if transport.get_write_buffer_size():  # it cannot take a frame: it comes back when it can
                transport.abort()
            if count % SLICE == SLICE - 1:
                await asyncio.sleep(0)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = self.loop.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
