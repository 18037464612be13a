"""The ballot box: one writer gathers the ballots that wait and answers each after it is safely on disk."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import cast

from flask import Flask, current_app
from sqlalchemy import Connection, Engine, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from facilitator import db
from facilitator.kinds.base import Spoken
from facilitator.models import written
from facilitator.models.round import Round
from facilitator.models.written import NO_MARKS, Marks, Written
from facilitator.refusals import Closed, NotOpen, Refusal, StorageBusy, StorageFull

LARGEST_BATCH = 2000
LAST_REVISION = 10**9
PATIENCE = 15.0
# a commit costs as much as a few dozen ballots: the more came with the last one, the longer it waits for more
GATHER = 0.0001  # seconds for each
LONGEST_GATHER = 0.002
FULL = ("full", "no space", "disk i/o", "could not extend")
log = logging.getLogger(__name__)
_settling = threading.Lock()  # one for all receipts: held for an instant


class Receipt:
    """A promise about one ballot or closing: settled once the disk has it, or once it is refused."""

    __slots__ = ("_callbacks", "_settled", "refusal")

    def __init__(self) -> None:
        self.refusal: Refusal | None = None
        self._settled = False
        self._callbacks: list[Callable[[Receipt], None]] = []

    def done(self) -> bool:
        """Tell whether it is settled."""
        return self._settled

    def wait(self, timeout: float = PATIENCE) -> None:
        """Return when the disk has it; raise the refusal otherwise."""
        settled = threading.Event()
        self.then(lambda _: settled.set())
        if not settled.wait(timeout):
            raise StorageBusy
        if self.refusal is not None:
            raise self.refusal

    def then(self, callback: Callable[["Receipt"], None]) -> None:
        """Call back when settled, from the writer's thread, or at once if that was earlier."""
        with _settling:
            if not self._settled:
                self._callbacks.append(callback)
                return
        callback(self)

    def settle(self, refusal: Refusal | None = None) -> None:
        """Say how it ended, and call back everyone who waits."""
        with _settling:
            self.refusal, self._settled = refusal, True
        callbacks, self._callbacks = self._callbacks, []  # kept, they hold what holds this receipt
        for callback in callbacks:
            try:
                callback(self)
            except Exception:
                log.exception("calling back")


@dataclass(slots=True)
class Slip:
    """What waits in the box: a ballot, or a closing when it has no key."""

    round_id: int
    session_id: int
    key: str = ""
    choice: str = ""
    revision: int = 0
    marks: Marks = NO_MARKS
    said: Sequence[Spoken] = ()
    receipt: Receipt = field(default_factory=Receipt)


