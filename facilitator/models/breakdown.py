"""A result by type of institution: only groups that hide nobody, and what they tell apart."""

from collections.abc import Mapping
from dataclasses import dataclass

from facilitator.counting import groups
from facilitator.counting.standing import Standings
from facilitator.counting.weighing import by_group
from facilitator.models.ballot import Ballot
from facilitator.models.change import counted_again
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

    Once the same was asked again a round stays whole: the two would tell how those voted who came or went.
    """
    if counted_again(round_) or not round_.activity.form_kind.placed:
        return None
    sizes = {type_: count for type_, count in round_.turnout(Ballot.type).items() if type_}
    shown = groups.shown(_with_untyped(round_, sizes))
    visible = [type_ for type_ in TYPES if type_ in shown]
    if not visible:
        return None
    cast = round_.typed_choices()
    given = [type_ if type_ in visible else OTHERS for type_, _choice in cast]
    names = [type_ for type_ in (*visible, OTHERS) if type_ in given]
    activity, whole = round_.activity, round_.standings()
    options = [offer.item_id for offer in activity.offered]
    room = activity.form_kind.weighing(options, [choice for _type, choice in cast], activity.settings)
    found = by_group(room, options, given, names)
    return Breakdown(
        groups=found.groups,
        dissent=groups.dissent(found.groups),
        decided_by=tuple(
            type_
            for type_ in visible
            if found.without[type_].ballots and not groups.same_chosen(whole, found.without[type_])
        ),
        weighting_matters=not groups.same_chosen(whole, found.level),
    )


def _with_untyped(round_: Round, sizes: Mapping[str, int]) -> dict[str, int]:
    untyped = round_.turnout(Ballot.type).get(None, 0)
    return {**sizes, OTHERS: untyped} if untyped else dict(sizes)
