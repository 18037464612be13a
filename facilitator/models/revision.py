"""The history of a line: each state it had, who made it so and when, and what changed between two."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator import db
from facilitator.models.part import FIGURES

if TYPE_CHECKING:
    from facilitator.models.line import Line
    from facilitator.models.person import Person

State = Mapping[str, Any]
Piece = tuple[str, str]
REST = ("left_out", "present", "parent", "position", "room_place")
SAME, CUT, NEW = "same", "cut", "new"
WORD = re.compile(r"\s+|[^\s]+")
MANY_WORDS = 4000


class Revision(db.Base):
    """One state of a line."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("line_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("line.id", ondelete="CASCADE"))
    number: Mapped[int]
    at: Mapped[dt.datetime] = mapped_column(db.Moment, default=db.now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    person: Mapped[str] = mapped_column(String(200), default="")
    act: Mapped[str] = mapped_column(String(20))
    state: Mapped[dict[str, Any]] = mapped_column(JSON)
    line: Mapped["Line"] = relationship(back_populates="revisions")

    @property
    def before(self) -> "Revision | None":
        """Name the state before this one."""
        return next((each for each in self.line.revisions if each.number == self.number - 1), None)


def restore(line: "Line", number: int, person: "Person | None") -> Revision:
    """Write again what a line said in an earlier state; its place and the room's word stay."""
    said = {name: value for name, value in line.facts.items() if name in FIGURES}
    then = kept(line.revision(number).state)
    return line.become(person, "restore", then | {"facts": then["facts"] | said})


def kept(state: State) -> dict[str, Any]:
    """Give what restoring brings back: all but the place among others and what the room decided."""
    facts = {name: value for name, value in state["facts"].items() if name not in FIGURES}
    kept = {name: value for name, value in state.items() if name not in ("position", "room_place")}
    return kept | {"facts": facts}


def flat(state: State) -> dict[str, Any]:
    """Write a state as single values, each under its own name: `words.area.fr`, `facts.block`, `position`."""
    single = {name: value for name, value in state.items() if name not in ("words", "facts")}
    words = {
        f"words.{field}.{language}": text
        for field, texts in state.get("words", {}).items()
        for language, text in texts.items()
    }
    return single | words | {f"facts.{name}": value for name, value in state.get("facts", {}).items()}


def patched(state: State, values: Mapping[str, Any]) -> dict[str, Any]:
    """Give a state with single values laid over it; what is empty is not there."""
    made = {name: value for name, value in state.items() if name not in ("words", "facts")}
    words: dict[str, dict[str, str]] = {}
    facts: dict[str, Any] = {}
    for name, value in (flat(state) | dict(values)).items():
        group, _dot, rest = name.partition(".")
        if group == "words":
            field, _dot, language = rest.partition(".")
            if value:
                words.setdefault(field, {})[language] = value
        elif group == "facts":
            if value not in (None, "", False, []):
                facts[rest] = value
        else:
            made[name] = value
    return made | {"words": words, "facts": facts}


def differences(before: State, after: State, language: str) -> list[tuple[str, list[Piece]]]:
    """Say word by word what differs between two states, as far as one language reads them."""
    then, now = _read(before, language), _read(after, language)
    return [
        (name, pieces(then.get(name, ""), now.get(name, "")))
        for name in sorted(dict.fromkeys((*then, *now)), key=REST.__contains__)
        if then.get(name, "") != now.get(name, "")
    ]


def pieces(before: str, after: str) -> list[Piece]:
    """Cut two texts into what stayed, what went and what came."""
    then, now = _words(before), _words(after)
    return list(_pieces(then, now, SequenceMatcher(None, then, now, autojunk=len(then) > MANY_WORDS)))


def _pieces(then: Sequence[str], now: Sequence[str], found: SequenceMatcher[str]) -> Iterator[Piece]:
    for op, a, b, c, d in found.get_opcodes():
        if op == "equal":
            yield SAME, "".join(now[c:d])
            continue
        if b > a:
            yield CUT, "".join(then[a:b])
        if d > c:
            yield NEW, "".join(now[c:d])


def _words(text: str) -> list[str]:
    words = WORD.findall(text)
    return words if len(words) <= MANY_WORDS else text.splitlines(keepends=True)


def _read(state: State, language: str) -> dict[str, str]:
    read = {field: texts.get(language, "") for field, texts in state.get("words", {}).items()}
    facts = {name: _told(value) for name, value in state.get("facts", {}).items()}
    rest = {name: _told(state.get(name)) for name in REST}
    return read | facts | rest


def _told(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "×" if value else ""
    return "" if value is None else str(value)
