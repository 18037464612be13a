"""The families of recommendations at the desk: called otherwise, added, taken away while empty."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField

from facilitator import db
from facilitator.models import family, trail, wording
from facilitator.models.guide import Guide
from facilitator.models.wording import LANGUAGES
from facilitator.web import scoped
from facilitator.web.desk import notices, parts
from facilitator.web.desk.fields import TextsField

bp = Blueprint("families", __name__, url_prefix="/desk/guides")


class FamilyForm(Form):
    """What a family is called, and what it was called when the form was opened."""

    name = TextsField(_l("Name of the family"))
    seen = HiddenField()


@bp.get("/<int:id>/families")
def show(id: int) -> ResponseReturnValue:
    """See the families of a guide's recommendations."""
    return page(scoped.guide(id))


@bp.post("/<int:id>/families")
def call(id: int) -> ResponseReturnValue:
    """Call a family otherwise, or add one."""
    guide, key = scoped.guide(id, act="edit"), request.form.get("key", "")
    known = family.names(guide)
    if key and key not in known:
        abort(404)
    form = form_of(guide, key, request.form)
    good = form.validate() and (key or len(known) < family.MOST)
    given = {code: text for code, text in known.get(key, {}).items() if code not in guide.languages}
    given |= form.name.texts
    if good and key and form.seen.data != seal(known[key]) and given != known[key]:
        form.name.errors = [_("Somebody else has changed this meanwhile: %(words)s", words=told(known[key]))]
        form.seen.data = seal(known[key])
        return page(guide, key, form), 409
    if not good:
        return page(guide, key, form), 422
    if given != known.get(key):
        trail.record(current_user, "family", guide, key=family.call(guide, key, given), name=given)
    db.session.commit()
    notices.say(_("Saved."))
    return redirect(url_for("families.show", id=id), 303)


@bp.post("/<int:id>/families/<key>/remove")
def remove(id: int, key: str) -> ResponseReturnValue:
    """Take a family away in which nothing stands."""
    guide = scoped.guide(id, act="edit")
    if family.remove(guide, key):
        trail.record(current_user, "remove family", guide, key=key)
        notices.say(_("Removed."))
    else:
        notices.refuse(_("Something stands in this family, so it stays."))
    db.session.commit()
    return redirect(url_for("families.show", id=id), 303)


def page(guide: Guide, key: str = "", changed: FamilyForm | None = None) -> str:
    """Show the families, one of them as it was posted."""
    forms = {each: form_of(guide, each) for each in (*guide.families, "")}
    if changed:
        forms[key] = changed
    reader = str(get_locale())
    return render_template(
        "families/show.html",
        forms=forms,
        names={each: wording.read(texts, reader, guide.languages) for each, texts in guide.families.items()},
        used=family.used(guide),
        grows=len(guide.families) < family.MOST,
        **parts.around(guide, "families"),
    )


def form_of(guide: Guide, key: str, posted: MultiDict[str, str] | None = None) -> FamilyForm:
    """Make the form of a family, or of one that is to be added."""
    known = guide.families.get(key, {})
    form = FamilyForm(posted, prefix=f"{key or 'new'}-", data={"name": known, "seen": seal(known)})
    form.name.offer(guide.languages)
    return form


def seal(texts: Mapping[str, object]) -> str:
    """Tell in a few letters what was written when it was read."""
    return hashlib.sha256(json.dumps(dict(texts), sort_keys=True).encode()).hexdigest()[:16]


def told(texts: Mapping[str, str]) -> str:
    """Say a name in every language that has it."""
    return " · ".join(texts[code] for code in LANGUAGES if code in texts)
