"""A challenge, an action or a recommendation of a guide: what people vote on."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator import db
from facilitator.models import wording

if TYPE_CHECKING:
    from facilitator.models.guide import Guide


class Item(db.Base):
    """One thing, whatever the language it is read in; a rewording is a new item that knows its origin."""

    __tablename__ = "item"

    id: Mapped[int] = mapped_column(primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guide.id", ondelete="CASCADE"), index=True)
    wording: Mapped[dict[str, str]] = mapped_column(JSON)
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("item.id", ondelete="SET NULL"))
    category: Mapped[str] = mapped_column(String(20), default="")
    about_id: Mapped[int | None]
    family: Mapped[str] = mapped_column(String(40), default="")
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    round_id: Mapped[int | None]
    guide: Mapped["Guide"] = relationship(back_populates="items")
    origin: Mapped["Item | None"] = relationship(remote_side="Item.id")

    def text(self, language: str, fallbacks: tuple[str, ...] | list[str] = ()) -> str:
        """Read the item in a language."""
        return wording.read(self.wording, language, fallbacks)

    def reworded(self, texts: dict[str, str]) -> "Item":
        """Make the same thing in new words, which remembers the old ones."""
        return Item(guide=self.guide, wording=texts, origin=self, about_id=self.about_id, **self._kept())

    def given_to(self, guide: "Guide") -> "Item":
        """Give the item to a guide: itself where it belongs, else one copy that knows its origin."""
        if guide is self.guide:
            return self
        copies = select(Item).where(Item.origin == self, Item.guide == guide).order_by(Item.id)
        for known in db.session.scalars(copies):
            if self.wording.items() <= known.wording.items():
                return known
        given = Item(guide=guide, wording=dict(self.wording), origin=self, **self._kept())
        db.session.add(given)
        return given

    def _kept(self) -> dict[str, Any]:
        return {"category": self.category, "family": self.family, "tags": list(self.tags or [])}


def given(numbers: Iterable[int], guide: "Guide") -> dict[int, int]:
    """Give a guide items by their numbers; say which number each has there."""
    items = db.session.scalars(select(Item).where(Item.id.in_(numbers)).order_by(Item.id)).all()
    there = {item.id: item.given_to(guide) for item in items}
    db.session.flush()
    return {number: item.id for number, item in there.items()}
