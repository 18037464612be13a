"""Choice: pick one answer, several up to a most, or as many as one likes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from facilitator.counting.approval import support_standings, support_weighing
from facilitator.counting.stability import DRAWS
from facilitator.kinds.base import (
    NOT_OFFERED,
    Choice,
    Hand,
    Kind,
    Offered,
    Option,
    Refused,
    Settings,
    SettingsForm,
    liked,
)
from facilitator.kinds.figured import Figured, Named, Remark

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from facilitator.counting.standing import Standings
    from facilitator.counting.weighing import Weighing


MOST = 100
RANGE = _l("Write a number from 0 to %(most)s.", most=MOST)


class ChoiceSettings(SettingsForm):
    """How many answers one participant may pick."""

    most = IntegerField(
        _l("How many answers at most"),
        [InputRequired(RANGE), NumberRange(0, MOST, RANGE)],
        description=_l("1: each picks one answer. 0: as many as they like, which suits a long list."),
        default=1,
    )


class ChoiceKind(Kind):
    """Each participant picks one answer, several up to a most, or as many as they like."""

    name = "choice"
    label = _l("Choice")
    hint = _l("Pick one answer, or tick several.")
    sentence = _l("The answer that most of us picked stands first.")
    settings_form = ChoiceSettings
    figured = (
        Figured("support", _l("Chosen by"), "count"),
        Figured("share", _l("Share"), "share"),
    )

    def read(self, offered: Offered, settings: Settings, posted: MultiDict[str, str]) -> Choice:
        """Read the picked options."""
        picked = set(posted.getlist("option"))
        if not picked:
            raise Refused(_l("Pick an answer, or send a blank answer."))
        if not picked <= offered.keys():
            raise Refused(NOT_OFFERED)
        most = settings.get("most", 1)
        if len(picked) > most > 0:
            raise Refused(_ln("Pick one answer only.", "Pick %(num)s answers at most.", most))
        return {"options": sorted(offered[option] for option in picked)}

    def filled(self, choice: Choice | None) -> dict[str, Any]:
        """Give the picked options."""
        return {"blank": choice == {}, "options": set((choice or {}).get("options", ()))}

    def ranks(self, choice: Choice) -> Mapping[int, str]:
        """Put what was picked in first place, the rest nowhere."""
        return dict.fromkeys(choice["options"], "1")

    def hands(self, options: Sequence[Option], settings: Settings) -> Sequence[Hand]:
        """Let one hand pick one answer."""
        if settings.get("most", 1) != 1:
            return ()
        return [Hand(option.text, option.lang, {"options": [option.id]}) for option in options]

    def imagined(self, options: Sequence[int], settings: Settings, chance: Random) -> list[tuple[str, str]]:
        """Pick one or several of the best liked."""
        most = min(settings.get("most", 1) or len(options), len(options))
        return [("option", str(option)) for option in liked(options, chance)[: chance.randint(1, most)]]

    def tally(
        self,
        options: Sequence[int],
        choices: Iterable[Choice],
        settings: Settings,
        seed: int = 0,
        draws: int = DRAWS,
    ) -> Standings:
        """Order the options by how many picked them."""
        return support_standings(options, choices, seed=seed, draws=draws)

    def weighing(self, options: Sequence[int], choices: Iterable[Choice], settings: Settings) -> Weighing:
        """Gather ballots to be counted with other weights."""
        return support_weighing(options, choices)

    def noted(self, standings: Standings, named: Named) -> Sequence[Remark]:
        """Say what the shares are of."""
        return (_("Shares are of all who answered, blank answers included."),)
