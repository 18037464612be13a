"""What the phones of a session look at: read once for all of them, and again when the desk acts."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session as Reading

from facilitator import db, events
from facilitator.kinds.base import BallotForm, Choice, Option, Spoken
from facilitator.models.activity import Activity
from facilitator.models.ballot import Ballot
from facilitator.models.participant import Participant
from facilitator.models.proposal import WAITING
from facilitator.models.round import Round
from facilitator.models.session import Session, digits
from facilitator.models.written import Marks
from facilitator.refusals import NotOpen, UnknownCode

LIFETIME = 2.0  # seconds: what no announcement tells, such as a new title, is seen after this long
REMEMBERED = 100_000
Fates = Mapping[int, tuple[str, int | None]]
LOBBY, SOON, OPEN, CLOSED = "lobby", "soon", "open", "closed"


@dataclass(frozen=True)
class Question:
    """One round as the ballots' way needs it: whose it is and what may be answered."""

    activity_id: int
    answerers: Sequence[str]
    form: Callable[..., BallotForm]
    said: Callable[[Choice], Sequence[Spoken]]

    @classmethod
    def of(cls, activity: Activity) -> Question:
        """Take from an activity what every ballot on it needs; what just left the wall may still be meant."""
        kind, options = activity.form_kind, activity.read_options("en")
        gone = [said.item_id for said in activity.round.proposals if said.item_id] if activity.round else []
        options += [Option(item, "", "") for item in gone]
        return cls(activity.id, activity.answerers, kind.ballot_form(options, activity.settings), kind.said)


@dataclass(frozen=True)
class Scene:
    """A session, the activity of the moment and its latest round, detached from any database session."""

    session: Session
    activity: Activity | None
    round: Round | None
    question: Question | None
    fates: Mapping[str, Fates]
    digest: str
    block: Sequence[Scene] = field(default=(), repr=False, compare=False)
    within: bool = False

    @cached_property
    def session_id(self) -> int:
        """Give the number of the session, which every ballot asks for."""
        return self.session.id

    @cached_property
    def code(self) -> str:
        """Give the code of the session."""
        return self.session.code

    @property
    def state(self) -> str:
        """Say what there is to do: wait, get ready, answer, look at the screen."""
        if self.activity is None:
            return LOBBY
        if self.round is None:
            return SOON
        return OPEN if self.round.is_open else CLOSED

    @property
    def left(self) -> int | None:
        """Count the seconds left on the timer, which only signals."""
        if self.state != OPEN or self.round is None or self.round.deadline is None:
            return None
        return max(0, round((self.round.deadline - db.now()) / dt.timedelta(seconds=1)))

    def has(self, key: str) -> bool:
        """Tell whether a phone is in the session."""
        return self.marks(key) is not None

    def marks(self, key: str) -> Marks | None:
        """Give what the ballots of a phone bear, or nothing where it is not in."""
        known = _kept().admitted
        if marks := known.get((self.code, key)):
            return marks
        with _reading() as reading:
            found = reading.get(Participant, (self.session.id, key))
        if found is None:
            return None
        if len(known) >= REMEMBERED:
            known.clear()
        marks = Marks(found.type, participant=key if self.session.named else None)
        known[self.code, key] = marks
        return marks

    def at(self, activity: str | None) -> Scene:
        """Give one question of several that are open at once; anything else leaves all of them."""
        return next(
            (each for each in self.block if each.activity and str(each.activity.id) == activity), self
        )

    def on(self, round_id: int) -> Scene:
        """Give the question of several that a ballot is for."""
        return next((each for each in self.block if each.round and each.round.id == round_id), self)

    def answer(self, key: str) -> Ballot | None:
        """Find what a phone has answered to the question of the moment."""
        if self.round is None:
            return None
        with _reading() as reading:
            return reading.get(Ballot, (self.round.id, key))

    def asked(self, round_id: int) -> Question:
        """Find the question of a round of this session: the one of the moment, else a late ballot's."""
        if self.question and self.round and self.round.id == round_id:
            return self.question
        if (meant := self.on(round_id)).within and meant.question:
            return meant.question
        with _reading() as reading:
            late = reading.get(Round, round_id)
            if late is None or late.session_id != self.session.id:
                raise NotOpen
            return Question.of(late.activity)


