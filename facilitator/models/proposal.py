"""What the room proposed, and what a person decided about it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from facilitator import db
from facilitator.models.item import Item
from facilitator.refusals import MergedAlready

if TYPE_CHECKING:
    from facilitator.models.round import Round

WAITING, RELEASED, MERGED, WITHDRAWN = "waiting", "released", "merged", "withdrawn"


class Proposal(db.Base):
    """A text from the room: it waits for a person, and is never edited silently nor deleted."""

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("round_id", "key", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(22))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    category: Mapped[str] = mapped_column(String(20), default="")
    state: Mapped[str] = mapped_column(String(10), default=WAITING)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id", ondelete="SET NULL"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id", ondelete="SET NULL"))
    round: Mapped["Round"] = relationship(back_populates="proposals")
    item: Mapped[Item | None] = relationship()
    merged_into: Mapped["Proposal | None"] = relationship(remote_side="Proposal.id", back_populates="merged")
    merged: Mapped[list["Proposal"]] = relationship(back_populates="merged_into", order_by="Proposal.id")

    @property
    def stands_for(self) -> Item | None:
        """Name the item under which this proposal counts: its own, or the one it was merged into."""
        if self.merged_into:
            return self.merged_into.stands_for
        return self.item if self.state == RELEASED else None

    @property
    def texts(self) -> dict[str, str]:
        """Give the words under which it stands: those of its item, else its author's."""
        return self.item.wording if self.item else {self.language: self.text}

    def copied_to(self, round_: "Round") -> "Proposal":
        """Carry the proposal into a round that goes on with the ballots of this one."""
        kept = ("key", "number", "text", "language", "category", "state", "item")
        copy = Proposal(**{name: getattr(self, name) for name in kept})
        round_.proposals.append(copy)
        return copy

    def release(self, wording: dict[str, str] | None = None) -> Item:
        """Put the proposal before the room as an item, in its own words or reworded; the original stays."""
        item = self.item or self._become(wording or {self.language: self.text})
        if wording and wording != item.wording:
            self.round.activity.reword(item, wording)
        self.merged_into, self.state = None, RELEASED
        self.round.activity.offer(item)
        return item

    def merge(self, into: "Proposal") -> None:
        """Count this proposal under another one, which is released if it was not."""
        if into is self or into.merged_into or into.round is not self.round:
            raise MergedAlready
        if into.state != RELEASED:
            into.release()
        for follower in list(self.merged):
            follower.merged_into = into
        self.merged_into, self.state = into, MERGED
        if self.item:
            self.round.activity.stop_offering(self.item)

    def withdraw(self) -> None:
        """Take the proposal off the wall; it can come back."""
        self.merged_into, self.state = None, WITHDRAWN
        if self.item:
            self.round.activity.stop_offering(self.item)

    def put_back(self, to: str = RELEASED) -> None:
        """Bring a merged or withdrawn proposal back on the wall if it was there, else let it wait again."""
        self.merged_into = None
        if self.item and to == RELEASED:
            self.release()
            return
        self.state = WAITING
        if self.item:
            self.round.activity.stop_offering(self.item)

    def translate(self, texts: dict[str, str]) -> None:
        """Add languages to the item's wording; those in which it stands already stay as they are."""
        if self.item:
            self.item.wording = self.item.wording | {**texts, **self.item.wording}

    def _become(self, words: dict[str, str]) -> Item:
        activity = self.round.activity
        self.item = made = Item(
            guide=activity.session.workshop.guide,
            wording=words,
            category=self.category,
            family=activity.settings.get("family", ""),
            about_id=activity.about_id,
            round_id=self.round_id,
        )
        session = object_session(self)
        assert session  # noqa: S101 - a proposal is read from a database
        session.flush()
        return made


@dataclass(frozen=True)
class Credit:
    """Who stands behind which item: each author behind the own text, all supporters behind what it became."""

    own: dict[str, set[int]]
    became: dict[int, int]

    @classmethod
    def of(cls, proposals: Iterable[Proposal]) -> "Credit":
        """Read it from all proposals of a round."""
        own: dict[str, set[int]] = defaultdict(set)
        became: dict[int, int] = {}
        for proposal in proposals:
            item = proposal.stands_for
            if item is None:
                continue
            own[proposal.key].add(item.id)
            if proposal.item_id:
                became[proposal.item_id] = item.id
        return cls(dict(own), became)

    def given(self, key: str, choice: dict[str, Any]) -> dict[str, Any]:
        """Say whom a ballot supports once merging is counted in: each person once."""
        supported = {self.became.get(item, item) for item in choice.get("options", ())}
        supported |= self.own.get(key, set())
        return {**choice, "options": sorted(supported)} if supported else choice
