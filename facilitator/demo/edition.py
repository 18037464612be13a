"""The demo's published edition: an earlier workshop's votes, endorsed and published by made-up people."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from facilitator import db, keys
from facilitator.demo import words
from facilitator.demo.laying import answered, ask, items, laid
from facilitator.models import trail
from facilitator.models.activity import Activity
from facilitator.models.beginnings import FAMILIES
from facilitator.models.followup import FollowUp
from facilitator.models.guide import Guide
from facilitator.models.line import Line
from facilitator.models.person import Person, Role
from facilitator.models.round import Round
from facilitator.models.session import Session
from facilitator.models.taking import take
from facilitator.models.version import Version, open_edition, submit
from facilitator.models.workshop import Workshop

# of two types fewer than five came: they are told together
ROOM = {"ministry": 8, "statistics": 6, "enforcement": 5, "research": 3, "civil": 2}
SEED = 2026
HALF = 50  # percent
AGO, ENDORSED, MONTH = dt.timedelta(days=210), dt.timedelta(days=60), dt.timedelta(days=30)
COORDINATOR, AUTHORITY, FACILITATOR = "Moussa Diallo", "Fatou Sow", "Aminata Fall"
TEXTS = ("foreword", "sources-text", "cycle-text", "annex")
STRATEGY = 3  # the option of the demo's question on actions that has worked before
Said = Mapping[str, Any]


def publish(guide: Guide) -> Version:
    """Make the guide's first edition of an earlier workshop, publish it, and open the next."""
    said = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    guide.families = {key: dict(texts) for key, texts in FAMILIES.items()}
    guide.begin_parts()
    session = _session(guide, said)
    asked, guide_id = [activity.id for activity in session.running_order], guide.id
    chance = Random(SEED)  # noqa: S311 - simulated people
    room = {keys.fresh(): type_ for type_, size in ROOM.items() for _voter in range(size)}
    for secret, type_ in room.items():
        session.admit(keys.participant_key(secret), type_)
    session.locked = True
    for number in asked:
        answered(db.session.get_one(Activity, number), room, chance)
    guide = db.session.get_one(Guide, guide_id)
    coordinator, authority, facilitator = (
        _person(guide, COORDINATOR, "coordinator"),
        _person(guide, AUTHORITY, "authority"),
        _person(guide, FACILITATOR, "facilitator"),
    )
    for number in asked:
        round_ = db.session.get_one(Activity, number).rounds[-1]
        trail.record(facilitator, "close", round_)
        _taken(round_, coordinator)
    _write(guide, said, coordinator)
    version = _sealed(guide, said["statement"], coordinator, authority)
    for person in (coordinator, authority, facilitator):  # made up: nobody shall act in their names
        db.session.delete(person)
    db.session.flush()
    return version


def _texts(told: Sequence[str]) -> dict[str, str]:
    return dict(words.said(*told))


def _session(guide: Guide, said: Said) -> Session:
    """Lay out the earlier session: challenges, actions against the first, recommendations twice."""
    now = guide.workshops[-1]
    earlier = Workshop(
        title=dict(words.WORKSHOP),
        place=now.place,
        starts_on=now.starts_on - AGO,
        ends_on=now.starts_on - AGO,
        timezone=now.timezone,
        languages=list(now.languages),
    )
    guide.workshops.append(earlier)
    db.session.flush()
    session = laid(earlier, words.SessionWords(_texts(said["session"]), (words.CHALLENGES, words.ACTIONS)))
    session.promise(named=False, asks_type=True, by_card=False, shared=False)
    challenges, actions = session.activities
    challenges.note = said["note"]
    _sorted(challenges, "challenge")
    _sorted(actions, "action")
    actions.options[STRATEGY].category = "strategy"
    for item in actions.options:
        item.about_id = challenges.options[0].id
    advice = tuple(_texts(each["text"]) for each in said["recommendations"])
    for each, item in zip(said["recommendations"], items(session, advice), strict=True):
        item.family, item.tags = each["family"], list(each["tags"])
    for kind, prompt, settings in (("adoption", "adopt", {"threshold": HALF}), ("matrix2x2", "weigh", {})):
        question = words.Question(kind, _texts(said[prompt]), advice, settings)
        _sorted(ask(session, question), "recommendation")
    return session


def _sorted(activity: Activity, category: str) -> None:
    for item in activity.options:
        item.category = category


def _person(guide: Guide, name: str, role: str) -> Person:
    person = Person(name=name)
    person.roles = [Role(country=guide.country, name=role)]
    db.session.add(person)
    db.session.flush()
    return person


def _taken(round_: Round, person: Person) -> None:
    round_.keep_result()
    round_.opened_at -= AGO
    round_.closed_at = round_.opened_at + dt.timedelta(minutes=4)
    take(round_, person)


def _write(guide: Guide, said: Said, person: Person) -> None:
    """Write what no vote gives."""
    for part in TEXTS:
        _row(guide, part).change(person, "change", words={"body": _texts(said[part])})
    _row(guide, "keeper").change(person, "change", words={"institution": _texts(said["keeper"])})
    for part, field in (("sources", "entities"), ("cycle", "actors"), ("contents", "body")):
        for line in guide.lines(part):
            line.change(person, "change", words={field: _texts(said[part][line.key])})
    for short, meaning in said["acronyms"].items():
        guide.add("acronyms", person, words={"meaning": _texts(meaning)}, facts={"short": short})
    for member in said["members"]:
        facts = {name: member[name] for name in ("name", "type", "coordinator", "contact") if name in member}
        guide.add("members", person, words={"institution": _texts(member["institution"])}, facts=facts)
    for practice in said["practices"]:
        guide.add("practices", person, words={"text": _texts(practice["text"])})
    _answer(guide, said, person)
    _follow(guide, said, person)


def _row(guide: Guide, part: str) -> Line:
    return guide.lines(part)[0]


def _answer(guide: Guide, said: Said, person: Person) -> None:
    """Add what the experts know against the other challenges."""
    by_words = {line.wording("text")["fr"]: line for line in guide.lines("challenges")}
    for action in said["actions"]:
        challenge = by_words[words.CHALLENGES.options[action["about"] - 1]["fr"]]
        text, kind = {"text": _texts(action["text"])}, {"kind": action["kind"]}
        guide.add("actions", person, words=text, facts=kind, parent=challenge)


def _follow(guide: Guide, said: Said, person: Person) -> None:
    """Say who answers for which recommendation, and until when."""
    by_words = {each["text"][0]: each for each in said["recommendations"]}
    today = db.now().date()
    for line in guide.lines("recommendations"):
        told = by_words[line.wording("text")["fr"]]
        due = today + told["months"] * MONTH
        given = {"owner": _texts(told["owner"]), "status": told["status"], "next_update": due - MONTH}
        FollowUp.report(line, person, deadline=due, **given)


def _sealed(guide: Guide, statement: str, coordinator: Person, authority: Person) -> Version:
    """Submit, endorse and publish it by two people, some weeks after its workshop."""
    version = submit(guide, coordinator)
    version.endorse(authority, statement)
    version.publish(coordinator)
    version.submitted_at = version.decided_at = version.published_at = db.now() - AGO + ENDORSED
    open_edition(guide, coordinator)
    return version
