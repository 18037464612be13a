"""The bench of summaries: a long session of a large room, handed out in each format."""

from __future__ import annotations

import compileall
import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert
from werkzeug.datastructures import MultiDict

import facilitator
from facilitator import create_app, db, schema
from facilitator.kinds import KINDS
from facilitator.kinds.base import canonical
from facilitator.models.activity import Activity
from facilitator.models.ballot import Ballot
from facilitator.models.country import Country
from facilitator.models.guide import Guide
from facilitator.models.institution import TYPES
from facilitator.models.participant import Participant
from facilitator.models.session import Session
from facilitator.models.workshop import Workshop

FORMATS = ("docx", "pdf", "xlsx", "csv", "json", "zip")
ACTIVITIES, OPTIONS, PEOPLE = 20, 60, 1000
TURNS = 3  # each in its turn; the middle one counts
FIRST = (5, 10)  # how many options somebody puts in order who is shown a long list on a phone
ABOUT = (1 / 4, 5 / 12)  # the part of them that somebody says anything of elsewhere
TARGETS = [[number, {"en": f"Challenge {number}"}] for number in range(10_001, 10_006)]


def held(folder: Path, activities: int, options: int, people: int, *, usual: bool = False) -> int:
    """Hold a session of all kinds in a new installation; give its number.

    In a usual one nobody answers to the end of long lists, in the widest everybody does.
    """
    app = create_app(DATA=folder)
    chance = Random(5)
    with app.app_context():
        schema.prepare()
        session = begun()
        room = [(f"phone{number:017}", TYPES[number % len(TYPES)]) for number in range(people)]
        rows = [{"session_id": session.id, "key": key, "type": type_} for key, type_ in room]
        db.session.execute(insert(Participant), rows)
        kinds = list(KINDS)
        for place in range(activities):
            ask(session, kinds[place % len(kinds)], place, options, room, chance, usual=usual)
        db.session.commit()
        return session.id


def begun() -> Session:
    """Make a session of a workshop."""
    today, title = dt.datetime.now(dt.UTC).date(), {"en": "Bench"}
    guide = Guide(country=Country.named("SN"), title=title, languages=["en"])
    days = {"starts_on": today, "ends_on": today}
    workshop = Workshop(guide=guide, title=title, place="Dakar", languages=["en"], **days)
    session = Session(workshop=workshop, title=title, capacity=10 * PEOPLE, asks_type=True)
    db.session.add_all([workshop, session])
    db.session.flush()
    return session


def ask(
    session: Session,
    kind: str,
    place: int,
    options: int,
    room: list[tuple[str, str]],
    chance: Random,
    *,
    usual: bool,
) -> None:
    """Put a question to the room, let everyone answer, close it."""
    settings: dict[str, Any] = {"targets": TARGETS} if kind == "linking" else {}
    activity = Activity(session=session, kind=kind, prompt={"en": f"Question {place + 1}?"}, position=place)
    db.session.add(activity)
    db.session.flush()
    texts = [{"en": f"Challenge {place + 1}.{n}: a wording of usual length"} for n in range(1, options + 1)]
    activity.edit(kind, activity.prompt, settings, [(None, text) for text in texts])
    round_, form = activity.open(), activity.form_kind
    shown = activity.read_options("en")
    read, ids = form.ballot_form(shown, settings), [option.id for option in shown]
    rows = []
    for key, type_ in room:
        seen = heeded(kind, ids, chance) if usual else ids
        ballot = read(MultiDict(form.imagined(seen, settings, chance)))
        ballot.validate()
        choice = canonical(ballot.choice())
        rows.append({"round_id": round_.id, "key": key, "choice": choice, "revision": 1, "type": type_})
    db.session.execute(insert(Ballot), rows)
    round_.closed_at = db.now()
    db.session.flush()
    round_.keep_result()


def heeded(kind: str, options: list[int], chance: Random) -> list[int]:
    """Choose which options of a long list somebody says anything of, in the order of the list."""
    number = len(options)
    least, most = FIRST if kind == "ranking" else (int(number * part) for part in ABOUT)
    return sorted(chance.sample(options, min(number, chance.randint(least, most))), key=options.index)


def measured(folder: Path, session: int, formats: tuple[str, ...], turns: int) -> dict[str, Any]:
    """Hand the session out in each format: seconds, those of the processor, and the most memory it took."""
    found: dict[str, Any] = {}
    for format in formats:
        took = zip(*(_one(folder, session, format) for _ in range(turns)), strict=True)
        names = (f"{format}_s", f"{format}_cpu_s", f"{format}_mib")
        found |= {name: statistics.median(each) for name, each in zip(names, took, strict=True)}
    return found


def _one(folder: Path, session: int, format: str) -> tuple[float, float, float]:
    command = [sys.executable, "-P", "-m", "facilitator.cli", "make", "session", str(session)]
    environ = {**os.environ, "FACILITATOR_DATA": str(folder)}
    started = time.monotonic()
    out = str(folder / f"summary.{format}")
    process = subprocess.Popen([*command, "--format", format, "--out", out], env=environ)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"The bench’s {format} ended with {process.returncode}.")
    return time.monotonic() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def summary_s(*, quick: bool) -> dict[str, Any]:
    """Measure the summaries of a long session, the widest and a usual one; in a hurry of a shorter one."""
    if quick:
        return {"summary": _made((4, 20, 100), FORMATS[:2], 1, usual=False)}
    compileall.compile_dir(Path(facilitator.__file__).parent, quiet=1)  # as it is where it is installed
    size = (ACTIVITIES, OPTIONS, PEOPLE)
    return {
        "summary": _made(size, FORMATS, TURNS, usual=False),
        "summary_usual": _made(size, FORMATS, TURNS, usual=True),
    }


def _made(size: tuple[int, int, int], formats: tuple[str, ...], turns: int, *, usual: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="bench-summary-") as name:
        session = held(Path(name), *size, usual=usual)
        # what a process begins bears its peak of memory at first: this one's is high
        with ProcessPoolExecutor(1, get_context("spawn")) as small:
            return small.submit(measured, Path(name), session, formats, turns).result()
