"""One-use cards at the desk: made and printed, released to another phone, replaced by a new one."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from facilitator import db, events
from facilitator.documents import cards as printing
from facilitator.models import trail
from facilitator.models.card import Card
from facilitator.models.session import Session
from facilitator.models.wording import direction
from facilitator.refusals import N_, Refusal
from facilitator.web import codes, institutions, scoped
from facilitator.web.desk import notices, prints
from facilitator.web.desk.acts import hold
from facilitator.web.errors import sentence
from facilitator.web.language import label

bp = Blueprint("cards", __name__, url_prefix="/desk/sessions")
MOST = 500
Issued = Sequence[tuple[int, str | None, str]]  # number, type, token


class WrongNumber(Refusal):
    """Cards were asked for in something that is no number of cards."""

    status = 422
    message = N_("Write how many cards to make as whole numbers: one at least, %(most)s at most in one go.")


@bp.get("/<int:id>/cards")
def show(id: int) -> ResponseReturnValue:
    """See which cards are used, free and void."""
    return shown(scoped.session(id, act="run"))


@bp.post("/<int:id>/cards")
def make(id: int) -> ResponseReturnValue:
    """Make cards and print them: their tokens are seen this once."""
    session = scoped.session(id, act="run")
    try:
        wanted = counted(session)
    except WrongNumber as refusal:
        return shown(session, sentence(refusal)), refusal.status
    hold(session.id)
    made = [(Card.issue(session, type_), type_) for type_, count in wanted.items() for _card in range(count)]
    numbers = [card.number for (card, _token), _type in made]
    trail.record(current_user, "make cards", session, first=numbers[0], last=numbers[-1])
    return printed(session, [(card.number, type_, token) for (card, token), type_ in made])


@bp.post("/<int:id>/cards/<int:number>/release")
def release(id: int, number: int) -> ResponseReturnValue:
    """Let another phone take a card, with the answers given so far."""
    session = scoped.session(id, act="run")
    card = found(session, number)
    card.release()
    trail.record(current_user, "release card", session, number=number)
    db.session.commit()
    notices.say(_("Card %(number)s can be used on another phone now; its answers go along.", number=number))
    return redirect(url_for("cards.show", id=id), 303)


@bp.post("/<int:id>/cards/<int:number>/reissue")
def reissue(id: int, number: int) -> ResponseReturnValue:
    """Replace a card by a new one, which is printed."""
    session = scoped.session(id, act="run")
    hold(session.id)
    try:
        card, token = found(session, number).reissue()
    except Refusal as refusal:
        db.session.rollback()
        return shown(scoped.session(id, act="run"), sentence(refusal)), refusal.status
    trail.record(current_user, "replace card", session, number=number, by=card.number)
    try:
        return printed(session, [(card.number, card.type, token)])
    finally:
        for topic in (events.DOOR, events.ACTIVITY):
            events.hub().announce(id, topic)


def found(session: Session, number: int) -> Card:
    """Find a card of a session that is not void."""
    card = next((card for card in session.cards if card.number == number and not card.void), None)
    return card or abort(404)


def shown(session: Session, trouble: str = "") -> str:
    """Show the cards of a session."""
    return render_template(
        "cards/show.html",
        session=session,
        types=institutions.NAMES if session.asks_type else {},
        languages_of_room={code: label(code) for code in session.languages},
        used=sum(card.used and not card.void for card in session.cards),
        void=sum(card.void for card in session.cards),
        trouble=trouble,
        given=request.form,
    )


def counted(session: Session) -> dict[str | None, int]:
    """Read how many cards are wanted of each type."""
    fields: dict[str | None, str] = {None: "count"}
    if session.asks_type:
        fields |= {type_: f"count-{type_}" for type_ in institutions.NAMES}
    wanted: dict[str | None, int] = {}
    for type_, field in fields.items():
        digits = request.form.get(field, "").strip() or "0"
        if not digits.isdecimal() or len(digits) > 4:
            raise WrongNumber(most=MOST)
        wanted[type_] = int(digits)
    if not 1 <= sum(wanted.values()) <= MOST:
        raise WrongNumber(most=MOST)
    return wanted


def printed(session: Session, issued: Issued) -> ResponseReturnValue:
    """Keep new cards and print them; those that could not be printed are void."""
    id, language = session.id, prints.chosen(session, request.form.get("language", ""))
    sheet, name = written(session, issued, language), prints.name(session, "cards", language)
    db.session.commit()  # nothing waits for the press
    try:
        return prints.pdf(printing.cards(sheet), name)
    except Refusal:
        for card in scoped.session(id, act="run").cards:
            card.void = card.void or card.number in {number for number, _type, _token in issued}
        db.session.commit()
        raise


def written(session: Session, issued: Issued, language: str) -> printing.Cards:
    """Write cards in a language of the room."""
    address = codes.join_address(session.code)
    with force_locale(language):
        return printing.Cards(
            language=language,
            direction=direction(language),
            workshop=prints.brief(session.workshop.name(language)),
            session=prints.brief(session.name(language)),
            address=codes.spoken_address(),
            code=codes.grouped(session.code),
            words={
                "scan": _("Scan this with your phone."),
                "orelse": _("Or open the address below and type both codes."),
                "once": _("For one person. Answers are given once with each card."),
                "number": _("Card"),
            },
            cards=[card(address, *each) for each in issued],
        )


def card(address: str, number: int, type_: str | None, token: str) -> printing.Card:
    """Write one card: its token stands in the part of the address that no server sees."""
    drawn = codes.drawn(f"{address}#c={token}")
    told = institutions.named(type_) if type_ else ""
    return printing.Card(number, printing.short_form(token), told, drawn.size, drawn.path)
