"""What all parts of a guide are told with: a content, a language, an address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urljoin

from babel.dates import format_date

from facilitator.documents.document import Span
from facilitator.documents.phrases import count, phrases, say
from facilitator.kinds.base import ORDER
from facilitator.models import glossary, wording
from facilitator.models.institution import TYPES
from facilitator.models.part import PARTS

Line = Mapping[str, Any]


def every(lines: Sequence[Line]) -> Iterator[Line]:
    """List lines, each before those below it."""
    for line in lines:
        yield line
        yield from every(line.get("below") or ())


@lru_cache(maxsize=1000)
def day(date: str, language: str) -> str:
    """Write a date, kept as 2026-11-20, in a language."""
    return format_date(dt.date.fromisoformat(date[:10]), "long", locale=language)


@dataclass(frozen=True)
class Telling:
    """One telling of a guide: its content, in a language, for the public or for those who write it."""

    content: Mapping[str, Any]
    language: str
    address: str
    public: bool = True

    def say(self, key: str, **given: object) -> str:
        """Say a phrase of ours."""
        return say(self.language, key, **given)

    def phrase(self, key: str) -> Any:
        """Give phrases of ours that belong together."""
        return phrases(self.language)[key]

    def licence(self) -> str:
        """Name the licence the authority chose."""
        chosen = self.content.get("licence") or ""
        return str(self.phrase("licences").get(chosen, chosen))

    def type(self, name: str | None) -> str:
        """Name a type of institution."""
        return self.term(name) if name in TYPES else ""

    def tag(self, name: str) -> str:
        """Name a mark of a line: a Dakar objective, a theme, a step of the cycle, or what somebody wrote."""
        return self.term(name) if name in glossary.TERMS else str(self.phrase("tag_names").get(name, name))

    def figure(self, line: Line, name: str) -> str:
        """Say what the room decided of a line: its adoption or its priority."""
        found = line["facts"].get(name)
        return self.term(found) if found in glossary.TERMS else str(found or "")

    def term(self, key: str) -> str:
        """Say a term of the domain."""
        return glossary.term(key, self.language)

    def part(self, name: str) -> Sequence[Line]:
        """List the lines of a part; those left out only for those who write the guide."""
        lines = self.content["parts"].get(name) or ()
        return [line for line in lines if not (self.public and line.get("left_out"))]

    def below(self, line: Line) -> Sequence[Line]:
        """List the lines below a line; those left out only for those who write the guide."""
        return [each for each in line.get("below") or () if not (self.public and each.get("left_out"))]

    def read(self, texts: Mapping[str, str] | None) -> str:
        """Read a text in this language, or in the guide's first that has it."""
        return wording.read(texts or {}, self.language, self.content["languages"])

    def span(self, texts: Mapping[str, str] | None, *, strong: bool = False, note: str = "") -> Span:
        """Read a text, marked with its language where that is another."""
        spoken = wording.spoken(texts or {}, self.language, self.content["languages"])
        return Span(
            (texts or {}).get(spoken, ""),
            strong=strong,
            note=note,
            lang="" if spoken == self.language else spoken,
        )

    def date(self, date: str) -> str:
        """Write a date."""
        return day(date, self.language)

    @cached_property
    def votes(self) -> dict[Any, Line]:
        """List the rounds that lines come from."""
        met: dict[Any, Line] = {}
        for name in PARTS:
            for line in every(self.part(name)):
                for origin in line.get("provenance") or ():
                    met.setdefault(_round(origin), origin)
        return met

    @cached_property
    def numbers(self) -> dict[Any, int]:
        """Number the rounds that lines come from: R1, R2 … in the order they are met."""
        return {key: number for number, key in enumerate(self.votes, 1)}

    def number(self, origin: Line) -> int:
        """Give the number of the round that a line comes from."""
        return self.numbers[_round(origin)]

    def ordered(self, line: Line) -> int:
        """Give the number of the round that ordered a line last; 0 where none did."""
        origins = [each for each in line.get("provenance") or () if each.get("gives") == ORDER]
        return self.number(origins[-1]) if origins else 0

    def vote(self, origin: Line) -> str:
        """Say which vote a line comes from."""
        return self.say(
            "provenance",
            session=self.read(origin["session"]),
            activity=self.read(origin["activity"]),
            round=origin["round"],
            date=self.date(origin["date"]),
            voters=count(self.language, "voters", origin["ballots"]),
        )

    def note(self, line: Line) -> str:
        """Say where a line comes from: each vote, the place it gave, who took it, the room's own words."""
        said = [self._origin(origin) for origin in line.get("provenance") or ()]
        if reworded := self.read(line.get("reworded_from")):
            said.append(self.say("worded", text=reworded))
        return self.say("semicolon").join(said)

    def _origin(self, origin: Line) -> str:
        said = [self.vote(origin)]
        if origin.get("place"):
            placed = "placed_tied" if origin.get("tied") else "placed"
            said.append(self.say(placed, place=origin["place"], of=origin["of"]))
        if origin.get("taken_by"):
            said.append(self.say("taken", name=origin["taken_by"]))
        return self.say("comma").join(said)

    def traced(self, line: Line, texts: Mapping[str, str] | None, *, strong: bool = False) -> list[Span]:
        """Read a text of a line with the note of its origin and the ways that lead there."""
        note = self.note(line)
        ways = [
            Span(f" R{self.number(origin)}", soft=True, link=self.way(origin))
            for origin in line.get("provenance") or ()
        ]
        reason = line.get("left_out")
        out = [Span(" " + self.say("left_out", reason=reason), soft=True)] if reason else []
        return [self.span(texts, strong=strong, note=note), *ways, *out]

    def way(self, origin: Line) -> str:
        """Give the way to a vote: in the guide's annex, or on the desk for those who write it."""
        if self.public or not origin.get("round_id"):
            return f"#vote-{self.number(origin)}"
        return urljoin(self.address, f"/desk/rounds/{origin['round_id']}")


def _round(origin: Line) -> tuple[Any, ...]:
    told = [text for name in ("session", "activity") for text in origin[name].values()]
    counted = [origin.get(name) for name in ("gives", "ballots", "of")]
    return (origin.get("round_id"), origin["date"], origin["round"], *counted, *told)
