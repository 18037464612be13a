"""Telling one session: how it was done, who took part, what was asked, decided and left open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from facilitator import db
from facilitator.counting import groups
from facilitator.documents.institutions import NAMES, OTHER
from facilitator.documents.institutions import named as institution
from facilitator.documents.report import outcome
from facilitator.documents.report.asking import question, read
from facilitator.documents.report.facts import Heard, Pair, Question, Sitting, Step
from facilitator.kinds.figured import Cell, Figured, Tabled
from facilitator.models.participant import Participant
from facilitator.models.session import Session
from facilitator.models.trail import Trail

RAN = ("open", "reopen", "rerun", "close", "reveal")


def sitting(session: Session, language: str, step: Step, heard: Heard | None) -> Sitting:
    """Tell a session, question by question."""
    questions = []
    for number, activity in enumerate(session.running_order, 1):
        questions.append(question(activity, number, language))
        if heard:
            heard(questions[-1])
        step("gather")
    return Sitting(
        id=session.id,
        title=read(session.title, language, session.languages),
        day=held(session),
        people=facilitators(session),
        provisional=list(_provisional(session, questions)),
        how=list(_how(session)),
        methods=_methods(questions),
        joined=session.joined,
        named=session.named,
        took_part=_took_part(session),
        questions=questions,
        parked=_parked(session),
        decisions=outcome.decisions(questions),
        taken=outcome.taken(session, language),
        follow_up=outcome.follow_up(session, language),
        next_steps=list(_next_steps(session, questions)),
    )


def held(session: Session) -> dt.date:
    """Tell the day of a session: that of its first question, or the workshop's first."""
    workshop = session.workshop
    opened = [round_.opened_at for activity in session.running_order for round_ in activity.rounds]
    return min(opened).astimezone(workshop.zone).date() if opened else workshop.starts_on


def facilitators(session: Session) -> list[str]:
    """Name who ran the questions: who opened them, and whom the trail has besides."""
    rounds = [each for activity in session.running_order for each in activity.rounds]
    opened = [each.opened_by for each in sorted(rounds, key=lambda each: each.opened_at)]
    here = [f"round {each.id}" for each in rounds]
    done = select(Trail.person).where(Trail.act.in_(RAN), Trail.subject.in_(here)).order_by(Trail.id)
    told = (person.partition(" ")[2].rpartition(" <")[0] for person in db.session.scalars(done))
    return list(dict.fromkeys(filter(None, (*opened, *told))))


def _provisional(session: Session, questions: Sequence[Question]) -> Iterator[str]:
    for asked in questions:
        if asked.last and asked.last.closed is None:
            yield _("Question %(number)s is still open.", number=asked.number)
        if asked.waiting:
            yield ngettext(
                "Question %(number)s: %(num)d proposal waits to be read.",
                "Question %(number)s: %(num)d proposals wait to be read.",
                asked.waiting,
                number=asked.number,
            )
    unasked = sum(not asked.counts for asked in questions)
    workshop = session.workshop
    if unasked and db.now().astimezone(workshop.zone).date() <= workshop.ends_on:
        yield _unasked(unasked)


def _unasked(number: int) -> str:
    said: str = ngettext(
        "%(num)d question was not put to the room.", "%(num)d questions were not put to the room.", number
    )
    return said


def _how(session: Session) -> Iterator[Pair]:
    door = (
        _("Who held a one-use card.")
        if session.by_card
        else _("Whoever had the address or the code of the room.")
    )
    people = ngettext("%(num)d person came in.", "%(num)d people came in.", session.joined)
    yield _("Who could answer"), f"{door} {people}"
    kept = [
        _("Named: each answer was kept with the name of its author.")
        if session.named
        else _("Anonymous: answers were not linked to people.")
    ]
    if session.asks_type:
        kept.append(
            _("The type of institution was kept with the answers; nothing is shown of fewer than five.")
        )
    yield _("What was kept"), " ".join(kept)


def _methods(questions: Sequence[Question]) -> list[Pair]:
    """Say each method in a sentence, with the rules that were fixed before."""
    told: dict[str, Pair] = {}
    for asked in questions:
        if asked.counts:
            told.setdefault(asked.kind, (asked.label, asked.sentence))
    return list(told.values())


def _took_part(session: Session) -> Tabled | None:
    """Count who came in by type of institution; types of fewer than five are told together."""
    if not session.asks_type:
        return None
    counted = select(Participant.type, func.count()).where(Participant.session_id == session.id)
    sizes = {type_ or OTHER: n for type_, n in db.session.execute(counted.group_by(Participant.type))}
    visible = set(sizes) if session.named else set(groups.shown(sizes))
    rows: list[Sequence[Cell]] = [(institution(type_), sizes[type_]) for type_ in NAMES if type_ in visible]
    rest = sum(size for type_, size in sizes.items() if type_ not in visible or type_ == OTHER)
    if rest:
        rows.append((institution(OTHER), rest if rest >= groups.LEAST or session.named else None))
    columns = [Figured("type", _("Type of institution")), Figured("people", _("People"), "count")]
    return Tabled("took_part", _("Who took part"), columns, rows)


def _parked(session: Session) -> Tabled | None:
    rows = [
        (parked.text, _("answered") if parked.answered else _("waits"))
        for parked in session.parked
        if not parked.withdrawn
    ]
    columns = [Figured("text", _("Question from the floor")), Figured("state", _("State"))]
    return Tabled("parked", _("Parking list"), columns, rows) if rows else None


def _next_steps(session: Session, questions: Sequence[Question]) -> Iterator[str]:
    reasons = list(_provisional(session, questions))
    yield from reasons
    if (unasked := sum(not asked.counts for asked in questions)) and _unasked(unasked) not in reasons:
        yield _unasked(unasked)
    if parked := sum(not (each.answered or each.withdrawn) for each in session.parked):
        yield ngettext(
            "%(num)d question from the floor waits for an answer.",
            "%(num)d questions from the floor wait for an answer.",
            parked,
        )
    if outcome.untaken(session):
        yield _("The experts take these results into the guide; the workgroup reviews it.")
    if not any(version.is_published for version in session.workshop.guide.versions):
        yield _("The national coordinating authority endorses the guide before it is published.")
