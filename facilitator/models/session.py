"""One sitting of a workshop, with the code that lets the room in."""

import secrets
import unicodedata
from typing import TYPE_CHECKING

from sqlalchemy import JSON, ForeignKey, String, exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator import db
from facilitator.models import wording
from facilitator.models.participant import Participant
from facilitator.refusals import RoomEntered, SessionFull, SessionLocked

if TYPE_CHECKING:
    from facilitator.models.activity import Activity
    from facilitator.models.card import Card
    from facilitator.models.parked import Parked
    from facilitator.models.round import Round
    from facilitator.models.workshop import Workshop

CODE_DIGITS = 6
PLACES = 500
PROMISES = ("named", "asks_type", "by_card", "shared")


def digits(typed: str) -> str:
    """Read a typed code: any script's digits, spaces and dashes forgiven."""
    if typed.isascii() and typed.isdecimal():
        return typed[:64]
    return "".join(
        str(unicodedata.digit(sign)) for sign in typed[:64] if unicodedata.digit(sign, None) is not None
    )


def fresh_code() -> str:
    """Draw a code that no session has."""
    while True:
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        if not db.session.scalar(select(exists().where(Session.code == code))):
            return code


class Session(db.Base):
    """A running order of activities, the room that answers them and what the wall shows."""

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[dict[str, str]] = mapped_column(JSON)
    code: Mapped[str] = mapped_column(String(6), unique=True, default=fresh_code)
    wall: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: secrets.token_urlsafe(16))
    locked: Mapped[bool] = mapped_column(default=False)
    withdrawn: Mapped[bool] = mapped_column(default=False)
    capacity: Mapped[int] = mapped_column(default=PLACES)
    named: Mapped[bool] = mapped_column(default=False)
    asks_type: Mapped[bool] = mapped_column(default=False)
    by_card: Mapped[bool] = mapped_column(default=False)
    shared: Mapped[bool] = mapped_column(default=False)
    current_id: Mapped[int | None]
    workshop: Mapped["Workshop"] = relationship(back_populates="sessions")
    activities: Mapped[list["Activity"]] = relationship(
        back_populates="session", cascade="all, delete-orphan", order_by="Activity.position, Activity.id"
    )

    cards: Mapped[list["Card"]] = relationship(
        back_populates="session", cascade="all, delete-orphan", order_by="Card.number"
    )
    parked: Mapped[list["Parked"]] = relationship(
        back_populates="session", cascade="all, delete-orphan", order_by="Parked.id"
    )

    def name(self, language: str) -> str:
        """Give the session's title in a language."""
        return wording.read(self.title, language, self.languages)

    @property
    def languages(self) -> list[str]:
        """List the languages the room reads."""
        return self.workshop.languages

    @property
    def running_order(self) -> list["Activity"]:
        """List the activities in their order, without the withdrawn."""
        return [activity for activity in self.activities if not activity.withdrawn]

    @property
    def questions_at_hand(self) -> list["Activity"]:
        """List the questions of its whole workshop, its own first."""
        others = [each for each in self.workshop.sessions if not each.withdrawn and each is not self]
        return [activity for session in (self, *others) for activity in session.running_order]

    @property
    def current(self) -> "Activity | None":
        """Name the activity on the wall; none means the lobby."""
        return next((activity for activity in self.running_order if activity.id == self.current_id), None)

    @property
    def open_round(self) -> "Round | None":
        """Name the round that takes ballots now."""
        rounds = (activity.round for activity in self.activities)
        return next((round_ for round_ in rounds if round_ and round_.is_open), None)

    @property
    def open_rounds(self) -> list["Round"]:
        """List the rounds that take ballots now, in the running order."""
        rounds = (activity.round for activity in self.running_order)
        return [round_ for round_ in rounds if round_ and round_.is_open]

    @property
    def people(self) -> dict[str, str] | None:
        """Name the participants by their keys, in a named session; in any other nobody has a name."""
        if not self.named:
            return None
        known = select(Participant.key, Participant.name).where(Participant.session_id == self.id)
        return {key: name or "" for key, name in db.session.execute(known)}

    @property
    def joined(self) -> int:
        """Count the phones that were let in."""
        counted = select(func.count()).select_from(Participant).where(Participant.session_id == self.id)
        return db.session.scalar(counted) or 0

    @classmethod
    def by_code(cls, typed: str) -> "Session | None":
        """Find the session with a typed code."""
        return db.session.scalar(select(cls).where(cls.code == digits(typed), cls.withdrawn.is_(False)))

    @classmethod
    def by_wall(cls, token: str) -> "Session | None":
        """Find the session of a projector address."""
        return db.session.scalar(select(cls).where(cls.wall == token, cls.withdrawn.is_(False)))

    def promise(self, *, named: bool, asks_type: bool, by_card: bool, shared: bool) -> None:
        """Say at the door who may answer and what is kept of them: it holds once people are in."""
        promised = {"named": named, "asks_type": asks_type, "by_card": by_card, "shared": shared}
        changed = {name for name, value in promised.items() if getattr(self, name) != value}
        if changed - {"shared"} and self.joined:
            raise RoomEntered
        for name, value in promised.items():
            setattr(self, name, value)

    def admit(self, key: str, type: str | None = None, name: str | None = None) -> Participant:
        """Let a phone in; one that is in already always comes back in."""
        if known := db.session.get(Participant, (self.id, key)):
            return known
        db.session.scalar(select(Session.id).where(Session.id == self.id).with_for_update())
        if self.locked:
            raise SessionLocked
        if self.joined >= self.capacity:
            raise SessionFull(capacity=self.capacity)
        try:
            with db.session.begin_nested():
                newcomer = Participant(session_id=self.id, key=key, type=type, name=name)
                db.session.add(newcomer)
        except IntegrityError:  # the same phone came in twice at once
            return db.session.get_one(Participant, (self.id, key))
        return newcomer

    def has(self, key: str) -> bool:
        """Tell whether a phone is in."""
        return db.session.get(Participant, (self.id, key)) is not None

    def show(self, activity: "Activity | None") -> None:
        """Put an activity on the wall, or the lobby."""
        self.current_id = activity.id if activity else None

    def step(self, by: int) -> "Activity | None":
        """Move the wall along the running order; before the first comes the lobby."""
        order = self.running_order
        here = order.index(self.current) if self.current in order else -1
        there = max(-1, min(here + by, len(order) - 1))
        self.show(order[there] if there >= 0 else None)
        return self.current

    def copy(self, workshop: "Workshop") -> "Session":
        """Copy the running order into a workshop, without rounds, ballots or room."""
        promised = {name: getattr(self, name) for name in PROMISES}
        made = Session(
            title=dict(self.title), position=len(workshop.sessions), capacity=self.capacity, **promised
        )
        workshop.sessions.append(made)
        copies = [(activity, activity.copied_to(made)) for activity in self.running_order]
        db.session.flush()
        became = {activity.id: copy.id for activity, copy in copies}
        for activity, copy in copies:
            copy.source_id = became.get(activity.source_id or 0)
        return made
