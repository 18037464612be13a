"""What machines take: the catalogue of published guides and the feed of their new editions."""

from __future__ import annotations

import json

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from facilitator.documents import opendata
from facilitator.documents.phrases import say
from facilitator.models.wording import LANGUAGES
from facilitator.web import language, shelf
from facilitator.web.codes import base
from facilitator.web.public import fresh, reader, shared
from facilitator.web.scoped import public

bp = Blueprint("catalog", __name__)


@bp.get("/catalog.jsonld")
@public
def catalog() -> ResponseReturnValue:
    """List the published guides as open data."""
    language.offer(list(LANGUAGES))
    editions = [shelf.edition(version) for version in shelf.shown()]
    told = opendata.catalogue(editions, f"{base()}/catalog.jsonld", say(reader(), "catalogue"))
    made = Response(json.dumps(told, ensure_ascii=False), mimetype="application/ld+json")
    return fresh(shared(made))


@bp.get("/feed.xml")
@public
def feed() -> ResponseReturnValue:
    """Tell of new editions."""
    language.offer(list(LANGUAGES))
    editions = [shelf.edition(version) for version in shelf.shown()]
    told = opendata.feed(editions, f"{base()}/feed.xml", say(reader(), "published_guides"), reader())
    return fresh(shared(Response(told, content_type="application/atom+xml; charset=utf-8")))
