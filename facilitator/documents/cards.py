"""One-use cards on A4 sheets, to be cut: each with its QR code and its short form."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from facilitator.documents.printing import printed

GROUP = 4


@dataclass(frozen=True)
class Card:
    """One card: its number, what its holder types, whom it is for, and its QR code as an SVG path."""

    number: int
    token: str
    type: str
    size: int
    path: str


@dataclass(frozen=True)
class Cards:
    """The cards of a session in one language, with the words that stand on each of them."""

    language: str
    direction: str
    workshop: str
    session: str
    address: str
    code: str
    words: Mapping[str, str]
    cards: Sequence[Card]


def cards(made: Cards) -> bytes:
    """Print cards."""
    return printed("cards", asdict(made))


def short_form(token: str) -> str:
    """Write a token the way it is typed: in groups of four."""
    return "-".join(token[start : start + GROUP] for start in range(0, len(token), GROUP))
