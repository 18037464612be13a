"""Fields: what a phone posts item by item, and the ranks that such an answer writes."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from facilitator.kinds.base import NOT_OFFERED, Offered, Refused

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

STEPS = 4
NO = (False, "False", "false", "")  # of a tick, posted or stored


def posted_by_item(posted: MultiDict[str, str], stem: str, offered: Offered) -> dict[int, str]:
    """Read the fields named `stem` and an item's id that carry something, one an item."""
    found = {}
    for field, values in posted.lists():
        given = [value for value in values if value] if field.startswith(stem) else ()
        if not given:
            continue
        item = offered.get(field[len(stem) :])
        if item is None:
            raise Refused(NOT_OFFERED)
        if len(given) > 1:
            raise Refused(_l("One option has two answers. Please give it one."))
        found[item] = given[0]
    return dict(sorted(found.items()))


def whole(digits: str) -> int | None:
    """Read a whole number of up to three digits of any script; anything else is none."""
    digits = digits.strip()
    return int(digits) if digits.isdecimal() and len(digits) <= 3 else None


def dense_ranks(scores: Mapping[int, int]) -> dict[int, str]:
    """Number the places by score, highest first, without gaps."""
    places = {score: str(place) for place, score in enumerate(sorted(set(scores.values()), reverse=True), 1)}
    return {item: places[score] for item, score in scores.items()}


def fondness(place: int) -> float:
    """How likely someone is to favour the option at a place, who likes the first ones more."""
    return 0.9 / (1 + place / 3)


def leaning(place: int, chance: Random) -> int:
    """Rate the option at a place from 1 to 5, as someone might who likes the first ones more."""
    return 1 + sum(chance.random() < fondness(place) for _step in range(STEPS))
