"""What the workgroup says about a guide: anchored to a line or a version, answered, resolved."""

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator import db

if TYPE_CHECKING:
    from facilitator.models.guide import Guide
    from facilitator.models.line import Line
    from facilitator.models.person import Person
    from facilitator.models.version import Version


class Comment(db.Base):
    """A remark of a person, or the answer to one."""

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guide.id", ondelete="CASCADE"), index=True)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("line.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("version.id", ondelete="CASCADE"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    at: Mapped[dt.datetime] = mapped_column(db.Moment, default=db.now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    person: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    resolved_at: Mapped[dt.datetime | None] = mapped_column(db.Moment)
    resolved_by: Mapped[str] = mapped_column(String(200), default="")
    guide: Mapped["Guide"] = relationship(back_populates="comments")
    line: Mapped["Line | None"] = relationship(back_populates="comments")
    version: Mapped["Version | None"] = relationship(back_populates="comments")
    parent: Mapped["Comment | None"] = relationship(remote_side="Comment.id", back_populates="answers")
    answers: Mapped[list["Comment"]] = relationship(
        back_populates="parent", cascade="all, delete-orphan", order_by="Comment.id", passive_deletes=True
    )

    @classmethod
    def say(
        cls,
        guide: "Guide",
        person: "Person",
        text: str,
        *,
        line: "Line | None" = None,
        version: "Version | None" = None,
    ) -> "Comment":
        """Say something about a guide, one of its lines or one of its versions."""
        with db.session.no_autoflush:
            made = cls(person_id=person.id, person=person.name, text=text)
            made.guide, made.line, made.version = guide, line, version
            db.session.add(made)
        db.session.flush()
        return made

    def answer(self, person: "Person", text: str) -> "Comment":
        """Answer it; an answer to an answer stands under the first remark."""
        first = self.parent or self
        made = Comment.say(self.guide, person, text, line=first.line, version=first.version)
        made.parent = first
        db.session.flush()
        return made

    @property
    def resolved(self) -> bool:
        """Tell whether it is settled."""
        return self.resolved_at is not None

    def resolve(self, person: "Person") -> None:
        """Say that it is settled."""
        if not self.resolved:
            self.resolved_at, self.resolved_by = db.now(), person.name

    def reopen(self) -> None:
        """Say that it is not settled after all."""
        self.resolved_at, self.resolved_by = None, ""
