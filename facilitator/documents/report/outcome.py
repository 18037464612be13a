"""What a session came to: what was decided, what went into the guide, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from facilitator import db
from facilitator.documents.report.asking import read
from facilitator.documents.report.facts import Question
from facilitator.kinds.figured import Cell, Figured, Tabled
from facilitator.models import glossary
from facilitator.models.part import PARTS
from facilitator.models.provenance import Provenance
from facilitator.models.round import Round
from facilitator.models.session import Session
from facilitator.models.taking import Taking

RECOMMENDATIONS = "recommendations"


def decisions(questions: Sequence[Question]) -> Tabled | None:
    """List what the room decided and how firmly: verdicts, first places and first groups that stand out."""
    rows: list[Sequence[Cell]] = [
        (asked.number, *decided) for asked in questions if asked.last for decided in asked.last.decided
    ]
    columns = [
        Figured("question", _("Question"), "count"),
        Figured("option", _("Option")),
        Figured("decision", _("Decision")),
        Figured("firmness", _("How firm")),
    ]
    return Tabled("decisions", _("What the room decided"), columns, rows) if rows else None


def taken(session: Session, language: str) -> Tabled | None:
    """List what was taken into the guide: when and by whom; what was undone is not there."""
    zone = session.workshop.zone
    numbers = _numbers(session)
    rows: list[Sequence[Cell]] = [
        (
            numbers[each.round_id],
            each.round.number,
            _parts(each, language),
            len(each.provenances),
            each.at.astimezone(zone).date(),
            each.person,
        )
        for each in _takings(session)
    ]
    columns = [
        Figured("question", _("Question"), "count"),
        Figured("round", _("Round"), "count"),
        Figured("part", _("Part of the guide")),
        Figured("lines", _("Lines"), "count"),
        Figured("day", _("Date"), "date"),
        Figured("person", _("Taken by")),
    ]
    return Tabled("taken", _("Taken into the guide"), columns, rows) if rows else None


def untaken(session: Session) -> bool:
    """Tell whether a result that the guide could use is not in it."""
    inside = {each.round_id for each in _takings(session)}
    latest = [activity.round for activity in session.running_order if activity.form_kind.gives]
    return any(round_.id not in inside for round_ in latest if round_)


def follow_up(session: Session, language: str) -> Tabled | None:
    """Tell what becomes of each recommendation that came from the session, as it was reported last."""
    said = select(Provenance).where(Provenance.round_id.in_(_rounds(session))).order_by(Provenance.id)
    lines = dict.fromkeys(each.line for each in db.session.scalars(said) if each.stands)
    rows: list[Sequence[Cell]] = []
    for line in lines:
        if line.part != RECOMMENDATIONS or not line.stands:
            continue
        last = line.follow
        rows.append(
            (
                read(line.wording("text"), language, line.guide.languages),
                read(last.owner, language, line.guide.languages) if last and last.owner else None,
                last.deadline if last else None,
                glossary.term(f"status-{last.status}", language) if last else None,
                last.next_update if last else None,
            )
        )
    columns = [
        Figured("recommendation", _("Recommendation")),
        Figured("owner", _("Who sees to it")),
        Figured("deadline", _("Deadline"), "date"),
        Figured("status", _("How far it is")),
        Figured("next_update", _("Next update"), "date"),
    ]
    return Tabled("follow_up", _("What becomes of the recommendations"), columns, rows) if rows else None


def _takings(session: Session) -> Sequence[Taking]:
    asked = select(Taking).where(Taking.round_id.in_(_rounds(session)), Taking.undone_at.is_(None))
    return db.session.scalars(asked.order_by(Taking.id)).all()


def _rounds(session: Session) -> list[int]:
    return list(_numbers(session))


def _numbers(session: Session) -> dict[int, int]:
    """Number the question of each round."""
    asked: list[tuple[int, Sequence[Round]]] = [
        (number, activity.rounds) for number, activity in enumerate(session.running_order, 1)
    ]
    return {round_.id: number for number, rounds in asked for round_ in rounds}


def _parts(taking: Taking, language: str) -> str:
    parts = dict.fromkeys(each.line.part for each in taking.provenances)
    return " · ".join(glossary.term(PARTS[part].term, language) for part in parts)
