"""The types of institution in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

if TYPE_CHECKING:
    from flask_babel import LazyString

OTHER = "other"
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


def named(type_: str) -> str:
    """Name a type of institution, or those that are told together."""
    return str(NAMES[type_]) if type_ in NAMES else str(_("Others, taken together"))
