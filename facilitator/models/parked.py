"""The parking list: questions from the floor that wait for their moment."""

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator import db

if TYPE_CHECKING:
    from facilitator.models.session import Session


class Parked(db.Base):
    """A question from the floor, kept for later."""

    __tablename__ = "parked"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime] = mapped_column(db.Moment, default=db.now)
    answered: Mapped[bool] = mapped_column(default=False)
    withdrawn: Mapped[bool] = mapped_column(default=False)
    session: Mapped["Session"] = relationship(back_populates="parked")
