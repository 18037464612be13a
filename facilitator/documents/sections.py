"""Sections I to III of a guide as a document: sources, policy cycle, migration profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace

from facilitator.documents.chart import Chart, Mark
from facilitator.documents.document import (
    Block,
    Column,
    Entry,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Span,
    Table,
    Words,
)
from facilitator.documents.markdown import read
from facilitator.documents.telling import Line, Telling
from facilitator.models.wording import direction

BLOCKS = ("governmental", "others")
DEEPEST = 4


def free(telling: Telling, name: str, level: int = 2, field: str = "body") -> Iterator[Block]:
    """Tell a free text, its own headings below the one it stands under."""
    for line in telling.part(name):
        yield from written(telling, line["words"].get(field), level)


def written(telling: Telling, texts: Mapping[str, str] | None, level: int) -> Iterator[Block]:
    """Tell what somebody wrote in Markdown."""
    for block in read(telling.read(texts), telling.span(texts).lang or telling.language):
        if isinstance(block, Heading):
            block = replace(block, level=min(block.level + level, DEEPEST))
        yield block


def sources(telling: Telling) -> Iterator[Block]:
    """Tell who collects which data."""
    rows: list[Sequence[Words]] = []
    lines = [line for line in telling.part("sources") if not telling.public or _filled(line, "entities")]
    for block in BLOCKS:
        own = [_source(telling, line) for line in lines if _block(line) == block]
        rows += [[telling.term(block)], *own] if own else []
    if rows:
        columns = [
            Column(telling.term("areas"), 1.0),
            Column(telling.term("entities"), 2.0),
            Column(telling.term("state"), 0.6),
        ]
        yield Table(telling.term("source-mapping"), columns, rows)
    yield from free(telling, "sources-text")


def _block(line: Line) -> str:
    return str(line["facts"].get("block") or line["key"].partition("-")[0] or BLOCKS[-1])


def _source(telling: Telling, line: Line) -> Sequence[Words]:
    words, state = line["words"], line["facts"].get("state")
    area = telling.span(words.get("area"))
    entities = [telling.span(words.get("entities"))]
    if contact := line["facts"].get("contact"):
        entities.append(Span(f"\n{telling.term('contact')}{telling.say('colon')}{contact}", soft=True))
    return [area, entities, telling.term(state) if state else ""]


def cycle(telling: Telling) -> Iterator[Block]:
    """Tell the policy cycle: drawn, and as a table for who cannot see it."""
    lines = telling.part("cycle")
    if any(_filled(line, "actors") for line in lines) or (lines and not telling.public):
        steps = [telling.term(line["key"]) for line in lines]
        drawn = Chart(
            sort="cycle",
            marks=[
                Mark(step, below=telling.read(line["words"].get("actors")).splitlines())
                for step, line in zip(steps, lines, strict=True)
            ],
            language=telling.language,
            direction=direction(telling.language),
        )
        told = telling.say("comma").join(steps)
        alt = telling.say("cycle_alt", number=len(steps), steps=told)
        yield Figure(telling.term("cycle"), alt, asdict(drawn))
        columns = [Column(telling.say("step")), Column(telling.term("actors"), 2.0)]
        actors = [telling.span(line["words"].get("actors")) for line in lines]
        yield Table(telling.term("cycle"), columns, list(zip(steps, actors, strict=True)))
    yield from free(telling, "cycle-text")


def contents(telling: Telling) -> Iterator[Block]:
    """Tell what the migration profile holds."""
    for line in telling.part("contents"):
        words = line["words"]
        if not telling.public or _filled(line, "body"):
            yield Heading(3, telling.span(words.get("heading")))
            yield from written(telling, words.get("body"), 3)


def members(telling: Telling) -> Iterator[Block]:
    """Tell who is in the workgroup, its coordinator first."""
    lines = sorted(telling.part("members"), key=lambda line: not line["facts"].get("coordinator"))
    if not lines:
        return
    columns = [Column(telling.term(name)) for name in ("name", "institution", "type")]
    reached = any(_contact(line) for line in lines)
    columns += [Column(telling.term("contact"))] if reached else []
    rows = [_member(telling, line) for line in lines]
    yield Table(telling.term("members"), columns, [row if reached else row[:3] for row in rows])


def _member(telling: Telling, line: Line) -> Sequence[Words]:
    facts = line["facts"]
    name = [Span(facts.get("name") or telling.read(line["words"].get("name")), strong=True)]
    if facts.get("coordinator"):
        name.append(Span(f" ({telling.term('coordinator')})"))
    return [
        name,
        telling.span(line["words"].get("institution")),
        telling.type(facts.get("type")),
        _contact(line),
    ]


def _contact(line: Line) -> str:
    return line["facts"].get("contact") or ""


def practices(telling: Telling) -> Iterator[Block]:
    """Tell where a migration profile was of use."""
    lines = telling.part("practices")
    if lines:
        yield Listing([Entry(telling.traced(line, line["words"].get("text"))) for line in lines])


def acronyms(telling: Telling) -> Iterator[Block]:
    """Tell what the short forms mean, in their alphabetical order."""
    lines = sorted(telling.part("acronyms"), key=_short)
    if lines:
        columns = [Column(telling.say("short"), 0.5), Column(telling.say("meaning"), 2.0)]
        rows = [
            [Span(_short(line), strong=True), telling.span(line["words"].get("meaning"))] for line in lines
        ]
        yield Table(telling.term("acronyms"), columns, rows)


def _short(line: Line) -> str:
    return str(line["facts"].get("short") or "")


def keeper(telling: Telling) -> Iterator[Block]:
    """Tell who keeps the guide up to date."""
    for line in telling.part("keeper"):
        if _filled(line, "institution"):
            label = Span(telling.term("keeper") + telling.say("colon"), strong=True)
            yield Paragraph([label, telling.span(line["words"]["institution"])])


def _filled(line: Line, field: str) -> bool:
    return any(text.strip() for text in (line["words"].get(field) or {}).values())
