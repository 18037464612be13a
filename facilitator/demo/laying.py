"""Sessions of the demo: their questions laid out, and answered by made-up people."""

from collections.abc import Mapping, Sequence
from random import Random

from werkzeug.datastructures import MultiDict

from facilitator import ballotbox, db, keys
from facilitator.demo.words import Question, SessionWords, Texts
from facilitator.kinds.base import canonical
from facilitator.models.activity import Activity
from facilitator.models.item import Item
from facilitator.models.session import Session
from facilitator.models.workshop import Workshop
from facilitator.models.written import Marks

CAPACITY = 600


def laid(workshop: Workshop, told: SessionWords) -> Session:
    """Lay out a session with its questions; what the guide has said before keeps its identity."""
    session = Session(title=dict(told.title), position=len(workshop.sessions), capacity=CAPACITY)
    workshop.sessions.append(session)
    db.session.flush()
    for question in told.questions:
        ask(session, question)
    return session


def ask(session: Session, question: Question) -> Activity:
    """Put a question at the end of a session."""
    position, prompt = len(session.activities), dict(question.prompt)
    activity = Activity(
        kind=question.kind, prompt=prompt, settings=dict(question.settings), position=position
    )
    session.activities.append(activity)
    db.session.flush()
    for item in items(session, question.options):
        activity.offer(item)
    return activity


def items(session: Session, options: Sequence[Texts]) -> list[Item]:
    """Find the items with these words in the guide, or make them."""
    guide = session.workshop.guide
    known = {tuple(sorted(item.wording.items())): item for item in guide.items}
    found = []
    for option in options:
        item = known.get(tuple(sorted(option.items())))
        if item is None:
            item = Item(wording=dict(option))
            guide.items.append(item)
        found.append(item)
    db.session.flush()
    return found


def answered(activity: Activity, room: Mapping[str, str | None], chance: Random) -> None:
    """Let the room answer a question, and close it; each in it is of a type of institution, or of none."""
    kind, settings, options = activity.form_kind, activity.settings, activity.read_options("en")
    form, ids = kind.ballot_form(options, settings), [option.id for option in options]
    activity_id, session_id, round_id = activity.id, activity.session_id, activity.open().id
    db.session.commit()
    box = ballotbox.box()
    for secret, type_ in room.items():
        answer = form(MultiDict(kind.imagined(ids, settings, chance)))
        answer.validate()
        key = keys.ballot_key(activity_id, secret)
        box.cast(round_id, session_id, key, canonical(answer.choice()), 1, marks=Marks(type_))
    box.close(round_id, session_id).wait()
