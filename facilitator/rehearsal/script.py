"""A session's words and settings, taken out of its database and played again in another one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from facilitator import db
from facilitator.models.activity import Activity
from facilitator.models.country import Country
from facilitator.models.guide import Guide
from facilitator.models.session import PROMISES, Session
from facilitator.models.workshop import Workshop

Texts = dict[str, str]


@dataclass(frozen=True)
class Part:
    """One question of the session, as far as a rehearsal needs it."""

    kind: str
    prompt: Texts
    settings: dict[str, Any]
    options: tuple[Texts, ...]
    minutes: int | None
    said: tuple[bool, ...] = ()
    answerers: tuple[str, ...] = ()
    block: str = ""
    source: int | None = None  # the place, from 0, of the question whose list it takes


@dataclass(frozen=True)
class Script:
    """A session's running order, its languages, its places and what it asks at the door."""

    title: Texts
    languages: list[str]
    capacity: int
    parts: tuple[Part, ...]
    promised: dict[str, bool]
    cards: tuple[str, ...]  # the type of institution on each card that is not void

    @classmethod
    def of(cls, session: Session) -> Script:
        """Take the words and settings of a session; no ballot, no person."""
        places = {activity.id: place for place, activity in enumerate(session.running_order)}
        parts = tuple(cls._part(activity, places) for activity in session.running_order)
        promised = {name: getattr(session, name) for name in PROMISES}
        cards = tuple(card.type or "" for card in session.cards if not card.void)
        return cls(dict(session.title), list(session.languages), session.capacity, parts, promised, cards)

    @property
    def together(self) -> list[list[int]]:
        """List the places of the running order that are open at once: those of a block, else each alone."""
        groups: dict[str, list[int]] = {}
        for place, part in enumerate(self.parts, 1):
            groups.setdefault(part.block or f"\n{place}", []).append(place)
        return list(groups.values())

    @staticmethod
    def _part(activity: Activity, places: Mapping[int, int]) -> Part:
        return Part(
            kind=activity.kind,
            prompt=dict(activity.prompt),
            settings=dict(activity.settings),
            options=tuple(dict(item.wording) for item in activity.options),
            minutes=activity.minutes,
            answerers=tuple(activity.answerers),
            block=activity.block,
            said=tuple(item.round_id is not None for item in activity.options),
            source=places.get(activity.source_id or 0),
        )

    def play(self) -> Session:
        """Make the session anew in the database of the moment."""
        guide = Guide(country=Country.named("SN"), title=self.title, languages=self.languages)
        today = dt.datetime.now(dt.UTC).date()
        workshop = Workshop(title=self.title, starts_on=today, ends_on=today, languages=self.languages)
        guide.workshops.append(workshop)
        session = Session(title=self.title, capacity=self.capacity, **self.promised)
        workshop.sessions.append(session)
        db.session.add(guide)
        db.session.flush()
        for position, part in enumerate(self.parts):
            activity = Activity(kind=part.kind, prompt=part.prompt, position=position, minutes=part.minutes)
            session.activities.append(activity)
            db.session.flush()
            activity.edit(part.kind, part.prompt, part.settings, [(None, text) for text in part.options])
            activity.answerers, activity.block = list(part.answerers), part.block
            for item, said in zip(activity.options, part.said, strict=True):
                item.round_id = 0 if said else None
        for part, activity in zip(self.parts, session.activities, strict=True):
            activity.source_id = None if part.source is None else session.activities[part.source].id
        db.session.commit()
        return session
