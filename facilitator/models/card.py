"""One-use cards: who holds one may answer."""

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator import db
from facilitator.models.link import digest
from facilitator.models.participant import Participant
from facilitator.refusals import CardsWhileOpen, CardUnknown, CardUsed, CardVoid

if TYPE_CHECKING:
    from facilitator.models.session import Session

# without signs that are mistaken for one another when read aloud or typed
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12


def typed(token: str) -> str:
    """Read a card's short form as it was typed: in any case, with or without dashes."""
    return "".join(sign for sign in token.upper()[:64] if sign in SIGNS)


class Card(db.Base):
    """A card of a session; only a digest of its token is kept."""

    __tablename__ = "card"
    __table_args__ = (UniqueConstraint("session_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    type: Mapped[str | None] = mapped_column(String(20))
    used: Mapped[bool] = mapped_column(default=False)
    holder: Mapped[str | None] = mapped_column(String(22))
    participant: Mapped[str | None] = mapped_column(String(22))
    void: Mapped[bool] = mapped_column(default=False)
    session: Mapped["Session"] = relationship(back_populates="cards")

    @classmethod
    def issue(cls, session: "Session", type: str | None = None) -> tuple["Card", str]:
        """Make a card and the token that only its holder sees."""
        last = db.session.scalar(select(func.max(cls.number)).where(cls.session_id == session.id)) or 0
        token = "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))
        card = cls(number=last + 1, digest=digest(token), type=type)
        session.cards.append(card)
        db.session.flush()
        return card, token

    @classmethod
    def take(cls, session: "Session", token: str, holder: str | None = None) -> "Card":
        """Take a card into use; of two phones at once only one succeeds, and that one as often as it asks."""
        found = select(cls).where(cls.session_id == session.id, cls.digest == digest(typed(token)))
        card = db.session.scalar(found)
        if card is None:
            raise CardUnknown
        if card.void:
            raise CardVoid
        taken = db.session.execute(
            update(cls).where(cls.id == card.id, cls.used.is_(False)).values(used=True, holder=holder)
        )
        if not getattr(taken, "rowcount", 0) and (holder is None or card.holder != holder):
            raise CardUsed
        return card

    def release(self) -> None:
        """Let another phone take the card: it goes on with the same answers."""
        self.used, self.holder = False, None

    def reissue(self) -> tuple["Card", str]:
        """Replace the card by a new one: this one is void, and who used it is out."""
        if self.session.open_rounds:
            raise CardsWhileOpen
        if self.void:
            raise CardVoid
        if self.participant and (out := db.session.get(Participant, (self.session_id, self.participant))):
            db.session.delete(out)
        self.void, self.holder, self.participant = True, None, None
        return Card.issue(self.session, self.type)
