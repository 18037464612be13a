"""What a result says beyond its order: named figures, tables and sentences, before they have a look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from flask_babel import LazyString

Form = Literal["text", "count", "share", "decimal", "median", "date"]


@dataclass(frozen=True)
class Option:
    """An item as one participant reads it."""

    id: int
    text: str
    lang: str


HOLE = "\ufffc"
Cell = int | Fraction | str | dt.date | Option | None
Sentence = str | Sequence[str | Option]
Decided = tuple[Option, str, str]  # an option, what was decided of it, how firm that is
Picture = Mapping[str, Any]


@dataclass(frozen=True)
class Figured:
    """A column of a result: the name of its figure, its head, and how it is written.

    Forms: "text", "count" (whole), "share" (a part of one), "decimal" (two places), "median" (halves),
    "date".
    """

    name: str
    label: LazyString | str
    form: Form = "text"


@dataclass(frozen=True)
class Listed:
    """One line of a result: the option, its place, and its figures by name."""

    option: Option
    place: int
    tied: bool
    figures: Mapping[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True)
class Tabled:
    """A table beside a result, exact."""

    name: str
    caption: str
    columns: Sequence[Figured]
    rows: Sequence[Sequence[Cell]]


Remark = Sentence | Tabled


class Named(dict[int, Option]):
    """The options by their ids; one that is no longer offered is named by its number."""

    def __init__(self, options: Iterable[Option]) -> None:
        super().__init__((option.id, option) for option in options)

    def __missing__(self, id: int) -> Option:
        return Option(id, f"#{id}", "")


def joined(options: Iterable[Option]) -> list[str | Option]:
    """Name several options in one line."""
    line: list[str | Option] = []
    for option in options:
        line += [" · ", option] if line else [option]
    return line


def woven(told: str, option: Option) -> list[str | Option]:
    """Put an option where a sentence leaves a hole for it."""
    before, _hole, after = told.partition(HOLE)
    return [before, option, after]


def mark(line: Listed, values: Iterable[Any], told: str = "") -> dict[str, Any]:
    """Give a line of a result as a mark of a picture; `told` is what stands beside it."""
    return {
        "label": line.option.text,
        "place": line.place,
        "tied": line.tied,
        "values": [None if value is None else float(value) for value in values],
        "told": told,
    }
