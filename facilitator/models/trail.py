"""The trail: every act of the staff, in a chain that cannot be edited unseen."""

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, String, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column

from facilitator import db

if TYPE_CHECKING:
    from facilitator.models.person import Person

START = "0" * 64
LOCK = 7_301_958
PAGE = 500


class Trail(db.Base):
    """One act: who did what to what, and the hash of all that came before."""

    __tablename__ = "trail"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(40))
    person: Mapped[str] = mapped_column(String(300))
    act: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120))
    detail: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))

    def sealed(self, previous: str) -> str:
        """Compute the hash of this act upon the one before."""
        said = [previous, self.id, self.at, self.person, self.act, self.subject, self.detail]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def record(person: "Person | None", act: str, subject: object, **detail: Any) -> Trail:
    """Add an act to the trail, within the transaction that does it."""
    if db.engine().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    last = db.session.scalar(select(Trail).order_by(Trail.id.desc()).limit(1))
    made = Trail(
        id=last.id + 1 if last else 1,
        at=db.now().isoformat(timespec="milliseconds"),
        person=f"{person.id} {person.name} <{person.email or ''}>"[:300] if person else "",
        act=act,
        subject=subject if isinstance(subject, str) else f"{type(subject).__name__.lower()} {subject.id}",  # type: ignore[attr-defined]
        detail=json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str),
    )
    made.hash = made.sealed(last.hash if last else START)
    db.session.add(made)
    db.session.flush()
    return made


def verify() -> int | None:
    """Name the first act that was edited, removed or put in, or nothing when the chain holds."""
    previous, expected = START, 1
    while page := db.session.scalars(
        select(Trail).where(Trail.id >= expected).order_by(Trail.id).limit(PAGE)
    ).all():
        for act in page:
            if act.id != expected or act.hash != act.sealed(previous):
                return expected
            previous, expected = act.hash, expected + 1
    return None
