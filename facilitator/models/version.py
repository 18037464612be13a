"""A version of the guide: frozen when submitted, decided on by the authority, then published."""

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator import db
from facilitator.models.comment import Comment
from facilitator.models.content import canonical, content, portable, sealed
from facilitator.models.country import Country
from facilitator.models.guide import DRAFT, PUBLISHED, SUBMITTED, Guide
from facilitator.models.guide import ENDORSED as ENDORSED_GUIDE
from facilitator.models.objections import (
    NotAuthority,
    NotEditable,
    NotEndorsed,
    SameHand,
    SubmittedAlready,
    SubmittedElsewhere,
)
from facilitator.models.person import ENDORSE

if TYPE_CHECKING:
    from facilitator.models.person import Person

WAITS, ENDORSED, RETURNED, TAKEN_BACK = "", "endorsed", "returned", "taken back"
DEMO = "-demo"


class Version(db.Base):
    """What a guide said at one moment, with the hash of every word of it."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("guide_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guide.id", ondelete="CASCADE"))
    number: Mapped[int]
    edition: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    submitted_by: Mapped[str] = mapped_column(String(200))
    submitted_at: Mapped[dt.datetime] = mapped_column(db.Moment, default=db.now)
    note: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str] = mapped_column(String(10), default=WAITS)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    decided_at: Mapped[dt.datetime | None] = mapped_column(db.Moment)
    statement: Mapped[str] = mapped_column(Text, default="")
    published_by: Mapped[str] = mapped_column(String(200), default="")
    published_at: Mapped[dt.datetime | None] = mapped_column(db.Moment)
    guide: Mapped[Guide] = relationship(back_populates="versions")
    comments: Mapped[list[Comment]] = relationship(
        back_populates="version", cascade="all, delete-orphan", order_by=Comment.id, passive_deletes=True
    )

    @property
    def said(self) -> dict[str, Any]:
        """Read the frozen content."""
        said: dict[str, Any] = json.loads(self.content)
        return said

    @property
    def is_published(self) -> bool:
        """Tell whether the public may read it."""
        return self.published_at is not None

    def endorse(self, person: "Person", statement: str = "") -> None:
        """Endorse it as the country's authority."""
        self._refuse_others(person)
        if self.submitted_by_id is None:
            raise SubmittedElsewhere
        self._decide(person, ENDORSED, statement)
        self.guide.state = ENDORSED_GUIDE

    def return_(self, person: "Person", comment: str) -> None:
        """Give it back to be worked on, with the reason."""
        self._refuse_others(person)
        self._decide(person, RETURNED, comment)
        Comment.say(self.guide, person, comment, version=self)
        self.guide.state = DRAFT

    def take_back(self, person: "Person") -> None:
        """Ask for it back before the authority has decided."""
        self._refuse_decided()
        self._decide(person, TAKEN_BACK, "")
        self.guide.state = DRAFT

    def publish(self, person: "Person") -> None:
        """Let the public read it: only what an authority endorsed."""
        if self.outcome != ENDORSED:
            raise NotEndorsed
        if not self.is_published:
            self.published_at, self.published_by = db.now(), person.name
        if self.guide.version is self and self.guide.state == ENDORSED_GUIDE:
            self.guide.state = PUBLISHED

    @classmethod
    def public(cls, code: str, edition: int | None = None) -> "Version | None":
        """Find what the public may read of a country: an edition, or the latest; `sn-demo` is a demo's."""
        demo = code.endswith(DEMO)
        country = code.removesuffix(DEMO).upper()
        found = (
            select(cls)
            .join(Guide)
            .join(Country)
            .where(cls.published_at.is_not(None), Country.code == country, Guide.demo.is_(demo))
            .order_by(cls.edition.desc(), cls.published_at.desc())
        )
        if edition is not None:
            found = found.where(cls.edition == edition)
        return db.session.scalar(found.limit(1))

    def _refuse_others(self, person: "Person") -> None:
        if not person.may(ENDORSE, self.guide.country):
            raise NotAuthority
        if person.id == self.submitted_by_id:
            raise SameHand
        self._refuse_decided()

    def _refuse_decided(self) -> None:
        db.session.flush()
        db.session.refresh(self, ["outcome"], with_for_update={"of": Version})
        if self.outcome != WAITS:
            raise SubmittedAlready

    def _decide(self, person: "Person", outcome: str, statement: str) -> None:
        self.outcome, self.statement = outcome, statement
        self.decided_by_id, self.decided_by, self.decided_at = person.id, person.name, db.now()


def submit(guide: Guide, person: "Person", note: str = "") -> Version:
    """Freeze what the guide says now and put it before the authority."""
    _hold(guide)
    if not guide.editable:
        raise NotEditable
    guide.edition = free_edition(guide, guide.edition)
    said = portable(content(guide))
    made = Version(
        number=len(guide.versions) + 1,
        edition=guide.edition,
        content=canonical(said),
        hash=sealed(said),
        submitted_by_id=person.id,
        submitted_by=person.name,
        note=note,
    )
    guide.versions.append(made)
    guide.state = SUBMITTED
    db.session.flush()
    return made


def open_edition(guide: Guide, person: "Person") -> None:
    """Begin the next edition: the guide can change again, what was endorsed stays as it is."""
    _hold(guide)
    if guide.state not in (ENDORSED_GUIDE, PUBLISHED):
        raise NotEndorsed
    guide.edition = free_edition(guide, guide.edition + 1)
    guide.state = DRAFT


def _hold(guide: Guide) -> None:
    """Know how far the guide is at this moment, and keep it there until what is being done is kept."""
    db.session.flush()
    db.session.refresh(guide, ["state", "edition"], with_for_update={"of": Guide})


def free_edition(guide: Guide, wanted: int) -> int:
    """Give the first number from the wanted one that no other edition of the country bears."""
    mates = select(Guide.id).where(Guide.country_id == guide.country_id, Guide.demo.is_(guide.demo))
    borne = select(Version.edition).where(Version.guide_id.in_(mates), Version.outcome.in_((WAITS, ENDORSED)))
    taken = set(db.session.scalars(borne))
    return next(number for number in range(wanted, wanted + len(taken) + 1) if number not in taken)


def published(demo: bool = False) -> list[Version]:
    """List the published versions, newest first."""
    found = select(Version).join(Guide).where(Version.published_at.is_not(None), Guide.demo.is_(demo))
    return list(db.session.scalars(found.order_by(Version.published_at.desc(), Version.id.desc())))
