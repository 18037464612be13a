"""A guide as a document, for those who write it: as it stands now, or as a version froze it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, get_locale

from facilitator.documents import guide as teller
from facilitator.documents import page
from facilitator.documents.edition import Seal
from facilitator.models.content import content
from facilitator.models.guide import Guide
from facilitator.models.version import Version
from facilitator.models.wording import LANGUAGES
from facilitator.web import scoped

bp = Blueprint("versions", __name__, url_prefix="/desk")


@bp.get("/guides/<int:id>/draft")
def draft(id: int) -> ResponseReturnValue:
    """Read a guide as it stands now, with what the public will not see."""
    guide = scoped.guide(id)
    return shown(guide, content(guide), None)


@bp.get("/versions/<int:id>")
def read(id: int) -> ResponseReturnValue:
    """Read a frozen version as it lies before the authority."""
    version = scoped.version(id)
    return shown(version.guide, version.said, version)


def shown(guide: Guide, said: Mapping[str, Any], version: Version | None) -> str:
    """Show a guide's content in one of its languages."""
    spoken = list(said["languages"])
    asked = request.args.get("in", str(get_locale()))
    language = asked if asked in spoken else spoken[0]
    address = url_for("endorsement.show", id=guide.id, _external=True)
    seal = Seal(hash=version.hash, endorsed_by=version.decided_by) if version else None
    with force_locale(language):
        document = teller.told(said, language, address=address, public=False, seal=seal)
        told = page.fragment(document)
    return render_template(
        "versions/read.html",
        guide=guide,
        version=version,
        told=told,
        said_in=language,
        spoken={code: LANGUAGES[code] for code in spoken},
        language=str(get_locale()),
    )
