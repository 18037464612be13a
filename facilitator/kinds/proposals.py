"""Proposals: each participant writes texts, and may support those of others once they are on the wall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import BooleanField, HiddenField, IntegerField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, NumberRange

from facilitator.counting.approval import support_standings, support_weighing
from facilitator.counting.stability import DRAWS
from facilitator.kinds.base import (
    NOT_OFFERED,
    Choice,
    Kind,
    Offered,
    Refused,
    Settings,
    SettingsForm,
    Spoken,
    liked,
)
from facilitator.kinds.fields import NO
from facilitator.kinds.figured import Figured, Named, Remark, Sentence
from facilitator.kinds.text import LANGUAGE, typed

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from facilitator.counting.standing import Standings
    from facilitator.counting.weighing import Weighing

CATEGORIES = {
    "need": _l("Need"),
    "challenge": _l("Challenge"),
    "action": _l("Corrective action"),
    "strategy": _l("Past successful strategy"),
    "practice": _l("Practice"),
    "recommendation": _l("Recommendation"),
    "question": _l("Question"),
}
EITHER, CHOSEN = "either", ("action", "strategy")
COLLECTED = CATEGORIES | {EITHER: _l("Actions or strategies: each says which")}
COLLECTS, FEW, MOST, LONGEST = "challenge", 3, 10, 300
RANGE = _l("Write a number from 1 to %(most)s.", most=MOST)
FIELD, SPOKEN, CATEGORY = "text-", "language-", "category-"
IMAGINED = (
    ("fr", "Former les points focaux"),
    ("fr", "Publier les chiffres chaque année"),
    ("en", "Share data between ministries"),
    ("en", "Give the statistics office a budget of its own"),
    ("fr", "Nommer une institution responsable"),
)


class ProposalsSettings(SettingsForm):
    """What is collected, how much of it, and what others may do with it."""

    collects = SelectField(
        _l("What is collected"),
        choices=[SelectChoice(name, label) for name, label in COLLECTED.items()],
        default=COLLECTS,
    )
    family = HiddenField(validators=[Length(max=40)], default="")
    most = IntegerField(
        _l("How many proposals each at most"),
        [InputRequired(RANGE), NumberRange(1, MOST, RANGE)],
        default=FEW,
    )
    supports = BooleanField(
        _l("Participants may support each other’s proposals once they are on the wall"),
        default=True,
        false_values=NO,
    )
    at_once = BooleanField(
        _l("Put proposals on the wall at once"),
        description=_l("Otherwise each waits until you release it. Choose this only if you know the room."),
        false_values=NO,
    )


class ProposalsKind(Kind):
    """Each participant writes proposals; a person decides which ones the room sees."""

    name = "proposals"
    label = _l("Proposals")
    hint = _l("Collect what the room has to say, in its own words.")
    sentence = _l("A proposal counts everyone who wrote it or supports it, each person once.")
    settings_form = ProposalsSettings
    least_options = 0
    moderated = True
    figured = (
        Figured("support", _l("Supported by"), "count"),
        Figured("share", _l("Share"), "share"),
    )

    def rules(self, settings: Settings) -> Sequence[str]:
        """Say how many each may write, and who reads them first."""
        most = settings.get("most", FEW)
        return (
            ngettext("One proposal each.", "Up to %(num)d proposals each.", most),
            _("They appear on the screen as they come.")
            if settings.get("at_once")
            else _("They appear on the screen once the facilitator has read them."),
        )

    def read(self, offered: Offered, settings: Settings, posted: MultiDict[str, str]) -> Choice:
        """Read the texts, and the proposals of others that are supported."""
        supported = set(posted.getlist("option"))
        if supported and not (settings.get("supports", True) and supported <= offered.keys()):
            raise Refused(NOT_OFFERED)
        texts = [text for number in self.numbers(settings) if (text := self.text(number, settings, posted))]
        if not texts and not supported:
            raise Refused(_l("Write a proposal, or send a blank answer."))
        return {"options": sorted(offered[option] for option in supported), "texts": texts}

    def numbers(self, settings: Settings) -> range:
        """Number the texts that one participant may write."""
        return range(1, settings.get("most", FEW) + 1)

    def text(self, number: int, settings: Settings, posted: MultiDict[str, str]) -> list[Any] | None:
        """Read one text with its number, its language and what it is; nothing where nothing is written."""
        text = typed(posted, f"{FIELD}{number}", LONGEST)
        if not text:
            return None
        language = posted.get(f"{SPOKEN}{number}") or posted.get("language", "")
        category = settings.get("collects", COLLECTS)
        if category == EITHER:
            category = posted.get(f"{CATEGORY}{number}", CHOSEN[0])
        if not LANGUAGE.fullmatch(language) or category not in CATEGORIES:
            raise Refused(NOT_OFFERED)
        return [number, text, language, category]

    def filled(self, choice: Choice | None) -> dict[str, Any]:
        """Give the texts by their numbers and the supported options."""
        texts = {number: Spoken(number, *rest) for number, *rest in (choice or {}).get("texts", ())}
        fields: dict[str, str] = {}
        for number, said in texts.items():
            fields |= {f"{FIELD}{number}": said.text, f"{SPOKEN}{number}": said.language}
            fields[f"{CATEGORY}{number}"] = said.category
        options = set((choice or {}).get("options", ()))
        return {"blank": choice == {}, "options": options, "texts": texts, "fields": fields}

    def ranks(self, choice: Choice) -> Mapping[int, str]:
        """Put what is supported in first place, the rest nowhere."""
        return dict.fromkeys(choice.get("options", ()), "1")

    def said(self, choice: Choice) -> Sequence[Spoken]:
        """Give the texts."""
        return [Spoken(*text) for text in choice.get("texts", ())]

    def imagined(self, options: Sequence[int], settings: Settings, chance: Random) -> list[tuple[str, str]]:
        """Write one proposal, and support the best liked of others."""
        language, text = chance.choice(IMAGINED)
        own = [(f"{FIELD}1", text), ("language", language)]
        if not (options and settings.get("supports", True)):
            return own
        most = chance.randint(1, min(FEW, len(options)))
        return own + [("option", str(option)) for option in liked(options, chance)[:most]]

    def tally(
        self,
        options: Sequence[int],
        choices: Iterable[Choice],
        settings: Settings,
        seed: int = 0,
        draws: int = DRAWS,
    ) -> Standings:
        """Order what is on the wall by how many stand behind it; who wrote something is not blank."""
        cast = list(choices)
        standings = support_standings(options, cast, seed=seed, draws=draws)
        silent = sum(not (choice.get("texts") or choice.get("options")) for choice in cast)
        return replace(standings, blank=silent)

    def weighing(self, options: Sequence[int], choices: Iterable[Choice], settings: Settings) -> Weighing:
        """Gather ballots to be counted with other weights; who wrote a text is not blank."""
        cast = list(choices)
        return support_weighing(options, cast).counting_blank(
            not (choice.get("texts") or choice.get("options")) for choice in cast
        )

    def announced(self, standings: Standings, named: Named) -> Sequence[Sentence]:
        """Announce the first place once several people stand behind it."""
        if not standings.rows:
            return (_("Nothing is on the wall yet."),)
        several = (standings.rows[0].figures["support"] or 0) > 1
        return super().announced(standings, named) if several else ()

    def noted(self, standings: Standings, named: Named) -> Sequence[Remark]:
        """Say what the shares are of."""
        return (_("Shares are of all who answered, blank answers included."),)
