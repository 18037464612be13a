"""The event loop of the server: thousands of streams sleep in it without slowing the few that act."""

from __future__ import annotations

import asyncio
import math
import select
import selectors
from collections.abc import Callable

EVENTS = 256  # taken in one turn; the standard selector makes room for every open connection, each time


def new_loop() -> asyncio.AbstractEventLoop:
    """Make the loop, with the selector that suits this system."""
    made: Callable[[], selectors.BaseSelector] | None = _patient_selector()
    return asyncio.SelectorEventLoop(made()) if made else asyncio.new_event_loop()


def _patient_selector() -> Callable[[], selectors.BaseSelector] | None:
    if not hasattr(selectors, "EpollSelector"):
        return None

    class Patient(selectors.EpollSelector):
        """Waits for events, of which a bounded number is taken at once."""

        def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
            """Wait until something can be read or written."""
            wait = -1 if timeout is None else max(0, math.ceil(timeout * 1e3) * 1e-3)
            try:
                found = self._selector.poll(wait, EVENTS)  # type: ignore[attr-defined]
            except InterruptedError:
                return []
            ready = []
            for number, event in found:
                if key := self._fd_to_key.get(number):  # type: ignore[attr-defined]
                    mask = (event & ~select.EPOLLOUT and selectors.EVENT_READ) | (
                        event & ~select.EPOLLIN and selectors.EVENT_WRITE
                    )
                    ready.append((key, mask & key.events))
            return ready

    return Patient
