"""The door: a code, one honest sentence, and the phone is in."""

from __future__ import annotations

import ipaddress
from typing import cast

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import func, select

from facilitator import db, events, keys
from facilitator.models.session import CODE_DIGITS, Session, digits
from facilitator.refusals import N_, Refusal, UnknownCode
from facilitator.web import errors, identity, language, phone
from facilitator.web.identity import Stranger
from facilitator.web.scoped import public

bp = Blueprint("join", __name__)
bp.record_once(
    lambda setup: setup.app.extensions.setdefault("guesses", MovingWindowRateLimiter(MemoryStorage()))
)

# Only wrong codes count, so that a room behind one address gets in however many it is. In the whole house
# a wrong code weighs as much as there are codes to hit: a guess hits at most once in a thousand hours.
ADDRESS = parse("60 per 10 minutes")
HOUSE = parse("1000 per hour")
NETWORK_BITS = 64
PHONE_LANGUAGES = ("en", "fr", "ar")


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
    language.offer(PHONE_LANGUAGES)
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
    """Say where one is and what is kept; a phone that is in goes on."""
    secret = identity.held()
    try:
        phone.visit(code, secret)
        return redirect(url_for("phone.page", code=digits(code)), 303)
    except Stranger:
        pass
    return _welcome(_knock(code), secret or keys.fresh())


@bp.post("/j/<code>")
@public
def enter(code: str) -> ResponseReturnValue:
    """Let a phone in."""
    secret = identity.proven()
    session = _knock(code)
    key = keys.participant_key(secret)
    try:
        session.admit(key)
    except Refusal as refusal:
        db.session.rollback()
        return _welcome(_knock(code), secret, refusal)
    number = session.id
    db.session.commit()
    events.hub().announce(number, events.PEOPLE)
    return identity.give(cast(Response, redirect(url_for("phone.page", code=digits(code)), 303)), secret)


@bp.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """Ask for the code again, saying what was wrong."""
    return _at_the_door(refusal, (request.view_args or {}).get("code", ""))


def _knock(typed: str) -> Session:
    """Find the session of a code, unless too many wrong ones came before."""
    guesses = cast(MovingWindowRateLimiter, current_app.extensions["guesses"])
    network, codes = _network(), _joinable()
    if not (guesses.test(ADDRESS, network) and guesses.test(HOUSE, cost=codes)):
        raise TooManyGuesses
    session = Session.by_code(typed)
    if session is None:
        guesses.hit(ADDRESS, network)
        guesses.hit(HOUSE, cost=codes)
        raise UnknownCode(code=digits(typed)[:CODE_DIGITS] or "–")
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


def _welcome(session: Session, secret: str, refusal: Refusal | None = None) -> Response:
    language.offer(session.languages)
    response = make_response(
        render_template(
            "join/welcome.html",
            session=session,
            token=keys.token(secret),
            error=errors.sentence(refusal) if refusal else "",
        ),
        refusal.status if refusal else 200,
    )
    return identity.give(response, secret)


def _at_the_door(refusal: Refusal, typed: str) -> Response:
    language.offer(PHONE_LANGUAGES)
    page = render_template("join/home.html", typed=typed[:CODE_DIGITS], error=errors.sentence(refusal))
    response = make_response(page, refusal.status)
    if refusal.retry_after:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response
