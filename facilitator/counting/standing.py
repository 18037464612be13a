"""Standings: each option's place and figures, kept exactly."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Figure = int | Fraction | None


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


def places(groups: Sequence[Sequence[int]]) -> dict[int, int]:
    """Each option's place when tied options share the best one: 1, 1, 3."""
    found: dict[int, int] = {}
    for group in groups:
        found |= dict.fromkeys(group, len(found) + 1)
    return found


def standing_rows(
    groups: Sequence[Sequence[int]], figures: Mapping[int, dict[str, Figure]]
) -> tuple[Standing, ...]:
    """Rows best first from groups of tied options."""
    place = places(groups)
    return tuple(
        Standing(option, place[option], len(group) > 1, figures[option])
        for group in groups
        for option in group
    )


def _fraction_out(value: object) -> dict[str, list[int]]:
    if isinstance(value, Fraction):
        return {"fraction": [value.numerator, value.denominator]}
    raise TypeError(f"{type(value).__name__} has no place in standings")


def _fraction_in(content: dict[str, Any]) -> Any:
    return Fraction(*content["fraction"]) if content.keys() == {"fraction"} else content
