"""A result by type of institution: only groups that hide nobody, and what they tell apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from facilitator.counting import groups
from facilitator.counting.standing import Standings
from facilitator.kinds.base import Choice
from facilitator.models.ballot import Ballot
from facilitator.models.institution import TYPES
from facilitator.models.round import Round

OTHERS = "others"


@dataclass(frozen=True)
class Breakdown:
    """The standings of each group that may be shown, the dissent between them and what one group decides."""

    groups: Mapping[str, Standings]
    dissent: Mapping[int, Mapping[str, int]]
    decided_by: tuple[str, ...]
    weighting_matters: bool


def broken_down(round_: Round) -> Breakdown | None:
    """Break a round down by type of institution, where its session asks for it and enough took part.

    A struck round stays whole: beside the round that counts instead it would tell how who came or went voted.
    """
    if round_.struck:
        return None
    sizes = {type_: count for type_, count in round_.turnout(Ballot.type).items() if type_}
    visible = [type_ for type_ in TYPES if type_ in groups.shown(_with_untyped(round_, sizes))]
    if not visible:
        return None
    parts: dict[str, list[Choice]] = {type_: [] for type_ in (*visible, OTHERS)}
    for type_, choice in round_.typed_choices():
        parts[type_ if type_ in visible else OTHERS].append(choice)
    parts = {type_: part for type_, part in parts.items() if part}
    standings = {type_: _count(round_, part) for type_, part in parts.items()}
    whole = round_.standings()
    return Breakdown(
        groups=standings,
        dissent=groups.dissent(standings),
        decided_by=tuple(type_ for type_ in visible if _decides(round_, parts, type_, whole)),
        weighting_matters=not groups.same_chosen(whole, _weighted(round_, parts)),
    )


def _with_untyped(round_: Round, sizes: Mapping[str, int]) -> dict[str, int]:
    untyped = round_.turnout(Ballot.type).get(None, 0)
    return {**sizes, OTHERS: untyped} if untyped else dict(sizes)


def _count(round_: Round, choices: Iterable[Choice]) -> Standings:
    activity = round_.activity
    options = [offer.item_id for offer in activity.offered]
    return activity.form_kind.tally(options, choices, activity.settings, activity.seed, 0)


def _decides(round_: Round, parts: Mapping[str, list[Choice]], type_: str, whole: Standings) -> bool:
    rest = [choice for other, part in parts.items() if other != type_ for choice in part]
    return bool(rest) and not groups.same_chosen(whole, _count(round_, rest))


def _weighted(round_: Round, parts: Mapping[str, list[Choice]]) -> Standings:
    """Count again with one weight for each group."""
    weights = groups.equal_weights([len(part) for part in parts.values()])
    ballots = chain.from_iterable(part * weight for part, weight in zip(parts.values(), weights, strict=True))
    return _count(round_, list(ballots))
