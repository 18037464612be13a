"""A real server process, and phones that vote over HTTP."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from flask import Flask
from sqlalchemy import func, select

from facilitator import db, keys
from facilitator.models.ballot import Ballot
from tests import factories
from tests.conftest import SECRET

PROGRAM = [sys.executable, "-c", "from facilitator.cli import main; main()"]


def environment(folder: Path, url: str = "") -> dict[str, str]:
    """Give a process an installation of its own, in English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FACILITATOR_")}
    own = {"FACILITATOR_DATA": str(folder), "FACILITATOR_SECRET": SECRET, "LC_ALL": "C.UTF-8"}
    return kept | own | ({"FACILITATOR_DATABASE_URL": url} if url else {})


class Served:
    """A server that has said where it is."""

    def __init__(self, folder: Path, url: str = "", *options: str, **named: str) -> None:
        self.complaints = tempfile.TemporaryFile("w+")  # noqa: SIM115 - a pipe that nobody reads would fill
        self.process = subprocess.Popen(
            [*PROGRAM, "serve", "--no-browser", "--json", "--host", "127.0.0.1", "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=self.complaints,
            text=True,
            env=environment(folder, url) | named,
        )
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            self.complaints.seek(0)
            raise AssertionError(self.complaints.read())
        self.said: dict[str, str] = json.loads(line)
        self.base = self.said["facilitator_link"].partition("/enter/")[0]

    @property
    def port(self) -> int:
        """Tell the port it listens on."""
        return int(self.base.rpartition(":")[2])

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *_: object) -> None:
        self.end(signal.SIGKILL)

    def end(self, how: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end."""
        if self.process.poll() is None:
            self.process.send_signal(how)
            self.process.communicate(timeout=60)
            self.complaints.close()
        return self.process.returncode


@dataclass
class Phone:
    """One participant's device: what it has sent and what was acknowledged."""

    secret: str
    token: str
    key: str
    sent: int = 0
    acknowledged: int = 0
    choices: dict[int, int] = field(default_factory=dict)


class Room:
    """A session with an open question and phones that are in."""

    def __init__(self, app: Flask, phones: int) -> None:
        self.app = app
        with app.app_context():
            activity = factories.activity(settings={"most": 1})
            activity.session.capacity = phones
            self.options = [item.id for item in activity.options]
            secrets = [keys.fresh() for _ in range(phones)]
            for secret in secrets:
                activity.session.admit(keys.participant_key(secret))
            activity.session.show(activity)
            made = activity.open()
            self.session_id, self.activity_id, self.round_id = activity.session_id, activity.id, made.id
            self.code = activity.session.code
            self.phones = [
                Phone(secret, keys.token(secret), keys.ballot_key(activity.id, secret)) for secret in secrets
            ]
            db.session.commit()
            db.engine().dispose()

    def path(self) -> str:
        """Name the address of the answers."""
        return f"/p/{self.code}/answers/{self.round_id}"

    def vote(self, line: http.client.HTTPConnection, phone: Phone, option: int) -> int:
        """Send the phone's next answer and note what the server says."""
        phone.sent += 1
        phone.choices[phone.sent] = option
        return self.send(line, phone, phone.sent)

    def send(self, line: http.client.HTTPConnection, phone: Phone, revision: int) -> int:
        """Send an answer, perhaps not for the first time."""
        body = f"token={phone.token}&option={phone.choices[revision]}&revision={revision}"
        line.request(
            "POST",
            self.path(),
            body,
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept": "application/json",
                "Cookie": f"phone={phone.secret}",
            },
        )
        answer = line.getresponse()
        told = answer.read()
        if answer.status == 200:
            assert json.loads(told) == {"state": "received", "revision": revision}
            phone.acknowledged = max(phone.acknowledged, revision)
        return answer.status

    @contextlib.contextmanager
    def burst(self, port: int, hands: int = 8, seed: int = 0) -> Iterator[None]:
        """Let the phones vote, again and again, until this ends or they are cut off."""
        stop = threading.Event()

        def hand(number: int) -> None:
            chance = Random(seed * 1000 + number)
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            with contextlib.suppress(OSError, http.client.HTTPException):
                while not stop.is_set():
                    for phone in self.phones[number::hands]:
                        self.vote(line, phone, chance.choice(self.options))
            line.close()

        threads = [threading.Thread(target=hand, args=(number,)) for number in range(hands)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    def check(self) -> None:
        """See that what was acknowledged is there, once, and nothing that was never sent."""
        with self.app.app_context():
            rows = select(Ballot.key, Ballot.choice, Ballot.revision).where(Ballot.round_id == self.round_id)
            kept = {key: (json.loads(choice), revision) for key, choice, revision in db.session.execute(rows)}
            assert db.session.scalar(select(func.count()).select_from(Ballot)) == len(kept)
            db.session.rollback()
            db.engine().dispose()
        assert kept.keys() <= {phone.key for phone in self.phones}
        for phone in self.phones:
            choice, revision = kept.get(phone.key, ({}, 0))
            assert phone.acknowledged <= revision <= phone.sent
            if revision:
                assert choice == {"options": [phone.choices[revision]]}
