"""Remarks: what keeps a result honest, in the words of wall and desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from facilitator.kinds.figured import Decided, Figured, Named, Option, Sentence, Tabled, joined

if TYPE_CHECKING:
    from facilitator.counting.standing import Standings

OPTION = Figured("option", _l("Option"))
PLACE = Figured("place", _l("Place"), "count")
FEW = 3


def number(count: int) -> str:
    """Write a whole number in the reader's digits."""
    return str(format_decimal(count))


def announced(standings: Standings, named: Named) -> list[Sentence]:
    """Say what can be announced: a first place, a first group, or neither."""
    found = standings.remarks["stability"]
    if circle := standings.remarks.get("circle"):
        between = joined(named[option] for option in circle)
        return [[_("A circle: each of these comes behind another of them."), " ", *between]]
    if not found or not standings.rows:
        return []
    if standings.rows[0].tied:
        return [_("The first place is shared.")]
    if found["first"]["word"] == "firm":
        return [_("The first place is firm.")]
    return [_group(_standing_out(standings, found["groups"]))]


def _standing_out(standings: Standings, groups: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    most = min(max(FEW, len(standings.rows) // 2), len(standings.rows) - 1)
    small = [group for group in groups if group["size"] <= most]
    return next((group for word in ("firm", "likely") for group in small if group["word"] == word), None)


def _group(group: Mapping[str, Any] | None) -> str:
    if group is None:
        return str(_("The order is open: a few other answers could change it."))
    if group["size"] == 1:
        return str(_("The first place is likely, not certain."))
    size = number(group["size"])
    if group["word"] == "firm":
        return str(
            _("The first %(size)s stand out firmly; which of them comes first is not certain.", size=size)
        )
    return str(
        _("The first %(size)s probably stand out; which of them comes first is not certain.", size=size)
    )


def leading(standings: Standings) -> int:
    """Count the first places that stand out, firmly or likely."""
    found = standings.remarks["stability"]
    if not found or not standings.rows:
        return 0
    if found["first"]["word"] == "firm":
        return 1
    group = _standing_out(standings, found["groups"])
    return int(group["size"]) if group else 0


def places(standings: Standings) -> Named:
    """Call options by the places at which they stand."""
    return Named(
        Option(row.option, _("place %(place)s", place=number(row.place)), "") for row in standings.rows
    )


def chosen(standings: Standings, named: Named) -> list[Decided]:
    """Name the first place or the first group, where it is firm or likely; nothing else was chosen."""
    found = standings.remarks["stability"]
    if not found or not standings.rows or standings.remarks.get("circle"):
        return []
    first = found["first"]["word"]
    if first == "firm" and not standings.rows[0].tied:
        return [(named[standings.rows[0].option], str(_("first place")), firmness(first))]
    group = _standing_out(standings, found["groups"])
    if group is None:
        return []
    place = _("first place")
    if group["size"] > 1:
        place = _("among the first %(size)s", size=number(group["size"]))
    rows = [row for row in standings.rows if row.place <= group["size"]]
    return [(named[row.option], str(place), firmness(group["word"])) for row in rows]


def firmness(word: str) -> str:
    """Say how firm something is."""
    return str({"firm": _("firm"), "likely": _("likely"), "open": _("open")}[word])


def stability(standings: Standings, named: Named) -> list[Tabled]:
    """Tell how firm each place is."""
    found = standings.remarks["stability"]
    if not found or not standings.rows:
        return []
    redrawn = ngettext(
        "%(draws)s redraw of the answers, seed %(seed)s",
        "%(draws)s redraws of the answers, seed %(seed)s",
        found["draws"],
        draws=number(found["draws"]),
        seed=found["seed"],
    )
    word = cache(firmness)
    places = [
        (held["place"], named[held["option"]], held["share"], word(held["word"]))
        for held in sorted(found["places"], key=lambda held: held["place"])
    ]
    groups = [
        (
            None,
            _("The first %(size)s, in any order", size=number(held["size"])),
            held["share"],
            word(held["word"]),
        )
        for held in found["groups"]
        if held["size"] > 1
    ]
    columns = (
        PLACE,
        OPTION,
        Figured("same", _l("Same place"), "share"),
        Figured("word", _l("In words")),
    )
    caption = _("How firm each place is")
    return [Tabled("stability", f"{caption} ({redrawn})", columns, [*places, *groups])]


def agreement(found: Mapping[str, Any]) -> str:
    """Say how alike the room ranks."""
    if found["w"] is None:
        return str(_("Agreement cannot be measured with these answers."))
    words = {
        "very_weak": _("very weak"),
        "weak": _("weak"),
        "moderate": _("moderate"),
        "strong": _("strong"),
    }
    return str(
        _(
            "Agreement in the room: %(word)s (W = %(w)s, n = %(n)s).",
            word=words[found["word"]],
            w=format_decimal(float(found["w"]), "0.00"),
            n=number(found["n"]),
        )
    )


def check(standings: Standings, named: Named) -> Sentence:
    """Say whether other methods give the same first ones; those in doubt in the order of the result."""
    methods = standings.remarks["methods"]
    size = number(methods["size"])
    if methods["same"]:
        return str(
            _("Method check: head-to-head, mean place and support give the same first %(size)s.", size=size)
        )
    differ = _(
        "Method check: head-to-head, mean place and support do not give the same first %(size)s.", size=size
    )
    doubted = [named[row.option] for row in standings.rows if row.option in methods["differ"]]
    return [differ, " ", _("Worth discussing:"), " ", *joined(doubted)]


def winner(option: int | None, named: Named) -> Sentence:
    """Name what comes before every other one."""
    if option is None:
        return str(_("No option comes before every other one to one."))
    return [_("Comes before every other, one to one:"), " ", named[option]]


def margins(neighbours: Sequence[Mapping[str, Any]], named: Named) -> list[Tabled]:
    """Tell by how much each option stands before the next."""
    words = {"clear": _("clear"), "narrow": _("narrow"), "plain": ""}
    rows = [
        (
            named[pair["upper"]],
            named[pair["lower"]],
            pair["before"],
            pair["after"],
            pair["equal"],
            words[pair["word"]] if pair["before"] != pair["after"] else "",
        )
        for pair in neighbours
    ]
    columns = (
        OPTION,
        Figured("next", _l("Against the next")),
        Figured("before", _l("Before"), "count"),
        Figured("after", _l("After"), "count"),
        Figured("equal", _l("Equal"), "count"),
        Figured("margin", _l("Margin")),
    )
    return [Tabled("margins", _("Neighbours, one to one"), columns, rows)] if rows else []
