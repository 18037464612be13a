"""What became of a recommendation: who owns it, until when, how far it is."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator import db
from facilitator.models import wording

if TYPE_CHECKING:
    from facilitator.models.line import Line
    from facilitator.models.person import Person

OPEN, BEGUN, DONE, DROPPED = "open", "begun", "done", "dropped"
STATUSES = (OPEN, BEGUN, DONE, DROPPED)


class FollowUp(db.Base):
    """One report on a recommendation; earlier ones stay, the last one counts."""

    __tablename__ = "followup"

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("line.id", ondelete="CASCADE"), index=True)
    at: Mapped[dt.datetime] = mapped_column(db.Moment, default=db.now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    person: Mapped[str] = mapped_column(String(200), default="")
    owner: Mapped[wording.Texts] = mapped_column(JSON, default=dict)
    deadline: Mapped[dt.date | None]
    status: Mapped[str] = mapped_column(String(10), default=OPEN)
    next_update: Mapped[dt.date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    line: Mapped["Line"] = relationship(back_populates="follow_ups")

    @classmethod
    def report(cls, line: "Line", person: "Person | None", **given: Any) -> "FollowUp":
        """Say anew how a recommendation stands, also after endorsement; what is not said stays as it was."""
        last = line.follow
        names = ("owner", "deadline", "status", "next_update")
        known = {name: getattr(last, name) for name in names} if last else {}
        said = known | {name: value for name, value in given.items() if name in (*names, "note")}
        if last and all(said.get(name) == known[name] for name in names) and not said.get("note"):
            return last
        made = cls(person_id=person.id if person else None, person=person.name if person else "", **said)
        line.follow_ups.append(made)
        db.session.flush()
        return made

    def owned_by(self, language: str) -> str:
        """Name the institution that owns it, in a language."""
        return wording.read(self.owner, language, self.line.guide.languages)

    @property
    def overdue(self) -> bool:
        """Tell whether its day has passed and it is neither done nor dropped."""
        late = self.deadline is not None and self.deadline < db.now().date()
        return late and self.status in (OPEN, BEGUN)
