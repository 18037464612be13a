"""How tests wait for what comes soon where nothing else goes on."""

import socket
import time
from collections.abc import Callable

PATIENCE = 60  # seconds


def until(told: Callable[[], object], seconds: float = PATIENCE) -> bool:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if told():
            return True
        time.sleep(0.01)
    return False


def soonest(act: Callable[[], float], within: float) -> float:
    """Measure again where the machine may have been at work on other things."""
    for _turn in range(10):
        if (taken := act()) < within:
            break
    return taken


def read(line: socket.socket, wanted: bytes) -> bytes:
    """Read a line until something comes."""
    got = b""
    while wanted not in got:
        piece = line.recv(65536)
        assert piece, got
        got += piece
    return got
