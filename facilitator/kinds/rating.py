"""Rating: each option on five levels that have words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice

from facilitator.counting.ballotfile import NO_OPINION
from facilitator.counting.rating import LEVELS, rating_standings
from facilitator.counting.stability import DRAWS
from facilitator.kinds.base import Choice, Kind, Offered, Refused, Settings, SettingsForm
from facilitator.kinds.fields import dense_ranks, leaning, posted_by_item, whole

if TYPE_CHECKING:
    from flask_babel import LazyString
    from werkzeug.datastructures import MultiDict

    from facilitator.counting.standing import Standings

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

    def values(self, choice: Choice) -> Mapping[int, Sequence[str]]:
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
