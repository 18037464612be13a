"""One-time links that sign a person in."""

import datetime as dt
import hashlib
import secrets
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator import db
from facilitator.refusals import LinkExpired, LinkUnknown, LinkUsed

if TYPE_CHECKING:
    from facilitator.models.person import Person


def digest(token: str) -> str:
    """Turn a link's token into what the database keeps of it."""
    return hashlib.sha256(token.encode()).hexdigest()


class Link(db.Base):
    """A link that signs one person in once; for nobody yet, the first person."""

    __tablename__ = "link"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    target: Mapped[str] = mapped_column(String(200), default="")
    reusable: Mapped[bool] = mapped_column(default=False)
    expires_at: Mapped[dt.datetime] = mapped_column(db.Moment)
    used_at: Mapped[dt.datetime | None] = mapped_column(db.Moment)
    person: Mapped["Person | None"] = relationship()

    @classmethod
    def issue(
        cls, person: "Person | None", hours: float = 24, target: str = "", *, reusable: bool = False
    ) -> tuple["Link", str]:
        """Make a link and the token that is shown once; a reusable one belongs to a throw-away demo."""
        token = secrets.token_urlsafe(24)
        expires = db.now() + dt.timedelta(hours=hours)
        link = cls(digest=digest(token), person=person, expires_at=expires, target=target, reusable=reusable)
        db.session.add(link)
        db.session.flush()
        return link, token

    @classmethod
    def look(cls, token: str) -> "Link":
        """Find a link that can still be used, without using it."""
        link = db.session.scalar(select(cls).where(cls.digest == digest(token)))
        if link is None:
            raise LinkUnknown
        if link.used_at and not link.reusable:
            raise LinkUsed
        if link.expires_at < db.now():
            raise LinkExpired
        return link

    @classmethod
    def use(cls, token: str) -> "Link":
        """Use a link up; of two at once only one succeeds."""
        link = cls.look(token)
        unused = cls.reusable | cls.used_at.is_(None)
        taken = db.session.execute(update(cls).where(cls.id == link.id, unused).values(used_at=db.now()))
        if not getattr(taken, "rowcount", 0):
            raise LinkUsed
        return link
