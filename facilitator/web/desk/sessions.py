"""Sessions at the desk: add one, change it, copy it, withdraw it and bring it back."""

from babel.dates import format_date
from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import BooleanField, Form

from facilitator import db, events
from facilitator.models import trail
from facilitator.models.guide import Guide
from facilitator.models.session import PLACES, PROMISES, Session
from facilitator.models.workshop import Workshop
from facilitator.refusals import RoomEntered
from facilitator.web import codes, scoped
from facilitator.web.desk import notices
from facilitator.web.desk.acts import hold
from facilitator.web.desk.fields import CountField, Needed, PickField, TextsField
from facilitator.web.errors import sentence

bp = Blueprint("sessions", __name__, url_prefix="/desk")
MOST_PLACES = 10_000


class SessionForm(Form):
    """What a session is: a title, how many phones may join, and what is promised at its door."""

    title = TextsField(_l("Title"))
    capacity = CountField(
        _l("Places"),
        [Needed(_l("Write how many phones may join."))],
        most=MOST_PLACES,
        description=_l("How many phones may join. More can be allowed while the session runs."),
    )
    named = BooleanField(
        _l("Each vote is recorded with the voter’s name"),
        description=_l("People give their name when they join. Otherwise answers are not linked to anyone."),
    )
    asks_type = BooleanField(
        _l("Ask each person for the type of their institution"),
        description=_l("For results by type of institution, and for questions to some types only."),
    )
    by_card = BooleanField(
        _l("Only with a card"),
        description=_l("Printed cards, each for one person; they can carry the type of institution."),
    )
    shared = BooleanField(
        _l("Several people may answer on one phone"),
        description=_l("Phones offer “Answer for another person”. This alone can change at any time."),
    )


class CopyForm(Form):
    """Where a copy of a session goes."""

    workshop = PickField(_l("Workshop"), coerce=str)


@bp.route("/workshops/<int:id>/sessions/new", methods=["GET", "POST"])
def new(id: int) -> ResponseReturnValue:
    """Add a session to a workshop."""
    workshop = scoped.workshop(id, act="run")
    form = SessionForm(request.form if request.method == "POST" else None, capacity=PLACES)
    form.title.offer(workshop.languages)
    if request.method == "POST" and form.validate():
        session = Session(
            workshop=workshop,
            title=form.title.texts,
            capacity=form.capacity.data,
            position=len(workshop.sessions),
        )
        db.session.add(session)
        db.session.flush()
        session.promise(**door(form))
        trail.record(
            current_user, "create", session, title=session.title, capacity=session.capacity, **door(form)
        )
        db.session.commit()
        return redirect(url_for("running.room", id=session.id))
    return render_template("sessions/new.html", form=form, workshop=workshop), 422 if form.errors else 200


@bp.route("/sessions/<int:id>/edit", methods=["GET", "POST"])
def edit(id: int) -> ResponseReturnValue:
    """Change a session's title and places; see its code."""
    session = scoped.session(id, act="run")
    form = SessionForm(request.form if request.method == "POST" else None, obj=session)
    form.title.offer(session.languages)
    if request.method == "POST" and form.validate() and promised(session, form):
        session.title, session.capacity = form.title.texts, int(form.capacity.data or 0)
        said = {"title": session.title, "capacity": session.capacity} | door(form)
        trail.record(current_user, "change", session, **said)
        db.session.commit()
        notices.say(_("Saved."))
        return redirect(url_for("running.room", id=session.id))
    address = codes.join_address(session.code)
    return render_template(
        "sessions/edit.html", form=form, session=session, address=address, qr=codes.qr(address)
    ), 422 if form.errors else 200


@bp.route("/sessions/<int:id>/copy", methods=["GET", "POST"])
def copy(id: int) -> ResponseReturnValue:
    """Copy a session's running order into a workshop, without its ballots."""
    session = scoped.session(id)
    form = CopyForm(request.form if request.method == "POST" else None, workshop=str(session.workshop_id))
    form.workshop.choices = runnable() or abort(404)
    if request.method == "POST" and form.validate():
        made = session.copy(scoped.workshop(int(form.workshop.data), act="run"))
        trail.record(current_user, "copy", session, to=made.id, workshop=made.workshop.id)
        db.session.commit()
        undo = url_for("sessions.withdraw", id=made.id)
        notices.say(_("Copied with its questions; nothing of the room is taken along."), undo)
        return redirect(url_for("running.room", id=made.id))
    return render_template("sessions/copy.html", form=form, session=session), 422 if form.errors else 200


@bp.post("/sessions/<int:id>/withdraw")
def withdraw(id: int) -> ResponseReturnValue:
    """Take a session without votes out of its workshop; it can come back."""
    session = scoped.session(id, act="run")
    home = redirect(url_for("workshops.show", id=session.workshop_id))
    if session.open_round or any(activity.frozen for activity in session.activities):
        notices.refuse(_("People have voted in this session, so it stays."))
        return home
    session.withdrawn = True
    trail.record(current_user, "withdraw", session)
    db.session.commit()
    events.hub().announce(session.id, events.ACTIVITY)
    notices.say(_("The session was withdrawn."), url_for("sessions.restore", id=session.id))
    return home


@bp.post("/sessions/<int:id>/restore")
def restore(id: int) -> ResponseReturnValue:
    """Bring a withdrawn session back."""
    session = scoped.session(id, act="run")
    session.withdrawn = False
    trail.record(current_user, "restore", session)
    db.session.commit()
    events.hub().announce(session.id, events.ACTIVITY)
    notices.say(_("The session is back."))
    return redirect(url_for("workshops.show", id=session.workshop_id))


def door(form: SessionForm) -> dict[str, bool]:
    """Give what the form promises at the door."""
    return {name: form[name].data for name in PROMISES}


def promised(session: Session, form: SessionForm) -> bool:
    """Change the promises as the form says; those that hold already are refused at their fields."""
    hold(session.id)
    try:
        session.promise(**door(form))
    except RoomEntered as refusal:
        for name in PROMISES:
            if form[name].data != getattr(session, name) and name != "shared":
                form[name].errors = [sentence(refusal)]
        return False
    return True


def runnable() -> dict[str, dict[str, str]]:
    """List the workshops the reader may run, by guide."""
    language = str(get_locale())
    guides = [guide for guide in Guide.seen_by(current_user) if current_user.may("run", guide.country)]
    return {
        label(guide, language): {str(each.id): workshop_label(each, language) for each in guide.workshops}
        for guide in guides
        if guide.workshops
    }


def label(guide: Guide, language: str) -> str:
    """Name a guide so that no other has the same name."""
    return f"{guide.country.name(language)} · {guide.name(language)} ({guide.id})"


def workshop_label(workshop: Workshop, language: str) -> str:
    """Name a workshop with its first day."""
    return f"{workshop.name(language)} ({format_date(workshop.starts_on, 'medium', get_locale())})"
