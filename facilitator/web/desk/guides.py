"""Guides at the desk: begin one, change it, see its workshops."""

import unicodedata

from babel import Locale
from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import func, select
from wtforms import Form

from facilitator import db
from facilitator.models import beginnings, trail
from facilitator.models.country import PROJECT_COUNTRIES, Country
from facilitator.models.guide import Guide
from facilitator.models.objections import NotEditable
from facilitator.web import scoped
from facilitator.web.desk import notices
from facilitator.web.desk.families import seal
from facilitator.web.desk.fields import LanguagesField, PickField, TextsField

bp = Blueprint("guides", __name__, url_prefix="/desk/guides")

# territories that Babel names and that are not countries of ISO 3166
NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}


class TextsForm(Form):
    """A title, and the languages it is written in."""

    languages = LanguagesField(_l("Languages"))
    title = TextsField(_l("Title"))

    def validate(self, *args: object, **kwargs: object) -> bool:
        """Ask for the title in the chosen languages only."""
        self.title.keep(self.languages.data or self.title.offered)
        return bool(super().validate(*args, **kwargs))


class GuideForm(TextsForm):
    """What a guide is: a country, its languages, a title."""

    country = PickField(_l("Country"))


@bp.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Begin the guide of a country."""
    form = GuideForm(request.form if request.method == "POST" else None, languages=["fr", "en"])
    form.country.choices = offered_countries()
    if request.method == "POST" and form.validate():
        country = Country.named(form.country.data)
        guide = Guide(
            country=country,
            title=form.title.texts,
            languages=form.languages.data,
            edition=1 + editions(country),
        )
        db.session.add(guide)
        beginnings.offer(guide)
        db.session.flush()
        guide.begin_parts(current_user)
        trail.record(current_user, "create", guide, country=country.code, title=guide.title)
        db.session.commit()
        return redirect(url_for("guides.show", id=guide.id))
    return render_template("guides/new.html", form=form), 422 if form.errors else 200


@bp.get("/<int:id>")
def show(id: int) -> ResponseReturnValue:
    """See a guide and its workshops."""
    guide = scoped.guide(id)
    return render_template("guides/show.html", guide=guide)


@bp.route("/<int:id>/edit", methods=["GET", "POST"])
def edit(id: int) -> ResponseReturnValue:
    """Change a guide's title and languages."""
    guide = held(scoped.guide(id, act="run"))
    form = TextsForm(request.form if request.method == "POST" else None, obj=guide)
    seen = seal({"title": guide.title, "languages": guide.languages})
    changed = request.method == "POST" and request.form.get("seen", "") != seen
    if request.method == "POST" and form.validate() and not changed:
        guide.title, guide.languages = form.title.texts, form.languages.data
        trail.record(current_user, "change", guide, title=guide.title, languages=guide.languages)
        db.session.commit()
        notices.say(_("Saved."))
        return redirect(url_for("guides.show", id=guide.id))
    page = render_template("guides/edit.html", form=form, guide=guide, seen=seen, overtaken=changed)
    return page, 422 if form.errors else 409 if changed else 200


def held(guide: Guide) -> Guide:
    """Give a guide that can still change, held until what is being done is kept."""
    db.session.refresh(guide, with_for_update={"of": Guide})
    if not guide.editable:
        raise NotEditable
    return guide


def editions(country: Country) -> int:
    """Count the editions of a country's guide, the demo aside."""
    counted = select(func.count(Guide.id)).where(Guide.country == country, Guide.demo.is_(False))
    return db.session.scalar(counted) or 0


def offered_countries() -> dict[str, str] | dict[str, dict[str, str]]:
    """List the countries whose guide the reader may begin, by name in the reader's language."""
    every = countries(get_locale())
    if current_user.administrator:
        return every
    held = {role.country for role in current_user.roles if current_user.may("run", role.country)}
    if not held:
        abort(404)
    return by_name({country.code: country.name(str(get_locale())) for country in held})


def countries(locale: Locale) -> dict[str, dict[str, str]]:
    """Name every country, those of the project first."""
    named = {
        code: name
        for code, name in locale.territories.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
    }
    first = {code: named.pop(code) for code in PROJECT_COUNTRIES}
    return {_("Countries of the project"): by_name(first), _("Other countries"): by_name(named)}


def by_name(named: dict[str, str]) -> dict[str, str]:
    """Order countries by their names, accents aside."""

    def plain(code: str) -> str:
        letters = unicodedata.normalize("NFKD", named[code]).casefold()
        return "".join(letter for letter in letters if not unicodedata.combining(letter))

    return {code: named[code] for code in sorted(named, key=plain)}
