"""What the asynchronous front owes to clients, kind and unkind, and to the app behind it."""

import contextlib
import itertools
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, request

from facilitator import frames
from facilitator.ballotbox import Receipt
from facilitator.events import Hub, Subscription
from facilitator.refusals import AlreadyServed, Closed
from facilitator.server import connection, serving

LIMIT = 100_000
PATIENCE = 60  # seconds, for what comes soon where nothing else goes on


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


def read(line: socket.socket, wanted: bytes) -> bytes:
    got = b""
    while wanted not in got:
        piece = line.recv(65536)
        assert piece, got
        got += piece
    return got


def soonest(act: Callable[[], float], within: float) -> float:
    """Measure again where the machine may have been at work on other things."""
    for _turn in range(10):
        if (taken := act()) < within:
            break
    return taken


def until(told: Callable[[], object], seconds: float = PATIENCE) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if told():
            return True
        time.sleep(0.01)
    return False


@pytest.fixture(scope="module")
def standing() -> Iterator[House]:
    made = House()
    yield made
    made.stop()
    assert not made.thread.is_alive()


@pytest.fixture
def house(standing: House) -> House:
    """Give the house that stands for all tests, swept."""
    assert until(lambda: standing.hub.connected(1) == 0)
    standing.receipts.clear()
    standing.casts = standing.waiting = 0
    standing.closed.clear()
    return standing


@pytest.fixture
def own_house() -> Iterator[House]:
    """Give a house that the test may break or close."""
    made = House()
    yield made
    made.stop()
    assert not made.thread.is_alive()


def post(path: str, form: str, headers: str = "") -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n\r\n{form}"
    ).encode()


def test_a_request_reaches_the_app_as_it_was_sent(house: House) -> None:
    headers = "X-One: a\r\nX-One: b\r\nX_One: forged\r\nCookie: a=1\r\nCookie: b=2\r\nProxy: evil\r\n"
    answer = house.get("/echo?x=%C3%A9", headers=headers)
    assert answer.startswith(b"HTTP/1.1 200 ")
    environ = Flask(__name__).json.loads(answer.partition(b"\r\n\r\n")[2])["environ"]
    assert environ["HTTP_X_ONE"] == "a,b"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["QUERY_STRING"] == "x=%C3%A9"
    assert environ["REMOTE_ADDR"] == "127.0.0.1"
    assert environ["SERVER_PORT"] == str(house.port)
    assert "HTTP_PROXY" not in environ
    assert "CONTENT_LENGTH" not in environ


def test_paths_are_decoded_once(house: House) -> None:
    assert house.get("/p/caf%C3%A9%2541?q=%2B").endswith("café%41 +".encode())
    assert b"\xef\xbf\xbd" in house.get("/p/%ff")


def test_head_has_no_body(house: House) -> None:
    answer = house.get("/p/x", "HEAD")
    assert b"content-length: 6" in answer.lower()
    assert answer.endswith(b"\r\n\r\n")


def test_an_empty_answer_has_no_length(house: House) -> None:
    answer = house.get("/nothing").lower()
    assert answer.startswith(b"http/1.1 204")
    assert b"chunked" not in answer


def test_a_chunked_body_arrives_whole(house: House) -> None:
    body = b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"
    answer = house.get("/echo", "POST", "Transfer-Encoding: chunked\r\n", body)
    assert b'"body":"hello world"' in answer
    assert b'"CONTENT_LENGTH":"11"' in answer


def test_a_slow_body_arrives_whole(house: House) -> None:
    with house.connect() as line:
        line.sendall(b"POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 6\r\n\r\nabc")
        time.sleep(0.1)
        line.sendall(b"def")
        assert b'"body":"abcdef"' in everything(line)


def test_a_client_that_waits_for_the_word_is_told_to_go_on(house: House) -> None:
    with house.connect() as line:
        line.sendall(
            b"POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            b"Content-Length: 3\r\nExpect: 100-continue\r\n\r\n"
        )
        read(line, b"HTTP/1.1 100 Continue\r\n\r\n")
        line.sendall(b"abc")
        assert b'"body":"abc"' in everything(line)


