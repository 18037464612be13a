"""The types of institution in words, and whom a question is for."""

from __future__ import annotations

from collections.abc import Sequence

from babel.lists import format_list
from flask_babel import get_locale
from flask_babel import gettext as _

from facilitator.documents.institutions import NAMES as NAMES
from facilitator.models.institution import GOVERNMENTAL
from facilitator.refusals import N_, Refusal


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
