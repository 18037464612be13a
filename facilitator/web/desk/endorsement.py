"""The way of a guide to its readers: frozen, endorsed by a second, named person, published."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import Form

from facilitator import db
from facilitator.documents.phrases import phrases
from facilitator.models import trail, version
from facilitator.models.guide import LICENCES, STATES, Guide
from facilitator.models.objections import NotEditable
from facilitator.models.person import Person
from facilitator.models.version import Version
from facilitator.web import scoped, shelf
from facilitator.web.desk import notices
from facilitator.web.desk.fields import PickField
from facilitator.web.desk.remarks import EndorsementForm, RemarkForm, StatementForm

bp = Blueprint("endorsement", __name__, url_prefix="/desk")


class LicenceForm(Form):
    """The licence under which a guide and its data are published."""

    licence = PickField(_l("Licence of the guide and its data"))

    def offer(self, guide: Guide) -> None:
        """Offer the open licences, and the one that the guide has."""
        names = phrases(str(get_locale()))["licences"]
        offered = dict.fromkeys((*LICENCES, guide.licence))
        self.licence.choices = {name: names.get(name, name) for name in offered}


@bp.get("/guides/<int:id>/endorsement")
def show(id: int) -> ResponseReturnValue:
    """See how far a guide is, and what can be done next."""
    return page(scoped.guide(id))


@bp.post("/guides/<int:id>/submit")
def submit(id: int) -> ResponseReturnValue:
    """Freeze what a guide says and put it before the authority."""
    guide = scoped.guide(id, act="submit")
    form = StatementForm(request.form)
    if not form.validate():
        return page(guide, submit=form), 422
    made = version.submit(guide, current_user, form.text.data)
    trail.record(current_user, "submit", made, guide=id, edition=made.edition, hash=made.hash)
    return done(guide, _("Version %(number)s lies before the authority.", number=made.number))


@bp.post("/versions/<int:id>/endorse")
def endorse(id: int) -> ResponseReturnValue:
    """Endorse a frozen version as the country's authority."""
    return decide(id, EndorsementForm, Version.endorse, "endorse", _("Endorsed. It can be published now."))


@bp.post("/versions/<int:id>/return")
def give_back(id: int) -> ResponseReturnValue:
    """Return a frozen version with what is to be changed."""
    return decide(id, RemarkForm, Version.return_, "return", _("Returned. The guide can be changed again."))


@bp.post("/versions/<int:id>/take-back")
def take_back(id: int) -> ResponseReturnValue:
    """Ask for a version back that the authority has not decided on."""
    made = scoped.version(id, act="submit")
    made.take_back(current_user)
    trail.record(current_user, "take back", made, guide=made.guide_id)
    return done(made.guide, _("Taken back. The guide can be changed again."))


@bp.post("/versions/<int:id>/publish")
def publish(id: int) -> ResponseReturnValue:
    """Let the public read an endorsed version."""
    made = scoped.version(id, act="publish")
    made.publish(current_user)
    trail.record(current_user, "publish", made, guide=made.guide_id, edition=made.edition, hash=made.hash)
    answer = done(made.guide, _("Published. Everyone can read edition %(number)s now.", number=made.edition))
    shelf.prepare(made)
    return answer


@bp.post("/guides/<int:id>/open-edition")
def open_edition(id: int) -> ResponseReturnValue:
    """Begin the next edition; the endorsed one stays as it is."""
    guide = scoped.guide(id, act="submit")
    version.open_edition(guide, current_user)
    trail.record(current_user, "open edition", guide, edition=guide.edition)
    return done(guide, _("Edition %(number)s is open for changes.", number=guide.edition))


@bp.post("/guides/<int:id>/licence")
def licence(id: int) -> ResponseReturnValue:
    """Choose, as the authority, the licence under which the guide and its data are published."""
    guide = scoped.guide(id, act="endorse")
    if not guide.editable:
        raise NotEditable
    form = LicenceForm(request.form)
    form.offer(guide)
    if not form.validate():
        return page(guide, licence=form), 422
    guide.licence = form.licence.data
    trail.record(current_user, "licence", guide, licence=guide.licence)
    return done(guide, _("Saved."))


def decide(
    id: int, asked: type[Form], verb: Callable[[Version, Person, str], None], act: str, said: str
) -> ResponseReturnValue:
    """Let the authority decide, in words that are kept."""
    made = scoped.version(id, act="endorse")
    form = asked(request.form)
    if not form.validate():
        return page(made.guide, **{act: form}), 422
    verb(made, current_user, form.text.data)
    trail.record(current_user, act, made, guide=made.guide_id, edition=made.edition, hash=made.hash)
    return done(made.guide, said)


def done(guide: Guide, said: str) -> ResponseReturnValue:
    """Keep what was done and say so."""
    guide_id = guide.id
    db.session.commit()
    notices.say(said)
    return redirect(url_for("endorsement.show", id=guide_id), 303)


def page(guide: Guide, **forms: Form) -> str:
    """Show the way of a guide: what is behind it, and the next steps this person may take."""
    made, country = guide.version, guide.country
    licences = LicenceForm(data={"licence": guide.licence})
    licences.offer(guide)
    waits = made if made and guide.state == "submitted" else None
    return render_template(
        "endorsement/show.html",
        guide=guide,
        states=STATES,
        versions=list(reversed(guide.versions)),
        waits=waits,
        endorsed=made if made and guide.state == "endorsed" else None,
        own=waits is not None and waits.submitted_by_id == current_user.id,
        rights={act for act in ("edit", "submit", "endorse", "publish") if current_user.may(act, country)},
        unresolved=sum(not each.resolved for each in guide.comments if each.parent_id is None),
        licence=licences.licence.choices[guide.licence],
        forms={
            "submit": StatementForm(),
            "endorse": EndorsementForm(),
            "return": RemarkForm(),
            "licence": licences,
        }
        | forms,
        language=str(get_locale()),
    )
