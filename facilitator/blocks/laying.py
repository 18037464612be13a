"""How a block becomes part of a session's running order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from facilitator import db
from facilitator.blocks.base import TOPIC, Block, Step
from facilitator.models import wording
from facilitator.models.activity import Activity
from facilitator.models.item import Item
from facilitator.models.session import Session

# a text in another language keeps its own direction within the question
ISOLATED = "\u2068{}\u2069"


@dataclass(frozen=True)
class Topic:
    """What one pass of a block is about: some words, and the item they stand for where there is one."""

    wording: wording.Texts
    item: Item | None = None
    family: str = ""


def lay(block: Block, session: Session, language: str, topics: Sequence[Topic] = ()) -> list[Activity]:
    """Put the steps of a block at the end of a running order, in the languages of its workshop."""
    laid: list[Activity] = []
    named: dict[str, Activity] = {}
    passes: list[tuple[Step, Topic | None]] = [(step, topic) for topic in topics for step in block.passes]
    for step, topic in [*passes, *((step, None) for step in block.steps)]:
        named[step.name] = _laid(step, session, language, topic, named)
        laid.append(named[step.name])
    return laid


def _laid(
    step: Step, session: Session, language: str, topic: Topic | None, named: Mapping[str, Activity]
) -> Activity:
    activity = Activity(
        session=session,
        position=len(session.activities),
        kind=step.kind,
        prompt=_prompt(step, session, topic),
        settings=dict(step.settings) | ({"family": topic.family} if topic and topic.family else {}),
        minutes=step.minutes,
        note=wording.read(step.note, language),
        about_id=topic.item.id if topic and topic.item else None,
        source_id=named[step.source].id if step.source in named else None,
    )
    db.session.add(activity)
    db.session.flush()
    if step.options:
        options = [(None, _offered(texts, session)) for texts in step.options]
        activity.edit(activity.kind, activity.prompt, activity.settings, options)
    return activity


def _offered(texts: wording.Texts, session: Session) -> wording.Texts:
    return {language: texts[language] for language in session.languages if language in texts}


def _prompt(step: Step, session: Session, topic: Topic | None) -> wording.Texts:
    texts = _offered(step.prompt, session)
    if topic is None:
        return texts
    return {
        language: text.replace(TOPIC, _named(topic, language, session)) for language, text in texts.items()
    }


def _named(topic: Topic, language: str, session: Session) -> str:
    text = wording.read(topic.wording, language, session.languages)
    same = wording.spoken(topic.wording, language, session.languages) == language
    return text if same else ISOLATED.format(text)
