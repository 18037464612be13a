"""Facilitator: from a room's choices to a country's guide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

__version__ = "0.1.0"


def create_app(**config: Any) -> Flask:
    """Make the app of one installation."""
    from facilitator import ballotbox, events, web

    app = _begun(config)
    hub = events.init_app(app)
    ballotbox.init_app(app, hub.announce)
    web.init_app(app)
    return app


def create_teller(**config: Any) -> Flask:
    """Make an app without pages, which only tells what the database of an installation holds."""
    from facilitator.web import language

    app = _begun(config)
    language.init_app(app)
    return app


def _begun(config: dict[str, Any]) -> Flask:
    from facilitator import db
    from facilitator.config import beside, settings
    from facilitator.web.lean import House

    app = House("facilitator", static_folder=None, template_folder=str(beside("templates")))
    app.config.from_mapping(settings(**config))
    db.init_app(app)
    return app
