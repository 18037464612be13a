"""A session that was held: questions of every kind, answered by a room, closed; for tests of its results."""

from random import Random

from flask import Flask
from sqlalchemy import insert
from werkzeug.datastructures import MultiDict

from facilitator import db
from facilitator.kinds import KINDS
from facilitator.kinds.base import canonical
from facilitator.models import trail
from facilitator.models.activity import Activity
from facilitator.models.ballot import Ballot
from facilitator.models.participant import Participant
from facilitator.models.proposal import Proposal
from facilitator.models.session import Session
from tests import factories

TARGETS = [
    [1001, {"en": "Poor data", "fr": "Données pauvres"}],
    [1002, {"en": "No staff", "fr": "Sans personnel"}],
]
TYPES = {"ministry": 12, "statistics": 6, "research": 3, "civil": 2}


def held(app: Flask, *kinds: str, types: dict[str, int] | None = None, **promises: bool) -> int:
    """Hold a session with a question of each kind; give its id."""
    with app.app_context():
        session = factories.session()
        session.promise(**{"named": False, "asks_type": True, "by_card": False, "shared": False} | promises)
        people = [type_ for type_, count in (types or TYPES).items() for _each in range(count)]
        factories.person(email="fatou@example.org", name="Fatou Sarr")
        come_in(session, people)
        for kind in kinds or tuple(KINDS):
            ask(session, kind, people)
        db.session.commit()
        return session.id


def come_in(session: Session, people: list[str]) -> None:
    """Let people in; in a named session by their names."""
    rows = [
        {
            "session_id": session.id,
            "key": key(number),
            "type": type_,
            "name": name(number) if session.named else None,
        }
        for number, type_ in enumerate(people)
    ]
    db.session.execute(insert(Participant), rows)


def key(number: int) -> str:
    """Give the key of a phone."""
    return f"phone{number:017}"


def name(number: int) -> str:
    """Give the name of a person in a named session."""
    return f"Person {number}"


def ask(session: Session, kind: str, people: list[str]) -> Activity:
    """Put a question of a kind to the room, and close it."""
    settings = {"targets": TARGETS} if kind == "linking" else {}
    activity = factories.activity(kind, session=session, settings=settings, seed=7)
    answer(activity, people, Random(kind))
    return activity


def answer(activity: Activity, people: list[str], chance: Random) -> None:
    """Let people answer a new round as they might, and close it."""
    round_, form = activity.open(), activity.form_kind
    options = activity.read_options("en")
    made = form.ballot_form(options, activity.settings)
    rows = []
    for number, type_ in enumerate(people):
        given = form.imagined([option.id for option in options], activity.settings, chance)
        ballot = made(MultiDict(given))
        assert ballot.validate(), ballot.errors
        owner = key(number) if activity.session.named else None
        rows.append(
            {
                "round_id": round_.id,
                "key": key(number),
                "choice": canonical(ballot.choice()),
                "revision": 1,
                "type": type_,
                "participant": owner,
            }
        )
    db.session.execute(insert(Ballot), rows)
    if form.moderated:
        propose(activity)
    round_.closed_at = db.now()
    db.session.flush()
    round_.keep_result()
    trail.record(None, "close", round_, ballots=len(people))


def propose(activity: Activity) -> None:
    """Let the room have proposed three things: one released, one merged into it, one withdrawn."""
    texts = ("Publish every quarter", "Publish often", "=Nonsense")
    made = [
        Proposal(round=activity.round, key=key(number), number=1, text=text, language="en")
        for number, text in enumerate(texts)
    ]
    db.session.add_all(made)
    db.session.flush()
    made[0].release()
    made[1].merge(made[0])
    made[2].withdraw()
    db.session.flush()
