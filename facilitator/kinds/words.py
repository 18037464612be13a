"""Open question: a few words from each, and a list of the words that several wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import Field, ValidationError
from wtforms.widgets import TextArea

from facilitator.counting.lexicon import key, words
from facilitator.counting.stability import DRAWS
from facilitator.counting.weighing import level_weighing
from facilitator.counting.wordlist import word_standings
from facilitator.kinds import compared, remarks
from facilitator.kinds.base import (
    NOTHING,
    Choice,
    Kind,
    Offered,
    Refused,
    Settings,
    SettingsForm,
    Slip,
    Spoken,
)
from facilitator.kinds.figured import Figured, Listed, Named, Option, Picture, Remark, Sentence, Tabled, mark
from facilitator.kinds.text import language, tidied, typed

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from facilitator.counting.standing import Standings
    from facilitator.counting.weighing import Weighing

LONGEST = 300
MOST = 200
IMAGINED = ("Data", "Training", "Coordination", "Trust", "Better data", "Training and data", "Equipment")


class StruckField(Field):
    """Words to leave out, one a line; its data are a list."""

    widget = TextArea()

    def _value(self) -> str:
        return "\n".join(self.data or ())

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Keep each line once."""
        lines = [tidied(line) for written in valuelist for line in written.splitlines()]
        self.data = list(dict.fromkeys(filter(None, lines)))

    def pre_validate(self, form: SettingsForm) -> None:
        """Refuse what is too long, in words."""
        if len(self.data) > MOST or any(len(word) > LONGEST for word in self.data):
            raise ValidationError(
                _l("At most %(most)s lines of %(signs)s signs fit.", most=MOST, signs=LONGEST)
            )


class WordsSettings(SettingsForm):
    """Which words stay off the list."""

    hidden = StruckField(
        _l("Words that are not shown"),
        description=_l("One a line. Answers that contain them are not shown either."),
        default=[],
    )


class WordsKind(Kind):
    """Each participant answers in a few words of their own."""

    name = "words"
    label = _l("Open question")
    hint = _l("A few words from each; what several wrote is listed.")
    sentence = _l("Listed is what at least two of us wrote; accents and capitals make no difference.")
    settings_form = WordsSettings
    least_options = 0
    shown_live = False
    gives = NOTHING
    columns = ("text",)
    longest = LONGEST
    line_head = _l("Word or answer")
    placed = ""
    figured = (
        Figured("count", _l("Written by"), "count"),
        Figured("share", _l("Share"), "share"),
    )

    def read(self, offered: Offered, settings: Settings, posted: MultiDict[str, str]) -> Choice:
        """Read the text and the language of its reader."""
        text = typed(posted, "text", LONGEST)
        if not text:
            raise Refused(_l("Write a few words, or send a blank answer."))
        return {"text": text, "language": language(posted)}

    def filled(self, choice: Choice | None) -> dict[str, Any]:
        """Give the fields of an answer."""
        return {"blank": choice == {}, "fields": dict(choice or {})}

    def said(self, choice: Choice) -> Sequence[Spoken]:
        """Give the text."""
        return (Spoken(1, choice["text"], choice["language"]),) if choice else ()

    def ranks(self, choice: Choice) -> Mapping[int, str]:
        """Words put no options in order."""
        return {}

    def slips(self, ballot: str, choice: Choice, names: Mapping[int, str]) -> Iterator[Slip]:
        """Write the text in its own column."""
        yield ballot, [("", "", (choice.get("text", ""),))]

    def imagined(self, options: Sequence[int], settings: Settings, chance: Random) -> list[tuple[str, str]]:
        """Write one of the few things that people write."""
        return [("text", chance.choice(IMAGINED)), ("language", "en")]

    def tally(
        self,
        options: Sequence[int],
        choices: Iterable[Choice],
        settings: Settings,
        seed: int = 0,
        draws: int = DRAWS,
    ) -> Standings:
        """List what several people wrote, save what the facilitator struck out."""
        return word_standings(choices, settings.get("hidden", ()))

    def weighing(self, options: Sequence[int], choices: Iterable[Choice], settings: Settings) -> Weighing:
        """Words are no options."""
        return level_weighing((), choices)

    def listed(self, standings: Standings, options: Sequence[Option]) -> Sequence[Listed]:
        """List what several people wrote, most often written first."""
        found = standings.remarks["words"] + standings.remarks["answers"]
        lines = sorted(found, key=lambda line: -line["count"])
        counts = [line["count"] for line in lines]
        return [
            Listed(
                Option(0, line["text"], line["language"]),
                1 + counts.index(line["count"]),
                counts.count(line["count"]) > 1,
                {"count": line["count"], "share": line["share"]},
            )
            for line in lines
        ]

    def pictured(self, standings: Standings, options: Sequence[Option]) -> Sequence[Picture]:
        """Draw the list as bars."""
        lines = self.listed(standings, options)
        marks = [mark(line, (line.figures["count"], line.figures["share"])) for line in lines]
        return [{"sort": "words", "caption": _("Written most often"), "marks": marks}] if marks else []

    def beside(
        self, then: Standings, now: Standings, options: Sequence[Option], numbers: tuple[int, int]
    ) -> Tabled | None:
        """Count each line then and now, in whatever spelling; what fewer than two wrote is not told."""
        said = [{_key(line): line for line in self.listed(each, options)} for each in (then, now)]
        lines = said[1] | said[0] | said[1]  # those of now first, in the words of now
        rows = [
            (line.option, *(each[known].figures["count"] if known in each else None for each in said))
            for known, line in lines.items()
        ]
        return compared.beside(numbers, Figured("option", self.line_head), "count", rows) if rows else None

    def announced(self, standings: Standings, named: Named) -> Sequence[Sentence]:
        """Say where no two people wrote the same."""
        listed = standings.remarks["words"] or standings.remarks["answers"] or standings.remarks["struck"]
        return () if listed else (_("No word was written by two people."),)

    def noted(self, standings: Standings, named: Named) -> Sequence[Remark]:
        """Say what the shares are of, and how much is left out."""
        struck = standings.remarks["struck"]
        left_out = ngettext(
            "%(struck)s line is left out by the facilitator.",
            "%(struck)s lines are left out by the facilitator.",
            struck,
            struck=remarks.number(struck),
        )
        shares = _("Shares are of all who answered, blank answers included.")
        return (shares, left_out) if struck else (shares,)


def _key(line: Listed) -> str:
    return " ".join(map(key, words(line.option.text)))
