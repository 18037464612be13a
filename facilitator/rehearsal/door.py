"""What the people of a rehearsal bring to the door: a type of institution, a name, a card, as it asks."""

from __future__ import annotations

from dataclasses import dataclass

from facilitator.models.card import Card
from facilitator.models.institution import TYPES
from facilitator.models.session import Session


@dataclass(frozen=True)
class Newcomer:
    """What one person says or shows at the door."""

    type: str = ""
    name: str = ""
    card: str = ""

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Fill in the form of the door."""
        return [("type", self.type), ("name", self.name), ("card", self.card)]


def newcomers(session: Session, people: int, printed: tuple[str, ...]) -> list[Newcomer]:
    """Make so many people: the printed cards go round first, those without one get another."""
    types = [TYPES[place % len(TYPES)] if session.asks_type else "" for place in range(people)]
    if session.by_card:
        types[: len(printed)] = printed[:people]
    cards = [Card.issue(session, type_ or None)[1] if session.by_card else "" for type_ in types]
    return [
        Newcomer(type_, f"{place}" if session.named else "", card)
        for place, (type_, card) in enumerate(zip(types, cards, strict=True), 1)
    ]
