"""Gathering a report: a session's or a workshop's facts, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from facilitator import db
from facilitator.documents.report.asking import read
from facilitator.documents.report.facts import Heard, Report, Sitting, Step
from facilitator.documents.report.matrix import matrix
from facilitator.documents.report.sitting import sitting
from facilitator.models import wording
from facilitator.models.activity import Activity, Offered
from facilitator.models.country import Country
from facilitator.models.guide import Guide
from facilitator.models.session import Session
from facilitator.models.workshop import Workshop


def of_session(session: Session, language: str, step: Step, heard: Heard | None = None) -> Report:
    """Gather what may be shown of a session; each question is heard as soon as it is told."""
    with force_locale(language), loaded([session]):
        told = [sitting(session, language, step, heard)]
        return _report("session", session.id, session.workshop, told, language)


def of_workshop(workshop: Workshop, language: str, step: Step, heard: Heard | None = None) -> Report:
    """Gather what may be shown of all sessions of a workshop."""
    with force_locale(language), loaded(sittings(workshop)):
        told = [sitting(session, language, step, heard) for session in sittings(workshop)]
        return _report("workshop", workshop.id, workshop, told, language)


@contextmanager
def loaded(sessions: Sequence[Session]) -> Iterator[None]:
    """Have the questions of sessions at hand with their options: one by one each would take a look-up."""
    asked = select(Activity).where(Activity.session_id.in_(session.id for session in sessions))
    offered = selectinload(Activity.offered).selectinload(Offered.item)
    kept = db.session.scalars(asked.options(offered, selectinload(Activity.rounds))).all()
    yield
    del kept


def sittings(workshop: Workshop) -> list[Session]:
    """List the sessions of a workshop that were not withdrawn."""
    return [session for session in workshop.sessions if not session.withdrawn]


def workshops(code: str) -> list[Workshop]:
    """List the workshops of a country: those of a demo only where there are no others."""
    country = db.session.scalar(select(Country).where(Country.code == code.upper()))
    if country is None:
        return []
    guides = db.session.scalars(select(Guide).where(Guide.country_id == country.id).order_by(Guide.id)).all()
    real = [guide for guide in guides if not guide.demo]
    return [workshop for guide in real or guides for workshop in guide.workshops]


def _report(of: str, number: int, workshop: Workshop, told: Sequence[Sitting], language: str) -> Report:
    country = workshop.guide.country
    return Report(
        of=of,
        id=number,
        language=language,
        direction=wording.direction(language),
        country=country.name(language),
        code=country.code,
        workshop=read(workshop.title, language, workshop.languages),
        place=workshop.place,
        days=(workshop.starts_on, workshop.ends_on),
        zone=workshop.timezone,
        made=db.now(),
        sittings=told,
        matrix=matrix(workshop.guide, language),
    )
