"""What an event stream says: when to come back, that something changed, that the line holds, goodbye."""

import random

PING, BYE = ": ping\n\n", "event: bye\ndata: 0\n\n"
SILENCE = 15.0  # seconds after which a stream pings
RETRY = (800, 4000)  # milliseconds, by chance, so that a room does not come back all at once


def frame(topic: str, version: int) -> str:
    """Tell that something of a topic changed, and its number."""
    return f"id: {version}\nevent: {topic}\ndata: {version}\n\n"


def greeting() -> str:
    """Tell after which time to come back if the stream is cut."""
    return f"retry: {random.randint(*RETRY)}\n\n"  # noqa: S311 - spreads load, guards nothing
