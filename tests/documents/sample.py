"""A made-up guide in its frozen form, as large as a test wants it."""

from __future__ import annotations

from itertools import count
from typing import Any

from facilitator.models.beginnings import FAMILIES, STEPS
from facilitator.models.part import OUTLINE, PARTS, SOURCES

Texts = dict[str, str]
SAID = {
    "en": "{what} {number} in English",
    "fr": "{what} {number} en français",
    "ar": "{what} {number} بالعربية",
}
LANGUAGES = ["fr", "en", "ar"]


def said(what: str, number: int, spice: str = "") -> Texts:
    """Say something that is found nowhere else."""
    return {code: SAID[code].format(what=what, number=number) + spice for code in LANGUAGES}


class Sample:
    """Makes lines that each say something of their own."""

    def __init__(self, spice: str = "") -> None:
        self.spice, self.uids = spice, count(1)

    def line(self, what: str, words: tuple[str, ...] = ("text",), **given: Any) -> dict[str, Any]:
        """Make a line with some words."""
        number = next(self.uids)
        made = {
            "uid": f"{number:032x}",
            "key": "",
            "words": {field: said(f"{what}-{field}", number, self.spice) for field in words},
            "facts": {},
            "room_place": None,
            "left_out": "",
            "provenance": [],
            "reworded_from": None,
            "follow": None,
            "below": [],
        }
        return made | given

    def voted(self, what: str, place: int, of: int, vote: int, **given: Any) -> dict[str, Any]:
        """Make a line that a room placed."""
        origin = {
            "session": said("session", vote, self.spice),
            "workshop": said("workshop", vote, self.spice),
            "activity": said("question", vote, self.spice),
            "round": 1,
            "date": "2026-11-20",
            "ballots": 34,
            "place": place,
            "tied": place == 2,
            "of": of,
            "taken_by": "Awa Ndiaye" + self.spice,
            "session_id": vote,
            "round_id": vote,
        }
        return self.line(what, room_place=place, provenance=[origin], **given)


def content(
    challenges: int = 3, actions: int = 6, recommendations: int = 5, spice: str = "", **given: Any
) -> dict[str, Any]:
    """Make a guide of so many challenges, actions under them and recommendations."""
    sample = Sample(spice)
    matrix = [sample.voted("challenge", place, challenges, 1) for place in range(1, challenges + 1)]
    for number in range(actions):
        kind = "strategy" if number % 3 == 2 else "action"
        below = matrix[number % challenges]["below"]
        below.append(sample.voted(kind, len(below) + 1, actions, 2, facts={"kind": kind}))
    families = list(FAMILIES)
    advice = [
        sample.voted(
            "advice",
            place,
            recommendations,
            3,
            facts={
                "family": families[place % len(families)],
                "tags": ["dakar-10", f"own{spice}"],
                "adoption": "adopted",
                "priority": "first",
            },
            follow={
                "owner": said("owner", place, spice),
                "deadline": "2027-06-30",
                "status": "begun",
                "next_update": "2027-01-15",
            },
        )
        for place in range(1, recommendations + 1)
    ]
    parts = {
        "foreword": [sample.line("foreword", ("body",), key="foreword")],
        "acronyms": [sample.line("acronym", ("meaning",), facts={"short": f"ABC{spice}"})],
        "sources": [
            sample.line(
                "source",
                ("area", "entities"),
                key=key,
                facts={"state": "existing", "contact": "hidden@example.org"},
            )
            for key in SOURCES
        ],
        "sources-text": [sample.line("sources", ("body",))],
        "cycle": [sample.line("cycle", ("actors",), key=key) for key in STEPS],
        "cycle-text": [sample.line("cycle", ("body",))],
        "contents": [sample.line("contents", ("heading", "body"), key=key) for key in OUTLINE],
        "members": [
            sample.line(
                "member",
                ("institution",),
                facts={
                    "name": f"Member {number}{spice}",
                    "type": "statistics",
                    "coordinator": number == 1,
                    "contact": "hidden@example.org",
                },
            )
            for number in range(3)
        ],
        "practices": [sample.voted("practice", place, 2, 4) for place in (1, 2)],
        "challenges": matrix,
        "recommendations": advice,
        "keeper": [sample.line("keeper", ("institution",))],
        "annex": [sample.line("annex", ("body",))],
    }
    assert set(parts) | {"actions"} == set(PARTS)
    made = {
        "format": "facilitator-guide/1",
        "uid": "f" * 32,
        "country": "SN",
        "edition": 1,
        "title": said("guide", 1, spice),
        "languages": LANGUAGES,
        "licence": "CC-BY-4.0",
        "families": {key: dict(texts) for key, texts in FAMILIES.items()},
        "parts": parts,
    }
    return made | given
