"""Believable things for tests: they are added and flushed, never committed."""

import datetime as dt
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from werkzeug.datastructures import MultiDict

from facilitator import db
from facilitator.kinds import KINDS
from facilitator.kinds.base import Option, canonical
from facilitator.models import wording
from facilitator.models.activity import Activity
from facilitator.models.ballot import Ballot
from facilitator.models.country import Country
from facilitator.models.guide import Guide
from facilitator.models.item import Item
from facilitator.models.person import Person, Role
from facilitator.models.round import Round
from facilitator.models.session import Session
from facilitator.models.workshop import Workshop

CHALLENGES = (
    {"en": "Difficult to understand", "fr": "Difficiles à comprendre", "ar": "صعبة الفهم"},
    {"en": "Poor dissemination", "fr": "Dissémination pauvre", "ar": "ضعف النشر"},
    {"en": "Insufficient ownership", "fr": "Appropriation insuffisante", "ar": "ضعف التملّك"},
    {
        "en": "Poor update capability",
        "fr": "Faibles capacités de mise à jour",
        "ar": "ضعف القدرة على التحديث",
    },
    {"en": "Limited use of data", "fr": "Usage limité des données", "ar": "استخدام محدود للبيانات"},
)
QUESTION = {
    "en": "Which challenge matters most?",
    "fr": "Quel défi compte le plus ?",
    "ar": "أي تحدٍّ هو الأهم؟",
}
LANGUAGES = ("en", "fr", "ar")


def kept(thing: Any) -> Any:
    """Add a thing to the database session."""
    db.session.add(thing)
    db.session.flush()
    return thing


def person(email: str = "awa@example.org", roles: dict[str, str] | None = None, **given: Any) -> Person:
    """Make someone who signs in: roles maps a country code to a role; without any an administrator."""
    made = Person(**{"name": "Awa Diop", "email": email, "administrator": not roles} | given)
    made.roles = [Role(country=Country.named(code), name=name) for code, name in (roles or {}).items()]
    return kept(made)


def guide(code: str = "SN", **given: Any) -> Guide:
    """Make a country's guide."""
    title = {"en": "User's guide", "fr": "Guide d'utilisation", "ar": "دليل الاستخدام"}
    return kept(
        Guide(**{"country": Country.named(code), "title": title, "languages": list(LANGUAGES)} | given)
    )


def workshop(**given: Any) -> Workshop:
    """Make a workshop of two days."""
    defaults = {
        "title": {"en": "National workshop", "fr": "Atelier national", "ar": "ورشة وطنية"},
        "place": "Dakar",
        "starts_on": dt.date(2026, 11, 24),
        "ends_on": dt.date(2026, 11, 25),
        "timezone": "Africa/Dakar",
        "languages": list(LANGUAGES),
    }
    return kept(Workshop(**defaults | {"guide": given.pop("guide", None) or guide()} | given))


def session(**given: Any) -> Session:
    """Make a session with a code of its own."""
    defaults = {"title": {"en": "Challenges", "fr": "Défis", "ar": "التحديات"}}
    return kept(Session(**defaults | {"workshop": given.pop("workshop", None) or workshop()} | given))


def activity(
    kind: str = "choice",
    options: int | list[dict[str, str]] = 5,
    settings: dict[str, Any] | None = None,
    **given: Any,
) -> Activity:
    """Make a question over some challenges, in three languages."""
    home = given.pop("session", None) or session()
    made = kept(
        Activity(
            **{"session": home, "kind": kind, "prompt": dict(QUESTION), "position": len(home.activities)}
            | given
        )
    )
    made.edit(kind, made.prompt, settings or {}, [(None, text) for text in _texts(options)])
    return made


def spoken_by_all(room: Session) -> None:
    """Let a room read its questions in every language there is."""
    room.workshop.languages = [*wording.LANGUAGES]
    for asked in room.activities:
        asked.prompt = dict.fromkeys(wording.LANGUAGES, asked.prompt["en"]) | asked.prompt
        for item in asked.options:
            item.wording = dict.fromkeys(wording.LANGUAGES, item.wording["en"]) | item.wording


def closed(
    kind: str, choices: Callable[[list[int]], list[dict[str, Any]]], category: str = "", **given: Any
) -> Round:
    """Make a closed round with its result: `choices` gives the ballots over the ids of the options."""
    asked = activity(kind, **given)
    for item in asked.options if category else ():
        item.category = category
    return answered(asked, choices([item.id for item in asked.options]))


def answered(asked: Activity, ballots: list[dict[str, Any]]) -> Round:
    """Open a question, put ballots in, close it and keep its result."""
    made = asked.open()
    db.session.flush()
    for number, choice in enumerate(ballots):
        kept(Ballot(round_id=made.id, key=f"k{number}", choice=canonical(choice), revision=1))
    made.closed_at = db.now()
    made.keep_result()
    db.session.flush()
    return made


def imagined(kind: str, items: Sequence[Item], settings: dict[str, Any], chance: Random) -> dict[str, Any]:
    """Give a ballot such as someone might cast."""
    options = [Option(item.id, item.text("en"), "en") for item in items]
    form = KINDS[kind].ballot_form(options, settings)
    answer = form(MultiDict(KINDS[kind].imagined([item.id for item in items], settings, chance)))
    assert answer.validate()
    return dict(answer.choice())


def ranked(order: list[int], category: str = "challenge", voters: int = 3, **given: Any) -> Round:
    """Make a closed ranking in which everyone says the same: options by their numbers, from 0."""

    def ballots(ids: list[int]) -> list[dict[str, Any]]:
        return [{"order": [[ids[number]] for number in order]}] * voters

    return closed("ranking", ballots, category, **{"options": len(order)} | given)


def _texts(options: int | list[dict[str, str]]) -> list[dict[str, str]]:
    if isinstance(options, list):
        return options
    texts = [dict(text) for text in CHALLENGES[:options]]
    return texts + [{code: f"{number} {code}" for code in LANGUAGES} for number in range(len(texts), options)]
