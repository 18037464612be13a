"""Raw connections of the bench's phones: one that asks, one that holds a stream."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable

HOST = "127.0.0.1"
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
PATIENCE = 20.0
HEAD = (
    "User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/124.0 Mobile Safari/537.36\r\n"
    "Accept-Language: fr-SN,fr;q=0.9,en;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate\r\n"
    "Connection: keep-alive\r\n"
)


def get(port: int, path: str, secret: str = "") -> bytes:
    """Write a request for a page."""
    cookie = f"Cookie: phone={secret}; language=fr\r\n" if secret else ""
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n{HEAD}{cookie}\r\n".encode()


def post(port: int, path: str, secret: str, body: str) -> bytes:
    """Write a request that sends a form, as the phone's script does."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n{HEAD}Accept: application/json\r\n"
        f"Origin: http://{HOST}:{port}\r\nCookie: phone={secret}; language=fr\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


class Line(asyncio.Protocol):
    """A connection that asks one thing after another and hears whole answers."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self.got = bytearray()
        self.answer: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Hear until the answer is whole."""
        self.got += data
        end = self.got.find(b"\r\n\r\n")
        if end < 0 or self.answer is None:
            return
        length = LENGTH.search(self.got, 0, end)
        if len(self.got) >= end + 4 + (int(length[1]) if length else 0):
            whole, self.got = bytes(self.got), bytearray()
            self._settle(whole)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._settle(b"")

    async def ask(self, request: bytes) -> bytes:
        """Send a request and wait for its answer; nothing is heard when the line breaks."""
        loop = asyncio.get_running_loop()
        self.answer = loop.create_future()
        watch = loop.call_later(PATIENCE, self._settle, b"")
        self.transport.write(request)
        try:
            return await self.answer
        finally:
            watch.cancel()

    def _settle(self, whole: bytes) -> None:
        if self.answer and not self.answer.done():
            self.answer.set_result(whole)


class Streams:
    """All streams that the bench holds, and when the last of them heard."""

    def __init__(self) -> None:
        self.open: set[asyncio.Transport] = set()
        self.told, self.last = 0, 0.0

    def heard(self) -> None:
        """Note that one stream was told."""
        self.told += 1
        self.last = time.monotonic()


class Held(asyncio.Protocol):
    """A stream: it asks once and listens for one topic."""

    transport: asyncio.Transport

    def __init__(self, streams: Streams, request: bytes, topic: bytes, heard: Callable[[], None]) -> None:
        self.streams, self.request, self.topic, self.heard = streams, request, b"event: " + topic, heard

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Listen."""
        if b"retry: " in data:
            self.streams.open.add(self.transport)
        if self.topic in data:
            self.heard()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the stream."""
        self.streams.open.discard(self.transport)
