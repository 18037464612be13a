"""Points: a budget to spend on options, at most so many on one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln
from flask_babel import ngettext
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from facilitator.counting.points import point_standings, point_weighing
from facilitator.counting.stability import DRAWS
from facilitator.kinds.base import Choice, Kind, Offered, Refused, Row, Settings, SettingsForm, liked
from facilitator.kinds.fields import dense_ranks, posted_by_item, whole
from facilitator.kinds.figured import Figured, Named, Picture, Remark, mark
from facilitator.kinds.remarks import number

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from facilitator.counting.standing import Standings
    from facilitator.counting.weighing import Weighing
    from facilitator.kinds.base import Option

STEM = "points-"
BUDGET, MOST = 10, 5
LARGEST = 100
RANGE = _l("Write a number from 1 to %(most)s.", most=LARGEST)


class PointsSettings(SettingsForm):
    """How many points each participant has, and how many may go to one option."""

    budget = IntegerField(
        _l("Points for each participant"),
        [InputRequired(RANGE), NumberRange(1, LARGEST, RANGE)],
        default=BUDGET,
    )
    most = IntegerField(
        _l("Points on one option at most"),
        [InputRequired(RANGE), NumberRange(1, LARGEST, RANGE)],
        description=_l("Up to 5, phones show buttons to tap; above, a field to fill in."),
        default=MOST,
    )


class PointsKind(Kind):
    """Each participant spends a budget of points."""

    name = "points"
    label = _l("Points")
    hint = _l("Spend points on what matters; some may be left.")
    sentence = _l("The option with the most points from all of us stands first.")
    settings_form = PointsSettings
    columns = ("points",)
    figured = (
        Figured("points", _l("Points"), "count"),
        Figured("share", _l("Share"), "share"),
        Figured("supporters", _l("Given by"), "count"),
    )

    def rules(self, settings: Settings) -> Sequence[str]:
        """Say the budget and the most on one option."""
        budget, most = self.limits(settings)
        return (
            ngettext("Each of us has %(num)s point.", "Each of us has %(num)s points.", budget),
            _("At most %(most)s on one option; some may be left.", most=most),
        )

    def limits(self, settings: Settings) -> tuple[int, int]:
        """Give the budget and the most that can go to one option."""
        budget = int(settings.get("budget", BUDGET))
        return budget, min(budget, int(settings.get("most", MOST)))

    def read(self, offered: Offered, settings: Settings, posted: MultiDict[str, str]) -> Choice:
        """Read the points given, zero being none."""
        budget, most = self.limits(settings)
        given = {}
        for item, digits in posted_by_item(posted, STEM, offered).items():
            number = whole(digits)
            if number is None:
                raise Refused(_l("Points are whole numbers from 0 to %(most)s.", most=most))
            if number > most:
                raise Refused(
                    _ln("At most %(num)s point on one option.", "At most %(num)s points on one option.", most)
                )
            given[item] = number
        spent = [[item, number] for item, number in given.items() if number]
        over = sum(given.values()) - budget
        if over > 0:
            raise Refused(
                _ln(
                    "%(num)s point too many: you have %(budget)s. Please take it back.",
                    "%(num)s points too many: you have %(budget)s. Please take them back.",
                    over,
                    budget=budget,
                )
            )
        if not spent:
            raise Refused(_l("Give at least one point, or send a blank answer."))
        return {"points": spent}

    def filled(self, choice: Choice | None) -> dict[str, Any]:
        """Give the fields of an answer."""
        given = (choice or {}).get("points", ())
        return {"blank": choice == {}, "fields": {f"{STEM}{item}": str(number) for item, number in given}}

    def ranks(self, choice: Choice) -> Mapping[int, str]:
        """Put what got the most points in first place, what got none nowhere."""
        return dense_ranks(dict(choice["points"]))

    def values(self, choice: Choice) -> Mapping[int, Row]:
        """Write the points beside the ranks."""
        return {item: (str(number),) for item, number in choice["points"]}

    def imagined(self, options: Sequence[int], settings: Settings, chance: Random) -> list[tuple[str, str]]:
        """Spend all or most on the best liked, on each no more than on the one before."""
        left, number = self.limits(settings)
        fields = []
        for option in liked(options, chance):
            number = min(left, chance.randint((number + 1) // 2, number))
            if number:
                fields.append((f"{STEM}{option}", str(number)))
            left -= number
        return fields

    def tally(
        self,
        options: Sequence[int],
        choices: Iterable[Choice],
        settings: Settings,
        seed: int = 0,
        draws: int = DRAWS,
    ) -> Standings:
        """Order the options by points."""
        return point_standings(options, choices, seed=seed, draws=draws)

    def weighing(self, options: Sequence[int], choices: Iterable[Choice], settings: Settings) -> Weighing:
        """Gather ballots to be counted with other weights."""
        return point_weighing(options, choices)

    def pictured(self, standings: Standings, options: Sequence[Option]) -> Sequence[Picture]:
        """Draw the points as bars."""
        marks = [
            mark(line, (line.figures["points"], line.figures["share"]))
            for line in self.listed(standings, options)
        ]
        return [{"sort": "bars", "caption": _("Points"), "marks": marks}]

    def noted(self, standings: Standings, named: Named) -> Sequence[Remark]:
        """Say how many points were given."""
        given = standings.remarks["given"]
        return (
            ngettext(
                "%(points)s point was given; shares are of these, bars are against the first place.",
                "%(points)s points were given; shares are of these, bars are against the first place.",
                given,
                points=number(given),
            ),
        )
