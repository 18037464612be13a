"""One participant's answer in one round."""

import json
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from facilitator import db

PHONE, PAPER, HAND = "phone", "paper", "hand"


class Ballot(db.Base):
    """An answer whose only identity is a one-way key; it knows its participant in a named session alone."""

    __tablename__ = "ballot"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads it once

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(22), primary_key=True)
    choice: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    type: Mapped[str | None] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(10), default=PHONE)
    participant: Mapped[str | None] = mapped_column(String(22))

    @property
    def chosen(self) -> dict[str, Any]:
        """Read what was chosen."""
        chosen: dict[str, Any] = json.loads(self.choice)
        return chosen

    @classmethod
    def of(cls, round_id: int, key: str) -> "Ballot | None":
        """Find the answer a phone gave in a round."""
        return db.session.get(cls, (round_id, key))
