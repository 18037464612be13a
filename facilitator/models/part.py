"""The parts of a guide, in the document's order: what rows each has and what is written in them."""

from dataclasses import dataclass

from facilitator.models.beginnings import (
    ACTION,
    CHALLENGE,
    PRACTICE,
    RECOMMENDATION,
    STEPS,
    STRATEGY,
)
from facilitator.models.institution import TYPES

LINE, TEXT, MARKDOWN, CHOICE, TICK, TAGS, PLACE = (
    "line",
    "text",
    "markdown",
    "choice",
    "tick",
    "tags",
    "place",
)
ONE, MANY, FIXED = "one", "many", "fixed"
GOVERNMENTAL, OTHERS = "governmental", "others"
EXISTING, POTENTIAL = "existing", "potential"
# what taking a result writes, and no person
FIGURES = ("adoption", "priority")


@dataclass(frozen=True)
class Field:
    """One thing written in a row: in every language or once, open to all or kept from the public."""

    name: str
    form: str
    translated: bool = False
    private: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A piece of the guide: its rows are one, many or fixed, or the items of some categories.

    `keys` are the rows every guide begins with; `head` names the field whose words a key settles.
    """

    name: str
    term: str
    section: str
    fields: tuple[Field, ...]
    rows: str = MANY
    category: str = ""
    keys: tuple[str, ...] = ()
    head: str = ""
    under: str = ""

    def field(self, name: str) -> Field:
        """Find a field by its name."""
        return next(field for field in self.fields if field.name == name)

    @property
    def of_items(self) -> bool:
        """Tell whether its rows are items, which the room can vote on."""
        return bool(self.category)


def _markdown(name: str, term: str, section: str) -> Part:
    return Part(name, term, section, (Field("body", MARKDOWN, True),), ONE, keys=(name,))


def _items(name: str, category: str, section: str, *fields: Field, under: str = "") -> Part:
    return Part(name, name, section, (Field("text", TEXT, True), *fields), category=category, under=under)


SOURCES = (
    "governmental-trends",
    "governmental-borders",
    "governmental-crises",
    "governmental-development",
    "others-trends",
    "others-borders",
    "others-crises",
)
OUTLINE = tuple(f"outline-{letter}" for letter in "abcdef")

PARTS: dict[str, Part] = {
    part.name: part
    for part in (
        _markdown("foreword", "foreword", ""),
        Part("acronyms", "acronyms", "", (Field("short", LINE), Field("meaning", LINE, True))),
        Part(
            "sources",
            "source-mapping",
            "section-1",
            (
                Field("block", CHOICE, choices=(GOVERNMENTAL, OTHERS)),
                Field("area", LINE, True),
                Field("entities", TEXT, True),
                Field("state", CHOICE, choices=(EXISTING, POTENTIAL)),
                Field("contact", TEXT, private=True),
                Field("open", TICK),
            ),
            keys=SOURCES,
            head="area",
        ),
        _markdown("sources-text", "section-1", "section-1"),
        Part("cycle", "cycle", "section-2", (Field("actors", TEXT, True),), FIXED, keys=STEPS),
        _markdown("cycle-text", "section-2", "section-2"),
        Part(
            "contents",
            "contents",
            "section-3",
            (Field("heading", LINE, True), Field("body", MARKDOWN, True)),
            keys=OUTLINE,
            head="heading",
        ),
        Part(
            "members",
            "members",
            "section-3",
            (
                Field("name", LINE),
                Field("institution", LINE, True),
                Field("type", CHOICE, choices=TYPES),
                Field("coordinator", TICK),
                Field("contact", TEXT, private=True),
            ),
        ),
        _items("practices", PRACTICE, "section-3"),
        _items("challenges", CHALLENGE, "section-3"),
        _items(
            "actions",
            ACTION,
            "section-3",
            Field("kind", CHOICE, choices=(ACTION, STRATEGY)),
            under="challenges",
        ),
        _items("recommendations", RECOMMENDATION, "section-4", Field("family", CHOICE), Field("tags", TAGS)),
        Part("keeper", "keeper", "section-4", (Field("institution", LINE, True),), ONE, keys=("keeper",)),
        _markdown("annex", "annex", ""),
    )
}
PLACES = {part.category: part.name for part in PARTS.values() if part.category} | {STRATEGY: "actions"}
