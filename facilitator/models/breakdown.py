"""A result by type of institution: only groups that hide nobody, and what they tell apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import or_

from facilitator.counting import groups
from facilitator.counting.standing import Standings
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
    """Break a round down by type of institution, where its session asks for it and enough took part."""
    sizes = {type_: count for type_, count in round_.turnout(Ballot.type).items() if type_}
    visible = [type_ for type_ in TYPES if type_ in groups.shown(_with_untyped(round_, sizes))]
    if not visible:
        return None
    standings = {type_: round_.tally(Ballot.type == type_, draws=0) for type_ in visible}
    hidden = or_(Ballot.type.is_(None), Ballot.type.not_in(visible))
    if (others := round_.tally(hidden, draws=0)).ballots:
        standings[OTHERS] = others
    whole = round_.standings()
    return Breakdown(
        groups=standings,
        dissent=groups.dissent(standings),
        decided_by=tuple(type_ for type_ in visible if _decides(round_, type_, whole)),
        weighting_matters=not groups.same_chosen(whole, _weighted(round_, visible, OTHERS in standings)),
    )


def _with_untyped(round_: Round, sizes: Mapping[str, int]) -> dict[str, int]:
    untyped = round_.turnout(Ballot.type).get(None, 0)
    return {**sizes, OTHERS: untyped} if untyped else dict(sizes)


def _decides(round_: Round, type_: str, whole: Standings) -> bool:
    without = round_.tally(or_(Ballot.type.is_(None), Ballot.type != type_), draws=0)
    return without.ballots > 0 and not groups.same_chosen(whole, without)


def _weighted(round_: Round, visible: list[str], others: bool) -> Standings:
    """Count again with one weight for each group."""
    parts = [round_.choices(Ballot.type == type_) for type_ in visible]
    if others:
        parts.append(round_.choices(or_(Ballot.type.is_(None), Ballot.type.not_in(visible))))
    weights = groups.equal_weights([len(part) for part in parts])
    ballots = chain.from_iterable(part * weight for part, weight in zip(parts, weights, strict=True))
    activity = round_.activity
    options = [offer.item_id for offer in activity.offered]
    return activity.form_kind.tally(options, list(ballots), activity.settings, activity.seed, 0)
