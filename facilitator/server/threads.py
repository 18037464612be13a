"""Call the app away from the loop, in as few threads as get on."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import itertools
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, cast

from facilitator.server.calls import Call

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)

# threads that all want to run lose time in handing over: one works, others help while it waits for something
HELPERS = 7
HELD_UP = 0.01


class Threads:
    """One thread that calls the app, helpers for when a call holds it up, and the way back to the loop."""

    def __init__(self, app: WSGIApplication, loop: asyncio.AbstractEventLoop, helpers: int = HELPERS) -> None:
        self.app, self.loop = app, loop
        self.jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self.done: deque[asyncio.Future[None]] = deque()
        self.waking = self.watching = self.ended = False
        self.begun = self.seen = 0
        self.needed = threading.Semaphore(0)
        work = [self._work, *[self._help] * helpers]
        self.threads = [threading.Thread(target=one, name="app", daemon=True) for one in work]
        for thread in self.threads:
            thread.start()

    def submit(self, call: Call) -> None:
        """Call the app in a thread, soon."""
        self._put(functools.partial(self._perform, call))

    async def following(self, call: Call) -> bytes:
        """Fetch the next pieces of a large answer; none means that it is over."""
        future: asyncio.Future[None] = self.loop.create_future()
        found: list[bytes | BaseException] = []

        def fetch() -> None:
            try:
                found.append(b"".join(itertools.islice(cast("Iterator[bytes]", call.rest), 16)))
            except Exception as error:
                found.append(error)
            self._finish(future)

        self._put(fetch)
        await future
        if isinstance(found[0], BaseException):
            raise found[0]
        return found[0]

    def close(self) -> None:
        """End the threads once they have done what they began."""
        self.ended = True
        self.jobs.put(None)
        self.needed.release(len(self.threads))
        for thread in self.threads:
            thread.join(1)

    def _put(self, job: Callable[[], None]) -> None:
        self.jobs.put(job)
        if not self.watching:
            self.watching, self.seen = True, self.begun
            self.loop.call_later(HELD_UP, self._watch)

    def _watch(self) -> None:
        self.watching = not self.jobs.empty()
        if self.watching:
            if self.begun == self.seen:  # nobody got on: whoever works waits for something
                self.needed.release()
            self.seen = self.begun
            self.loop.call_later(HELD_UP, self._watch)

    def _work(self) -> None:
        while (job := self.jobs.get()) is not None:
            self.begun += 1
            job()

    def _help(self) -> None:
        while self.needed.acquire() and not self.ended:
            with contextlib.suppress(Empty):
                while (job := self.jobs.get_nowait()) is not None:
                    self.begun += 1
                    job()
                self.jobs.put(None)  # the end is the first thread's to take

    def _perform(self, call: Call) -> None:
        try:
            call.run(self.app)
        except Exception:
            log.exception("The app failed at %s", call.asked[0]["path"])
            call.fail()
        if call.handoff.receipt is not None:
            call.handoff.receipt.then(functools.partial(self._settled, call))
        else:
            self._finish(call.future)

    def _settled(self, call: Call, receipt: Any) -> None:
        if receipt.refusal is None:
            self._finish(call.future)
        else:
            call.again(receipt.refusal)
            with contextlib.suppress(RuntimeError):
                self.loop.call_soon_threadsafe(self.submit, call)

    def _finish(self, future: asyncio.Future[None]) -> None:
        self.done.append(future)
        if not self.waking:
            self.waking = True
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                self.loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        self.waking = False
        while self.done:
            future = self.done.popleft()
            if not future.done():
                future.set_result(None)
