"""A rehearsal that runs behind the desk: in a process of its own, one for a session, ended in time."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from facilitator.refusals import N_, Refusal

MOST_PEOPLE = 300
LONGEST = 300  # seconds
GRACE = 30
KINDNESS = 10
RUNNING, DONE, FAILED, LATE = "running", "done", "failed", "late"


class Rehearsing(Refusal):
    """A rehearsal of the session runs already."""

    message = N_("A rehearsal of this session is already running.")


@dataclass(frozen=True)
class Trial:
    """One rehearsal as it stands: what was asked, how far it is, what it found."""

    state: str
    people: int
    bad_network: bool
    activities: Sequence[int]
    done: int = 0
    report: Mapping[str, Any] = field(default_factory=dict)


def begin(
    data: Path,
    url: str,
    session_id: int,
    code: str,
    people: int,
    bad_network: bool,
    activities: Sequence[int],
) -> None:
    """Start a rehearsal that leaves the room its machine; one that runs already is refused."""
    last = latest(data, session_id)
    if last and last.state == RUNNING:
        raise Rehearsing
    folder = _folder(data, session_id)
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("ended", "report", "progress"):
        (folder / name).unlink(missing_ok=True)
    asked = {"people": people, "bad_network": bad_network, "activities": list(activities)}
    (folder / "asked").write_text(json.dumps(asked | {"began": time.time()}), encoding="utf-8")
    command = [sys.executable, "-m", "facilitator.cli", "rehearse", code, "--phones", str(people), "--json"]
    with (folder / "report").open("wb") as report, (folder / "progress").open("wb") as progress:
        process = subprocess.Popen(  # noqa: S603 - our own program, and digits
            command + ["--bad-network"] * bad_network,
            env={**os.environ, "FACILITATOR_DATA": str(data), "FACILITATOR_DATABASE_URL": url},
            stdin=subprocess.DEVNULL,
            stdout=report,
            stderr=progress,
        )
    with contextlib.suppress(AttributeError, OSError):  # not every system knows kindness
        os.setpriority(os.PRIO_PROCESS, process.pid, KINDNESS)
    threading.Thread(target=_wait, args=(process, folder / "ended"), daemon=True).start()


def latest(data: Path, session_id: int) -> Trial | None:
    """Give the last rehearsal of a session, running or not."""
    folder = _folder(data, session_id)
    try:
        asked = json.loads((folder / "asked").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    began, ended = asked.pop("began"), _ended(folder / "ended")
    if not ended:
        state = RUNNING if time.time() < began + LONGEST + GRACE else FAILED
        return Trial(state, done=_done(folder / "progress"), **asked)
    try:
        report = json.loads((folder / "report").read_text(encoding="utf-8"))
    except ValueError:
        return Trial(ended, **asked)
    return Trial(DONE, report=report, **asked)


def _wait(process: subprocess.Popen[bytes], ended: Path) -> None:
    state = FAILED
    try:
        process.wait(LONGEST)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        state = LATE
    ended.write_text(state, encoding="utf-8")


def _ended(told: Path) -> str:
    """Read how it ended; nothing while that is not written, though the file may be there."""
    try:
        return told.read_text(encoding="utf-8")
    except OSError:
        return ""


def _done(progress: Path) -> int:
    """Read how many questions have been played."""
    try:
        lines = progress.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 0
    return max((int(line.removeprefix("played ")) for line in lines if line.startswith("played ")), default=0)


def _folder(data: Path, session_id: int) -> Path:
    return data / "rehearsals" / str(session_id)
