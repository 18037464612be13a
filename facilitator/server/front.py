"""Read a request, let the app answer it, then wait for its receipt or hold its stream."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from facilitator.server.calls import Call, Headers
from facilitator.server.connection import write
from facilitator.server.streams import Streams, chunk
from facilitator.server.threads import Threads

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from facilitator.events import Hub, Subscription

LIMIT = 1024 * 1024
FORGIVEN = 64 * 1024 * 1024  # a body too large is read to its end up to here, so that its sender hears why
LEAST_CAPACITY = 64
PATIENCE = 60.0  # for a body that comes in many pieces
BODILESS = {204, 304}
CLOSE = (b"connection", b"close")
NO_ROOM = ((b"content-type", b"text/plain"), (b"retry-after", b"5"), (b"cache-control", b"no-store"))


class Front:
    """Serve a WSGI app to an asynchronous server."""

    def __init__(
        self, app: WSGIApplication, hub: Hub, *, limit: int = LIMIT, capacity: int = LEAST_CAPACITY
    ) -> None:
        self.app, self.hub, self.limit, self.capacity = app, hub, limit, capacity
        self.threads: Threads | None = None
        self.streams: Streams | None = None

    def start(self) -> None:
        """Begin to work on the running loop."""
        loop = asyncio.get_running_loop()
        self.threads = Threads(self.app, loop)
        self.streams = Streams(self.hub, loop, self.capacity)

    async def end_streams(self) -> None:
        """End what would never end by itself."""
        if self.streams:
            await self.streams.end()

    def close(self) -> None:
        """End the threads."""
        if self.threads:
            self.threads.close()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        if self.threads is None or self.streams is None:
            raise RuntimeError("The front has not been started.")
        body, length, gone = await self._read(scope, receive)
        if gone:
            return
        call = Call(scope, body, length, self.threads.loop.create_future())
        self.threads.submit(call)
        await call.future
        if call.handoff.stream is None or call.status != 200:
            await self._answer(call, scope, send, length > self.limit)
        elif self.streams.full:
            call.status, call.headers, call.body = 503, list(NO_ROOM), b"Too many streams: ask again."
            await self._answer(call, scope, send, True)
        else:
            subscription, headers = call.handoff.stream, _stream_headers(call.headers)
            del call
            await self._hold(self.streams, subscription, headers, scope, receive, send)

    async def _read(self, scope: Any, receive: Any) -> tuple[bytes, int, bool]:
        announced, chunked = _announced(scope["headers"])
        if not announced and not chunked:
            return b"", 0, False
        message = await receive()
        if message["type"] != "http.request" or not message["more_body"]:
            body = message.get("body", b"")
            return (body if len(body) <= self.limit else b""), len(body), message["type"] != "http.request"
        try:
            async with asyncio.timeout(PATIENCE):
                body, read = await self._read_on(message["body"], receive)
        except (TimeoutError, ConnectionResetError):
            return b"", 0, True
        return body, max(read, announced), False

    async def _read_on(self, first: bytes, receive: Any) -> tuple[bytes, int]:
        pieces = [first]
        read = len(first)
        while read <= FORGIVEN:
            message = await receive()
            if message["type"] != "http.request":
                raise ConnectionResetError
            read += len(message["body"])
            pieces.append(message["body"])
            if read > self.limit:
                pieces.clear()
            if not message["more_body"]:
                break
        return b"".join(pieces), read

    async def _answer(self, call: Call, scope: Any, send: Any, close: bool) -> None:
        headers, more = call.headers, call.rest is not None
        whole = not more and call.status not in BODILESS and scope["method"] != "HEAD"
        if whole and not close and write(send, call.status, headers, call.body):
            return
        if whole and not _sized(headers):
            headers.append((b"content-length", b"%d" % len(call.body)))
        if close:
            headers.append(CLOSE)
        await send({"type": "http.response.start", "status": call.status, "headers": headers})
        await send({"type": "http.response.body", "body": call.body, "more_body": more})
        while more:
            piece = await self.threads.following(call)  # type: ignore[union-attr]
            more = bool(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": more})

    @staticmethod
    async def _hold(
        streams: Streams, subscription: Subscription, headers: Headers, scope: Any, receive: Any, send: Any
    ) -> None:
        transport = send.__self__.transport  # uvicorn's send belongs to the object that owns the connection
        streams.add(transport, subscription)  # before the page hears that it is on, and asks how things stand
        try:
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            transport.write(b"".join(map(chunk, streams.hub.opening(subscription))))
            scope["headers"].clear()  # thousands are held: keep little of each
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            streams.remove(transport)


def _sized(headers: Headers) -> bool:
    return any(name.lower() == b"content-length" for name, _ in headers)


def _stream_headers(headers: Headers) -> Headers:
    kept = [
        (name, value) for name, value in headers if name.lower() not in {b"content-length", b"connection"}
    ]
    return [*kept, CLOSE]


def _announced(headers: Headers) -> tuple[int, bool]:
    length, chunked = 0, False
    for name, value in headers:
        if name == b"content-length":
            length = int(value)
        elif name == b"transfer-encoding":
            chunked = True
    return length, chunked
