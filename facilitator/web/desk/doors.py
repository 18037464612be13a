"""The doors of the desk: one-time links, signing in and out, one's own account."""

import re
import time
from typing import cast

from flask import Blueprint, Flask, Response, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user, login_user, logout_user
from wtforms import Field, Form, PasswordField
from wtforms.validators import ValidationError

from facilitator import db
from facilitator.models import trail
from facilitator.models.link import Link
from facilitator.models.person import Person, matches
from facilitator.models.wording import LANGUAGES
from facilitator.refusals import LinkUsed
from facilitator.web.desk import notices
from facilitator.web.desk.fields import AddressField, LineField, Needed, PickField, keep
from facilitator.web.scoped import is_public, public
from facilitator.web.security import OWN_TOKEN, login

bp = Blueprint("doors", __name__)
limiter = Limiter(get_remote_address, storage_uri="memory://")
bp.record_once(lambda state: limiter.init_app(cast(Flask, state.app)))

MINUTE = 60
HOUR = 60 * MINUTE
LONGEST_STAY = 14 * 24 * HOUR
LONGEST_PAUSE = 24 * HOUR
NOTED_EVERY = 10 * MINUTE
LINK_TRUSTED = HOUR
PASSWORD_LENGTHS = (10, 200)
HERE = re.compile(r"/(?![/\\])")  # two of them would name another site


class SignInForm(Form):
    """An address and a password."""

    email = AddressField(_l("E-mail address"), [Needed(_l("Write your e-mail address."))])
    password = PasswordField(_l("Password"), [Needed(_l("Write your password."))])


class AccountForm(Form):
    """One's own name, address, language and password."""

    name = LineField(_l("Name"), [Needed(_l("Write your name."))])
    email = AddressField(_l("E-mail address"), [Needed(_l("Write your e-mail address."))])
    language = PickField(_l("Language"), description=_l("In which you read the desk."))
    current = PasswordField(_l("Present password"))
    password = PasswordField(_l("New password"))

    def validate_current(self, field: Field) -> None:
        """Ask for the present password before it changes, unless a link has just vouched for the person."""
        if self.password.data and not vouched() and not current_user.check_password(field.data or ""):
            raise ValidationError(_("This is not your present password."))

    def validate_password(self, field: Field) -> None:
        """Ask for a password that is long enough; for one at all where there is none."""
        shortest, longest = PASSWORD_LENGTHS
        if not field.data and not current_user.password:
            raise ValidationError(_("Choose a password, so that you can come back."))
        if field.data and len(field.data) < shortest:
            raise ValidationError(_("Use at least %(num)d characters; a few words are fine.", num=shortest))
        if field.data and len(field.data) > longest:
            raise ValidationError(_("Use at most %(num)d characters.", num=longest))


def account_asked() -> str:
    """Name the account that someone tries to sign in to."""
    return "account " + request.form.get("email", "").strip().lower()[:254]


def failed(response: Response) -> bool:
    """Tell whether a try to sign in failed."""
    return response.status_code == 422


@bp.route("/sign-in", methods=["GET", "POST"])
@limiter.limit("10 per 10 minutes", key_func=account_asked, methods=["POST"], deduct_when=failed)
@limiter.limit("200 per 10 minutes", methods=["POST"], deduct_when=failed)
@public
def sign_in() -> ResponseReturnValue:
    """Sign in with an address and a password."""
    form = SignInForm(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        person = Person.by_email(form.email.data)
        if matches(person.password if person else None, form.password.data[: PASSWORD_LENGTHS[1]]) and person:
            welcome(person)
            trail.record(person, "sign in", person)
            db.session.commit()
            return redirect(inside(request.args.get("next", "")))
        form.password.errors = [_("This e-mail address and this password do not belong together.")]
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(url_for("dashboard.overview"))
    return render_template("doors/sign_in.html", form=form), 422 if form.errors else 200


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Sign out of this browser."""
    trail.record(current_user, "sign out", current_user._get_current_object())
    db.session.commit()
    logout_user()
    session.clear()
    notices.say(_("You are signed out."))
    return redirect(url_for("doors.sign_in"))


@bp.route("/enter/<token>", methods=["GET", "POST"])
@public
def enter(token: str) -> ResponseReturnValue:
    """Come in by a one-time link, which looking at does not use up; a throw-away demo's asks nothing."""
    link = Link.use(token) if request.method == "POST" else Link.look(token)
    if link.person is None and Person.count():
        raise LinkUsed
    if link.reusable and link.person:
        welcome(link.person)
        return redirect(inside(link.target))
    if request.method == "GET":
        return render_template("doors/enter.html", person=link.person)
    person = link.person or first_person()
    welcome(person)
    if not link.target:
        session["vouched"] = int(time.time())
    trail.record(person, "enter", person)
    db.session.commit()
    if link.target or person.password:
        return redirect(inside(link.target))
    return redirect(url_for("doors.account"))


@bp.route("/desk/account", methods=["GET", "POST"])
def account() -> ResponseReturnValue:
    """Change one's own name, address, language and password."""
    person: Person = current_user._get_current_object()
    form = AccountForm(request.form if request.method == "POST" else None, obj=person, password=None)
    form.language.choices = {"": _("The browser’s"), **LANGUAGES}
    if request.method == "POST" and form.validate():
        told = {"name": form.name.data, "email": form.email.data, "language": form.language.data or None}
        if keep(person, form.email, **told):
            first, changed = not person.password, bool(form.password.data)
            if changed:
                person.set_password(form.password.data)
                welcome(person)
            trail.record(person, "change", person, email=person.email, password=changed)
            db.session.commit()
            others = changed and not first
            notices.say(_("Saved. Other browsers are signed out.") if others else _("Saved."))
            return redirect(url_for("dashboard.overview", language=form.language.data or None))
    page = render_template("doors/account.html", form=form, first=not person.password, vouched=vouched())
    return page, 422 if form.errors else 200


@bp.before_app_request
def end_stays() -> ResponseReturnValue | None:
    """End a stay that lasted too long or was left alone too long."""
    if request.blueprint in OWN_TOKEN or request.endpoint == "static" or not session.get("_user_id"):
        return None
    now = int(time.time())
    since, seen = session.setdefault("since", now), session.setdefault("seen", now)
    if now - since <= LONGEST_STAY and now - seen <= LONGEST_PAUSE:
        if now - seen > NOTED_EVERY:
            session["seen"] = now
        return None
    logout_user()
    session.clear()
    if request.endpoint is None or is_public(request.endpoint):
        return None
    if request.method not in {"GET", "HEAD"}:
        abort(401)
    notices.say(_("You were signed out after a long pause. Sign in again."))
    unauthorized: ResponseReturnValue = login.unauthorized()
    return unauthorized


def welcome(person: Person) -> None:
    """Begin a person's stay in this browser."""
    session.clear()
    session.permanent = True
    session["since"] = session["seen"] = int(time.time())
    login_user(person)


def first_person() -> Person:
    """Make the administrator who starts an installation."""
    person = Person(administrator=True, name="", epoch=0)
    db.session.add(person)
    db.session.flush()
    return person


def vouched() -> bool:
    """Tell whether a one-time link has just shown who this is."""
    return not current_user.password or time.time() - session.get("vouched", 0) < LINK_TRUSTED


def inside(address: str) -> str:
    """Keep an address of this site; anything else leads to the dashboard."""
    here = HERE.match(address) and address.isprintable()
    return address if here else url_for("dashboard.overview")
