"""The user's guide of one country, one edition of it."""

from typing import TYPE_CHECKING

from sqlalchemy import JSON, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator import db
from facilitator.models import wording

if TYPE_CHECKING:
    from facilitator.models.country import Country
    from facilitator.models.item import Item
    from facilitator.models.person import Person
    from facilitator.models.workshop import Workshop


class Guide(db.Base):
    """An edition of a country's guide; its workshops and items belong to it."""

    __tablename__ = "guide"

    id: Mapped[int] = mapped_column(primary_key=True)
    country_id: Mapped[int] = mapped_column(ForeignKey("country.id"), index=True)
    title: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    edition: Mapped[int] = mapped_column(default=1)
    families: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)
    demo: Mapped[bool] = mapped_column(default=False)
    country: Mapped["Country"] = relationship()
    workshops: Mapped[list["Workshop"]] = relationship(
        back_populates="guide", cascade="all, delete-orphan", order_by="Workshop.starts_on, Workshop.id"
    )
    items: Mapped[list["Item"]] = relationship(back_populates="guide", cascade="all, delete-orphan")

    def name(self, language: str) -> str:
        """Give the guide's title in a language."""
        return wording.read(self.title, language, self.languages)

    @classmethod
    def seen_by(cls, person: "Person") -> list["Guide"]:
        """List the guides a person may see, demo last."""
        guides = db.session.scalars(select(cls).order_by(cls.demo, cls.id)).all()
        return [guide for guide in guides if person.may("see", guide.country)]
