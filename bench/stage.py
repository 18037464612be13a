"""The room of the bench: one session, one question, and phones that are in."""

from __future__ import annotations

import datetime as dt
import threading
import time
from pathlib import Path
from typing import Any

import psutil
from flask import Flask
from sqlalchemy import event, func, insert, select

from bench.child import roam
from facilitator import ballotbox, db, events, keys, schema
from facilitator.models.activity import Activity
from facilitator.models.ballot import Ballot
from facilitator.models.country import Country
from facilitator.models.guide import Guide
from facilitator.models.participant import Participant
from facilitator.models.session import Session
from facilitator.models.workshop import Workshop
from facilitator.web import scene
from facilitator.web.making import Order

OPTIONS = 5
WAL_HEADER = 32
CHECKPOINT_SYNCS = 3


class Stage:
    """What the bench asks of the server's own process."""

    def __init__(self, app: Flask, phones: int, folder: Path) -> None:
        self.app, self.folder, self.seconds = app, folder, 0.0
        self.log, self.commits = b"", 0
        self.made, self.wanted = 0, False
        with app.app_context():
            schema.prepare()
            self._set(phones)
        event.listen(app.extensions["engine"], "commit", self._sync)

    def answer(self, asked: dict[str, Any]) -> Any:
        """Do what the bench asks."""
        with self.app.app_context():
            return getattr(self, asked.pop("do"))(**asked)

    def facts(self) -> dict[str, Any]:
        """Give what a phone reads from its pages."""
        activity = db.session.get_one(Activity, self.activity_id)
        return {
            "code": self.code,
            "wall": self.wall,
            "options": [item.id for item in activity.options],
            "phones": self.phones,
        }

    def round(self) -> dict[str, Any]:
        """Close the round that is open and open a new one, for voters who have not voted yet."""
        activity = db.session.get_one(Activity, self.activity_id)
        if activity.round and activity.round.is_open:
            ballotbox.box().close(activity.round.id, activity.session_id).wait()
            db.session.expire_all()
        made = activity.open()
        db.session.commit()
        events.hub().announce(self.session_id, events.ACTIVITY)
        self.round_id = made.id
        shown = scene.of(self.code)
        for _secret, _token, key in self.phones:
            shown.has(key)  # every phone has looked at its page before it answers
        return {"round": made.id, "digest": shown.digest}

    def reveal(self) -> None:
        """Show the result while it grows."""
        db.session.get_one(Activity, self.activity_id).round.reveal()  # type: ignore[union-attr]
        db.session.commit()
        events.hub().announce(self.session_id, events.ACTIVITY)

    def ballots(self) -> int:
        """Count the ballots of the round."""
        counted = select(func.count()).select_from(Ballot).where(Ballot.round_id == self.round_id)
        return db.session.scalar(counted) or 0

    def announce(self) -> float:
        """Act as the desk does, and tell when."""
        at = time.monotonic()
        events.hub().announce(self.session_id, events.ACTIVITY)
        return at

    def memory(self) -> int:
        """Tell the resident memory of the server."""
        return psutil.Process().memory_info().rss

    def slow(self, seconds: float) -> None:
        """Make every sync of the disk take longer."""
        self.seconds = seconds

    def spent(self) -> float:
        """Tell the seconds of processor that the server has taken so far."""
        return time.process_time()

    def exporting(self, session: int, format: str) -> None:
        """Make summaries of another session, a long one, one after the other, as the desk has them made."""
        making, self.made, self.wanted = self.app.extensions["making"], 0, True

        def make() -> None:
            roam()
            while self.wanted:
                job = making.job(Order("session", str(session), format, "en", state=time.monotonic_ns()))
                settled = threading.Event()
                job.receipt.then(lambda _, settled=settled: settled.set())
                settled.wait()
                self.made += not job.failed

        self.exports = threading.Thread(target=make)
        self.exports.start()

    def exported(self) -> int:
        """Wait for the last summary; tell how many were made."""
        self.wanted = False
        self.exports.join()
        return self.made

    def syncs(self) -> int:
        """Count the commits so far."""
        return self.commits

    def _sync(self, _connection: Any) -> None:
        self.commits += 1
        if not self.seconds:
            return
        wal = self.folder / "facilitator.db-wal"
        with wal.open("rb") as file:
            header = file.read(WAL_HEADER)
        syncs = 1 if header == self.log else 1 + CHECKPOINT_SYNCS  # a new log: the old one was checkpointed
        self.log = header
        time.sleep(self.seconds * syncs)

    def _set(self, phones: int) -> None:
        today = dt.datetime.now(dt.UTC).date()
        title = {"en": "Bench", "fr": "Banc d'essai"}
        guide = Guide(country=Country.named("SN"), title=title, languages=["en", "fr"])
        workshop = Workshop(
            guide=guide, title=title, place="", starts_on=today, ends_on=today, languages=["en", "fr"]
        )
        session = Session(workshop=workshop, title=title, capacity=10 * phones)
        question = {"en": "Which challenge matters most?", "fr": "Quel défi compte le plus ?"}
        activity = Activity(session=session, kind="choice", prompt=question)
        db.session.add_all([workshop, session, activity])
        db.session.flush()
        items = [{"en": f"Challenge {n}", "fr": f"Défi {n}"} for n in range(1, OPTIONS + 1)]
        activity.edit("choice", question, {"most": 1}, [(None, item) for item in items])
        session.show(activity)
        secrets = [keys.fresh() for _ in range(phones)]
        self.phones = [(one, keys.token(one), keys.participant_key(one)) for one in secrets]
        rows = [{"session_id": session.id, "key": key} for _, _, key in self.phones]
        db.session.execute(insert(Participant), rows)
        self.session_id, self.activity_id, self.code, self.wall = (
            session.id,
            activity.id,
            session.code,
            session.wall,
        )
        db.session.commit()
