"""A line of the guide: one row, one entry or one text of a part."""

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator import db
from facilitator.models import glossary
from facilitator.models.item import Item
from facilitator.models.lineage import lineage, reworded, written
from facilitator.models.objections import NotEditable, Overtaken, VotedOn
from facilitator.models.part import FIGURES, PARTS, Part
from facilitator.models.provenance import Provenance
from facilitator.models.revision import Revision, flat, patched
from facilitator.models.wording import Texts, read

if TYPE_CHECKING:
    from facilitator.models.comment import Comment
    from facilitator.models.followup import FollowUp
    from facilitator.models.guide import Guide
    from facilitator.models.person import Person

COORDINATES = "facts.coordinator"
OWN = ("position", "left_out", "present", "room_place")


def fresh_uid() -> str:
    """Draw a name that no other installation gives."""
    return uuid.uuid4().hex


class Line(db.Base):
    """A row of a part, in every language; each change of it is a revision."""

    __tablename__ = "line"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True, default=fresh_uid)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guide.id", ondelete="CASCADE"), index=True)
    part: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(40), default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("line.id", ondelete="SET NULL"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    words: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), index=True)
    room_place: Mapped[int | None]
    present: Mapped[bool] = mapped_column(default=True)
    left_out: Mapped[str] = mapped_column(Text, default="")
    number: Mapped[int] = mapped_column(default=0)
    guide: Mapped["Guide"] = relationship(back_populates="every_line")
    item: Mapped[Item | None] = relationship(lazy="selectin")
    parent: Mapped["Line | None"] = relationship(remote_side="Line.id", back_populates="children")
    children: Mapped[list["Line"]] = relationship(back_populates="parent")
    revisions: Mapped[list[Revision]] = relationship(
        back_populates="line", cascade="all, delete-orphan", order_by=Revision.number, passive_deletes=True
    )
    every_provenance: Mapped[list[Provenance]] = relationship(
        back_populates="line",
        cascade="all, delete-orphan",
        order_by=Provenance.id,
        passive_deletes=True,
        lazy="selectin",
    )
    follow_ups: Mapped[list["FollowUp"]] = relationship(
        back_populates="line",
        cascade="all, delete-orphan",
        order_by="FollowUp.id",
        passive_deletes=True,
        lazy="selectin",
    )
    comments: Mapped[list["Comment"]] = relationship(
        back_populates="line", cascade="all, delete-orphan", order_by="Comment.id", passive_deletes=True
    )

    @property
    def kind_of(self) -> Part:
        """Name the part it stands in."""
        return PARTS[self.part]

    @property
    def stands(self) -> bool:
        """Tell whether it is in the guide, neither removed nor left out."""
        return self.present and not self.left_out

    @property
    def below(self) -> list["Line"]:
        """List the lines under this one that are there, in their order."""
        return sorted((line for line in self.children if line.present), key=place)

    @property
    def provenances(self) -> list[Provenance]:
        """List what the room said of it, as far as it was taken and not undone."""
        return [each for each in self.every_provenance if each.stands]

    @property
    def follow(self) -> "FollowUp | None":
        """Name what was said last of how it is followed up."""
        return self.follow_ups[-1] if self.follow_ups else None

    @property
    def last(self) -> Revision:
        """Name the state it is in."""
        return self.revisions[-1]

    def revision(self, number: int) -> Revision:
        """Find one of its states."""
        return next(each for each in self.revisions if each.number == number)

    def wording(self, field: str) -> Texts:
        """Give a field in every language; what a fixed row is called is the glossary's."""
        if self.item and field == "text":
            return dict(self.item.wording)
        if self.key and field == self.kind_of.head:
            return dict(glossary.TERMS[self.key].texts)
        return dict(self.words.get(field, {}))

    def text(self, field: str, language: str) -> str:
        """Read a field in a language."""
        return read(self.wording(field), language, self.guide.languages)

    def fact(self, name: str) -> Any:
        """Give what is noted beside the words; what nobody noted here the item knows."""
        if name in self.facts or self.item is None:
            return self.facts.get(name)
        known = {"family": self.item.family, "tags": self.item.tags, "kind": self.item.category}
        return known.get(name) or None

    def state(self) -> dict[str, Any]:
        """Give all that a revision keeps."""
        words = {"text": written(self.item.wording)} if self.item else dict(self.words)
        return {
            "part": self.part,
            "key": self.key,
            "words": words,
            "facts": dict(self.facts),
            "parent": self.parent.uid if self.parent else "",
            **{name: getattr(self, name) for name in OWN},
        }

    def change(self, person: "Person | None", act: str, *, base: int | None = None, **state: Any) -> Revision:
        """Change some of its words, facts, place or standing; only what was given changes.

        With `base`, the number of the state it was seen in, what others changed meanwhile is not overwritten.
        """
        if isinstance(parent := state.get("parent"), Line):
            state["parent"] = parent.uid
        return self.lay(person, act, flat(state), base)

    def lay(
        self, person: "Person | None", act: str, values: Mapping[str, Any], base: int | None = None
    ) -> Revision:
        """Change single values, named as `revision.flat` names them."""
        if not self.guide.editable:
            raise NotEditable
        self._refuse_strange(values)
        wanted = patched(self.state(), self._touched(values, base))
        if wanted == self.state() and self.number:
            return self.last
        made = self._put(person, act, wanted)
        if self.stands and self.facts.get("coordinator"):
            self._alone(person)
        return made

    def become(self, person: "Person | None", act: str, wanted: Mapping[str, Any]) -> Revision:
        """Change it into a whole state: what is not in that state goes."""
        now, then = flat(self.state()), flat(wanted)
        gone = {name: "" for name in now if name.startswith(("words.", "facts.")) and name not in then}
        return self.lay(person, act, gone | then)

    def leave_out(self, person: "Person | None", reason: str) -> Revision:
        """Keep it from the guide and say why; the room's word stays known."""
        return self.change(person, "leave out", left_out=reason.strip() or "–")

    def bring_back(self, person: "Person | None") -> Revision:
        """Let it stand again."""
        return self.change(person, "bring back", left_out="", present=True)

    def remove(self, person: "Person | None") -> Revision:
        """Take a row away that only the desk knows; its history can bring it back."""
        if self.item and self.provenances:
            raise VotedOn
        return self.change(person, "remove", present=False)

    @property
    def earlier(self) -> list[Item]:
        """List what it said in earlier wordings that the room knows, the latest first."""
        return lineage(self.item)[1:]

    def _refuse_strange(self, values: Mapping[str, Any]) -> None:
        fields = {field.name for field in self.kind_of.fields} | set(FIGURES)
        named = {name.split(".")[1] for name in values if "." in name}
        if strange := named - fields:
            raise KeyError(f"{self.part} has no {', '.join(sorted(strange))}")

    def touched(self, values: Mapping[str, Any], base: int | None) -> dict[str, Any]:
        """Pick what a writer who saw the state `base` changed there; the rest is as it was shown to them."""
        if base is None or base == self.number:
            return dict(values)
        then = flat(self.revision(base).state)
        return {name: value for name, value in values.items() if (then.get(name) or "") != (value or "")}

    def overtaken(self, values: Mapping[str, Any], base: int | None) -> set[str]:
        """Name what both a writer and somebody else changed since the state `base`, each otherwise."""
        if base is None or base == self.number:
            return set()
        then, now = flat(self.revision(base).state), flat(self.state())
        return {
            name
            for name, value in self.touched(values, base).items()
            if (then.get(name) or "") != (now.get(name) or "") != (value or "")
        }

    def _touched(self, values: Mapping[str, Any], base: int | None) -> dict[str, Any]:
        if self.overtaken(values, base):
            raise Overtaken(self, self.last)
        return self.touched(values, base)

    def _alone(self, person: "Person | None") -> None:
        for other in self.guide.every_line:
            if other is not self and other.facts.get("coordinator"):
                other.lay(person, "coordinator", {COORDINATES: False})

    def _put(self, person: "Person | None", act: str, wanted: Mapping[str, Any]) -> Revision:
        made = Revision(
            number=self.number + 1,
            person_id=person.id if person else None,
            person=person.name if person else "",
            act=act,
            state=dict(wanted),
        )
        try:
            with db.session.begin_nested():
                self._take_on(wanted)
                self.number = made.number
                self.revisions.append(made)
        except IntegrityError:  # somebody else was faster by a moment
            raise Overtaken(self, self.last) from None
        return made

    def _take_on(self, wanted: Mapping[str, Any]) -> None:
        for name in OWN:
            setattr(self, name, wanted[name])
        self.facts = dict(wanted["facts"])
        self.parent = self.guide.line(wanted["parent"]) if wanted["parent"] else None
        if self.item is None:
            self.words = dict(wanted["words"])
        elif wanted["words"].get("text", {}) != written(self.item.wording):
            self.item = reworded(self.item, dict(wanted["words"].get("text", {})))


def place(line: Line) -> tuple[int, int]:
    """Order lines as they stand."""
    return line.position, line.id
