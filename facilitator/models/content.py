"""All that a guide says at one moment, as data: self-contained, and always written the same way."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from facilitator import db
from facilitator.models import wording
from facilitator.models.activity import Activity
from facilitator.models.change import continued
from facilitator.models.guide import Guide
from facilitator.models.line import Line, place
from facilitator.models.part import FIGURES, PARTS
from facilitator.models.provenance import Provenance
from facilitator.models.round import Round
from facilitator.models.session import Session

FORMAT = "facilitator-guide/1"
LOCAL = ("session_id", "round_id")
VOTE = ("round", "date", "ballots", "place", "of", "gives", "taken_by")
Content = dict[str, Any]


def content(guide: Guide) -> Content:
    """Give the whole guide as it stands now, private things and local numbers included."""
    told = _Telling(guide)
    return {
        "format": FORMAT,
        "uid": guide.uid,
        "country": guide.country.code,
        "demo": guide.demo,
        "edition": guide.edition,
        "title": told.texts(guide.title),
        "languages": list(guide.languages),
        "licence": guide.licence,
        "families": {key: told.texts(texts) for key, texts in guide.families.items()},
        "parts": {name: told.part(name) for name, part in PARTS.items() if not part.under},
    }


def canonical(said: Mapping[str, Any]) -> str:
    """Write content in the one form that is stored and sealed."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def sealed(said: Mapping[str, Any]) -> str:
    """Give the hash of content; where it is installed makes no difference."""
    return hashlib.sha256(canonical(portable(said)).encode()).hexdigest()


def portable(said: Mapping[str, Any]) -> Content:
    """Give content without the numbers that only this installation knows."""
    return _lines(said, lambda line: line | {"provenance": _without(line["provenance"], LOCAL)})


def at_home(said: Mapping[str, Any], guide: Guide) -> Content:
    """Give frozen content with the numbers of this installation, so that its votes can be found here."""
    here: dict[tuple[Any, ...], Content] = {
        _vote(line, each): {name: each[name] for name in LOCAL}
        for lines in content(guide)["parts"].values()
        for above in lines
        for line in (above, *above["below"])
        for each in line["provenance"]
    }

    def found(line: Content) -> Content:
        return line | {"provenance": [each | here.get(_vote(line, each), {}) for each in line["provenance"]]}

    return _lines(said, found)


def _vote(line: Content, each: Content) -> tuple[Any, ...]:
    """Tell by what a vote is the same, whatever its question is called by now."""
    return line["uid"], *(each[name] for name in VOTE)


def public(said: Mapping[str, Any]) -> Content:
    """Give what everyone may read: nothing private, nothing left out."""
    return _parts(portable(said), _public_lines)


def _parts(said: Mapping[str, Any], made: Any) -> Content:
    return {**said, "parts": {name: made(name, lines) for name, lines in said["parts"].items()}}


def _lines(said: Mapping[str, Any], made: Any) -> Content:
    def each(_name: str, lines: Iterable[Content]) -> list[Content]:
        return [made(line) | {"below": each("", line["below"])} for line in lines]

    return _parts(said, each)


def _without(dicts: Iterable[Mapping[str, Any]], names: Iterable[str]) -> list[Content]:
    return [{name: value for name, value in each.items() if name not in names} for each in dicts]


def _public_lines(name: str, lines: Iterable[Content]) -> list[Content]:
    hidden = {field.name for field in PARTS[name].fields if field.private} if name in PARTS else set()

    def shown(line: Content) -> Content:
        secret = set() if line["facts"].get("open") else hidden
        facts = {key: value for key, value in line["facts"].items() if key not in secret}
        return line | {"facts": facts, "below": _public_lines("", line["below"])}

    return [shown(line) for line in lines if not line["left_out"]]


