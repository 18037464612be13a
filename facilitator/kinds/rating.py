"""Rating: each option on five levels that have words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice

from facilitator.counting.ballotfile import NO_OPINION
from facilitator.counting.rating import LEVELS, rating_standings, rating_weighing
from facilitator.counting.stability import DRAWS
from facilitator.kinds.base import Choice, Kind, Offered, Refused, Row, Settings, SettingsForm
from facilitator.kinds.fields import dense_ranks, leaning, posted_by_item, whole
from facilitator.kinds.figured import Figured, Named, Picture, Remark, Tabled, mark
from facilitator.kinds.remarks import OPTION

if TYPE_CHECKING:
    from flask_babel import LazyString
    from werkzeug.datastructures import MultiDict

    from facilitator.counting.standing import Standings
    from facilitator.counting.weighing import Weighing
    from facilitator.kinds.base import Option

STEM = "rate-"
SOME = 0.1
SCALES: dict[str, tuple[LazyString, tuple[LazyString, ...]]] = {
    "importance": (
        _l("Importance"),
        (
            _l("Not important"),
            _l("Slightly important"),
            _l("Moderately important"),
            _l("Important"),
            _l("Very important"),
        ),
    ),
    "agreement": (
        _l("Agreement"),
        (
            _l("Strongly disagree"),
            _l("Disagree"),
            _l("Neither agree nor disagree"),
            _l("Agree"),
            _l("Strongly agree"),
        ),
    ),
    "quality": (
        _l("Quality"),
        (_l("Very poor"), _l("Poor"), _l("Acceptable"), _l("Good"), _l("Very good")),
    ),
}


class RatingSettings(SettingsForm):
    """Which words stand at the levels."""

    scale = RadioField(
        _l("Scale"),
        choices=[SelectChoice(name, label) for name, (label, _words) in SCALES.items()],
        default="importance",
    )


def level(digits: str) -> int:
    """Read one level."""
    number = whole(digits)
    if number is None or not 1 <= number <= LEVELS:
        raise Refused(_l("Ratings are whole numbers from 1 to 5."))
    return number


def too_few() -> str:
    """Say why nothing is shown of an option."""
    return str(_("too few opinions to show"))


class RatingKind(Kind):
    """Each participant rates each option, or has no opinion on it."""

    name = "rating"
    label = _l("Rating")
    hint = _l("Rate each option from 1 to 5.")
    sentence = _l(
        "The option with the highest median stands first: half of us rate it at least so high; "
        "the mean decides between equal medians. No opinion counts for nothing."
    )
    settings_form = RatingSettings
    page_rows = 7
    columns = ("rating",)
    unranked = NO_OPINION
    figured = (
        Figured("median", _l("Median"), "median"),
        Figured("mean", _l("Mean"), "decimal"),
        Figured("spread", _l("Spread"), "median"),
        Figured("n", _l("Ratings"), "count"),
    )

    def words(self, settings: Settings) -> Sequence[LazyString]:
        """Give the words of the levels, from 1 to 5; settings or the remarks of standings name the scale."""
        return SCALES[settings.get("scale", "importance")][1]

    def rules(self, settings: Settings) -> Sequence[str]:
        """Say what the levels mean."""
        levels = enumerate(self.words(settings), 1)
        return (" · ".join(_("%(level)s: %(word)s", level=number, word=word) for number, word in levels),)

    def read(self, offered: Offered, settings: Settings, posted: MultiDict[str, str]) -> Choice:
        """Read the levels given; no opinion leaves none."""
        given = posted_by_item(posted, STEM, offered)
        if not given:
            raise Refused(_l("Rate at least one option, or send a blank answer."))
        return {"ratings": [[item, level(digits)] for item, digits in given.items()]}

    def filled(self, choice: Choice | None) -> dict[str, Any]:
        """Give the fields of an answer."""
        given = (choice or {}).get("ratings", ())
        return {"blank": choice == {}, "fields": {f"{STEM}{item}": str(number) for item, number in given}}

    def ranks(self, choice: Choice) -> Mapping[int, str]:
        """Put what is rated highest in first place."""
        return dense_ranks(dict(choice["ratings"]))

    def values(self, choice: Choice) -> Mapping[int, Row]:
        """Write the ratings beside the ranks."""
        return {item: (str(number),) for item, number in choice["ratings"]}

    def imagined(self, options: Sequence[int], settings: Settings, chance: Random) -> list[tuple[str, str]]:
        """Rate the first options higher, now and then without an opinion."""
        return [
            (f"{STEM}{option}", str(leaning(place, chance)))
            for place, option in enumerate(options)
            if not place or chance.random() > SOME
        ]

    def tally(
        self,
        options: Sequence[int],
        choices: Iterable[Choice],
        settings: Settings,
        seed: int = 0,
        draws: int = DRAWS,
    ) -> Standings:
        """Order the options by median, then by mean."""
        standings = rating_standings(options, choices, seed=seed, draws=draws)
        standings.remarks["scale"] = settings.get("scale", "importance")
        return standings

    def weighing(self, options: Sequence[int], choices: Iterable[Choice], settings: Settings) -> Weighing:
        """Gather ballots to be counted with other weights."""
        return rating_weighing(options, choices)

    def pictured(self, standings: Standings, options: Sequence[Option]) -> Sequence[Picture]:
        """Draw how often each level was given."""
        counts = {found["option"]: found["counts"] for found in standings.remarks["distribution"]}
        marks = [
            mark(line, counts.get(line.option.id, ()), "" if line.option.id in counts else too_few())
            for line in self.listed(standings, options)
        ]
        words = [str(word) for word in self.words(standings.remarks)]
        return [{"sort": "ratings", "caption": _("All ratings"), "marks": marks, "series": words}]

    def noted(self, standings: Standings, named: Named) -> Sequence[Remark]:
        """Tell how often each level was given."""
        counts = {found["option"]: found["counts"] for found in standings.remarks["distribution"]}
        spoke = standings.ballots - standings.blank
        rows = [
            (
                named[row.option],
                *counts.get(row.option, (None,) * LEVELS),
                spoke - int(row.figures["n"] or 0),
            )
            for row in standings.rows
        ]
        levels = [
            Figured(str(number), f"{number} · {word}", "count")
            for number, word in enumerate(self.words(standings.remarks), 1)
        ]
        columns = (OPTION, *levels, Figured("unsure", _l("No opinion"), "count"))
        return (Tabled("distribution", _("All ratings"), columns, rows),)
