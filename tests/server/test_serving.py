"""What is served and what is not: nonsense, endless heads, one port, one folder, so many phones."""

import contextlib
import re
import socket
import time
from pathlib import Path

import pytest

from facilitator.refusals import AlreadyServed
from facilitator.server import connection, serving
from tests.server.toy import House, everything
from tests.waiting import read, soonest

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
