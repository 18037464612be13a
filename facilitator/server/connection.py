"""One connection of the server, bounded in what it may say before it is understood."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

HEAD = 64 * 1024
SILENCE = 30.0

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
