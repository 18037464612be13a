"""One connection of the server, bounded in what it may say before it is understood."""

from __future__ import annotations

import asyncio
import functools
import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

HEAD = 64 * 1024
SILENCE = 30.0
PLAIN = re.compile(rb"[\w-]+: [^\x00-\x1f\x7f]*\r\n")
LENGTH = b"content-length"
SPECIAL = (b"connection", b"transfer-encoding")

if TYPE_CHECKING:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


def protocol() -> type[HttpToolsProtocol] | str:
    """Choose the fast parser where it is installed, otherwise the one in plain Python."""
    try:
        from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
    except ImportError:
        return "h11"

    class Connection(HttpToolsProtocol):
        """A connection that gives up on endless headers and on silence."""

        head = 0
        in_head = True

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            """Wait for the first request only so long."""
            super().connection_made(transport)
            self.timeout_keep_alive_task = self.loop.call_later(SILENCE, self.timeout_keep_alive_handler)

        def data_received(self, data: bytes) -> None:
            """Read on, unless the headers have no end."""
            if self.in_head:
                self.head += len(data)
                super().data_received(data)
                if self.in_head and self.head > HEAD:
                    self.send_400_response("Request header fields too large.")
            else:
                super().data_received(data)

        def on_message_begin(self) -> None:
            """Begin to count the headers of the next request."""
            super().on_message_begin()
            self.head, self.in_head = 0, True

        def on_headers_complete(self) -> None:
            """Stop counting."""
            self.in_head = False
            super().on_headers_complete()

    return Connection


def write(send: Any, status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes) -> bool:
    """Write a whole answer in one piece and tell, unless this one needs all of uvicorn's care."""
    cycle = send.__self__
    fast = hasattr(cycle, "chunked_encoding")  # the plain parser keeps an account of its own
    if not fast or not cycle.keep_alive or cycle.disconnected or cycle.flow.write_paused:
        return False
    head = _head(status, *headers)
    if not head:
        return False
    dated = b"".join([_line(*each) for each in cycle.default_headers])
    cycle.response_started = cycle.response_complete = True
    cycle.transport.write(b"%b%b%b: %d\r\n\r\n%b" % (head, dated, LENGTH, len(body), body))
    cycle.message_event.set()
    cycle.on_response()
    return True


@functools.lru_cache(512)
def _head(status: int, *headers: tuple[bytes, bytes]) -> bytes:
    lines = [_line(name, value) for name, value in headers if name.lower() != LENGTH]
    first = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode()
    return b"".join((first, *lines)) if all(lines) else b""


@functools.lru_cache(512)
def _line(name: bytes, value: bytes) -> bytes:
    line = b"%b: %b\r\n" % (name, value)
    return line if PLAIN.fullmatch(line) and name.lower() not in SPECIAL else b""
