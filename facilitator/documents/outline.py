"""What all formats agree on: the levels and anchors of headings, the numbers of tables and figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from facilitator.documents.document import Block, Document, Figure, Heading, Listing, Table

DEEPEST = 4
OURS = re.compile(r"notes|(?:heading|listing|table|figure|note|noted)-.*")


@dataclass(frozen=True)
class Placed:
    """A block in its place: the level of a heading, the number of what is counted."""

    block: Block
    level: int = 0
    number: int = 0
    anchor: str = ""


def placed(document: Document) -> Iterator[Placed]:
    """Put the blocks of a document in their places: no level is skipped, no anchor stands twice."""
    level, taken = 0, set[str]()
    numbers = {Heading: 0, Listing: 0, Table: 0, Figure: 0}
    for block in document.blocks:
        sort = type(block)
        if sort not in numbers:
            yield Placed(block)
            continue
        numbers[sort] += 1
        number = numbers[sort]
        if isinstance(block, Heading):
            level = max(1, min(block.level, level + 1, DEEPEST))
            yield Placed(block, level, number, _anchor(block.anchor, number, taken))
        else:
            yield Placed(block, number=number, anchor=f"{sort.__name__.lower()}-{number}")


def word(document: Document, name: str) -> str:
    """Give one of the words that writers add, in the document's language."""
    return document.words.get(name) or name.capitalize()


def _anchor(wanted: str, number: int, taken: set[str]) -> str:
    anchor = re.sub(r"[^A-Za-z0-9_-]+", "-", wanted).strip("-")
    if not anchor or anchor in taken or OURS.fullmatch(anchor):
        anchor = f"heading-{number}"
    taken.add(anchor)
    return anchor
