"""Evaluation: statements rated at the end of the day, and one remark that no wall ever shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import RadioField, SelectChoice

from facilitator.counting.stability import DRAWS
from facilitator.kinds.base import NOTHING, Choice, Offered, Refused, Settings, SettingsForm, Spoken
from facilitator.kinds.fields import posted_by_item
from facilitator.kinds.figured import Named, Remark, Sentence
from facilitator.kinds.rating import SCALES, STEM, RatingKind, level
from facilitator.kinds.remarks import number
from facilitator.kinds.text import language, typed

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from facilitator.counting.standing import Standings
    from facilitator.counting.weighing import Weighing

LONGEST = 1000
SOME = 0.2
SCALE = "agreement"


class EvaluationSettings(SettingsForm):
    """Which words stand at the levels."""

    scale = RadioField(
        _l("Scale"),
        choices=[SelectChoice(name, label) for name, (label, _words) in SCALES.items()],
        default=SCALE,
    )


class EvaluationKind(RatingKind):
    """Each participant rates statements about the day and may add a remark."""

    name = "evaluation"
    label = _l("Evaluation")
    hint = _l("Rate statements about the day, and add a remark for the organisers.")
    settings_form = EvaluationSettings
    least_options = 1
    gives = NOTHING
    longest = LONGEST

    def words(self, settings: Settings) -> Sequence[Any]:
        """Give the words of the levels, from 1 to 5."""
        return super().words({"scale": settings.get("scale", SCALE)})

    def read(self, offered: Offered, settings: Settings, posted: MultiDict[str, str]) -> Choice:
        """Read the levels given and the remark; either will do."""
        ratings = [[item, level(digits)] for item, digits in posted_by_item(posted, STEM, offered).items()]
        remark = typed(posted, "remark", LONGEST)
        if not ratings and not remark:
            raise Refused(_l("Rate a statement or write a remark, or send a blank answer."))
        said = {"remark": remark, "language": language(posted)} if remark else {}
        return {"ratings": ratings, **said}

    def filled(self, choice: Choice | None) -> dict[str, Any]:
        """Give the fields of an answer."""
        marked = super().filled(choice)
        said = {name: choice[name] for name in ("remark", "language") if choice and name in choice}
        return marked | {"fields": marked["fields"] | said}

    def said(self, choice: Choice) -> Sequence[Spoken]:
        """Give the remark, which is for the organisers."""
        remark = choice.get("remark")
        return (Spoken(1, remark, choice["language"], "remark"),) if remark else ()

    def imagined(self, options: Sequence[int], settings: Settings, chance: Random) -> list[tuple[str, str]]:
        """Rate, and now and then remark on something."""
        remark = [("remark", "Thank you"), ("language", "en")] if chance.random() < SOME else []
        return super().imagined(options, settings, chance) + remark

    def tally(
        self,
        options: Sequence[int],
        choices: Iterable[Choice],
        settings: Settings,
        seed: int = 0,
        draws: int = DRAWS,
    ) -> Standings:
        """Order the statements by median; remarks are only counted."""
        cast = list(choices)
        found = super().tally(options, cast, {"scale": settings.get("scale", SCALE)}, seed, draws)
        remarks = {"remarks": sum("remark" in choice for choice in cast)}
        return replace(found, blank=sum(not choice for choice in cast), remarks={**found.remarks, **remarks})

    def weighing(self, options: Sequence[int], choices: Iterable[Choice], settings: Settings) -> Weighing:
        """Gather ballots to be counted with other weights; who wrote a remark is not blank."""
        cast = list(choices)
        return super().weighing(options, cast, settings).counting_blank(not choice for choice in cast)

    def announced(self, standings: Standings, named: Named) -> Sequence[Sentence]:
        """Statements about a day are in no race."""
        return ()

    def noted(self, standings: Standings, named: Named) -> Sequence[Remark]:
        """Tell also how many remarks were written, which no wall shows."""
        written = standings.remarks["remarks"]
        said = ngettext(
            "%(count)s remark was written for the organisers.",
            "%(count)s remarks were written for the organisers.",
            written,
            count=number(written),
        )
        return (*super().noted(standings, named), *([said] if written else []))
