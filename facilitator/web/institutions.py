"""The types of institution in words, and whom a question is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from babel.lists import format_list
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from facilitator.models.institution import GOVERNMENTAL
from facilitator.refusals import N_, Refusal

if TYPE_CHECKING:
    from flask_babel import LazyString

NAMES: Mapping[str, LazyString] = {
    "ministry": _l("Ministry"),
    "statistics": _l("National statistics office"),
    "enforcement": _l("Immigration, border or law enforcement"),
    "population": _l("National population body"),
    "agency": _l("International agency"),
    "research": _l("Research institute"),
    "civil": _l("Civil society"),
    "private": _l("Private sector"),
}


class NotAsked(Refusal):
    """A phone answered a question that is for other types of institution."""

    status = 403
    message = N_("This question is for others: %(types)s. Your answer was not taken.")


class Types(tuple[str, ...]):
    """Types of institution that name themselves in the language of the moment they are read."""

    def __str__(self) -> str:
        if set(self) == set(GOVERNMENTAL):
            return str(_("governmental institutions"))
        names = [str(name) for type_, name in NAMES.items() if type_ in self]
        return format_list(names, locale=get_locale() or "en")


def named(type_: str) -> str:
    """Name a type of institution."""
    return str(NAMES[type_])


def only_for(types: Sequence[str]) -> str:
    """Say whom a question is for."""
    if set(types) == set(GOVERNMENTAL):
        return str(_("This question is for governmental institutions only."))
    return str(_("This question is only for: %(types)s.", types=Types(types)))


def only_from(types: Sequence[str]) -> str:
    """Say whom a result comes from."""
    if set(types) == set(GOVERNMENTAL):
        return str(_("Only governmental institutions answered this."))
    return str(_("Only these answered: %(types)s.", types=Types(types)))