@dataclass
class Kept:
    """What one process remembers of the scenes of all sessions."""

    scenes: dict[str, tuple[int, float, Scene]] = field(default_factory=dict)
    turns: Counter[int] = field(default_factory=Counter)
    watched: set[int] = field(default_factory=set)
    admitted: dict[tuple[str, str], Marks] = field(default_factory=dict)


def of(typed: str) -> Scene:
    """Find what the session with this code shows now."""
    kept = _kept()
    code = typed if typed in kept.scenes else digits(typed)
    if known := kept.scenes.get(code):
        turn, until, scene = known
        if turn == kept.turns[scene.session_id] and time.monotonic() < until:
            return scene
    with _reading() as reading:
        session = reading.scalar(select(Session).where(Session.code == code, Session.withdrawn.is_(False)))
        if session is None:
            kept.scenes.pop(code, None)
            raise UnknownCode(code=code)
        _watch(session.id)
        turn = kept.turns[session.id]
        reading.rollback()  # look afresh: what changes from now on counts a turn
        scene = _read(session)
    kept.scenes[code] = (turn, time.monotonic() + LIFETIME, scene)
    return scene


def _read(session: Session) -> Scene:
    current = session.current
    latest = current.round if current else None
    asked = [each.activity for each in latest.together] if latest else []
    shown = [session.id, session.title, session.languages, *_shown(current)]
    for each in asked:
        shown += _shown(each)
    digest = hashlib.blake2b(repr(shown).encode(), digest_size=8).hexdigest()
    block: list[Scene] = []
    block += [_scene(session, each, digest, block, within=True) for each in asked]
    return _scene(session, current, digest, block)


def _scene(
    session: Session, activity: Activity | None, digest: str, block: Sequence[Scene], within: bool = False
) -> Scene:
    latest = activity.round if activity else None
    question = Question.of(activity) if activity else None
    fates = decided(latest) if latest else {}
    return Scene(session, activity, latest, question, fates, digest, block, within)


def _shown(activity: Activity | None) -> list[object]:
    if activity is None:
        return [None]
    latest = activity.round
    return [
        (activity.id, activity.kind, activity.prompt, activity.settings, activity.answerers),
        [(item.id, item.wording) for item in activity.options],
        latest and (latest.id, latest.closed_at, latest.deadline, decided(latest)),
    ]


def decided(round_: Round) -> Mapping[str, Fates]:
    """Tell for each phone which of its proposals a person has decided on, and the item each counts under."""
    found: defaultdict[str, dict[int, tuple[str, int | None]]] = defaultdict(dict)
    for proposal in round_.proposals:
        if proposal.state != WAITING:
            item = proposal.stands_for
            found[proposal.key][proposal.number] = proposal.state, item.id if item else None
    return dict(found)


def _watch(session_id: int) -> None:
    kept = _kept()
    if session_id in kept.watched:
        return
    kept.watched.add(session_id)

    def turned(topic: str, _version: int) -> None:
        if topic in (events.ACTIVITY, events.TEXTS):
            kept.turns[session_id] += 1
        if topic == events.DOOR:
            kept.admitted = {}  # not emptied: who is being looked up now must not come back into it

    events.hub().listen(session_id, turned, first=True)  # before a page hears of it, and asks


def _kept() -> Kept:
    return cast(Kept, current_app.extensions["scenes"])


def _reading() -> Reading:
    # its own, so that a post takes no write lock before its ballot is in the box
    return Reading(current_app.extensions["reading"])
