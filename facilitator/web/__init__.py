"""Everything a browser meets."""

from importlib import import_module

from flask import Flask

from facilitator.web import errors, front, language, scoped, security

PAGES = ("join", "phone", "answers", "screen")
DESK = (
    "doors",
    "dashboard",
    "guides",
    "workshops",
    "sessions",
    "people",
    "activities",
    "running",
    "rounds",
    "results",
)


def init_app(app: Flask) -> None:
    """Give the app its pages and the rules that hold for all of them."""
    language.init_app(app)
    security.init_app(app)
    scoped.init_app(app)
    errors.init_app(app)
    front.init_app(app)
    from importlib.util import find_spec  # TEMPORARY until every page exists

    for path in (*PAGES, *(f"desk.{name}" for name in DESK)):
        if find_spec(f"facilitator.web.{path}"):
            app.register_blueprint(import_module(f"facilitator.web.{path}").bp)
