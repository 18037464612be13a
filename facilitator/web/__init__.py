"""Everything a browser meets."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

ROOM = ("join", "phone", "answers", "screen")
RESULTS = ("summaries",)
PUBLIC = ("public", "catalog", "followup")
DESK = (
    "doors",
    "dashboard",
    "demos",
    "guides",
    "workshops",
    "sessions",
    "cards",
    "paper",
    "people",
    "activities",
    "running",
    "blocks",
    "plan",
    "notes",
    "parking",
    "rounds",
    "rehearsals",
    "proposals",
    "feeding",
    "items",
    "results",
    "strikes",
    "parts",
    "line",
    "matrix",
    "families",
    "history",
    "takings",
    "review",
    "versions",
    "endorsement",
    "followups",
)


def init_app(app: Flask) -> None:
    """Give the app its pages and the rules that hold for all of them."""
    from facilitator.web import assets, errors, front, language, making, scoped, security

    assets.init_app(app)
    language.init_app(app)
    security.init_app(app)
    scoped.init_app(app)
    errors.init_app(app)
    front.init_app(app)
    making.init_app(app)
    for path in (*ROOM, *RESULTS, *PUBLIC, *(f"desk.{name}" for name in DESK)):
        app.register_blueprint(import_module(f"facilitator.web.{path}").bp)
