"""What a guide still lacks."""

from collections.abc import Iterator
from dataclasses import dataclass

from facilitator.models import wording
from facilitator.models.guide import Guide
from facilitator.models.line import Line
from facilitator.models.part import PARTS, Part

EMPTY, MISSING = "empty", "missing"
NO_ACTION, NO_CHALLENGE, NO_OWNER = "no-action", "no-challenge", "no-owner"
NO_COORDINATOR, NO_KEEPER = "no-coordinator", "no-keeper"
NO_TITLE, NO_FAMILY = "no-title", "no-family"
WHOLE = ""  # what stands in no part: the title, the names of families
# parts that a guide can do without
OPTIONAL = {"foreword", "acronyms", "sources-text", "cycle-text", "annex", "keeper"}


@dataclass(frozen=True)
class Gap:
    """One thing that is lacking: where, why, and in which language."""

    part: str
    line: Line | None
    reason: str
    language: str | None = None


def gaps(guide: Guide) -> list[Gap]:
    """List what a guide still lacks, in the order of its parts."""
    return [*_unnamed(guide), *(gap for part in PARTS.values() for gap in _gaps(guide, part))]


def _unnamed(guide: Guide) -> Iterator[Gap]:
    """List the languages in which the guide has no title, or a family that is in use no name."""
    for language in wording.missing(guide.title, guide.languages):
        yield Gap(WHOLE, None, NO_TITLE, language)
    used = {line.fact("family") for line in guide.lines("recommendations")}
    for texts in (texts for key, texts in guide.families.items() if key in used):
        for language in wording.missing(texts, guide.languages):
            yield Gap(WHOLE, None, NO_FAMILY, language)


def _gaps(guide: Guide, part: Part) -> Iterator[Gap]:
    lines = guide.lines(part.name)
    written = [line for line in lines if said(line)]
    if not written and part.name not in OPTIONAL:
        yield Gap(part.name, None, EMPTY)
    elif part.name not in ("contents", "sources"):
        yield from (
            Gap(part.name, line, EMPTY) for line in lines if line not in written and part.name not in OPTIONAL
        )
    for line in written:
        yield from _missing(guide, line)
    yield from _particular(guide, part, lines)


def said(line: Line) -> bool:
    """Tell whether anything is written in a line besides what its key says."""
    head = line.kind_of.head if line.key else ""
    names = [field.name for field in line.kind_of.fields if field.translated and field.name != head]
    facts = any(line.facts.get(field.name) for field in line.kind_of.fields if field.form in ("line", "text"))
    return facts or any(text.strip() for name in names for text in line.wording(name).values())


def _missing(guide: Guide, line: Line) -> Iterator[Gap]:
    for field in line.kind_of.fields:
        texts = line.wording(field.name) if field.translated else {}
        if not any(text.strip() for text in texts.values()):
            continue
        for language in wording.missing(texts, guide.languages):
            yield Gap(line.part, line, MISSING, language)


def _particular(guide: Guide, part: Part, lines: list[Line]) -> Iterator[Gap]:
    if part.name == "members" and not any(line.facts.get("coordinator") for line in lines):
        yield Gap(part.name, None, NO_COORDINATOR)
    if part.name == "keeper" and not any(map(said, lines)):
        yield Gap(part.name, None, NO_KEEPER)
    if part.name == "challenges":
        answered = {line.parent_id for line in guide.lines("actions")}
        yield from (Gap(part.name, line, NO_ACTION) for line in lines if line.id not in answered)
    if part.name == "actions":
        there = {line.id for line in guide.lines("challenges")}
        yield from (Gap(part.name, line, NO_CHALLENGE) for line in lines if line.parent_id not in there)
    if part.name == "recommendations":
        owned = (line for line in lines if not (line.follow and any(line.follow.owner.values())))
        yield from (Gap(part.name, line, NO_OWNER) for line in owned)
