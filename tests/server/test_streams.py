"""What the front owes to those who hold a stream: every change, a sign of life, a goodbye."""

import re
import socket
import threading
import time

import pytest

from facilitator import frames
from tests.server.toy import House, everything, post
from tests.waiting import PATIENCE, read, soonest, until


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
