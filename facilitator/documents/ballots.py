"""Paper ballots: the same questions as on the phone, to be answered with a pen."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from string import ascii_uppercase

from facilitator.documents.form import Box, Row
from facilitator.documents.printing import printed

LONG = 16  # signs of a word that still fits beside its box in a line of several


@dataclass(frozen=True)
class Ballot:
    """A paper ballot in one language, with the words that stand on it."""

    language: str
    direction: str
    workshop: str
    session: str
    question: str
    about: Sequence[str]
    types: Sequence[str]
    named: bool
    rows: Sequence[Row]
    words: Mapping[str, str]


def ballot(made: Ballot) -> bytes:
    """Print a ballot."""
    rows, legend = explained(made.rows)
    return printed("ballots", asdict(made) | {"rows": [asdict(row) for row in rows], "legend": legend})


def explained(rows: Sequence[Row]) -> tuple[Sequence[Row], list[tuple[str, str]]]:
    """Say once above all rows what their boxes mean, where all that have boxes have the same ones."""
    ticked = [row for row in rows if row.boxes]
    if len(ticked) < 2 or any(row.boxes != ticked[0].boxes for row in ticked):
        return rows, []
    boxes = ticked[0].boxes
    if any(len(box.sign) > LONG for box in boxes):
        boxes = [Box(letter, box.sign) for letter, box in zip(_letters(len(boxes)), boxes, strict=True)]
    signs = [Box(box.sign) for box in boxes]
    brief = [replace(row, boxes=signs) if row.boxes else row for row in rows]
    return brief, [(box.sign, box.word) for box in boxes if box.word]


def _letters(count: int) -> list[str]:
    more = [one + other for one in ascii_uppercase for other in ascii_uppercase]
    return [*ascii_uppercase, *more][:count]
