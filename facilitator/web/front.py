"""Leave to the asynchronous front what only it can wait for, and wait here where there is none."""

import queue
import random
import threading
from collections.abc import Iterator
from typing import Any, Protocol

from flask import Flask, Response, current_app, request

from facilitator import ballotbox, events, frames, refusals
from facilitator.events import Hub, Subscription

PATIENCE = 15.0
CAP = 24  # streams that each take a thread
RETRY_AFTER = (4, 12)
HEADERS = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class Again(refusals.Refusal):
    """What a page waited for is there: it is asked once more."""


class HasId(Protocol):
    """Anything with a number, such as a session of the room."""

    id: Any


def init_app(app: Flask) -> None:
    """Let a refused ballot come back to its page as the refusal it is."""
    app.extensions["streams"] = threading.BoundedSemaphore(CAP)
    app.before_request(_raise_outcome)


def _raise_outcome() -> None:
    refusal = request.environ.get("facilitator.outcome")
    if refusal is not None and not isinstance(refusal, Again):
        raise refusal


def after(receipt: ballotbox.Receipt, response: Response) -> Response:
    """Send the response once the receipt is settled; a refusal is raised instead."""
    handoff = request.environ.get("facilitator.front")
    if handoff is None:
        receipt.wait(PATIENCE)
    else:
        handoff.receipt = receipt
    return response


def stream(session: HasId, role: str, key: str | None = None, since: int | None = None) -> Response:
    """Hold an event stream for a phone, a screen or a desk that looks at a session."""
    subscription = Subscription(session.id, role, key, since)
    handoff = request.environ.get("facilitator.front")
    if handoff is not None:
        handoff.stream = subscription
        return Response(headers=HEADERS)
    streams = current_app.extensions["streams"]
    if not streams.acquire(blocking=False):
        after_seconds = random.randint(*RETRY_AFTER)  # noqa: S311 - spreads load, guards nothing
        return Response(status=503, headers={"Retry-After": str(after_seconds), "Cache-Control": "no-store"})
    response = Response(_frames(events.hub(), subscription), headers=HEADERS)
    response.call_on_close(streams.release)
    return response


def _frames(hub: Hub, subscription: Subscription) -> Iterator[str]:
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()

    def listener(topic: str, version: int) -> None:
        if subscription.wants(topic):
            waiting.put(frames.frame(topic, version))

    stop = hub.listen(subscription.session_id, listener)
    hub.arrived(subscription)
    try:
        yield from hub.opening(subscription)
        while True:
            try:
                yield waiting.get(timeout=frames.SILENCE)
            except queue.Empty:
                yield frames.PING
    finally:
        stop()
        hub.left(subscription)
