"""Workshops at the desk: plan one, change it, see its sessions."""

import datetime as dt
from functools import cache
from typing import cast
from zoneinfo import available_timezones

from babel.core import get_global
from babel.dates import format_interval, get_timezone_location
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import Field
from wtforms.validators import ValidationError

from facilitator import db
from facilitator.models import trail
from facilitator.models.guide import Guide
from facilitator.models.workshop import Workshop
from facilitator.web import scoped
from facilitator.web.desk import notices
from facilitator.web.desk.fields import DayField, LineField, Needed, PickField
from facilitator.web.desk.guides import TextsForm

bp = Blueprint("workshops", __name__, url_prefix="/desk")
LONGEST_DAYS = 60
Days = tuple[dt.date, dt.date]


class WorkshopForm(TextsForm):
    """What a workshop is: a title, a place, days, a time zone, languages."""

    place = LineField(_l("Venue"), description=_l("Town and building, as people will look for it."))
    starts_on = DayField(_l("First day"), [Needed(_l("Write the first day."))])
    ends_on = DayField(_l("Last day"), [Needed(_l("Write the last day."))])
    timezone = PickField(_l("Time zone"), description=_l("Times are shown as the clocks there show them."))

    def validate_ends_on(self, field: Field) -> None:
        """Refuse a workshop that ends before it starts, or never."""
        if not (field.data and self.starts_on.data):
            return
        if field.data < self.starts_on.data:
            raise ValidationError(_("The last day cannot be before the first."))
        if (field.data - self.starts_on.data).days > LONGEST_DAYS:
            raise ValidationError(_("That is more than %(days)d days. Check both dates.", days=LONGEST_DAYS))


@bp.route("/guides/<int:id>/workshops/new", methods=["GET", "POST"])
def new(id: int) -> ResponseReturnValue:
    """Plan a workshop for a guide."""
    guide = scoped.guide(id, act="run")
    posted = request.form if request.method == "POST" else None
    form = WorkshopForm(posted, languages=guide.languages, timezone=zones_of(guide.country.code)[0])
    form.timezone.choices = offered_zones(guide)
    if posted is not None and form.validate():
        workshop = fill(Workshop(guide=guide), form)
        db.session.add(workshop)
        db.session.flush()
        trail.record(current_user, "create", workshop, **told(workshop))
        db.session.commit()
        return redirect(url_for("workshops.show", id=workshop.id))
    return render_template("workshops/new.html", form=form, guide=guide), 422 if form.errors else 200


@bp.get("/workshops/<int:id>")
def show(id: int) -> ResponseReturnValue:
    """See a workshop and its sessions."""
    workshop = scoped.workshop(id)
    town = get_timezone_location(workshop.timezone, locale=get_locale(), return_city=True)
    return render_template("workshops/show.html", workshop=workshop, town=town)


@bp.route("/workshops/<int:id>/edit", methods=["GET", "POST"])
def edit(id: int) -> ResponseReturnValue:
    """Change a workshop."""
    workshop = scoped.workshop(id, act="run")
    form = WorkshopForm(request.form if request.method == "POST" else None, obj=workshop)
    form.timezone.choices = offered_zones(workshop.guide, workshop.timezone)
    if request.method == "POST" and form.validate():
        fill(workshop, form)
        trail.record(current_user, "change", workshop, **told(workshop))
        db.session.commit()
        notices.say(_("Saved."))
        return redirect(url_for("workshops.show", id=workshop.id))
    return render_template("workshops/edit.html", form=form, workshop=workshop), 422 if form.errors else 200


@bp.app_template_global()
def days(workshop: Workshop) -> str:
    """Write a workshop's days in the reader's language: 15–17 February 2027."""
    first, last, locale = workshop.starts_on, workshop.ends_on, get_locale()
    return format_interval(first, last, "yMMMd", locale=locale)


def fill(workshop: Workshop, form: WorkshopForm) -> Workshop:
    """Put the answers of the form into a workshop."""
    workshop.title, workshop.languages = form.title.texts, form.languages.data
    workshop.place, workshop.timezone = form.place.data, form.timezone.data
    workshop.starts_on, workshop.ends_on = cast(Days, (form.starts_on.data, form.ends_on.data))
    return workshop


def told(workshop: Workshop) -> dict[str, object]:
    """Say for the trail what a workshop is."""
    return {
        "title": workshop.title,
        "place": workshop.place,
        "days": [workshop.starts_on, workshop.ends_on],
        "timezone": workshop.timezone,
        "languages": workshop.languages,
    }


def zones_of(code: str) -> list[str]:
    """List the time zones of a country; UTC where none is known."""
    return sorted(zone for zone, place in known_zones().items() if place == code) or ["UTC"]


@cache
def known_zones() -> dict[str, str]:
    """Name the time zones people live in, each with its country."""
    clocks = available_timezones()
    return {zone: place for zone, place in get_global("zone_territories").items() if zone in clocks}


def offered_zones(guide: Guide, chosen: str = "UTC") -> dict[str, dict[str, str]]:
    """List the time zones, those of the guide's country first."""
    here = zones_of(guide.country.code)
    others = sorted({*known_zones(), "UTC", chosen} - set(here))
    name = guide.country.name(str(get_locale()))
    return {
        name: {zone: zone.replace("_", " ") for zone in here},
        _("Elsewhere"): {zone: zone.replace("_", " ") for zone in others},
    }
