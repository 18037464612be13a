"""What each value of a brought-in row must look like before it is written."""

import datetime as dt
import json
from collections.abc import Callable, Collection, Mapping
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import JSON, Boolean, Date, Integer, String

from facilitator import db
from facilitator.counting.standing import Standings
from facilitator.kinds import KINDS
from facilitator.models.followup import STATUSES
from facilitator.models.guide import STATES
from facilitator.models.objections import ParcelDamaged
from facilitator.models.part import PARTS
from facilitator.models.whole import Kept, Row

Test = Callable[[Any], bool]
LARGEST = 2**31


def is_texts(value: Any) -> bool:
    """Tell whether it is a text in some languages."""
    if not isinstance(value, dict):
        return False
    return all(len(language) <= 8 and isinstance(text, str) for language, text in value.items())


def is_list(value: Any) -> bool:
    """Tell whether it is a list of words."""
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def is_words(value: Any) -> bool:
    """Tell whether it is some fields in some languages."""
    return isinstance(value, dict) and all(map(is_texts, value.values()))


def is_facts(value: Any) -> bool:
    """Tell whether it is plain values and lists of words, each with a name."""
    plain = (str, int, type(None))
    return isinstance(value, dict) and all(
        isinstance(each, plain) or is_list(each) for each in value.values()
    )


def is_state(value: Any) -> bool:
    """Tell whether it is a state of a line."""
    return isinstance(value, dict) and is_words(value.get("words")) and is_facts(value.get("facts"))


def is_changes(value: Any) -> bool:
    """Tell whether it is what a taking changed."""
    return isinstance(value, list) and all(
        isinstance(row, list) and [type(each) for each in row] == [str, dict, dict] for row in value
    )


def is_object(value: Any) -> bool:
    """Tell whether it is named values."""
    return isinstance(value, dict)


def is_choice(value: Any) -> bool:
    """Tell whether it is a ballot."""
    return isinstance(json.loads(value), dict)


def is_standings(value: Any) -> bool:
    """Tell whether it is what a count found."""
    return bool(Standings.from_json(value))


def among(known: Collection[str]) -> Test:
    """Ask for one of some words."""
    return lambda value: value in known


JSON_SHAPES: Mapping[tuple[str, str], Test] = {
    ("guide", "families"): is_words,
    ("guide", "languages"): is_list,
    ("workshop", "languages"): is_list,
    ("item", "tags"): is_list,
    ("activity", "answerers"): is_list,
    ("activity", "settings"): is_object,
    ("line", "words"): is_words,
    ("line", "facts"): is_facts,
    ("revision", "state"): is_state,
    ("taking", "changes"): is_changes,
    ("provenance", "figures"): is_facts,
}
MEANINGS: Mapping[tuple[str, str], Test] = {
    ("activity", "kind"): among(KINDS),
    ("workshop", "timezone"): among(available_timezones()),
    ("line", "part"): among(PARTS),
    ("guide", "state"): among(STATES),
    ("followup", "status"): among(STATUSES),
    ("ballot", "choice"): is_choice,
    ("result", "standings"): is_standings,
}


def checked(kept: Kept, row: Row) -> Row:
    """Read a row as its columns want it, or refuse the file."""
    columns = {column.name: column for column in kept.columns}
    if row.keys() != columns.keys():
        raise ParcelDamaged
    return {name: value(kept.name, columns[name], row[name]) for name in columns}


def value(table: str, column: Any, given: Any) -> Any:
    """Read one value as its column wants it, or refuse the file."""
    try:
        read = _read(table, column, given)
        meant = MEANINGS.get((table, column.name))
        if read is not None and meant and not meant(read):
            raise ParcelDamaged
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, ArithmeticError) as strange:
        raise ParcelDamaged from strange
    return read


def _read(table: str, column: Any, given: Any) -> Any:
    if given is None and column.nullable:
        return None
    type_ = column.type
    if isinstance(type_, JSON):
        return _sound(given, JSON_SHAPES.get((table, column.name), is_texts)(given))
    if isinstance(type_, db.Moment):
        return dt.datetime.fromisoformat(given).astimezone(dt.UTC)
    if isinstance(type_, Date):
        return dt.date.fromisoformat(given)
    if isinstance(type_, Boolean):
        return _sound(given, isinstance(given, bool))
    if isinstance(type_, Integer):
        return _sound(given, type(given) is int and abs(given) < LARGEST)
    fits = isinstance(given, str) and "\x00" not in given
    long = isinstance(type_, String) and type_.length is not None and fits and len(given) > type_.length
    return _sound(given, fits and not long)


def _sound(given: Any, good: bool) -> Any:
    if not good or "\\u0000" in json.dumps(given):
        raise ValueError
    return given
