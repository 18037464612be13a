"""How many answered, in words, and why what so few or so blank answers come to is not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import ngettext

from facilitator.kinds.remarks import number

if TYPE_CHECKING:
    from facilitator.counting.standing import Standings


def took_part(count: int) -> str:
    """Say how many answered."""
    return str(ngettext("%(ballots)s took part.", "%(ballots)s took part.", count, ballots=number(count)))


def blank(count: int) -> str:
    """Say how many answers are blank."""
    told = number(count)
    return str(ngettext("%(blank)s answer is blank.", "%(blank)s answers are blank.", count, blank=told))


def hidden(standings: Standings) -> str:
    """Say why a count is not shown; nothing where it is."""
    if not standings.ballots:
        return str(_("No answer yet."))
    if standings.ballots == standings.blank != 1:
        return blank(standings.blank)
    if not standings.several:
        return str(
            _(
                "Too few answers to show: figures appear from two answers on, "
                "so that nobody’s own answer can be read."
            )
        )
    return ""
