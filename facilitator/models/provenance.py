"""Where a line comes from: what a round of the room said of it."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator import db

if TYPE_CHECKING:
    from facilitator.models.activity import Activity
    from facilitator.models.item import Item
    from facilitator.models.line import Line
    from facilitator.models.round import Round
    from facilitator.models.session import Session
    from facilitator.models.taking import Taking


@dataclass(frozen=True)
class Told:
    """The same in one language, for a note."""

    workshop: str
    session: str
    activity: str
    round: int
    date: dt.date
    ballots: int
    person: str


class Provenance(db.Base):
    """A line's tie to a round: its place there, among how many, by how many ballots, taken by whom."""

    __tablename__ = "provenance"

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("line.id", ondelete="CASCADE"), index=True)
    taking_id: Mapped[int] = mapped_column(ForeignKey("taking.id", ondelete="CASCADE"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), index=True)
    gives: Mapped[str] = mapped_column(String(10), default="")
    place: Mapped[int]
    tied: Mapped[bool] = mapped_column(default=False)
    of: Mapped[int]
    ballots: Mapped[int]
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    line: Mapped["Line"] = relationship(back_populates="every_provenance")
    taking: Mapped["Taking"] = relationship(back_populates="provenances", lazy="selectin")
    round: Mapped["Round"] = relationship()
    item: Mapped["Item"] = relationship()

    @property
    def stands(self) -> bool:
        """Tell whether the taking it comes from was not undone."""
        return self.taking.undone_at is None

    @property
    def activity(self) -> "Activity":
        """Name the question."""
        return self.round.activity

    @property
    def session(self) -> "Session":
        """Name the session."""
        return self.round.activity.session

    @property
    def at(self) -> dt.datetime:
        """Tell when the round was closed."""
        return self.round.closed_at or self.round.opened_at

    @property
    def date(self) -> dt.date:
        """Tell the day of the closing, as it was in the room."""
        return self.at.astimezone(self.session.workshop.zone).date()

    @property
    def person(self) -> str:
        """Name who took it into the guide."""
        return self.taking.person

    def told(self, language: str) -> Told:
        """Say it in a language."""
        session = self.session
        return Told(
            workshop=session.workshop.name(language),
            session=session.name(language),
            activity=self.activity.name(language),
            round=self.round.number,
            date=self.date,
            ballots=self.ballots,
            person=self.person,
        )
