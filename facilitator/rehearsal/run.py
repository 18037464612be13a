"""Play a session through with a room of simulated people, and say what would go wrong."""

from __future__ import annotations

import contextlib
import secrets
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

from facilitator import ballotbox, create_app, db, events, keys, schema
from facilitator.demo.handset import Handset
from facilitator.models.activity import Activity
from facilitator.models.session import Session
from facilitator.refusals import N_, Refusal
from facilitator.rehearsal.door import newcomers
from facilitator.rehearsal.lists import MOST, let_on, take_on
from facilitator.rehearsal.people import OK, SEE_OTHER, Guest
from facilitator.rehearsal.script import Script
from facilitator.server import serving

if TYPE_CHECKING:
    from flask import Flask

AT_ONCE = 24
PAGE_BUDGET = 14_600
SLOW_ANSWER = 1.0
FEW_CARDS = N_("There are fewer cards than people: %(cards)s for %(people)s.")


@dataclass(frozen=True)
class Finding:
    """Something that would go wrong, or be hard on people, and where."""

    message: str
    details: dict[str, Any] = field(default_factory=dict)
    place: int = 0
    grave: bool = True


@dataclass(frozen=True)
class Course:
    """How one question went."""

    place: int
    answered: int
    expected: int
    seconds_p50: float
    seconds_p99: float
    page_bytes: int


@dataclass
class Report:
    """All that a rehearsal found."""

    people: int
    courses: list[Course] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def found(self, message: str, place: int = 0, *, grave: bool = True, **details: Any) -> None:
        """Note a finding once."""
        finding = Finding(message, details, place, grave)
        if finding not in self.findings:
            self.findings.append(finding)


@contextlib.contextmanager
def stage() -> Iterator[tuple[Flask, int]]:
    """Serve an empty installation on a port of this machine, thrown away afterwards."""
    with tempfile.TemporaryDirectory(prefix="facilitator-rehearsal-") as folder:
        config = {"DATA": folder, "DATABASE_URL": f"sqlite:///{folder}/facilitator.db"}
        app = create_app(SECRET_KEY=secrets.token_urlsafe(32), **config)
        with app.app_context():
            schema.prepare()
            hub, box = events.hub(), ballotbox.box()
        listening = serving.listen("127.0.0.1", 0)
        server = serving.server(app, hub)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield app, listening.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(10)
            box.stop()
            hub.close()
            app.extensions["engine"].dispose()


