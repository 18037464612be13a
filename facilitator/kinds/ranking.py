"""Ranking: put options in order, fully or in part, with ties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln
from flask_babel import ngettext
from wtforms import BooleanField, IntegerField, RadioField, SelectChoice
from wtforms.validators import NumberRange, Optional

from facilitator.counting.ranking import rank_standings, rank_weighing
from facilitator.counting.stability import DRAWS
from facilitator.kinds import remarks
from facilitator.kinds.base import (
    BLANK,
    NOT_OFFERED,
    Choice,
    Kind,
    Offered,
    Refused,
    Settings,
    SettingsForm,
    liked,
)
from facilitator.kinds.fields import NO
from facilitator.kinds.figured import Figured, Named, Picture, Remark, mark

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from facilitator.counting.standing import Standings
    from facilitator.counting.weighing import Weighing
    from facilitator.kinds.base import Option

PREFIX = "rank-"
NO_OPINION = "-"
SOME = 0.2
MOST = 100
RANGE = _l("Write a number from 0 to %(most)s.", most=MOST)


def place(digits: str, last: int) -> int:
    """Read one place, in digits of any script."""
    digits = digits.strip()
    number = int(digits) if digits.isdecimal() and len(digits) <= 3 else 0
    if not 1 <= number <= last:
        raise Refused(_l("Places are whole numbers from 1 to %(last)s.", last=last))
    return number


def truth(posted: object) -> bool:
    """Read True or False, posted or stored."""
    if str(posted) not in ("True", "False"):
        raise ValueError
    return str(posted) == "True"


class RankingSettings(SettingsForm):
    """Whether options may share a place, how many each may rank, and whether it was asked before."""

    ties = RadioField(
        _l("Places"),
        choices=[
            SelectChoice(True, _l("Options may share a place")),
            SelectChoice(False, _l("Each option has a place of its own")),
        ],
        coerce=truth,
        default=True,
    )
    top = IntegerField(
        _l("How many options each participant ranks at most"),
        [Optional(), NumberRange(0, MOST, RANGE)],
        filters=[lambda number: number or 0],
        description=_l("0: as many as they like. With a long list, the first 3 or 5 are enough."),
        default=0,
    )
    again = BooleanField(
        _l("Compare the result with the ranking of the same options before it"), false_values=NO
    )


class RankingKind(Kind):
    """Each participant puts options in order of preference."""

    name = "ranking"
    label = _l("Ranking")
    hint = _l("Put options in order of preference.")
    sentence = _l(
        "A stands before B when more of us put A before B than B before A; "
        "if such majorities form a circle, the narrowest one gives way."
    )
    settings_form = RankingSettings
    page_rows = 8
    figured = (
        Figured("mean_rank", _l("Mean place"), "decimal"),
        Figured("low", _l("Middle half from"), "median"),
        Figured("high", _l("Middle half to"), "median"),
        Figured("support", _l("Ranked by"), "count"),
        Figured("share", _l("Share"), "share"),
        Figured("unsure", _l("No opinion"), "count"),
        Figured("borda_average", _l("Borda points"), "decimal"),
    )

    def rules(self, settings: Settings) -> Sequence[str]:
        """Say how many can be ranked, where that is limited."""
        top = settings.get("top", 0)
        return (ngettext("Rank one option only.", "Rank %(num)s options at most.", top),) if top else ()

    def read(self, offered: Offered, settings: Settings, posted: MultiDict[str, str]) -> Choice:
        """Read the places given and the options without opinion."""
        groups: dict[int, list[int]] = defaultdict(list)
        ranked = set()
        for field, values in posted.lists():
            given = [value for value in values if value] if field.startswith(PREFIX) else ()
            if not given:
                continue
            item = offered.get(field[len(PREFIX) :])
            if item is None:
                raise Refused(NOT_OFFERED)
            if len(given) > 1:
                raise Refused(_l("One option has two places. Please give it one."))
            groups[place(given[0], len(offered))].append(item)
            ranked.add(item)
        return self.composed(groups, self.without_opinion(offered, ranked, posted), settings)

    def without_opinion(self, offered: Offered, ranked: set[int], posted: MultiDict[str, str]) -> list[int]:
        """Read the options marked as without opinion."""
        marked = set(posted.getlist("unsure"))
        if not marked <= offered.keys():
            raise Refused(NOT_OFFERED)
        unsure = {offered[item] for item in marked}
        if unsure & ranked:
            raise Refused(_l("One option has both a place and “no opinion”. Please keep one of them."))
        return sorted(unsure)

    def composed(self, groups: Mapping[int, list[int]], unsure: list[int], settings: Settings) -> Choice:
        """Compose the canonical choice: gaps between places mean nothing, ties are sorted."""
        if not groups and not unsure:
            raise Refused(_l("Put at least one option in a place, or send a blank answer."))
        if not groups:
            return BLANK
        if not settings.get("ties", True) and any(len(group) > 1 for group in groups.values()):
            raise Refused(_l("Two options share a place. Please give each its own."))
        top = settings.get("top", 0)
        if sum(map(len, groups.values())) > top > 0:
            raise Refused(_ln("Rank one option only.", "Rank %(num)s options at most.", top))
        return {"order": [sorted(groups[place]) for place in sorted(groups)], "unsure": unsure}

    def filled(self, choice: Choice | None) -> dict[str, Any]:
        """Give each ranked option's place and the options without opinion."""
        order = (choice or {}).get("order", ())
        return {
            "blank": choice == {},
            "places": {item: rank for rank, group in enumerate(order, 1) for item in group},
            "unsure": set((choice or {}).get("unsure", ())),
        }

    def ranks(self, choice: Choice) -> Mapping[int, str]:
        """Number the places; "-" marks an option without opinion."""
        marked = self.filled(choice)
        return {item: str(rank) for item, rank in marked["places"].items()} | dict.fromkeys(
            marked["unsure"], NO_OPINION
        )

    def imagined(self, options: Sequence[int], settings: Settings, chance: Random) -> list[tuple[str, str]]:
        """Rank all or the best liked, now and then with a tie or without opinion on the last."""
        order = liked(options, chance)
        most = min(settings.get("top", 0) or len(order), len(order))
        ranked = order[: chance.choice([most, most, max(1, most // 2)])]
        places = list(range(1, len(ranked) + 1))
        if len(ranked) > 2 and settings.get("ties", True) and chance.random() < SOME:
            places[2] = places[1]
        rest = order[len(ranked) :]
        unsure = [("unsure", str(rest[-1]))] if rest and chance.random() < SOME else []
        return [(f"{PREFIX}{item}", str(place)) for item, place in zip(ranked, places, strict=True)] + unsure

    def tally(
        self,
        options: Sequence[int],
        choices: Iterable[Choice],
        settings: Settings,
        seed: int = 0,
        draws: int = DRAWS,
    ) -> Standings:
        """Order the options by head-to-head majorities."""
        return rank_standings(options, choices, seed=seed, draws=draws)

    def weighing(self, options: Sequence[int], choices: Iterable[Choice], settings: Settings) -> Weighing:
        """Gather ballots to be counted with other weights."""
        return rank_weighing(options, choices)

    def pictured(self, standings: Standings, options: Sequence[Option]) -> Sequence[Picture]:
        """Draw the mean places with the middle half of all places, and each two options head to head."""
        lines = self.listed(standings, options)
        means = [
            mark(line, [line.figures.get(name) for name in ("mean_rank", "low", "high")]) for line in lines
        ]
        pairs = [
            mark(line, before)
            for line, before in zip(lines, standings.remarks.get("pairs", ()), strict=False)
        ]
        ranks = {"sort": "ranks", "caption": _("Mean place and middle half of the places"), "marks": means}
        against = {"sort": "pairs", "caption": _("How many put the row before the column"), "marks": pairs}
        return [ranks, against] if pairs else [ranks]

    def noted(self, standings: Standings, named: Named) -> Sequence[Remark]:
        """Tell the agreement, the method check, the winner one to one and the margins."""
        found = standings.remarks
        return (
            remarks.agreement(found["agreement"]),
            remarks.check(standings, named),
            remarks.winner(found["condorcet_winner"], named),
            *remarks.margins(found["neighbours"], named),
        )