def test_an_abandoned_body_reaches_nobody(house: House) -> None:
    with house.connect() as line:
        line.sendall(b"POST /cast HTTP/1.1\r\nHost: x\r\nContent-Length: 60\r\n\r\noption=")
    time.sleep(0.1)
    assert house.casts == 0


@pytest.mark.parametrize("size", [LIMIT + 1, 20 * LIMIT])
def test_too_much_is_refused_by_the_app_in_words(house: House, size: int) -> None:
    answer = house.get("/echo", "POST", f"Content-Length: {size}\r\n", b"x" * size)
    assert answer.startswith(b"HTTP/1.1 413 ")
    chunks = b"%x\r\n%b\r\n0\r\n\r\n" % (size, b"x" * size)
    assert house.get("/echo", "POST", "Transfer-Encoding: chunked\r\n", chunks).startswith(b"HTTP/1.1 413 ")


def test_a_large_answer_comes_piece_by_piece(house: House) -> None:
    answer = house.get("/large")
    assert answer.partition(b"\r\n\r\n")[2].count(b"x") == 40 * 50_000
    assert until(house.closed.is_set)


def test_an_answer_that_breaks_off_does_not_look_whole(house: House) -> None:
    assert not house.get("/broken").endswith(b"0\r\n\r\n")
    assert house.get("/p/x").startswith(b"HTTP/1.1 200")


def test_an_app_that_fails_is_answered_for(own_house: House) -> None:
    def failing(environ: Any, start_response: Any) -> Any:
        raise RuntimeError("before any answer")

    own_house.server.front.threads.app = failing
    assert own_house.get("/").startswith(b"HTTP/1.1 500 ")


