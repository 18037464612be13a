"""Turn one request into one call of the WSGI app, run by a few threads."""

from __future__ import annotations

import asyncio
import functools
import io
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

PIECE = 256 * 1024
APART = {b"content-type": "CONTENT_TYPE", b"content-length": "", b"transfer-encoding": "", b"proxy": ""}
Headers = list[tuple[bytes, bytes]]


class Handoff:
    """What a view leaves for the front: a receipt to wait for, or a stream to hold."""

    __slots__ = ("receipt", "stream")

    def __init__(self) -> None:
        self.receipt: Any = None
        self.stream: Any = None


@functools.lru_cache(512)
def _variable(name: bytes) -> str:
    if name in APART or b"_" in name:  # an underscore would pass for a dash
        return APART.get(name, "")
    return "HTTP_" + name.decode("latin-1").upper().replace("-", "_")


@functools.lru_cache(512)
def _header(given: tuple[str, str]) -> tuple[bytes, bytes]:
    name, value = given
    return name.encode("latin-1"), value.encode("latin-1")


def environment(scope: Any, body: bytes, length: int) -> dict[str, Any]:
    """Describe a request the way WSGI wants it."""
    path = scope["raw_path"]
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": (unquote_to_bytes(path) if b"%" in path else path).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": "HTTP/" + scope["http_version"],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    server, client = scope["server"], scope["client"]
    environ["SERVER_NAME"], environ["SERVER_PORT"] = (server[0], str(server[1])) if server else ("", "0")
    environ["REMOTE_ADDR"], environ["REMOTE_PORT"] = (client[0], str(client[1])) if client else ("", "0")
    if length:
        environ["CONTENT_LENGTH"] = str(length)
    for name, value in scope["headers"]:
        if variable := _variable(name):
            text = value.decode("latin-1")
            if variable in environ:
                text = environ[variable] + ("; " if name == b"cookie" else ",") + text
            environ[variable] = text
    return environ


class Call:
    """One call of the app: what was asked, what was answered, and the front's future that waits for it."""

    __slots__ = ("asked", "body", "future", "handoff", "headers", "outcome", "rest", "status")

    def __init__(self, scope: Any, body: bytes, length: int, future: asyncio.Future[None]) -> None:
        self.asked, self.future = (scope, body, length), future
        self.handoff = Handoff()
        self.outcome: BaseException | None = None
        self.status, self.headers, self.body = 500, [], b""  # type: int, Headers, bytes
        self.rest: Iterator[bytes] | None = None

    def start_response(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        """Take the app's status and headers."""
        if exc_info and self.rest is not None:
            raise exc_info[1].with_traceback(exc_info[2])
        self.status = int(status[:3])
        self.headers = list(map(_header, headers))
        return self._no_write

    @staticmethod
    def _no_write(_data: bytes) -> None:
        raise NotImplementedError("This server takes what the app returns, not what it writes.")

    def run(self, app: WSGIApplication) -> None:
        """Call the app and gather its answer; what is large is left to be fetched piece by piece."""
        environ = environment(*self.asked)
        environ["facilitator.front"] = self.handoff
        if self.outcome is not None:
            environ["facilitator.outcome"] = self.outcome
        answer = app(environ, self.start_response)
        keep = False
        try:
            pieces: list[bytes] = []
            size = 0
            source = iter(answer)
            for piece in source:
                pieces.append(piece)
                size += len(piece)
                if size > PIECE:
                    self.rest, keep = self._following(source, answer), True
                    break
            self.body = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        finally:
            if not keep and hasattr(answer, "close"):
                answer.close()

    @staticmethod
    def _following(source: Iterator[bytes], answer: Any) -> Iterator[bytes]:
        try:
            yield from source
        finally:
            if hasattr(answer, "close"):
                answer.close()

    def fail(self) -> None:
        """Answer for an app that could not."""
        self.status = 500
        self.headers = [(b"content-type", b"text/plain; charset=utf-8")]
        self.body = b"Internal Server Error"
        self.handoff.receipt = self.handoff.stream = self.rest = None

    def again(self, refusal: BaseException) -> None:
        """Make ready to call the app once more, so that it says why the receipt was refused."""
        self.handoff, self.outcome = Handoff(), refusal