class BallotBox:
    """The only way for a ballot to reach the database, and for a round to close."""

    def __init__(self, engine: Engine, announce: Callable[[int, str], None]) -> None:
        self.engine = engine
        self.announce = announce
        self.waiting: queue.SimpleQueue[Slip | None] = queue.SimpleQueue()
        self.writer: threading.Thread | None = None
        self.line: Connection | None = None
        self.starting = threading.Lock()
        self.shown: set[int] = set()

    def cast(
        self,
        round_id: int,
        session_id: int,
        key: str,
        choice: str,
        revision: int | None = None,
        *,
        marks: Marks = NO_MARKS,
        said: Sequence[Spoken] = (),
    ) -> Receipt:
        """Put in a ballot; the same phone's older revision never overwrites a newer one."""
        revision = min(revision or 0, LAST_REVISION)
        return self._put(Slip(round_id, session_id, key, choice, revision, marks, said))

    def close(self, round_id: int, session_id: int) -> Receipt:
        """Close a round behind every ballot already in the box; ends the caller's own transaction first."""
        db.session.commit()
        return self._put(Slip(round_id, session_id))

    def stop(self) -> None:
        """Write what waits, then rest."""
        with self.starting:
            writer, self.writer = self.writer, None
        if writer:
            self.waiting.put(None)
            writer.join(timeout=PATIENCE)

    def _put(self, slip: Slip) -> Receipt:
        self.waiting.put(slip)
        if self.writer is None:
            with self.starting:
                if self.writer is None:
                    self.writer = threading.Thread(target=self._run, name="ballot box", daemon=True)
                    self.writer.start()
        return slip.receipt

    def _run(self) -> None:
        company = 0
        while (first := self.waiting.get()) is not None:
            if company:
                time.sleep(min(company * GATHER, LONGEST_GATHER))
            batch, last = [first], False
            while len(batch) < LARGEST_BATCH and not self.waiting.empty():
                slip = self.waiting.get()
                if slip is None:
                    last = True
                    break
                batch.append(slip)
            company = len(batch) - 1
            for closing, slips in groupby(batch, key=lambda slip: not slip.key):
                for part in ([one] for one in slips) if closing else (list(slips),):
                    self._settle(part, self._close if closing else self._write)
            if last:
                break
        self._let_go()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        if self.line is None:
            self.line = self.engine.connect()
        try:
            with self.line.begin():
                yield self.line
        except BaseException:
            self._let_go()
            raise
        if (
            self.engine.dialect.name != "sqlite"
        ):  # a server may go away between two batches: the pool looks first
            self._let_go()

    def _let_go(self) -> None:
        line, self.line = self.line, None
        if line is not None:
            line.close()

    def _settle(self, slips: list[Slip], act: Callable[[Connection, list[Slip]], set[int]]) -> None:
        """Do one transaction, then answer everyone in it."""
        try:
            with self._transaction() as connection:
                taken = act(connection, slips)
        except SQLAlchemyError as error:
            log.warning("ballot box: %s", error.orig if isinstance(error, DBAPIError) else error)
            for slip in slips:
                slip.receipt.settle(storage_refusal(error))
            return
        except Exception:
            log.exception("ballot box")
            for slip in slips:
                slip.receipt.settle(StorageBusy())
            return
        for slip in slips:
            if slip.round_id in taken:
                slip.receipt.settle()
            else:
                slip.receipt.settle(Closed() if slip.key else NotOpen())
        self._tell({slip.session_id for slip in slips if slip.key and slip.round_id in taken}, "ballots")
        self._tell({slip.session_id for slip in slips if slip.round_id in self.shown}, "texts")
        self.shown.clear()

    def _tell(self, sessions: Iterable[int], topic: str) -> None:
        for session_id in sessions:
            try:
                self.announce(session_id, topic)
            except Exception:
                log.exception("announcing ballots")

    def _write(self, connection: Connection, slips: list[Slip]) -> set[int]:
        taken = written.open_among(connection, {slip.round_id for slip in slips})
        ballots = _latest(slip for slip in slips if slip.round_id in taken)
        written.keep(connection, ballots)
        self.shown = written.release(connection, ballots)
        return taken

    def _close(self, connection: Connection, slips: list[Slip]) -> set[int]:
        (slip,) = slips
        still_open = (Round.id == slip.round_id) & Round.closed_at.is_(None)
        closed = connection.execute(
            update(Round).where(still_open).values(closed_at=db.now()).returning(Round.id)
        )
        return set(closed.scalars())


def _latest(slips: Iterable[Slip]) -> list[Written]:
    """Keep each phone's last word in a batch, in an order that cannot deadlock with another process."""
    last: dict[tuple[int, str], Slip] = {}
    for slip in slips:
        known = last.get((slip.round_id, slip.key))
        if known is None or slip.revision == 0 or slip.revision > known.revision:
            last[slip.round_id, slip.key] = slip
    return [
        Written(slip.round_id, slip.key, slip.choice, slip.revision, slip.marks, slip.said)
        for _, slip in sorted(last.items())
    ]


def storage_refusal(error: SQLAlchemyError) -> Refusal:
    """Say what the storage lacks: room, or time."""
    said = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    return StorageFull() if any(word in said for word in FULL) else StorageBusy()


def init_app(app: Flask, announce: Callable[[int, str], None]) -> None:
    """Give the app its ballot box."""
    app.extensions["ballotbox"] = BallotBox(app.extensions["engine"], announce)


def box() -> BallotBox:
    """Name the ballot box of the current app."""
    return cast(BallotBox, current_app.extensions["ballotbox"])
