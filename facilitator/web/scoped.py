"""Who may come where: things are loaded through the country that owns them."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request
from flask_login import current_user
from werkzeug.wrappers import Response

from facilitator import db
from facilitator.models.activity import Activity
from facilitator.models.comment import Comment
from facilitator.models.country import Country
from facilitator.models.guide import Guide
from facilitator.models.item import Item
from facilitator.models.line import Line
from facilitator.models.parked import Parked
from facilitator.models.proposal import Proposal
from facilitator.models.round import Round
from facilitator.models.session import Session
from facilitator.models.taking import Taking
from facilitator.models.version import Version
from facilitator.models.workshop import Workshop
from facilitator.web.security import login

View = TypeVar("View", bound=Callable[..., Any])
Thing = TypeVar(
    "Thing",
    Guide,
    Workshop,
    Session,
    Activity,
    Round,
    Proposal,
    Item,
    Parked,
    Line,
    Version,
    Comment,
    Taking,
)
PUBLIC = "is_public"


def public(view: View) -> View:
    """Mark a page that strangers may open."""
    setattr(view, PUBLIC, True)
    return view


def is_public(endpoint: str) -> bool:
    """Tell whether strangers may open a page."""
    return getattr(current_app.view_functions[endpoint], PUBLIC, False)


def guide(number: int, act: str = "see") -> Guide:
    """Load a guide that the person may see, or run."""
    return _load(Guide, number, act, lambda thing: thing)


def workshop(number: int, act: str = "see") -> Workshop:
    """Load a workshop that the person may see, or run."""
    return _load(Workshop, number, act, lambda thing: thing.guide)


def session(number: int, act: str = "see") -> Session:
    """Load a session that the person may see, or run."""
    return _load(Session, number, act, lambda thing: thing.workshop.guide)


def activity(number: int, act: str = "see") -> Activity:
    """Load an activity that the person may see, or run."""
    return _load(Activity, number, act, lambda thing: thing.session.workshop.guide)


def round(number: int, act: str = "see") -> Round:
    """Load a round that the person may see, or run."""
    return _load(Round, number, act, lambda thing: thing.activity.session.workshop.guide)


def proposal(number: int, act: str = "see") -> Proposal:
    """Load a proposal that the person may see, or decide on."""
    return _load(Proposal, number, act, lambda thing: thing.round.activity.session.workshop.guide)


def item(number: int, act: str = "see") -> Item:
    """Load an item that the person may see, or change."""
    return _load(Item, number, act, lambda thing: thing.guide)


def parked(number: int, act: str = "see") -> Parked:
    """Load a parked question that the person may see, or decide on."""
    return _load(Parked, number, act, lambda thing: thing.session.workshop.guide)


def line(number: int, act: str = "see") -> Line:
    """Load a line of a guide that the person may see, or edit."""
    return _load(Line, number, act, lambda thing: thing.guide)


def version(number: int, act: str = "see") -> Version:
    """Load a version that the person may see, endorse or publish."""
    return _load(Version, number, act, lambda thing: thing.guide)


def comment(number: int, act: str = "see") -> Comment:
    """Load a comment that the person may see, or answer."""
    return _load(Comment, number, act, lambda thing: thing.guide)


def taking(number: int, act: str = "see") -> Taking:
    """Load a taking that the person may see, or undo."""
    return _load(Taking, number, act, lambda thing: thing.guide)


def countries(act: str = "run") -> list[Country]:
    """List the countries that have a role for the person to act in."""
    return [role.country for role in current_user.roles if current_user.may(act, role.country)]


def _load(kind: type[Thing], number: int, act: str, owner: Callable[[Thing], Guide]) -> Thing:
    thing = db.session.get(kind, number)
    if thing is None or not current_user.may("see", owner(thing).country):
        abort(404)
    if not current_user.may(act, owner(thing).country):
        abort(403)
    return thing


def _refuse_strangers() -> Response | None:
    if request.endpoint is None or is_public(request.endpoint) or current_user.is_authenticated:
        return None
    if request.method not in {"GET", "HEAD"}:
        abort(401)
    return login.unauthorized()


def init_app(app: Flask) -> None:
    """Ask strangers who they are, except on public pages."""
    app.before_request(_refuse_strangers)
