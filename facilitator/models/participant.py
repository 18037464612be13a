"""Someone with a phone who is in a session."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from facilitator import db


class Participant(db.Base):
    """A phone that was let into a session: a key that leads nowhere, and no time."""

    __tablename__ = "participant"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads it once

    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(22), primary_key=True)
    type: Mapped[str | None] = mapped_column(String(20))
    name: Mapped[str | None] = mapped_column(String(200))
