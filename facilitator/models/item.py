"""A challenge, an action or a recommendation of a guide: what people vote on."""

from typing import TYPE_CHECKING

from sqlalchemy import JSON, ForeignKey
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
    guide: Mapped["Guide"] = relationship(back_populates="items")
    origin: Mapped["Item | None"] = relationship(remote_side="Item.id")

    def text(self, language: str, fallbacks: tuple[str, ...] | list[str] = ()) -> str:
        """Read the item in a language."""
        return wording.read(self.wording, language, fallbacks)

    def reworded(self, texts: dict[str, str]) -> "Item":
        """Make the same thing in new words, which remembers the old ones."""
        return Item(guide=self.guide, wording=texts, origin=self)

    def given_to(self, guide: "Guide") -> "Item":
        """Give the item to a guide: itself where it belongs, else a copy that knows its origin."""
        if guide is self.guide:
            return self
        given = Item(guide=guide, wording=dict(self.wording), origin=self)
        db.session.add(given)
        return given
