"""The door: a code, one honest sentence, and the phone is in."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import cast

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import func, select

from facilitator import db, events, keys
from facilitator.models.card import Card, typed
from facilitator.models.session import CODE_DIGITS, Session, digits
from facilitator.refusals import N_, CardUnknown, Refusal, UnknownCode
from facilitator.web import door, errors, identity, institutions, language, phone
from facilitator.web.identity import Stranger
from facilitator.web.scoped import public

bp = Blueprint("join", __name__)
bp.add_app_template_filter(institutions.only_for)
bp.add_app_template_filter(institutions.only_from)
bp.add_app_template_filter(institutions.named, "institution")
bp.record_once(
    lambda setup: setup.app.extensions.setdefault("guesses", MovingWindowRateLimiter(MemoryStorage()))
)

# Only wrong codes count, so that a room behind one address gets in however many it is. In the whole house
# a wrong code weighs as much as there are codes to hit: a guess hits at most once in a thousand hours.
ADDRESS = parse("60 per 10 minutes")
HOUSE = parse("1000 per hour")
CARDS = parse("300 per 10 minutes")  # more: they are long, and typed by hand by a whole room
NETWORK_BITS = 64
TYPED = 24  # signs of what was typed that are shown again


@dataclass(frozen=True)
class Door:
    """How one stands at the door: in already, about to hand the phone on, or with a card."""

    inside: bool = False
    another: bool = False
    card: str = ""


OUTSIDE = Door()


class TooManyGuesses(Refusal):
    """Too many wrong codes came from one place, or from everywhere together."""

    status = 429
    retry_after = 60
    message = N_(
        "Too many wrong codes were tried from here. Wait a minute, then type the code on the screen."
    )


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """Ask for the code on the screen."""
    typed = request.args.get("code")
    if typed is None:
        return render_template("join/home.html", typed="", error="")
    try:
        session = _knock(typed)
    except Refusal as refusal:
        return _at_the_door(refusal, typed)
    return redirect(url_for("join.welcome", code=session.code), 303)


@bp.get("/j/<code>")
@public
def welcome(code: str) -> ResponseReturnValue:
    """Say where one is and what is kept; a phone that is in goes on, unless it may have come with a card."""
    secret = identity.held()
    try:
        here = phone.visit(code, secret)
    except Stranger:
        return _welcome(_knock(code), secret or keys.fresh())
    if here.scene.session.by_card:
        return _welcome(_knock(code), here.secret, Door(inside=True))
    return redirect(url_for("phone.page", code=digits(code)), 303)


@bp.post("/j/<code>")
@public
def enter(code: str) -> ResponseReturnValue:
    """Let a phone in."""
    secret = identity.proven()
    session = _asking(code)
    if session.by_card:
        return redirect(url_for("join.welcome", code=session.code), 303)
    another = _handed_on(session, secret)
    entering = keys.next_secret(secret) if another else secret
    return _let_in(session, secret, entering, Door(another=another))


@bp.post("/j/<code>/card")
@public
def card(code: str) -> ResponseReturnValue:
    """Let a phone in with a one-use card."""
    secret = identity.proven()
    session = _asking(code)
    if not session.by_card:
        return redirect(url_for("join.welcome", code=session.code), 303)
    token, inside = typed(door.Answers.posted(request.form).card), _is_in(session, secret)
    entering = keys.card_secret(token)
    if inside and entering == secret:
        return redirect(url_for("phone.page", code=session.code), 303)
    return _let_in(session, secret, entering, Door(inside=inside, card=token))


@bp.get("/j/<code>/another")
@public
def another(code: str) -> ResponseReturnValue:
    """Let another person answer on the same phone, after saying what becomes of the answers given so far."""
    here = phone.visit(code, identity.held())
    shared = here.scene.session
    if not shared.shared:
        return redirect(url_for("phone.page", code=shared.code), 303)
    return _welcome(_knock(code), here.secret, Door(inside=shared.by_card, another=True))


@bp.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """Ask for the code again, saying what was wrong."""
    return _at_the_door(refusal, (request.view_args or {}).get("code", ""))


def _asking(code: str) -> Session:
    """Find the session of a code and hold what it promises until this phone is in."""
    session = _knock(code)
    db.session.refresh(session, with_for_update=True)
    return session


def _let_in(session: Session, secret: str, entering: str, at: Door) -> ResponseReturnValue:
    answers, key = door.Answers.posted(request.form), keys.participant_key(entering)
    number, code = session.id, session.code
    try:
        if answers.errors(session):
            raise door.Unanswered
        taken = _taken(session, secret, at, key) if session.by_card else None
        session.admit(key, taken.type if taken else answers.kept_type(session), answers.kept_name(session))
    except Refusal as refusal:
        db.session.rollback()
        return _welcome(_knock(code), secret, at, answers, refusal)
    db.session.commit()
    events.hub().announce(number, events.PEOPLE)
    inside = cast(Response, redirect(url_for("phone.page", code=code), 303))
    return identity.give(inside, entering)


def _taken(session: Session, secret: str, at: Door, key: str) -> Card:
    """Take the card of a newcomer into use; wrong ones are counted like wrong codes."""
    guesses = cast(MovingWindowRateLimiter, current_app.extensions["guesses"])
    if not guesses.test(CARDS, "card", _network()):
        raise TooManyGuesses
    if at.inside and not session.shared and key != keys.participant_key(secret):
        raise door.InAlready
    try:
        card = Card.take(session, at.card, keys.holder_key(session.id, secret))
    except CardUnknown:
        guesses.hit(CARDS, "card", _network())
        raise
    card.participant = key
    return card


def _is_in(session: Session, secret: str) -> bool:
    return session.has(keys.participant_key(secret))


def _handed_on(session: Session, secret: str) -> bool:
    return session.shared and "another" in request.form and _is_in(session, secret)


def _knock(typed: str) -> Session:
    """Find the session of a code, unless too many wrong ones came before."""
    guesses = cast(MovingWindowRateLimiter, current_app.extensions["guesses"])
    network, codes = _network(), _joinable()
    if not (guesses.test(ADDRESS, network) and guesses.test(HOUSE, cost=codes)):
        raise TooManyGuesses
    session = Session.by_code(typed)
    if session is None:
        if len(digits(typed)) == CODE_DIGITS:
            guesses.hit(ADDRESS, network)
            guesses.hit(HOUSE, cost=codes)
        raise UnknownCode(code=digits(typed)[:TYPED] or "–")
    return session


def _joinable() -> int:
    where = Session.withdrawn.is_(False), Session.locked.is_(False)
    return max(1, db.session.scalar(select(func.count()).select_from(Session).where(*where)) or 0)


def _network() -> str:
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    if address.version == 6 and not address.ipv4_mapped:
        return str(ipaddress.ip_network((address, NETWORK_BITS), strict=False))
    return str(address)


def _welcome(
    session: Session,
    secret: str,
    at: Door = OUTSIDE,
    answers: door.Answers = door.NOTHING,
    refusal: Refusal | None = None,
) -> Response:
    language.offer(session.languages)
    response = make_response(
        render_template(
            "join/welcome.html",
            session=session,
            token=keys.token(secret),
            at=at,
            answers=answers,
            types=[*institutions.NAMES.items(), (door.UNSAID, _("I prefer not to say"))],
            asks_type=door.asks_type(session),
            wrong=answers.errors(session) if refusal else {},
            error=errors.sentence(refusal) if refusal else "",
        ),
        refusal.status if refusal else 200,
    )
    response.headers["Cache-Control"] = "no-store"
    return identity.give(response, secret)


def _at_the_door(refusal: Refusal, typed: str) -> Response:
    page = render_template("join/home.html", typed=typed[:TYPED], error=errors.sentence(refusal))
    return make_response(page, refusal.status, errors.later(refusal))
