"""Pens: how ballots are written, each thing that they say only once, however many say it."""

from __future__ import annotations

import csv
import io
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from functools import cache

from facilitator.counting.ballotfile import text_only
from facilitator.kinds.base import Line, Row

END = "\r\n"


class Pen(dict[Line, str], ABC):
    """What lines of ballots look like; a row begins, says one line, and ends."""

    def __missing__(self, line: Line) -> str:
        """Write a line that comes for the first time."""
        self[line] = self.line(line)
        return self[line]

    @abstractmethod
    def start(self, number: str) -> str:
        """Begin a row of a slip."""

    @abstractmethod
    def line(self, line: Line) -> str:
        """Say a line; one that stays unsaid makes no row."""

    @abstractmethod
    def end(self, aside: Row) -> str:
        """End a row with what stands aside."""


class Fields(Pen):
    """Rows of a table that opens in a spreadsheet, where no text of people is a formula.

    `own` and `aside` name what a ledger has, `columns` and `beside` what the table has.
    """

    def __init__(
        self,
        front: Iterable[object],
        own: Sequence[str],
        aside: Sequence[str],
        columns: Sequence[str],
        beside: Sequence[str],
    ) -> None:
        super().__init__()
        self.front = "".join(f"{field}," for field in front)
        self.own, self.beside = _places(own, columns), _places(aside, beside)
        self.end = cache(self.end)  # type: ignore[method-assign]

    def start(self, number: str) -> str:
        """Begin a row with the numbers of question, round and slip."""
        return f"{self.front}{number}"

    def line(self, line: Line) -> str:
        """Say a line; the names of options are guarded already."""
        name, rank, more = line
        return _joined([name, rank, *_spread(more, self.own)])

    def end(self, aside: Row) -> str:
        """End a row."""
        return _joined(_spread(aside, self.beside)) + END


def _places(own: Sequence[str], columns: Sequence[str]) -> list[int]:
    return [own.index(name) if name in own else -1 for name in columns]


def _spread(values: Row, places: Sequence[int]) -> list[str]:
    return [text_only(values[place]) if place >= 0 else "" for place in places]


def _joined(fields: Sequence[str]) -> str:
    """Write fields, each after a comma."""
    row = io.StringIO()
    csv.writer(row, lineterminator=END).writerow(("", *fields, ""))  # an empty field alone would be quoted
    return row.getvalue()[: -len(f",{END}")]