def rehearse(
    script: Script,
    people: int,
    *,
    bad_network: bool = False,
    seed: int = 0,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Report:
    """Let so many people join and answer every question of the script."""
    report, chance = Report(people), Random(seed)  # noqa: S311 - simulated people choose by chance
    with stage() as (app, port), app.app_context():
        session = script.play()
        number, code = session.id, session.code
        coming = newcomers(session, people, script.cards)
        db.session.commit()
        if session.by_card and len(script.cards) < people:
            report.found(FEW_CARDS, cards=len(script.cards), people=people)
        db.session.rollback()
        guests = [
            Guest(
                Handset("127.0.0.1", port, keys.fresh(), script.languages[place % len(script.languages)]),
                newcomer,
                Random(chance.random()),  # noqa: S311
                bad_network,
            )
            for place, newcomer in enumerate(coming)
        ]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            inside = _join(app, code, guests, pool, report)
            played = 0
            for places in script.together:
                progress(played, len(script.parts))
                _ask(app, number, places, inside, pool, report)
                played += len(places)
        progress(len(script.parts), len(script.parts))
    if not script.parts:
        report.found(N_("There is no question in this session yet."))
    return report


def _join(
    app: Flask, code: str, guests: list[Guest], pool: ThreadPoolExecutor, report: Report
) -> list[Guest]:
    def enter(guest: Guest) -> bool:
        card = guest.newcomer.card
        with app.app_context():
            fields = [("token", keys.token(guest.phone.secret)), *guest.newcomer.fields]
            entering = keys.card_secret(card) if card else guest.phone.secret
        try:
            came = guest.insist(f"/j/{code}{'/card' if card else ''}", fields).status == SEE_OTHER
        except OSError:
            return False
        guest.phone.secret = entering
        return came

    inside = [guest for guest, came in zip(guests, pool.map(enter, guests), strict=True) if came]
    if len(inside) < len(guests):
        outside = len(guests) - len(inside)
        report.found(
            N_("%(outside)s people could not come in: the session has too few places."), outside=outside
        )
    return inside


@dataclass(frozen=True)
class Asked:
    """A question that is open: where answers go, who may answer, and what each of them says."""

    place: int
    activity_id: int
    round_id: int
    code: str
    guests: list[Guest]
    fields: list[list[tuple[str, str]]]


def _ask(
    app: Flask,
    number: int,
    places: Sequence[int],
    guests: list[Guest],
    pool: ThreadPoolExecutor,
    report: Report,
) -> None:
    opened = [asked for place in places if (asked := _open(number, place, guests, report))]
    events.hub().announce(number, events.ACTIVITY)
    for asked in opened:

        def visit(guest: Guest, fields: list[tuple[str, str]], asked: Asked = asked) -> Visited:
            return _visit(app, guest, fields, asked)

        replies = list(pool.map(visit, asked.guests, asked.fields))
        _close(number, asked.activity_id, asked.round_id, replies, asked.place, report)


def _open(number: int, place: int, guests: list[Guest], report: Report) -> Asked | None:
    activity = db.session.get_one(Session, number).running_order[place - 1]
    take_on(activity)
    if len(activity.options) > MOST and activity.form_kind.least_options:
        count = len(activity.options)
        report.found(
            N_("It has %(count)s options: more than nine are hard to read on a phone and on the wall."),
            place,
            grave=False,
            count=count,
        )
    try:
        round_id = activity.open().id
    except Refusal as refusal:
        db.session.rollback()
        report.found(refusal.message, place, **refusal.details)
        return None
    activity.session.show(activity)
    able = [guest for guest in guests if not activity.answerers or guest.newcomer.type in activity.answerers]
    if guests and not able:
        report.found(N_("None of the simulated people may answer it."), place)
    code, fields = activity.session.code, _answers(activity, able)
    asked = Asked(place, activity.id, round_id, code, able, fields)
    db.session.commit()
    return asked


def _answers(activity: Activity, guests: list[Guest]) -> list[list[tuple[str, str]]]:
    kind, settings = activity.form_kind, activity.settings
    options = [item.id for item in activity.options]
    return [kind.imagined(options, settings, guest.chance) for guest in guests]


@dataclass(frozen=True)
class Visited:
    """What one person's phone met at one question."""

    received: bool
    page_bytes: int
    seconds: float


def _visit(app: Flask, guest: Guest, fields: list[tuple[str, str]], asked: Asked) -> Visited:
    with app.app_context():
        token = keys.token(guest.phone.secret)
    try:
        size = 0
        with contextlib.suppress(OSError):
            page = guest.ask("GET", f"/p/{asked.code}?question={asked.activity_id}")
            size = page.size if page.status == OK else 0
        path = f"/p/{asked.code}/answers/{asked.round_id}"
        reply = guest.insist(path, [*fields, ("token", token), ("revision", "1")])
        return Visited(reply.status == OK, size, reply.seconds)
    except OSError:
        return Visited(False, 0, 0.0)


def _close(
    number: int, activity_id: int, round_id: int, replies: Sequence[Visited], place: int, report: Report
) -> None:
    ballotbox.box().close(round_id, number).wait()
    round_ = db.session.get_one(Activity, activity_id).rounds[-1]
    kept, received = round_.ballot_count, sum(reply.received for reply in replies)
    let_on(round_)
    began = time.perf_counter()
    round_.keep_result()
    counting = time.perf_counter() - began
    db.session.commit()
    times = sorted(reply.seconds for reply in replies if reply.received) or [0.0]
    late = times[min(len(times) - 1, int(len(times) * 0.99))]
    size = max((reply.page_bytes for reply in replies), default=0)
    report.courses.append(Course(place, kept, len(replies), statistics.median(times), late, size))
    if kept != received:
        report.found(
            N_("%(received)s answers were acknowledged, %(kept)s were kept."),
            place,
            received=received,
            kept=kept,
        )
    if received < len(replies):
        missing = len(replies) - received
        report.found(N_("%(missing)s people could not answer."), place, missing=missing)
    if late > SLOW_ANSWER or counting > SLOW_ANSWER:
        report.found(N_("This machine is slow for so many people."), place, grave=False)
    if size > PAGE_BUDGET:
        report.found(
            N_("Its page is heavy for a slow network: %(size)s bytes."), place, grave=False, size=size
        )
