"""A toy app behind the front, in a thread, and raw sockets to it."""

import contextlib
import itertools
import socket
import threading
from collections.abc import Iterator
from typing import Any

from flask import Flask, Response, request

from facilitator.ballotbox import Receipt
from facilitator.events import Hub, Subscription
from facilitator.server import serving
from tests.waiting import PATIENCE, read

LIMIT = 100_000


class House:
    """A toy app, its hub, its server in a thread, and raw sockets to it."""

    def __init__(self) -> None:
        self.app, self.hub = Flask(__name__), Hub()
        self.receipts: list[Receipt] = []
        self.casts = self.waiting = 0
        self.closed = threading.Event()
        self._routes()
        self.app.config["MAX_CONTENT_LENGTH"] = LIMIT
        listening = serving.listen("127.0.0.1", 0)
        self.port = listening.getsockname()[1]
        started = threading.Event()
        self.server = serving.server(self.app, self.hub, limit=LIMIT, ready=started.set)
        self.thread = threading.Thread(target=self.server.run, args=([listening],))
        self.thread.start()
        assert started.wait(PATIENCE)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(PATIENCE)
        self.hub.close()

    def _routes(self) -> None:  # noqa: C901 - a list of toys
        app = self.app

        @app.route("/echo", methods=["GET", "POST"])
        def echo() -> dict[str, Any]:
            environ = {name: str(value) for name, value in request.environ.items() if name.isupper()}
            return {"path": request.path, "body": request.get_data(as_text=True), "environ": environ}

        @app.get("/p/<name>")
        def named(name: str) -> str:
            return f"{name} {request.args.get('q')}"

        @app.get("/large")
        def large() -> Response:
            pieces = itertools.repeat(b"x" * 50_000, 40)
            response = Response(pieces)
            response.call_on_close(self.closed.set)
            return response

        @app.get("/wait")
        def wait() -> str:
            self.waiting += 1
            self.closed.wait(PATIENCE)
            return "waited"

        @app.get("/broken")
        def broken() -> Response:
            def pieces() -> Iterator[bytes]:
                yield b"x" * 300_000
                raise OSError("the disk is gone")

            return Response(pieces())

        @app.get("/odd")
        def odd() -> Response:
            return Response("odd", headers={"X-Odd": "a\x01b"})

        @app.get("/nothing")
        def nothing() -> tuple[str, int]:
            return "", 204

        @app.post("/cast")
        def cast() -> str:
            if outcome := request.environ.get("facilitator.outcome"):
                return f"refused {outcome} {request.form['option']}"
            self.casts += 1
            receipt = Receipt()
            self.receipts.append(receipt)
            request.environ["facilitator.front"].receipt = receipt
            return f"received {request.form['option']}"

        @app.get("/stream/<role>")
        def stream(role: str) -> Response:
            looked = self.hub.version(1)
            if "late" in request.args:
                self.hub.announce(1, "activity")
            request.environ["facilitator.front"].stream = Subscription(1, role, since=looked)
            return Response(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})

    def connect(self, receive: int | None = None) -> socket.socket:
        made = socket.socket()
        if receive:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
        made.settimeout(PATIENCE)
        made.connect(("127.0.0.1", self.port))
        return made

    def ask(self, sent: bytes) -> bytes:
        """Send raw bytes and read until the server closes."""
        with self.connect() as line:
            line.sendall(sent)
            return everything(line)

    def get(self, path: str, method: str = "GET", headers: str = "", body: bytes = b"") -> bytes:
        head = f"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}"
        return self.ask(head.encode("latin-1") + b"\r\n" + body)

    def hold(self, role: str = "phone") -> socket.socket:
        line = self.connect()
        line.sendall(f"GET /stream/{role} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        read(line, b"retry: ")
        return line


def everything(line: socket.socket) -> bytes:
    read = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := line.recv(65536):
            read += piece
    return read


def post(path: str, form: str, headers: str = "") -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n\r\n{form}"
    ).encode()
