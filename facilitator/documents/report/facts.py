"""What a report holds: plain facts, gathered once, equal in every format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from facilitator.documents.ledger import Ledger
from facilitator.documents.standings import Drawn
from facilitator.kinds.figured import Decided, Option, Sentence, Tabled

Pair = tuple[str, str]
Step = Callable[[str], None]


@dataclass(frozen=True)
class Count:
    """One round: who answered, what was counted, and the ballots for a recount.

    `message` says why nothing is shown; the first of `tables` is the result itself; `dissent` are sentences
    too, the furthest apart first.
    """

    id: int
    number: int
    opened: dt.datetime
    closed: dt.datetime | None
    struck: bool
    turnout: str
    ballots: int
    blank: int | None
    paper: int
    hands: int
    message: str = ""
    digest: str = ""
    tables: Sequence[Tabled] = ()
    sentences: Sequence[Sentence] = ()
    dissent: Sequence[Sentence] = ()
    charts: Sequence[Drawn] = ()
    decided: Sequence[Decided] = ()
    ledger: Ledger | None = None

    @property
    def said(self) -> list[Sentence]:
        """List every sentence."""
        return [*self.sentences, *self.dissent]


@dataclass(frozen=True)
class Question:
    """One activity: what was asked, how it is counted, its rounds and what was said about it."""

    id: int
    number: int
    kind: str
    prompt: Option
    label: str
    sentence: str
    rules: Sequence[str]
    only: str
    note: str
    options: Sequence[Option]
    counts: Sequence[Count]
    changed: Sequence[Sentence] = ()
    rounds: Tabled | None = None
    slopes: Drawn | None = None
    proposals: Tabled | None = None
    waiting: int = 0

    @property
    def last(self) -> Count | None:
        """Name the round that counts."""
        return self.counts[-1] if self.counts else None


Heard = Callable[[Question], None]


@dataclass(frozen=True)
class Sitting:
    """One session: how it was done, who took part, what was asked, decided and left open."""

    id: int
    title: Option
    day: dt.date
    people: Sequence[str]
    provisional: Sequence[str]
    how: Sequence[Pair]
    methods: Sequence[Pair]
    joined: int
    named: bool
    took_part: Tabled | None
    questions: Sequence[Question]
    parked: Tabled | None
    decisions: Tabled | None
    taken: Tabled | None
    follow_up: Tabled | None
    next_steps: Sequence[str]


@dataclass(frozen=True)
class Report:
    """A session's or a workshop's results in one language."""

    of: str
    id: int
    language: str
    direction: str
    country: str
    code: str
    workshop: Option
    place: str
    days: tuple[dt.date, dt.date]
    zone: str
    made: dt.datetime
    sittings: Sequence[Sitting]
    matrix: Tabled | None = None
    facts: Sequence[Pair] = field(default_factory=tuple)

    @property
    def provisional(self) -> Sequence[str]:
        """Say what is still open."""
        return [
            f"{sitting.title.text} – {reason}" if self.whole else reason
            for sitting in self.sittings
            for reason in sitting.provisional
        ]

    @property
    def whole(self) -> bool:
        """Tell whether this is a whole workshop's."""
        return self.of == "workshop"

    def rounds(self) -> Iterator[tuple[str, Question, Count]]:
        """List the rounds whose ballots can be handed out, each question with its number in the report."""
        for place, sitting in enumerate(self.sittings, 1):
            for asked in sitting.questions:
                number = f"{place}.{asked.number}" if self.whole else str(asked.number)
                yield from ((number, asked, count) for count in asked.counts if count.ledger)
