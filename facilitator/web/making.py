"""Making documents away from the room: in a process of their own, one after the other, kept for a minute."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue

from flask import Flask, Response, current_app, request
from sqlalchemy import func, select

from facilitator import ballotbox, db, refusals
from facilitator.models.trail import Trail
from facilitator.web.codes import base
from facilitator.web.front import Again

KEPT = 60.0  # seconds for which what was made is handed out again, as long as nobody acts
FAILED = 5.0  # seconds for which a failure is told; who tries again then has it made again
MOST = 24
PATIENCE = 180.0
STOPPING = 2.0
PARTS = {"gather": (0.05, 0.4), "draw": (0.4, 0.9), "write": (0.9, 0.95)}
log = logging.getLogger(__name__)


class NotMade(refusals.Refusal):
    """A document could not be made."""

    status = 500
    message = refusals.N_("This document could not be made. It was noted; nothing is lost. Please try again.")


class TooMany(refusals.Refusal):
    """More documents wait to be made than anyone could want."""

    status = 503
    message = refusals.N_("Many documents are being made just now. Please try again in a minute.")
    retry_after = 30


@dataclass(frozen=True)
class Order:
    """What is to be made, from which state of the data; every act of the staff makes another state."""

    what: str
    id: str
    format: str
    language: str
    base: str = ""
    state: int = 0

    @property
    def key(self) -> str:
        """Name the order."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()[:32]


@dataclass
class Job:
    """One document: how far it is, where it lies, whether it failed."""

    order: Order
    place: Path
    share: float = 0.0
    ended: float = 0.0
    failed: bool = False
    receipt: ballotbox.Receipt = field(default_factory=ballotbox.Receipt)

    def tell(self, line: str) -> None:
        """Take up a line of progress: each step comes a little nearer to the end of its part."""
        try:
            start, end = PARTS[json.loads(line)["said"]]
        except (ValueError, KeyError, TypeError):
            return
        reached = max(start, self.share)
        self.share = reached + max(0.0, end - reached) / 8

    def end(self, *, failed: bool) -> None:
        """Say that it is over, and wake who waits."""
        self.failed, self.share, self.ended = failed, 1.0, time.monotonic()
        self.receipt.settle(Again(job=self))


class Making:
    """Makes what is ordered, one at a time; a thread that has nothing to do goes home."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.folder: Path | None = None
        self.jobs: dict[str, Job] = {}
        self.queue: SimpleQueue[Job] = SimpleQueue()
        self.worker: threading.Thread | None = None
        self.process: subprocess.Popen[str] | None = None
        self.stopped = False
        self.lock = threading.Lock()

    def job(self, order: Order) -> Job:
        """Find the job of an order, or begin one."""
        with self.lock:
            self._forget()
            if known := self.jobs.get(order.key):
                return known
            if sum(not job.ended for job in self.jobs.values()) >= MOST:
                raise TooMany
            made = Job(order, self._place() / order.key)
            self.jobs[order.key] = made
            self.queue.put(made)
            if self.worker is None:
                self.worker = threading.Thread(target=self._work, name="making", daemon=True)
                self.worker.start()
            return made

    def stop(self) -> None:
        """End what is being made: nobody waits for it any more."""
        with self.lock:
            self.stopped, worker = True, self.worker
            if self.process:
                self.process.terminate()
        if worker:
            worker.join(STOPPING)

    def _place(self) -> Path:
        if self.folder is None:
            self.folder = Path(tempfile.mkdtemp(prefix="facilitator-results-"))
            weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        return self.folder

    def _forget(self) -> None:
        now = time.monotonic()
        for key, job in list(self.jobs.items()):
            if job.ended and job.ended < now - (FAILED if job.failed else KEPT):
                del self.jobs[key]
                job.place.unlink(missing_ok=True)

    def _work(self) -> None:
        while True:
            with self.lock:
                try:
                    job = self.queue.get_nowait()
                except Empty:
                    self.worker = None
                    return
            self._make(job)

    def _make(self, job: Job) -> None:
        failed = True
        try:
            failed = not self.press(job)
        except OSError as error:
            if not self.stopped:
                log.warning("making: %s", error)
        finally:
            if failed:  # what there is of it may fill the disk
                job.place.unlink(missing_ok=True)
            job.end(failed=failed)

    def press(self, job: Job) -> bool:
        """Make a document in a process of its own; tell whether it is there."""
        order, config = job.order, self.app.config
        command = [sys.executable, "-P", "-m", "facilitator.cli", "make", order.what, order.id, "--progress"]
        command += ["--format", order.format, "--language", order.language, "--base", order.base]
        given = {
            "FACILITATOR_DATA": str(config["DATA"]),
            "FACILITATOR_DATABASE_URL": str(config["DATABASE_URL"]),
            "FACILITATOR_SECRET": secrets.token_urlsafe(32),  # any: documents need none, and learn none
        }
        with self._begun([*command, "--out", str(job.place)], given) as process:
            end = threading.Timer(PATIENCE, process.kill)
            end.start()
            last = ""
            for line in process.stderr or ():
                job.tell(line)
                last = line
            end.cancel()
        there = process.returncode == 0 and job.place.exists()
        if not (there or self.stopped):
            log.warning("making %s %s as %s: %s", order.what, order.id, order.format, last.strip())
        return there

    def _begun(self, command: list[str], given: dict[str, str]) -> subprocess.Popen[str]:
        with self.lock:
            if self.stopped:
                raise InterruptedError("the server is ending")
            self.process = subprocess.Popen(  # noqa: S603 - our own program, its words come from our own routes
                command,
                env={**os.environ, **given},
                stderr=subprocess.PIPE,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                start_new_session=True,  # a Ctrl-C is for the server, which ends it in order
            )
            return self.process


def init_app(app: Flask) -> None:
    """Let an app make documents."""
    app.extensions["making"] = Making(app)


def order(what: str, id: int | str, format: str, language: str) -> Order:
    """Order something as it stands now."""
    state = db.session.scalar(select(func.max(Trail.id))) or 0
    return Order(what, str(id), format, language, base(), state)


def job(wanted: Order) -> Job:
    """Give the job of an order; one that was waited for comes back as it is."""
    outcome = request.environ.get("facilitator.outcome")
    if isinstance(outcome, Again):
        waited: Job = outcome.details["job"]
        if (waited.order.format, waited.order.language) == (wanted.format, wanted.language):
            return waited
    making: Making = current_app.extensions["making"]
    return making.job(wanted)


def waited(job: Job) -> Response | None:
    """Wait for a job: under the asynchronous front by asking again, with no thread held; else here."""
    if job.ended:
        return None
    handoff = request.environ.get("facilitator.front")
    if handoff is not None:
        handoff.receipt = job.receipt
        return Response(status=202)
    try:
        job.receipt.wait(PATIENCE)
    except Again:
        return None
    raise NotMade


def started(wanted: Order, kept: Callable[[bytes], None]) -> None:
    """Begin a job that nobody waits for, and hand over what it made; tests begin none."""
    if current_app.testing:
        return
    making: Making = current_app.extensions["making"]
    job = making.job(wanted)
    job.receipt.then(lambda _: None if job.failed else kept(job.place.read_bytes()))


def content(job: Job) -> bytes:
    """Give what was made."""
    if job.failed:
        raise NotMade
    try:
        return job.place.read_bytes()
    except FileNotFoundError:  # forgotten a moment ago
        raise NotMade from None