def test_requests_on_one_connection_are_answered_in_order(house: House) -> None:
    asked = b"".join(b"GET /p/%d HTTP/1.1\r\nHost: x\r\n\r\n" % number for number in range(20))
    answer = house.ask(asked + b"GET /p/end HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert re.findall(rb"(\w+) None", answer) == [*(b"%d" % number for number in range(20)), b"end"]


@pytest.mark.parametrize("parser", ["fast", "h11"])
def test_an_answer_comes_whole_and_says_how_long_it_is(monkeypatch: pytest.MonkeyPatch, parser: str) -> None:
    if parser == "h11":
        monkeypatch.setattr(serving, "protocol", lambda: parser)
    house = House()
    try:
        with house.connect() as line:
            for name in (b"ada", b"grace"):
                line.sendall(b"GET /p/%b HTTP/1.1\r\nHost: x\r\n\r\n" % name)
                got = b""
                while not got.endswith(b" None"):
                    got += line.recv(65536)
                head, _, body = got.partition(b"\r\n\r\n")
                assert head.startswith(b"HTTP/1.1 200 OK\r\n")
                assert re.findall(rb"(?i)content-length: *(\d+)", head) == [b"%d" % len(body)]
                assert b"text/html; charset=utf-8" in head
                assert b"\r\ndate: " in head
                assert body == name + b" None"
    finally:
        house.stop()


def test_a_header_that_is_none_never_leaves(house: House) -> None:
    with house.connect() as line:
        line.sendall(b"GET /odd HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"\x01" not in line.recv(65536)


def test_the_answer_waits_for_the_receipt(house: House) -> None:
    with house.connect() as line:
        line.sendall(post("/cast", "option=3"))
        assert until(lambda: house.receipts)
        line.settimeout(0.2)
        with pytest.raises(TimeoutError):
            line.recv(1)
        line.settimeout(PATIENCE)
        house.receipts[0].settle()
        assert everything(line).endswith(b"received 3")


def test_waiting_for_receipts_holds_no_thread(house: House) -> None:
    lines = [house.connect() for _ in range(40)]
    for line in lines:
        line.sendall(post("/cast", "option=3"))
    assert until(lambda: len(house.receipts) == 40)
    assert house.get("/p/x").startswith(b"HTTP/1.1 200")
    for receipt in house.receipts:
        receipt.settle()
    for line in lines:
        assert everything(line).endswith(b"received 3")
        line.close()


def test_calls_that_wait_hold_up_nobody(house: House) -> None:
    with ThreadPoolExecutor(6) as visitors:
        waiting = [visitors.submit(house.get, "/wait") for _ in range(6)]
        assert until(lambda: house.waiting == 6)
        assert house.get("/p/x").startswith(b"HTTP/1.1 200")
        house.closed.set()
        assert all(answer.result(PATIENCE).endswith(b"waited") for answer in waiting)


def test_a_refused_receipt_is_told_by_the_app_itself(house: House) -> None:
    with house.connect() as line:
        line.sendall(post("/cast", "option=3"))
        assert until(lambda: house.receipts)
        house.receipts[0].settle(Closed())
        assert b"refused This vote is closed" in (answer := everything(line))
        assert answer.endswith(b" 3")
    assert house.casts == 1


def test_a_client_that_left_does_not_stop_the_receipt(house: House) -> None:
    with house.connect() as line:
        line.sendall(post("/cast", "option=3"))
        assert until(lambda: house.receipts)
    house.receipts[0].settle()
    assert house.get("/p/x").startswith(b"HTTP/1.1 200")


def test_a_stream_says_when_to_come_back_and_what_changed(house: House) -> None:
    with house.connect() as line:
        line.sendall(b"GET /stream/screen HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n")
        head = read(line, b"retry: ").lower()
        assert b"content-type: text/event-stream" in head
        assert b"x-accel-buffering: no" in head
        assert b"content-length" not in head
        assert b"content-encoding" not in head
        house.hub.announce(1, "activity")
        frame = read(line, b"\n\n\r\n").decode()
        assert re.search(r"id: (\d+)\nevent: activity\ndata: \1\n\n", frame)
        house.hub.announce(1, "ballots")
        assert b"event: ballots" in read(line, b"\n\n\r\n")


def test_a_phone_hears_the_desk_and_not_the_ballots(house: House) -> None:
    with house.hold() as line:
        house.hub.announce(1, "ballots")
        house.hub.announce(1, "activity")
        assert b"ballots" not in read(line, b"event: activity")


def test_a_phone_hears_that_the_room_has_said_something(house: House) -> None:
    with house.hold() as line:
        house.hub.announce(1, "texts")
        read(line, b"event: texts")


def test_what_happened_after_the_view_looked_is_heard(house: House) -> None:
    with house.connect() as line:
        line.sendall(b"GET /stream/phone?late HTTP/1.1\r\nHost: x\r\n\r\n")
        read(line, b"event: activity")


def test_streams_are_cut_and_come_back(house: House) -> None:
    lines = [house.hold() for _ in range(5)]
    assert until(lambda: house.hub.connected(1) == 5)
    for line in lines[:3]:
        line.close()
    assert until(lambda: house.hub.connected(1) == 2)
    lines[:3] = [house.hold() for _ in range(3)]
    assert until(lambda: house.hub.connected(1) == 5)
    house.hub.announce(1, "activity")
    for line in lines:
        read(line, b"event: activity")
        line.close()
    assert until(lambda: house.hub.connected(1) == 0)


def test_a_client_that_does_not_read_is_dropped(house: House) -> None:
    slow = house.connect(receive=2048)
    slow.sendall(b"GET /stream/phone HTTP/1.1\r\nHost: x\r\n\r\n")
    with house.hold() as quick:
        assert until(lambda: house.hub.connected(1) == 2)
        reader = threading.Thread(target=everything, args=(quick,))
        reader.start()

        def dropped() -> bool:
            for _ in range(20):
                house.hub.announce(1, "activity")
            return house.hub.connected(1) == 1

        assert until(dropped)
        quick.shutdown(socket.SHUT_RDWR)
        reader.join()
    slow.close()


def test_no_more_streams_than_fit(own_house: House) -> None:
    house = own_house
    house.server.front.streams.capacity = 1
    with house.hold():
        answer = house.get("/stream/phone")
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after:" in answer.lower()
        assert house.get("/p/x").startswith(b"HTTP/1.1 200")


def test_all_are_pinged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "SILENCE", 0.05)
    other = House()
    try:
        with other.hold() as line:
            read(line, b": ping\n\n")
    finally:
        other.stop()


def goodbye() -> float:
    """End a house that holds streams and half an answer; give how long it took."""
    house = House()
    lines = [house.hold() for _ in range(3)]
    half = house.connect()
    half.sendall(post("/cast", "option=3"))
    assert until(lambda: house.receipts)
    started = time.monotonic()
    house.server.handle_exit(15, None)
    for line in lines:
        assert everything(line).endswith(b"event: bye\ndata: 0\n\n\r\n0\r\n\r\n")
        line.close()
    house.receipts[0].settle()
    assert everything(half).endswith(b"received 3")
    half.close()
    house.thread.join(PATIENCE)
    taken = time.monotonic() - started
    assert not house.thread.is_alive()
    house.stop()
    return taken


def test_the_end_is_said_and_comes_soon() -> None:
    assert soonest(goodbye, 3) < 3


def test_it_ends_even_when_an_answer_does_not() -> None:
    def end() -> float:
        house = House()
        with house.connect() as line:
            line.sendall(post("/cast", "option=3"))
            assert until(lambda: house.receipts)
            started = time.monotonic()
            house.stop()
            assert not house.thread.is_alive()
            return time.monotonic() - started

    assert soonest(end, 3.5) < 3.5


NONSENSE = [
    b"\x00\xff\xfe\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    b"GET /\x80\xff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET //// HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET http://[::1/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET /p/%zz%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"PROPFIND /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"CONNECT x:80 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET /echo HTTP/1.1\r\nHost: \xff\xfe\r\nConnection: close\r\n\r\n",
    b"GET /echo HTTP/1.1\r\nConnection: close\r\n\r\n",
    b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1e9\r\n\r\n",
    b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabc",
    b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc",
    b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\nConnection: close\r\n\r\n",
    b"POST /cast HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4\r\n\r\n\xff\x00%%",
    b"POST /cast HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data\r\nConnection: close\r\n"
    b"Content-Length: 4\r\n\r\n--\r\n",
    b"GET /echo HTTP/1.1\r\nHost: x\r\nCookie: " + b";=" * 2000 + b"\r\nConnection: close\r\n\r\n",
    b'GET /echo HTTP/1.1\r\nHost: x\r\nRange: bytes=9-1\r\nIf-None-Match: "\r\nConnection: close\r\n\r\n',
    b"GET /echo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n\r\n",
    b"GET /echo HTTP/1.0\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
]


@pytest.mark.parametrize("sent", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_is_never_our_fault(house: House, sent: bytes) -> None:
    with house.connect() as line:
        line.sendall(sent)
        with contextlib.suppress(OSError):  # it may have been closed already
            line.shutdown(socket.SHUT_WR)
        answer = everything(line)
    assert not re.match(rb"HTTP/1.1 5", answer), answer
    assert house.get("/p/x").startswith(b"HTTP/1.1 200")


def test_headers_without_end_are_refused(house: House) -> None:
    with house.connect() as line, contextlib.suppress(ConnectionError):
        line.sendall(b"GET / HTTP/1.1\r\nX-Long: ")
        for _ in range(40):
            line.sendall(b"x" * 8192)
            time.sleep(0.005)
        line.sendall(b"\r\n\r\n")
        assert b" 400 " in everything(line)
    assert connection.HEAD < 40 * 8192


def test_a_silent_connection_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "SILENCE", 0.1)
    house = House()
    try:
        with house.connect() as line:
            assert line.recv(1) == b""
    finally:
        house.stop()


def test_small_answers_are_not_held_back(house: House) -> None:
    def ask() -> float:
        started = time.monotonic()
        for _ in range(20):
            line.sendall(b"GET /p/x HTTP/1.1\r\nHost: x\r\n\r\n")
            read(line, b"x None")
        return time.monotonic() - started

    with house.connect() as line:
        assert soonest(ask, 0.5) < 0.5


def test_a_port_is_taken_once() -> None:
    with serving.listen("127.0.0.1", 0) as first, pytest.raises(OSError, match="in use"):
        serving.listen("127.0.0.1", first.getsockname()[1])


def test_a_data_folder_is_served_once(tmp_path: Path) -> None:
    with serving.alone(tmp_path), pytest.raises(AlreadyServed), serving.alone(tmp_path):
        pass
    with serving.alone(tmp_path):
        pass


def test_the_limit_of_open_files_is_raised() -> None:
    import resource

    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    fit = serving.phones()
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    assert soft >= min(hard, serving.FILES)
    assert fit * serving.FILES_A_PHONE < soft
