"""What the front owes to a request and to the app that answers it: whole, in order, once it is safe."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from facilitator.refusals import Closed
from facilitator.server import serving
from tests.server.toy import LIMIT, House, everything, post
from tests.waiting import PATIENCE, read, until


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
