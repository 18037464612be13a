"""The form of one line of the guide: its part says what can be written, in which languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from facilitator.kinds.text import tidied
from facilitator.models import glossary, part
from facilitator.models.guide import Guide
from facilitator.models.line import Line, place
from facilitator.models.part import PARTS, Field, Part
from facilitator.models.revision import flat
from facilitator.models.wording import LANGUAGES, read
from facilitator.web.desk import tags
from facilitator.web.desk.draft import too_long
from facilitator.web.desk.notes import lines

LONGEST = {part.LINE: 300, part.TEXT: 2000, part.MARKDOWN: 20_000}
LABELS = {
    "short": _l("Acronym"),
    "meaning": _l("Meaning"),
    "block": _l("Block"),
    "area": _l("Area"),
    "entities": _l("Entities that collect data"),
    "state": _l("State of the source"),
    "contact": _l("Contact"),
    "open": _l("The contact agreed to stand in the public edition"),
    "actors": _l("Actors"),
    "heading": _l("Heading"),
    "body": _l("Text (Markdown)"),
    "name": _l("Name"),
    "institution": _l("Institution"),
    "type": _l("Type of institution"),
    "coordinator": _l("Coordinator"),
    "text": _l("Words"),
    "kind": _l("What it is"),
    "family": _l("Family"),
    "tags": _l("Marks"),
    "parent": _l("Answers the challenge"),
}
UNDER = Field("parent", part.CHOICE)


@dataclass(frozen=True)
class Entry:
    """One control: its name among the values of a line, its language, what stands in it, what is wrong."""

    name: str
    id: str
    language: str
    value: Any
    error: str = ""

    @property
    def spoken(self) -> str:
        """Name its language in itself."""
        return LANGUAGES.get(self.language, "")


@dataclass(frozen=True)
class Control:
    """One field with an entry for each language it is written in, or a single one."""

    field: Field
    label: Any
    entries: Sequence[Entry]
    choices: Mapping[str, str]

    @property
    def longest(self) -> int:
        """Give the most signs that are kept."""
        return LONGEST.get(self.field.form, 0)


class LineForm:
    """What stands in the form of a line, or of one that is to be added."""

    def __init__(
        self, guide: Guide, kind: Part, line: Line | None = None, posted: MultiDict[str, str] | None = None
    ) -> None:
        self.guide, self.kind, self.line, self.posted = guide, kind, line, posted
        self.languages: list[str] = [code for code in LANGUAGES if code in guide.languages]
        self.known = flat(line.state()) if line else {}
        self.errors: dict[str, str] = {}
        self.values = dict(self._values()) if posted is not None else {}

    @property
    def base(self) -> int | None:
        """Give the number of the state that the writer saw; who does not say it saw the first."""
        if self.posted is None or self.line is None:
            return None
        digits = self.posted.get("number", "")
        number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else 1
        return number if 0 < number <= self.line.number else 1

    @property
    def given(self) -> dict[str, Any]:
        """Give what was posted, without what only repeats what the item of the line knows."""
        return {name: value for name, value in self.values.items() if not self._repeats(name, value)}

    def _repeats(self, name: str, value: Any) -> bool:
        group, _dot, fact = name.partition(".")
        if self.line is None or group != "facts" or name in self.known:
            return False
        return (self.line.fact(fact) or "") == (value or "")

    @property
    def controls(self) -> list[Control]:
        """List what can be written here."""
        return [
            Control(field, LABELS[field.name], [*self._entries(field)], self.choices(field))
            for field in self._fields()
        ]

    def choices(self, field: Field) -> dict[str, str]:
        """Name what can be chosen."""
        language = str(get_locale())
        if field.name == "family":
            return {
                key: read(texts, language, self.guide.languages) for key, texts in self.guide.families.items()
            }
        if field.name == "parent":
            now = self.line.parent if self.line else None
            over = [each for each in self._over if each is not now] + ([now] if now else [])
            return {each.uid: each.text("text", language) for each in sorted(over, key=place)}
        if field.form == part.TAGS:
            own = (self.line.fact(field.name) if self.line else None) or ()
            return {name: str(label) for name, label in tags.NAMES.items()} | {
                name: name for name in own if name not in tags.NAMES
            }
        return {name: glossary.term(name, language) for name in field.choices}

    @cached_property
    def _over(self) -> list[Line]:
        return self.guide.lines(self.kind.under)

    def _fields(self) -> Iterator[Field]:
        settled = self.kind.head if self.line and self.line.key else ""
        yield from (field for field in self.kind.fields if field.name != settled)
        if self.kind.under:
            yield UNDER

    def _names(self, field: Field) -> Iterator[tuple[str, str]]:
        if field.translated:
            yield from ((f"words.{field.name}.{language}", language) for language in self.languages)
        else:
            yield (field.name if field is UNDER else f"facts.{field.name}"), ""

    def _entries(self, field: Field) -> Iterator[Entry]:
        number = self.line.id if self.line else "new"
        for name, language in self._names(field):
            known = self.known.get(name)
            if known is None and self.line and not language and field is not UNDER:
                known = self.line.fact(field.name)
            value = self.values.get(name, known)
            identifier = f"{self.kind.name}-{number}-{name.replace('.', '-')}"
            yield Entry(name, identifier, language, value, self.errors.get(name, ""))

    def _values(self) -> Iterator[tuple[str, Any]]:
        posted = self.posted or MultiDict()
        for field in self._fields():
            for name, _language in self._names(field):
                if field.form == part.TAGS:
                    yield name, [tag for tag in posted.getlist(name) if tag in self.choices(field)]
                elif field.form == part.TICK:
                    yield name, bool(posted.get(name))
                elif name in posted:
                    yield name, self._read(field, name, posted[name])

    def _read(self, field: Field, name: str, text: str) -> str:
        if field.form == part.CHOICE:
            if text and text not in self.choices(field):
                self.errors[name] = _("Choose one of the list.")
            return text
        said = tidied(text) if field.form == part.LINE else lines(text)
        if len(said) > LONGEST[field.form]:
            self.errors[name] = too_long(said, LONGEST[field.form])
        return said

    def check_said(self) -> None:
        """Refuse a new row in which nothing is written."""
        written = [name for name, value in self.values.items() if name.startswith("words.") and value]
        plain = [name for name in ("facts.short", "facts.name") if self.values.get(name)]
        if not written and not plain:
            first = next(name for field in self._fields() for name, _language in self._names(field))
            self.errors.setdefault(first, _("Write it in one language at least."))


def form_of(line: Line, posted: MultiDict[str, str] | None = None) -> LineForm:
    """Make the form of a line."""
    return LineForm(line.guide, PARTS[line.part], line, posted)
