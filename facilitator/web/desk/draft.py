"""An activity while it is being written: its prompt and options, one wording a language."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from facilitator.kinds.text import tidied
from facilitator.models.activity import Activity
from facilitator.models.institution import TYPES
from facilitator.web.language import label

PROMPT_LENGTH = 500
OPTION_LENGTH = 300
MOST_MINUTES = 600
BLOCK_LENGTH = 60
MOST_OPTIONS = 60


@dataclass
class Row:
    """One option of the draft; `item` is the id of the item it already is, or empty."""

    item: str = ""
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        return not any(self.texts.values())


@dataclass
class Draft:
    """What stands in the form: nothing typed is ever lost, whatever button was pressed."""

    languages: Sequence[str]
    prompt: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    pasted: dict[str, str] = field(default_factory=dict)
    answerers: list[str] = field(default_factory=list)
    minutes: str = ""
    block: str = ""
    spoken: frozenset[str] = frozenset()

    @classmethod
    def blank(cls, languages: Sequence[str]) -> Draft:
        return cls(languages, rows=[Row() for _row in range(3)])

    @classmethod
    def of(cls, activity: Activity, languages: Sequence[str]) -> Draft:
        rows = [Row(str(item.id), dict(item.wording)) for item in activity.options]
        return cls(
            languages,
            dict(activity.prompt),
            rows,
            answerers=list(activity.answerers),
            minutes=str(activity.minutes or ""),
            block=activity.block,
        )

    @classmethod
    def posted(cls, form: MultiDict[str, str], languages: Sequence[str]) -> Draft:
        columns = {language: form.getlist(f"option-{language}") for language in languages}
        items = form.getlist("option-item")
        count = max([len(items), *map(len, columns.values())])
        rows = [
            Row(
                items[n] if n < len(items) else "",
                {lang: tidied(texts[n]) for lang, texts in columns.items() if n < len(texts)},
            )
            for n in range(count)
        ]
        prompt = {language: tidied(form.get(f"prompt-{language}", "")) for language in languages}
        pasted = {language: form.get(f"pasted-{language}", "") for language in languages}
        answerers = [type_ for type_ in TYPES if type_ in form.getlist("answerers")]
        minutes, block = form.get("minutes", "").strip(), tidied(form.get("block", ""))
        return cls(languages, prompt, rows, pasted, answerers, minutes, block)

    @property
    def planned(self) -> int | None:
        """Give the minutes to keep; none where nothing is planned."""
        return int(self.minutes) if self.minutes else None

    def question(self, activity: Activity) -> dict[str, str]:
        """Give the question to keep, languages of other workshops included."""
        return merged(activity.prompt, self.prompt)

    def options(self, activity: Activity) -> list[tuple[int | None, dict[str, str]]]:
        """Give the options to keep: an item of the activity under its id, a new one under none."""
        known = {str(item.id): item for item in activity.options}
        kept: list[tuple[int | None, dict[str, str]]] = []
        for row in self.filled:
            item = known.pop(row.item, None)
            kept.append((item.id if item else None, merged(item.wording if item else {}, row.texts)))
        return kept

    @property
    def filled(self) -> list[Row]:
        return [row for row in self.rows if not row.empty]

    def press(self, button: str) -> bool:
        """Do what a row's button says (add, paste, up:2, down:2, remove:2); False if it is none of these."""
        verb, _colon, number = button.partition(":")
        if verb == "add":
            self.rows.append(Row())
        elif verb == "paste":
            self._paste()
        elif verb in ("up", "down", "remove") and number.isdecimal() and int(number) < len(self.rows):
            row = self.rows.pop(int(number))
            if verb != "remove":
                self.rows.insert(max(0, int(number) + (1 if verb == "down" else -1)), row)
        else:
            return verb == "arrange"
        return True

    def _paste(self) -> None:
        """Turn the pasted lines into options: line n of each language is one option."""
        columns = {
            language: [tidied(line) for line in text.splitlines() if line.strip()]
            for language, text in self.pasted.items()
        }
        self.rows = self.filled
        for n in range(min(MOST_OPTIONS + 1, max(map(len, columns.values()), default=0))):
            self.rows.append(Row(texts={lang: lines[n] for lang, lines in columns.items() if n < len(lines)}))
        self.pasted = {}

    def errors(self, least: int = 2) -> dict[str, str]:
        """Say what keeps the draft from being saved, by field: prompt-fr, option-2-fr, options."""
        found: dict[str, str] = {}
        if not any(self.prompt.values()):
            found[f"prompt-{self.languages[0]}"] = _("Write the question that the room will see.")
        for language, text in self.prompt.items():
            if len(text) > PROMPT_LENGTH:
                found[f"prompt-{language}"] = too_long(text, PROMPT_LENGTH)
        if len(self.filled) < least:
            found["options"] = (
                _("Write one option at least.")
                if least == 1
                else _("Write at least two options: there is nothing to decide with fewer.")
            )
        elif len(self.filled) > MOST_OPTIONS:
            found["options"] = _("At most %(most)d options fit; merge or remove some.", most=MOST_OPTIONS)
        if self.minutes and not (self.minutes.isdecimal() and 1 <= int(self.minutes[:4]) <= MOST_MINUTES):
            found["minutes"] = _("Write a whole number from 1 to %(most)d.", most=MOST_MINUTES)
        if len(self.block) > BLOCK_LENGTH:
            found["block"] = too_long(self.block, BLOCK_LENGTH)
        return found | self._row_errors()

    def _row_errors(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for language in self.languages:
            seen: dict[str, int] = {}
            for n, row in enumerate(self.rows):
                text = row.texts.get(language, "")
                if len(text) > OPTION_LENGTH:
                    found[f"option-{n}-{language}"] = too_long(text, OPTION_LENGTH)
                elif text and same(text) in seen:
                    found[f"option-{n}-{language}"] = _(
                        "The same as option %(number)d.", number=seen[same(text)] + 1
                    )
                seen.setdefault(same(text), n)
        return found

    def gaps(self) -> list[str]:
        """Say in words which translations are missing: a warning now, a refusal at opening."""
        rows = [(n, row) for n, row in enumerate(self.rows, 1) if not row.empty]
        own = [(n, row.texts) for n, row in rows if row.item not in self.spoken]
        return gaps(self.languages, self.prompt, own)

    def spare(self, activity: Activity | None) -> None:
        """Ask for no translation of what the room said: it stands in the language it was said in."""
        options = activity.options if activity else ()
        self.spoken = frozenset(str(item.id) for item in options if item.round_id)


def gaps(
    languages: Sequence[str], prompt: Mapping[str, str], options: Sequence[tuple[int, Mapping[str, str]]]
) -> list[str]:
    """Name, language by language, what is not translated yet."""
    found = []
    for language in languages:
        name = label(language)
        if not prompt.get(language):
            found.append(_("%(language)s is missing for the question.", language=name))
        numbers = [str(n) for n, texts in options if not texts.get(language)]
        if numbers:
            words = ngettext(
                "%(language)s is missing for option %(numbers)s.",
                "%(language)s is missing for options %(numbers)s.",
                len(numbers),
                language=name,
                numbers=", ".join(numbers),
            )
            found.append(words)
    return found


def merged(before: Mapping[str, str], written: Mapping[str, str]) -> dict[str, str]:
    """Take what was written in its languages and leave the others as they were."""
    return {language: text for language, text in {**before, **written}.items() if text}


def same(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def too_long(text: str, most: int) -> str:
    return str(_("Too long: %(length)d characters, at most %(most)d fit.", length=len(text), most=most))
