"""What happens under a plain WSGI server, which has no front to wait for receipts or hold streams."""

from collections.abc import Iterator
from itertools import takewhile

import pytest
from flask import Flask, Response

from facilitator import events, frames
from facilitator.ballotbox import Receipt
from facilitator.refusals import Closed
from facilitator.server.calls import Handoff
from facilitator.web import front


class Session:
    id = 7


def held(app: Flask, role: str = "screen") -> tuple[Response, Iterator[str]]:
    with app.test_request_context("/"):
        response = front.stream(Session(), role)
    return response, iter(response.response)


def test_a_view_waits_for_its_receipt_by_itself(app: Flask) -> None:
    receipt, refused = Receipt(), Receipt()
    receipt.settle()
    refused.settle(Closed())
    with app.test_request_context("/"):
        assert front.after(receipt, Response("received")).data == b"received"
        with pytest.raises(Closed):
            front.after(refused, Response("received"))


def test_a_front_is_left_what_it_can_wait_for(app: Flask) -> None:
    receipt, handoff = Receipt(), Handoff()
    with app.test_request_context("/", environ_overrides={"facilitator.front": handoff}):
        assert front.after(receipt, Response("received")).data == b"received"
        assert front.stream(Session(), "phone", "key").mimetype == "text/event-stream"
    assert handoff.receipt is receipt
    assert handoff.stream == events.Subscription(7, "phone", "key")


def test_a_stream_is_held_by_its_thread(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "SILENCE", 0.05)
    hub = app.extensions["events"]
    response, told = held(app, "phone")
    assert response.headers["X-Accel-Buffering"] == "no"
    assert next(told).startswith("retry: ")
    assert hub.connected(7) == 1
    hub.announce(7, "ballots")  # not for phones
    hub.announce(7, "activity")
    heard = list(takewhile(lambda frame: frame != frames.PING, told))
    assert heard
    assert all("event: activity\n" in frame for frame in heard)
    response.close()
    assert hub.connected(7) == 0


def test_streams_that_take_a_thread_are_few(app: Flask) -> None:
    streams = [held(app)[0] for _ in range(front.CAP)]
    refused, _ = held(app)
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    streams.pop().close()
    again, _ = held(app)
    assert again.status_code == 200
    for response in [*streams, again]:
        response.close()


def test_a_refusal_that_comes_back_is_told_before_any_view(app: Flask) -> None:
    answer = app.test_client().get("/", environ_overrides={"facilitator.outcome": Closed()})
    assert answer.status_code == Closed.status
