"""Lines of a table as items: what each one says, and in words why one is not taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flask_babel import force_locale
from flask_babel import gettext as _

from facilitator.kinds.proposals import CATEGORIES
from facilitator.kinds.text import tidied
from facilitator.models.guide import Guide
from facilitator.models.item import Item
from facilitator.models.wording import LANGUAGES
from facilitator.web.desk.draft import OPTION_LENGTH, too_long
from facilitator.web.desk.table import Cells, column, heads, plain


@dataclass
class Line:
    """One row as it was read, with its number in the table; an item once it is taken."""

    number: int
    texts: dict[str, str]
    category: str = ""
    family: str = ""
    trouble: str = ""
    item: Item | None = None

    @property
    def words(self) -> str:
        """Give the first of its texts."""
        return next(iter(self.texts.values()), "")


@dataclass
class Reading:
    """How the cells of a table are understood for one guide."""

    guide: Guide
    language: str
    category: str = ""
    categories: Mapping[str, str] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, guide: Guide, language: str, category: str) -> Reading:
        """Know the names of categories and families in all their languages."""
        families = {plain(text): key for key, texts in guide.families.items() for text in texts.values()}
        keys = {plain(key): key for key in guide.families}
        return cls(guide, language, category, category_names(), families | keys)

    def lines(self, cells: Cells) -> list[Line]:
        """Read all rows that hold something."""
        columns = [column(cell) for cell in cells[0]] if cells and heads(cells[0]) else []
        start = 1 if columns else 0
        found = []
        for number, row in enumerate(cells[start:], start + 1):
            named = dict(zip(columns or ["text"], map(tidied, row), strict=False))
            if any(named.values()):
                found.append(self.line(number, named))
        return found

    def line(self, number: int, named: Mapping[str, str]) -> Line:
        """Read one row, or say what is wrong with it."""
        line = Line(number, {code: named[code] for code in LANGUAGES if named.get(code)}, self.category)
        language = named.get("language", "")
        known = column(language) if language else self.language
        if named.get("text"):
            line.texts.setdefault(known if known in LANGUAGES else self.language, named["text"])
        if language and known not in LANGUAGES:
            line.trouble = _("The language “%(language)s” is not known.", language=language)
        for name, known_names in (("category", self.categories), ("family", self.families)):
            given = named.get(name, "")
            if given and plain(given) not in known_names:
                line.trouble = line.trouble or _("“%(given)s” is not known here.", given=given)
            elif given:
                setattr(line, name, known_names[plain(given)])
        if not line.texts:
            line.trouble = _("There is no text.")
        for text in line.texts.values():
            if len(text) > OPTION_LENGTH:
                line.trouble = too_long(text, OPTION_LENGTH)
        return line


def category_names() -> dict[str, str]:
    """Know a category by its code and by its names in the languages of the desk."""
    names = {code: code for code in CATEGORIES}
    for language in ("en", "fr"):
        with force_locale(language):
            names |= {plain(str(label)): code for code, label in CATEGORIES.items()}
    return names


def told_apart(lines: Iterable[Line]) -> None:
    """Say of each line that repeats an earlier one."""
    seen: dict[tuple[str, str], int] = {}
    for line in (line for line in lines if not line.trouble):
        for language, text in line.texts.items():
            first = seen.setdefault((language, plain(text)), line.number)
            if first != line.number:
                line.trouble = _("The same as row %(number)s.", number=first)


def known_items(guide: Guide) -> dict[tuple[str, str, str], Item]:
    """Find the items of a guide by category, language and words."""
    return {
        (item.category, language, plain(text)): item
        for item in guide.items
        for language, text in item.wording.items()
    }


def twin(line: Line, known: Mapping[tuple[str, str, str], Item]) -> Item | None:
    """Find the item that says what a line says."""
    keys = ((line.category, language, plain(text)) for language, text in line.texts.items())
    return next((known[key] for key in keys if key in known), None)
