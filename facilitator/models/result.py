"""What a round came to, kept at its closing."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator import db

if TYPE_CHECKING:
    from facilitator.models.round import Round


class Result(db.Base):
    """The standings of a closed round, which can be made again from its ballots at any time."""

    __tablename__ = "result"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    standings: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    round: Mapped["Round"] = relationship(back_populates="result")
