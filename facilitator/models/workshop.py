"""A national workshop: days, a place, languages."""

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator import db
from facilitator.models import wording

if TYPE_CHECKING:
    from facilitator.models.guide import Guide
    from facilitator.models.session import Session


class Workshop(db.Base):
    """Some days in one place at which a guide's questions are put to a room."""

    __tablename__ = "workshop"

    id: Mapped[int] = mapped_column(primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guide.id", ondelete="CASCADE"), index=True)
    title: Mapped[dict[str, str]] = mapped_column(JSON)
    place: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    timezone: Mapped[str] = mapped_column(String(64), default="UTC")
    languages: Mapped[list[str]] = mapped_column(JSON)
    guide: Mapped["Guide"] = relationship(back_populates="workshops")
    sessions: Mapped[list["Session"]] = relationship(
        back_populates="workshop", cascade="all, delete-orphan", order_by="Session.position, Session.id"
    )

    def name(self, language: str) -> str:
        """Give the workshop's title in a language."""
        return wording.read(self.title, language, self.languages)

    @property
    def zone(self) -> ZoneInfo:
        """Name the time zone of the place."""
        return ZoneInfo(self.timezone)

    def best_language(self, asked: list[str]) -> str:
        """Choose among the workshop's languages the first that a reader asks for."""
        return next((language for language in asked if language in self.languages), self.languages[0])
