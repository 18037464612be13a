"""The user's guide of one country, one edition of it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator import db
from facilitator.models import wording
from facilitator.models.item import Item
from facilitator.models.line import Line, fresh_uid, place
from facilitator.models.lineage import lineage
from facilitator.models.objections import NotEditable
from facilitator.models.part import PARTS

if TYPE_CHECKING:
    from facilitator.models.comment import Comment
    from facilitator.models.country import Country
    from facilitator.models.person import Person
    from facilitator.models.taking import Taking
    from facilitator.models.version import Version
    from facilitator.models.workshop import Workshop

DRAFT, REVIEW, SUBMITTED, ENDORSED, PUBLISHED = "draft", "review", "submitted", "endorsed", "published"
STATES = (DRAFT, REVIEW, SUBMITTED, ENDORSED, PUBLISHED)
LICENCES = ("CC-BY-4.0", "CC0-1.0", "CC-BY-SA-4.0", "ODC-By-1.0", "ODbL-1.0")


class Guide(db.Base):
    """An edition of a country's guide; its workshops, items and lines belong to it."""

    __tablename__ = "guide"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True, default=fresh_uid)
    country_id: Mapped[int] = mapped_column(ForeignKey("country.id"), index=True)
    title: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    edition: Mapped[int] = mapped_column(default=1)
    families: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)
    demo: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default=DRAFT)
    licence: Mapped[str] = mapped_column(String(20), default=LICENCES[0])
    imported: Mapped[str] = mapped_column(String(64), default="")
    imported_at: Mapped[dt.datetime | None] = mapped_column(db.Moment)
    country: Mapped["Country"] = relationship()
    workshops: Mapped[list["Workshop"]] = relationship(
        back_populates="guide", cascade="all, delete-orphan", order_by="Workshop.starts_on, Workshop.id"
    )
    items: Mapped[list[Item]] = relationship(
        back_populates="guide", cascade="all, delete-orphan", order_by=Item.id
    )
    every_line: Mapped[list[Line]] = relationship(
        back_populates="guide",
        cascade="all, delete-orphan",
        order_by=(Line.position, Line.id),
        passive_deletes=True,
    )
    versions: Mapped[list["Version"]] = relationship(
        back_populates="guide", cascade="all, delete-orphan", order_by="Version.number", passive_deletes=True
    )
    takings: Mapped[list["Taking"]] = relationship(
        back_populates="guide", cascade="all, delete-orphan", order_by="Taking.id", passive_deletes=True
    )
    comments: Mapped[list["Comment"]] = relationship(
        back_populates="guide", cascade="all, delete-orphan", order_by="Comment.id", passive_deletes=True
    )

    def name(self, language: str) -> str:
        """Give the guide's title in a language."""
        return wording.read(self.title, language, self.languages)

    @property
    def editable(self) -> bool:
        """Tell whether its lines may change: not once it lies before the authority, nor after."""
        return self.state in (DRAFT, REVIEW)

    @property
    def version(self) -> "Version | None":
        """Name the latest version."""
        return self.versions[-1] if self.versions else None

    def review(self) -> None:
        """Put the draft before the workgroup."""
        self._turn(REVIEW)

    def redraft(self) -> None:
        """Take it back from the workgroup."""
        self._turn(DRAFT)

    def line(self, uid: str) -> Line | None:
        """Find a line by the name it has in every installation."""
        return next((line for line in self.every_line if line.uid == uid), None)

    def lines(self, part: str, left_out: bool = False) -> list[Line]:
        """List the lines of a part in the guide's order; those left out only if asked for."""
        here = (line for line in self.every_line if line.part == part and line.present)
        return sorted((line for line in here if left_out or not line.left_out), key=place)

    def line_of(self, item: Item, part: str) -> Line | None:
        """Find the line of an item in a part, removed or not, in whatever wording it stands."""
        here = [line for line in self.every_line if line.part == part and line.item_id is not None]
        exact = next((line for line in here if line.item_id == item.id), None)
        return exact or next(
            (line for line in here if item in lineage(line.item) or line.item in lineage(item)), None
        )

    def add(
        self,
        part: str,
        person: "Person | None" = None,
        *,
        words: dict[str, wording.Texts] | None = None,
        facts: dict[str, Any] | None = None,
        item: Item | None = None,
        parent: Line | None = None,
        key: str = "",
        act: str = "add",
    ) -> Line:
        """Add a line at the end of a part; an item that has one there already keeps it."""
        if not self.editable:
            raise NotEditable
        if item and (known := self.line_of(item, part)):
            return self._again(known, person, parent, act)
        if item is None and PARTS[part].of_items:
            item = self._new_item(part, words or {}, facts or {}, parent)
        last = max((line.position for line in self.every_line if line.part == part), default=-1)
        made = Line(part=part, key=key, position=last + 1, item=item)
        self.every_line.append(made)
        db.session.flush()
        made.change(person, act, words=words or {}, facts=facts or {}, parent=parent or "")
        return made

    def begin_parts(self, person: "Person | None" = None) -> None:
        """Give the guide the rows that every guide begins with; those it has or had are left alone."""
        known = {(line.part, line.key) for line in self.every_line}
        for part in PARTS.values():
            for key in part.keys:
                if (part.name, key) not in known:
                    block = key.partition("-")[0] if part.name == "sources" else ""
                    facts = {"block": block, "state": "existing"} if block else {}
                    self.add(part.name, person, key=key, facts=facts, act="begin")

    def reorder(self, part: str, ids: Sequence[int], person: "Person | None" = None) -> None:
        """Put the lines with these ids in this order, in the places they hold among all of the part."""
        wanted = [line for number in ids for line in self.lines(part, left_out=True) if line.id == number]
        moment = db.now()
        for line, position in self.arranged(part, wanted).items():
            if line.position != position:
                line.change(person, "order", position=position).at = moment  # one press of a button

    def arranged(self, part: str, wanted: Iterable[Line]) -> dict[Line, int]:
        """Give the position of each line of a part if some of them swapped places into an order."""
        order, moving = self.lines(part, left_out=True), list(dict.fromkeys(wanted))
        coming = iter(moving)
        new = [next(coming) if line in moving else line for line in order]
        return {line: position for position, line in enumerate(new) if line.position != position}

    @classmethod
    def seen_by(cls, person: "Person") -> list["Guide"]:
        """List the guides a person may see, demo last."""
        guides = db.session.scalars(select(cls).order_by(cls.demo, cls.id)).all()
        return [guide for guide in guides if person.may("see", guide.country)]

    def _turn(self, state: str) -> None:
        if not self.editable:
            raise NotEditable
        self.state = state

    def _again(self, line: Line, person: "Person | None", parent: Line | None, act: str) -> Line:
        given: dict[str, Any] = {"parent": parent} if parent else {}
        if not line.present:
            line.change(person, act, present=True, left_out="", **given)
        return line

    def _new_item(
        self, part: str, words: dict[str, wording.Texts], facts: dict[str, Any], parent: Line | None
    ) -> Item:
        category = facts.get("kind") or PARTS[part].category
        about = parent.item_id if parent else None
        item = Item(guide=self, wording=dict(words.get("text", {})), category=category, about_id=about)
        db.session.add(item)
        db.session.flush()
        return item
