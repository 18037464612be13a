"""The dashboard: the reader's guides, workshops and sessions, and what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from facilitator import db
from facilitator.models.guide import Guide
from facilitator.models.session import Session
from facilitator.models.workshop import Workshop
from facilitator.web import codes, scoped

bp = Blueprint("dashboard", __name__, url_prefix="/desk")
MOST_STEPS = 4


@dataclass(frozen=True)
class Step:
    """One thing to do next: what it is about, what is said, where it is done."""

    subject: str
    text: str
    button: str
    address: str


@bp.get("/")
def overview() -> ResponseReturnValue:
    """See one's guides, workshops and sessions, and what to do next."""
    guides = Guide.seen_by(current_user)
    mine = [guide for guide in guides if not guide.demo and current_user.may("run", guide.country)]
    return render_template(
        "dashboard/overview.html",
        guides=guides,
        steps=[step for guide in mine for step in next_steps(guide)][:MOST_STEPS],
        may_begin=current_user.administrator or bool(scoped.countries()),
    )


@bp.app_template_global()
def standing_sessions(workshop: Workshop) -> list[Session]:
    """List a workshop's sessions without the withdrawn."""
    return [session for session in workshop.sessions if not session.withdrawn]


@bp.app_template_global()
def grouped(code: str) -> str:
    """Write a code the way people say it."""
    return codes.grouped(code)


def next_steps(guide: Guide) -> Iterable[Step]:
    """Say what a guide still needs before the room can vote."""
    language = str(get_locale())
    if not guide.workshops:
        name = guide.country.name(language)
        address = url_for("workshops.new", id=guide.id)
        yield Step(name, _("This guide has no workshop yet."), _("Plan a workshop"), address)
    today = db.now().date()
    for workshop in guide.workshops:
        if workshop.ends_on >= today:
            yield from workshop_steps(workshop, language)


def workshop_steps(workshop: Workshop, language: str) -> Iterable[Step]:
    """Say what a workshop still needs, or which session is on today."""
    sessions = standing_sessions(workshop)
    if not sessions:
        name, address = workshop.name(language), url_for("sessions.new", id=workshop.id)
        yield Step(name, _("This workshop has no session yet."), _("Add a session"), address)
    today = db.now().astimezone(workshop.zone).date()
    for session in sessions:
        name, room = session.name(language), url_for("running.room", id=session.id)
        if not session.running_order:
            yield Step(name, _("This session has no questions yet."), _("Write the questions"), room)
        elif workshop.starts_on <= today <= workshop.ends_on:
            yield Step(name, _("This session can run today."), _("Run the session"), room)
