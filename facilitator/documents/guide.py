"""A country's guide as a document: sections I to IV, each line with its origin, and how to verify it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any
from unicodedata import bidirectional

from facilitator.documents import sections
from facilitator.documents.document import Block, Document, Entry, Heading, Listing, Paragraph, Span
from facilitator.documents.edition import Seal
from facilitator.documents.matrix import matrix, recommendations
from facilitator.documents.telling import Telling
from facilitator.models import content as contents
from facilitator.models import country
from facilitator.models.wording import LANGUAGES, direction

Teller = Callable[[Telling], Iterator[Block]]
SECTIONS: tuple[tuple[tuple[str, str, Teller], ...], ...] = (
    (("", "sources", sections.sources),),
    (("", "cycle", sections.cycle),),
    (
        ("contents", "contents", sections.contents),
        ("members", "members", sections.members),
        ("practices", "practices", sections.practices),
        ("matrix", "challenges", matrix),
    ),
    (("", "recommendations", recommendations), ("", "keeper", sections.keeper)),
)
WRITERS = ("contents", "notes", "page", "table", "figure")
STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def told(
    content: Mapping[str, Any], language: str, *, address: str, public: bool = True, seal: Seal | None = None
) -> Document:
    """Tell a guide in one of its languages: for everyone, or whole for those who write it."""
    telling = Telling(contents.public(content) if public else content, language, address, public)
    land = country.country_name(content["country"], language)
    title = telling.read(content["title"]) or telling.say("guide_of", country=land)
    return Document(
        title=title,
        language=language,
        direction=direction(language),
        subtitle=f"{land}{telling.say('comma')}{telling.say('edition').lower()} {content['edition']}",
        facts=_facts(telling, land, seal),
        blocks=[*_warning(telling, seal), *_blocks(telling, seal)],
        words={name: telling.say(name) for name in WRITERS},
        authors=[seal.endorsed_by] if seal and seal.endorsed_by else (),
        footer=f"{title} · {land}",
    )


def _facts(telling: Telling, land: str, seal: Seal | None) -> list[tuple[str, str]]:
    content = telling.content
    names = [LANGUAGES[code] for code in content["languages"]]
    facts = [("country", land), ("edition", str(content["edition"]))]
    if seal and seal.published_at:
        facts.append(("published", telling.date(seal.published_at)))
    if seal and seal.endorsed_by:
        date = telling.date(seal.endorsed_at)
        facts.append(("endorsed", telling.say("by_on", name=seal.endorsed_by, date=date)))
    facts += [("languages", telling.say("comma").join(names)), ("licence", telling.licence())]
    if seal:
        facts.append(("seal", seal.hash))
    return [(telling.say(key), value) for key, value in facts if value]


def _warning(telling: Telling, seal: Seal | None) -> Iterator[Block]:
    if not (seal and seal.endorsed_by):
        yield Paragraph(telling.say("draft"), "warning")
    if not telling.public:
        yield Paragraph(telling.say("internal"), "warning")


def _blocks(telling: Telling, seal: Seal | None) -> Iterator[Block]:
    yield from _headed(telling, telling.term("foreword"), "foreword", sections.free(telling, "foreword", 1))
    yield from _headed(telling, telling.term("acronyms"), "acronyms", sections.acronyms(telling))
    for number, parts in enumerate(SECTIONS, 1):
        blocks = (block for name, anchor, tell in parts for block in _part(telling, name, anchor, tell))
        numeral = telling.phrase("numbering")[number - 1]
        title = telling.say("section", number=numeral, title=telling.term(f"section-{number}"))
        yield from _headed(telling, title, f"section-{number}", blocks)
    closing = chain(sections.free(telling, "annex", 1), _made(telling, seal))
    yield from _headed(telling, telling.term("annex"), "annex", closing)


def _part(telling: Telling, name: str, anchor: str, tell: Teller) -> list[Block]:
    blocks = list(tell(telling))
    if name and not blocks and not telling.public:
        blocks = [Paragraph(telling.say("empty"), "small")]
    return [Heading(2, telling.term(name), anchor), *blocks] if name and blocks else blocks


def _headed(telling: Telling, title: str, anchor: str, told: Iterator[Block]) -> Iterator[Block]:
    blocks = list(told)
    if not blocks and not telling.public:
        blocks = [Paragraph(telling.say("empty"), "small")]
    if blocks:
        yield Heading(1, title, anchor)
        yield from blocks


def _made(telling: Telling, seal: Seal | None) -> Iterator[Block]:
    """Tell how the guide was made: the votes behind it, its endorsement, its hash and how to verify it."""
    yield Heading(2, telling.say("made"), "made")
    yield Paragraph(telling.say("made_lead" if telling.votes else "nothing_voted"))
    if telling.votes:
        yield Heading(3, telling.say("votes"), "votes")
    for number, origin in enumerate(telling.votes.values(), 1):
        yield Heading(4, f"R{number}", f"vote-{number}")
        desk = "" if telling.public else telling.way(origin)
        yield Paragraph([Span(f"{telling.vote(origin)}.", link=desk)])
    if not seal:
        return
    if seal.statement:
        yield Heading(2, telling.say("statement"), "statement")
        yield Paragraph(_statement(telling, seal.statement), "quote")
    yield Heading(2, telling.say("verify"), "verify")
    said = [telling.say("verify_frozen", hash=f"\n{seal.hash}")]
    if telling.public:
        seen = contents.sealed(telling.content)
        said.append(telling.say("verify_public", address=f"{telling.address}.json", hash=f"\n{seen}"))
    yield Listing([Entry(words) for words in said])


def _statement(telling: Telling, statement: str) -> list[Span]:
    """Tell what the authority said, each line in the direction of its first letter."""
    here = direction(telling.language)
    other = next((code for code in telling.content["languages"] if direction(code) != here), "")
    told: list[Span] = []
    for line in statement.split("\n"):
        letter = next((found for found in map(bidirectional, line) if found in STRONG), "")
        turns = bool(letter) and STRONG[letter] != here
        told += [Span("\n"), Span(line, lang=other if turns else "")]
    return told[1:]
