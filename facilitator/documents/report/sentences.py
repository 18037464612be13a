"""The sentences of a report that no kind of question says itself: of groups, and of rounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from babel.numbers import format_decimal
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from facilitator.counting.methods import FIRST
from facilitator.documents.institutions import named
from facilitator.kinds.figured import HOLE, Named, Sentence, joined, woven
from facilitator.models.breakdown import OTHERS, Breakdown
from facilitator.models.change import Changed


def number(value: float) -> str:
    """Write a whole number."""
    return str(format_decimal(value, locale=get_locale()))


def dissent(found: Breakdown, known: Named) -> Iterator[Sentence]:
    """Say where types of institution differ, the furthest apart first."""
    names, written = {type_: group(type_) for type_ in found.groups}, cache(number)
    gaps = {option: max(places.values()) - min(places.values()) for option, places in found.dissent.items()}
    for option, apart in sorted(gaps.items(), key=lambda each: -each[1]):
        places = found.dissent[option].items()
        told = " · ".join(f"{names[type_]} {written(place)}" for type_, place in places)
        words = ngettext("%(num)d place apart", "%(num)d places apart", apart)
        said = _(
            "Where they differ: %(option)s – %(apart)s (%(places)s)", option=HOLE, apart=words, places=told
        )
        yield woven(said, known[option])
    if not found.dissent:
        yield _("No option is three or more places apart between them.")


def deciding(found: Breakdown, options: int) -> Iterator[Sentence]:
    """Say whether one type of institution decides, and whether their numbers do."""
    size = number(max(1, min(FIRST, options - 1)))
    for type_ in found.decided_by:
        said = _(
            "without “%(type)s”, others would be among the first %(size)s.", type=group(type_), size=size
        )
        yield f"{_('One delegation less:')} {said}"
    if found.weighting_matters:
        said = _(
            "if each type counted the same, whatever its number, others would be among the first %(size)s.",
            size=size,
        )
        yield f"{_('One type, one weight:')} {said}"


def group(type_: str) -> str:
    """Name a group of a breakdown."""
    return named(type_) if type_ != OTHERS else _("Others, taken together")


def changed(found: Changed, known: Named) -> Iterator[Sentence]:
    """Say what a round changed, and how many changed their answer."""
    change, size = found.change, number(found.change.size)
    said = [_("Since round %(number)s:", number=number(found.numbers[0]))]
    if change.entered:
        yield _sentence(_("new among the first %(size)s:", size=size), change.entered, known)
    if change.left:
        yield _sentence(_("no longer among the first %(size)s:", size=size), change.left, known)
    if not change.moved:
        said.append(_("every option keeps its place."))
    elif not (change.entered or change.left):
        said.append(
            ngettext(
                "the first %(size)s are the same; %(moved)s option has another place.",
                "the first %(size)s are the same; %(moved)s options have another place.",
                change.moved,
                size=size,
                moved=number(change.moved),
            )
        )
    if found.minds:
        said.append(_minds(*found.minds))
    if said[1:]:
        yield " ".join(said)


def _sentence(words: str, options: Iterable[int], known: Named) -> Sentence:
    return [f"{words} ", *joined(known[option] for option in options), "."]


def _minds(both: int, turned: int) -> str:
    said: str = ngettext(
        "Of the %(both)s phones that answered both rounds, %(turned)s changed its answer.",
        "Of the %(both)s phones that answered both rounds, %(turned)s changed their answer.",
        turned,
        both=number(both),
        turned=number(turned),
    )
    return said
