"""People: who may sign in, as what, in which country; and one's own account."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import func, select
from wtforms import BooleanField, Form

from facilitator import db
from facilitator.models import trail
from facilitator.models.country import Country
from facilitator.models.link import Link
from facilitator.models.person import ROLES, Person, Role
from facilitator.web import codes
from facilitator.web.desk import notices
from facilitator.web.desk.fields import AddressField, LineField, Needed, PickField, keep
from facilitator.web.desk.guides import countries

bp = Blueprint("people", __name__, url_prefix="/desk/people")
LINK_HOURS = 7 * 24
ROLE_NAMES: dict[str, LazyString] = {
    "facilitator": _l("Facilitator"),
    "expert": _l("Expert"),
    "coordinator": _l("Coordinator"),
    "authority": _l("National authority"),
    "reader": _l("Reader"),
}
ROLE_DUTIES: dict[str, LazyString] = {
    "facilitator": _l("prepares and runs"),
    "expert": _l("edits the guide"),
    "coordinator": _l("prepares and runs"),
    "authority": _l("endorses the guide"),
    "reader": _l("sees and downloads"),
}


class RoleForm(Form):
    """What a person is in a country."""

    country = PickField(_l("Country"))
    role = PickField(_l("Role"))

    def offer(self, *, nothing: bool = False) -> None:
        """List the countries and the roles in the reader's language."""
        none = {"": _("No country yet")} if nothing else {}
        self.country.choices = none | countries(get_locale())
        self.role.choices = {role: f"{ROLE_NAMES[role]} – {ROLE_DUTIES[role]}" for role in ROLES}


class InviteForm(RoleForm):
    """Whom to invite, and as what."""

    name = LineField(_l("Name"), [Needed(_l("Write the person’s name."))])
    email = AddressField(_l("E-mail address"), [Needed(_l("Write the person’s e-mail address."))])
    administrator = BooleanField(
        _l("Administrator"), description=_l("May do everything, in every country, and invite people.")
    )


@bp.before_request
def administrators_only() -> None:
    """Hide these pages from everyone but administrators."""
    if current_user.is_authenticated and not current_user.administrator:
        abort(404)


@bp.get("")
def everyone() -> ResponseReturnValue:
    """List the people of this installation."""
    known = db.session.scalars(select(Person).order_by(func.lower(Person.name), Person.id)).all()
    return render_template("people/everyone.html", people=known, role_names=ROLE_NAMES)


@bp.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Invite a person and hand over a one-time link."""
    form = InviteForm(request.form if request.method == "POST" else None)
    form.offer(nothing=True)
    if request.method == "POST" and form.validate():
        person = Person(administrator=form.administrator.data, epoch=0)
        if form.country.data:
            person.roles.append(Role(country=Country.named(form.country.data), name=form.role.data))
        if keep(person, form.email, name=form.name.data, email=form.email.data):
            trail.record(current_user, "invite", person, email=person.email, **standing(person))
            return hand_over(person)
    return render_template("people/new.html", form=form), 422 if form.errors else 200


@bp.get("/<int:id>")
def show(id: int) -> ResponseReturnValue:
    """See what a person may do, and change it."""
    person = db.session.get(Person, id) or abort(404)
    form = RoleForm()
    form.offer()
    return render_template("people/show.html", person=person, form=form, role_names=ROLE_NAMES)


@bp.post("/<int:id>/roles")
def give(id: int) -> ResponseReturnValue:
    """Give a person a role in a country."""
    person = db.session.get(Person, id) or abort(404)
    form = RoleForm(request.form)
    form.offer()
    if not form.validate():
        page = render_template("people/show.html", person=person, form=form, role_names=ROLE_NAMES)
        return page, 422
    country = Country.named(form.country.data)
    if not any(role.country is country and role.name == form.role.data for role in person.roles):
        person.roles.append(Role(country=country, name=form.role.data))
        trail.record(current_user, "give role", person, country=country.code, role=form.role.data)
        db.session.commit()
    notices.say(_("Saved."))
    return redirect(url_for("people.show", id=person.id))


@bp.post("/<int:id>/roles/<int:role>/take")
def take(id: int, role: int) -> ResponseReturnValue:
    """Take a role from a person."""
    person = db.session.get(Person, id) or abort(404)
    held = next((each for each in person.roles if each.id == role), None) or abort(404)
    code, name = held.country.code, held.name
    person.roles.remove(held)
    trail.record(current_user, "take role", person, country=code, role=name)
    db.session.commit()
    undo = url_for("people.give", id=person.id)
    notices.say(_("The role was taken away."), undo, country=code, role=name)
    return redirect(url_for("people.show", id=person.id))


@bp.post("/<int:id>/administrator")
def administrator(id: int) -> ResponseReturnValue:
    """Make a person an administrator, or no longer; one always stays."""
    person = db.session.get(Person, id) or abort(404)
    wanted = request.form.get("administrator") == "1"
    if not wanted and not others(person):
        notices.refuse(_("Someone must stay administrator: make another person one first."))
        return redirect(url_for("people.show", id=person.id))
    person.administrator = wanted
    trail.record(current_user, "change", person, administrator=wanted)
    db.session.commit()
    undo = url_for("people.administrator", id=person.id) if person is not me() else ""
    notices.say(_("Saved."), undo, administrator="" if wanted else "1")
    here = url_for("people.show", id=person.id)
    return redirect(here if me().administrator else url_for("dashboard.overview"))


@bp.post("/<int:id>/link")
def link(id: int) -> ResponseReturnValue:
    """Make a new one-time link for someone who lost access."""
    return hand_over(db.session.get(Person, id) or abort(404))


def hand_over(person: Person) -> ResponseReturnValue:
    """Show a person's new one-time link, this once."""
    _link, token = Link.issue(person, hours=LINK_HOURS)
    trail.record(current_user, "link", person)
    db.session.commit()
    address = codes.base() + url_for("doors.enter", token=token)
    page = render_template("people/link.html", person=person, address=address, days=LINK_HOURS // 24)
    return page, {"Cache-Control": "no-store"}


def others(person: Person) -> int:
    """Count the administrators besides this person, holding them while we decide."""
    held = select(Person.id).where(Person.administrator.is_(True), Person.id != person.id).with_for_update()
    return len(db.session.scalars(held).all())


def me() -> Person:
    """Name the person who is signed in."""
    person: Person = current_user._get_current_object()
    return person


def standing(person: Person) -> dict[str, object]:
    """Say for the trail what a person may do."""
    roles = [f"{role.country.code} {role.name}" for role in person.roles]
    return {"administrator": person.administrator, "roles": roles}
