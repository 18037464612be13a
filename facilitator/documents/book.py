"""A book of sheets before it is written: titles, tables of exact values, and where a chart serves."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, lru_cache
from unicodedata import category, east_asian_width

Value = str | int | float | Fraction | dt.date | dt.datetime | None
Cell = Callable[[Value], str]

LONGEST = 31
MOST_SIGNS = 32_767
UNFIT = re.compile(r"[\[\]:*?/\\]+")
NARROW, WIDE = 6, 66  # a seal is 64 signs
UNSEEN = ("Mn", "Me", "Cf")


@dataclass(frozen=True)
class Head:
    """The head of a column and the form of its values.

    Forms: "text", "count", "share", "decimal", "median", "date", "moment".
    """

    words: str
    form: str = "text"


@dataclass(frozen=True)
class Mass:
    """Rows of many ballots, written when one says how a cell is written; `words` stand in many of them."""

    ballots: int
    words: Sequence[str]
    rows: Callable[[Cell], Iterator[str]]


@dataclass(frozen=True)
class Grid:
    """A table with its head row; `bars` is the column that a chart beside it shows, where there is one.

    Its mass is the last of a sheet: rows below its own that have no look.
    """

    caption: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[Value]] = ()
    mass: Mass | None = None
    bars: int | None = None
    name: str = ""


@dataclass(frozen=True)
class Sheet:
    """A sheet: its title, lines of facts (each may have a name for formulas), then its tables.

    The remarks stand below the first table: its head stays in view, and must not be far down.
    """

    name: str
    title: str
    facts: Sequence[tuple[str, Value, str]] = ()
    grids: Sequence[Grid] = ()
    remarks: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Book:
    """A whole book in one language."""

    title: str
    direction: str
    sheets: Sequence[Sheet] = field(default_factory=list)


def fit(text: str) -> str:
    """Keep what a cell can hold."""
    return text.encode("utf-8", "replace").decode()[:MOST_SIGNS]


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Make names that a spreadsheet takes: short, without signs of its own, no two alike."""
    found: list[str] = []
    taken = {"history", ""}
    for number, words in enumerate(wanted, 1):
        visible = "".join(sign for sign in UNFIT.sub(" ", words) if category(sign)[0] != "C")
        plain = " ".join(visible.split()).strip("'")
        name, again = plain[:LONGEST].strip(" '"), 1
        while name.lower() in taken:
            again += 1
            end = f" ({again})" if plain else str(number)
            name = plain[: LONGEST - len(end)].rstrip(" '") + end
        taken.add(name.lower())
        found.append(name)
    return found


@lru_cache(1 << 14)
def wide(text: str) -> int:
    """Tell how many columns of signs the longest line of a text takes."""
    lines = text.splitlines()
    if text.isascii():
        return max(map(len, lines), default=0)
    return max((sum(map(_signs, line)) for line in lines), default=0)


def folded(text: str, across: float) -> int:
    """Tell on how many lines a text stands in a column."""
    return sum(1 + max(0, wide(line) - 1) // max(1, int(across)) for line in text.splitlines())


@cache
def _signs(sign: str) -> int:
    if sign.isascii():
        return 1
    return 0 if category(sign) in UNSEEN else 2 if east_asian_width(sign) in "WF" else 1


def width(grid: Grid, column: int) -> float:
    """Choose how wide a column is: what stands in it, within reason."""
    texts = [row[column] for row in grid.rows if isinstance(row[column], str)]
    longest = max((wide(text) for text in texts if isinstance(text, str)), default=0)
    words = grid.heads[column].words
    head = max((wide(word) + 3 for word in words.split()), default=0)
    head = max(head, wide(words) // 2 + 3)
    least = {"date": 11, "moment": 17}.get(grid.heads[column].form, NARROW)
    return float(min(WIDE, max(longest + 2, head, least)))


def widths(sheet: Sheet) -> list[float]:
    """Choose how wide the columns of a sheet are: as its widest table needs them."""
    found = [0.0] * max((len(grid.heads) for grid in sheet.grids), default=2)
    for grid in sheet.grids:
        for column in range(len(grid.heads)):
            found[column] = max(found[column], width(grid, column))
    labels = [*(fact[0] for fact in sheet.facts), *(remark[0] for remark in sheet.remarks)]
    if labels:
        found[0] = max(found[0], *(min(40.0, wide(label) + 3) for label in labels))
        found[1:2] = [max(24.0, *found[1:2])] if found[1:] else [24.0]
    return found