class _Telling:
    """One reading of a guide, with everything loaded at once."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.here: dict[tuple[str, int | None], list[Line]] = {}
        present = sorted((line for line in guide.every_line if line.present), key=place)
        known = {line.id for line in present}
        for line in present:
            parent = line.parent_id if line.parent_id in known else None
            self.here.setdefault((line.part, parent), []).append(line)
        self.below = {part.under: part.name for part in PARTS.values() if part.under}
        self.told: dict[int, Content] = {}
        self.rounds = _rounds({each.round_id for line in present for each in line.provenances})
        # beside those of the round that went on, their figures would tell the answers of few
        self.continued = {number for number, round_ in self.rounds.items() if continued(round_)}

    def part(self, name: str) -> list[Content]:
        """Tell the lines of a part, and under them those of the part below; the orphans of that come last."""
        lines = [self.line(line) for line in self.here.get((name, None), [])]
        orphans = self.here.get((self.below.get(name, ""), None), [])
        return lines + ([self.none(orphans)] if orphans else [])

    def none(self, lines: list[Line]) -> Content:
        """Tell lines that stand under nothing yet."""
        empty: Content = {"uid": "", "key": "", "words": {}, "facts": {}, "room_place": None, "left_out": ""}
        return empty | {"provenance": [], "reworded_from": None, "below": [self.line(line) for line in lines]}

    def line(self, line: Line) -> Content:
        """Tell one line."""
        part = PARTS[line.part]
        fields = {
            field.name: self.texts(line.wording(field.name)) for field in part.fields if field.translated
        }
        facts = {field.name: line.fact(field.name) for field in part.fields if not field.translated}
        told = {
            "uid": line.uid,
            "key": line.key,
            "words": {name: texts for name, texts in fields.items() if texts},
            "facts": {
                name: fact for name, fact in (line.facts | facts).items() if fact not in (None, "", [], False)
            },
            "room_place": line.room_place,
            "left_out": line.left_out,
            "provenance": [self.provenance(each) for each in line.provenances],
            "reworded_from": self.earlier(line),
            "below": [
                self.line(each) for each in self.here.get((self.below.get(line.part, "-"), line.id), [])
            ],
        }
        return told | ({"follow": self.follow(line)} if line.follow else {})

    def texts(self, texts: Mapping[str, str]) -> wording.Texts:
        """Give a text in the guide's languages; one that has none of them as it is."""
        there = {language: text for language, text in texts.items() if text.strip()}
        return {language: there[language] for language in self.guide.languages if language in there} or there

    def earlier(self, line: Line) -> wording.Texts | None:
        """Give the words that the room knew, where they are others."""
        origin = line.item.origin if line.item and line.item.origin_id else None
        if origin is None or origin.guide_id != self.guide.id:
            return None
        return self.texts(origin.wording)

    def follow(self, line: Line) -> Content:
        """Tell how it is followed up."""
        last = line.follow_ups[-1]
        return {
            "owner": self.texts(last.owner),
            "deadline": last.deadline.isoformat() if last.deadline else None,
            "status": last.status,
            "next_update": last.next_update.isoformat() if last.next_update else None,
        }

    def provenance(self, each: Provenance) -> Content:
        """Tell where a line comes from."""
        told = self.asked(each) | {
            "ballots": each.ballots,
            "place": each.place,
            "tied": each.tied,
            "of": each.of,
            "gives": each.gives,
            "figures": {} if each.round_id in self.continued else dict(each.figures),
            "taken_by": each.taking.person,
        }
        return told | {name: each.figures[name] for name in FIGURES if each.figures.get(name)}

    def asked(self, each: Provenance) -> Content:
        """Tell what was asked when; the same for all that one round said."""
        if each.round_id not in self.told:
            round_ = self.rounds[each.round_id]
            activity = round_.activity
            self.told[each.round_id] = {
                "workshop": self.texts(activity.session.workshop.title),
                "session": self.texts(activity.session.title),
                "activity": self.texts(activity.prompt),
                "round": round_.number,
                "date": each.date.isoformat(),
                "session_id": activity.session_id,
                "round_id": each.round_id,
            }
        return self.told[each.round_id]


def _rounds(ids: Iterable[int]) -> dict[int, Round]:
    activity = joinedload(Round.activity)
    whole = activity.joinedload(Activity.session).joinedload(Session.workshop)
    asked = (
        select(Round).where(Round.id.in_(list(ids))).options(whole, activity.selectinload(Activity.rounds))
    )
    return {round_.id: round_ for round_ in db.session.scalars(asked)}
