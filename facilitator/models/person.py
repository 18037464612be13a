"""The people who sign in, and what each may do in which country."""

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator import db

if TYPE_CHECKING:
    from facilitator.models.country import Country

ROLES = ("facilitator", "expert", "coordinator", "authority", "reader")
RUNNING = {"facilitator", "coordinator"}
# what each act takes; to endorse is nobody's by office: an administrator needs the role too
ACTS: dict[str, set[str]] = {
    "see": set(ROLES),
    "run": RUNNING,
    "edit": RUNNING | {"expert"},
    "comment": set(ROLES) - {"reader"},
    "submit": RUNNING,
    "endorse": {"authority"},
    "publish": RUNNING | {"authority"},
}
ENDORSE = "endorse"
hasher = PasswordHasher()


class Role(db.Base):
    """What a person is in one country."""

    __tablename__ = "role"
    __table_args__ = (UniqueConstraint("person_id", "country_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    country_id: Mapped[int] = mapped_column(ForeignKey("country.id"))
    name: Mapped[str] = mapped_column(String(20))
    person: Mapped["Person"] = relationship(back_populates="roles")
    country: Mapped["Country"] = relationship()


class Person(db.Base):
    """A human who signs in."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    password: Mapped[str | None] = mapped_column(String(200))
    administrator: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str | None] = mapped_column(String(8))
    epoch: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime] = mapped_column(db.Moment, default=db.now)
    roles: Mapped[list[Role]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by=Role.id
    )

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Tie a signed-in browser to this person and to the password of that time."""
        return f"{self.id}.{self.epoch}"

    def set_password(self, password: str) -> None:
        """Keep a new password and sign out every other browser."""
        self.password = hasher.hash(password)
        self.epoch = (self.epoch or 0) + 1

    def check_password(self, password: str) -> bool:
        """Tell whether this is the password, in the same time whether or not there is one."""
        return matches(self.password, password)

    def may(self, act: str, country: "Country") -> bool:
        """Tell whether the person may see, run, edit, comment, submit, endorse or publish in a country."""
        if self.administrator and act != ENDORSE:
            return True
        return any(role.country_id == country.id and role.name in ACTS[act] for role in self.roles)

    @classmethod
    def by_email(cls, email: str) -> "Person | None":
        """Find the person with this address."""
        return db.session.scalar(select(cls).where(cls.email == email.strip().lower()))

    @classmethod
    def signed_in(cls, token: str) -> "Person | None":
        """Find the person of a signed-in browser, unless the password has changed since."""
        number, _, epoch = token.partition(".")
        if not (number.isdecimal() and epoch.isdecimal()):
            return None
        person = db.session.get(cls, int(number))
        return person if person and person.epoch == int(epoch) else None

    @classmethod
    def count(cls) -> int:
        """Count the people of this installation."""
        return db.session.scalar(select(func.count(cls.id))) or 0


@cache
def nobody() -> str:
    """Give the hash of a password that nobody has; made where it is needed, because it takes a while."""
    return hasher.hash("a password that nobody has")


def matches(kept: str | None, password: str) -> bool:
    """Compare a password with the kept hash, taking as long when there is none."""
    try:
        hasher.verify(kept or nobody(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return kept is not None
