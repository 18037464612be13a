"""Ballots, standings and settings in which options bear other numbers: another installation gives its own."""

from collections.abc import Mapping
from typing import Any

# by name: one option; options however deep; lists that begin with an option
ONE = {"option", "upper", "lower", "condorcet_winner"}
ALL = {"options", "order", "unsure", "won", "even", "links", "circle", "smith_set"}
ALL |= {"sure", "tied", "differ", "strongest"}
FIRST = {"votes", "ratings", "points", "targets", "cloud"}


def renumbered(content: Any, became: Mapping[int, int]) -> Any:
    """The same content over other numbers; an option that is not known any more stays out of their way."""
    if isinstance(content, list):
        return [renumbered(each, became) for each in content]
    if isinstance(content, dict):
        return {name: _named(name, value, became) for name, value in content.items()}
    return content


def _named(name: str, value: Any, became: Mapping[int, int]) -> Any:
    if name in ONE and isinstance(value, int):
        return _number(value, became)
    if name in ALL and isinstance(value, list):
        return _every(value, became)
    if name in FIRST and isinstance(value, list):
        return [[_every(row[0], became), *row[1:]] if isinstance(row, list) and row else row for row in value]
    return renumbered(value, became)


def _every(value: Any, became: Mapping[int, int]) -> Any:
    if isinstance(value, list):
        return [_every(each, became) for each in value]
    return _number(value, became) if type(value) is int else value


def _number(option: int, became: Mapping[int, int]) -> int:
    return became.get(option, -abs(option))
