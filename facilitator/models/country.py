"""A country that makes guides."""

from babel import Locale
from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from facilitator import db

SPELLED = {"pt": "pt_PT"}  # as in Africa: Benim, not Benin
PROJECT_COUNTRIES = ("GH", "CI", "ML", "MR", "NE", "NG", "SN", "CD", "CM", "CV")


class Country(db.Base):
    """A country, known by its two-letter code."""

    __tablename__ = "country"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(2), unique=True)

    def name(self, language: str) -> str:
        """Name the country in a language."""
        return country_name(self.code, language)

    @classmethod
    def named(cls, code: str) -> "Country":
        """Find the country with this code, or begin it."""
        found = db.session.scalar(select(cls).where(cls.code == code))
        if found is None:
            found = cls(code=code)
            db.session.add(found)
            db.session.flush()
        return found


def country_name(code: str, language: str) -> str:
    """Name a country code in a language."""
    spelled = SPELLED.get(language, language)
    return Locale.parse(spelled, sep="-" if "-" in spelled else "_").territories.get(code) or code
