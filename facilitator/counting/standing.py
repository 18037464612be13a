"""Standings: each option's place and figures, kept exactly."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Figure = int | Fraction | None

SEVERAL = 2  # what one person alone answered is not the room


@dataclass(frozen=True)
class Standing:
    """One option's place in the room's order and the figures beside it."""

    option: int
    place: int
    tied: bool
    figures: dict[str, Figure]


@dataclass(frozen=True)
class Standings:
    """What a count found: all options best first, with the remarks that keep it honest."""

    method: str
    ballots: int
    blank: int
    rows: tuple[Standing, ...]
    remarks: dict[str, Any]

    @property
    def several(self) -> bool:
        """Whether so many answered that no figure is somebody's own answer."""
        return self.ballots - self.blank >= SEVERAL

    def to_json(self) -> str:
        """The same text for the same standings, fractions kept as fractions."""
        content = {
            "method": self.method,
            "ballots": self.ballots,
            "blank": self.blank,
            "rows": [vars(row) for row in self.rows],
            "remarks": self.remarks,
        }
        return json.dumps(
            content, default=_fraction_out, ensure_ascii=False, separators=(",", ":"), sort_keys=True
        )

    @classmethod
    def from_json(cls, text: str) -> "Standings":
        """The standings that were written, figure for figure."""
        content = json.loads(text, object_hook=_fraction_in)
        rows = tuple(Standing(**row) for row in content.pop("rows"))
        return cls(rows=rows, **content)

    def row(self, option: int) -> Standing | None:
        """The standing of one option, if it was counted."""
        return next((row for row in self.rows if row.option == option), None)


def share(part: int, whole: int) -> Fraction:
    """A part of all ballots; of none, nothing."""
    return Fraction(part, whole or 1)


def standing_rows(
    options: Sequence[int], groups: Sequence[Sequence[int]], figures: Mapping[int, dict[str, Figure]]
) -> tuple[Standing, ...]:
    """Rows best first from groups of tied options: 1, 1, 3; those tied keep the order of `options`."""
    rows: list[Standing] = []
    for group in groups:
        place = len(rows) + 1
        rows += (
            Standing(option, place, len(group) > 1, figures[option])
            for option in sorted(group, key=options.index)
        )
    return tuple(rows)


def _fraction_out(value: object) -> dict[str, list[int]]:
    if isinstance(value, Fraction):
        return {"fraction": [value.numerator, value.denominator]}
    raise TypeError(f"{type(value).__name__} has no place in standings")


def _fraction_in(content: dict[str, Any]) -> Any:
    return Fraction(*content["fraction"]) if content.keys() == {"fraction"} else content
