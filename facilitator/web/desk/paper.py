"""Paper ballots and raised hands: printed, put in by hand as fast as one can type, and taken back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_login import current_user

from facilitator import ballotbox, db, events, keys
from facilitator.documents import ballots as printing
from facilitator.kinds.base import Hand, Spoken, canonical
from facilitator.models import paper, trail
from facilitator.models.activity import Activity
from facilitator.models.ballot import HAND, PAPER, Ballot
from facilitator.models.institution import TYPES
from facilitator.models.paper import Entry
from facilitator.models.round import Round
from facilitator.models.written import Marks
from facilitator.refusals import N_, Closed, Refusal
from facilitator.web import identity, scoped
from facilitator.web.desk import blank, notices, prints
from facilitator.web.errors import sentence
from facilitator.web.scene import Question

bp = Blueprint("paper", __name__, url_prefix="/desk")
MOST_HANDS = 2000


class Unfit(Refusal):
    """What was put in by hand cannot be counted as it is."""

    status = 422


class WrongCount(Unfit):
    """Hands were counted in something that is no number."""

    message = N_("Write whole numbers of hands: one at least, %(most)s at most in all.")


class WhichType(Unfit):
    """A ballot of a question for some types of institution came without one of them."""

    message = N_("Choose the type of institution: this question is for some types only.")


class Unreadable(Unfit):
    """A paper ballot that the question's own form refuses."""

    message = "%(reason)s"


@bp.get("/rounds/<int:id>/paper")
def show(id: int) -> ResponseReturnValue:
    """Put in paper ballots and raised hands, and see what was put in so far."""
    return page(scoped.round(id, act="run"))


@bp.post("/rounds/<int:id>/paper")
def enter(id: int) -> ResponseReturnValue:
    """Put in one paper ballot."""
    round = scoped.round(id, act="run")
    asked = Question.of(round.activity)
    try:
        form = asked.form(request.form)
        if not form.validate():
            raise Unreadable(reason=form.errors["answer"][0])
        choice = form.choice()
        entry = Entry(sheet(), PAPER, [canonical(choice)], posted_type(round.activity))
        return counted(round, entry, asked.said(choice))
    except Refusal as refusal:
        return refused(id, refusal)


@bp.post("/rounds/<int:id>/hands")
def hands(id: int) -> ResponseReturnValue:
    """Put in raised hands: each counts as a ballot."""
    round = scoped.round(id, act="run")
    try:
        raised = [
            (canonical(hand.choice), many(f"hands-{place}")) for place, hand in enumerate(offered(round))
        ]
        choices = [choice for choice, number in raised for _hand in range(number)]
        if not 1 <= len(choices) <= MOST_HANDS:
            raise WrongCount(most=MOST_HANDS)
        return counted(round, Entry(sheet(), HAND, choices, posted_type(round.activity)))
    except Refusal as refusal:
        return refused(id, refusal)


@bp.post("/rounds/<int:id>/paper/withdraw")
def withdraw(id: int) -> ResponseReturnValue:
    """Take an entry back: it counts no more and stays in the trail."""
    round = scoped.round(id, act="run")
    entry = found(round)
    try:
        paper.withdraw(round, entry_keys(round, entry))
    except Refusal as refusal:
        return refused(id, refusal)
    trail.record(current_user, paper.WITHDRAWN, round, sheet=entry.sheet)
    session_id = round.session_id
    db.session.commit()
    for topic in (events.BALLOTS, events.ACTIVITY):
        events.hub().announce(session_id, topic)
    notices.say(_("Taken back."), url_for("paper.restore", id=id), sheet=entry.sheet)
    return redirect(url_for("paper.show", id=id), 303)


@bp.post("/rounds/<int:id>/paper/restore")
def restore(id: int) -> ResponseReturnValue:
    """Put an entry back that was taken back."""
    round = scoped.round(id, act="run")
    entry = found(round)
    try:
        return counted(round, entry, act=paper.PUT_BACK)
    except Refusal as refusal:
        return refused(id, refusal)


@bp.get("/activities/<int:id>/ballot.pdf")
def printed(id: int) -> ResponseReturnValue:
    """Print the paper ballot of a question, in one of the room's languages."""
    activity = scoped.activity(id, act="run")
    language = prints.chosen(activity.session, request.args.get("language", ""))
    made = blank.written(activity, language, allowed(activity))
    return prints.pdf(printing.ballot(made), prints.name(activity.session, f"ballot-{id}", language))


def counted(round: Round, entry: Entry, said: Sequence[Spoken] = (), act: str = "") -> ResponseReturnValue:
    """Put an entry into the ballot box and, once it is there, into the trail."""
    id, session_id, grows = round.id, round.session_id, round.activity.form_kind.grows
    if not round.is_open:
        raise Closed
    known = next((each for each in paper.entries(round) if each.sheet == entry.sheet), None)
    if known and not act and not grows:
        notices.say(_("This was counted already."))
        return onwards(id, entry, grows)
    entry.round_id = known.round_id if known else id
    cast = list(zip(entry_keys(round, entry), entry.choices, strict=True))
    db.session.rollback()  # the box writes on its own
    marks, box = Marks(entry.type, entry.source), ballotbox.box()
    receipts = [box.cast(id, session_id, key, choice, marks=marks, said=said) for key, choice in cast]
    entry.choices = [choice for choice, receipt in zip(entry.choices, receipts, strict=True) if kept(receipt)]
    if not entry.choices:
        raise Closed
    detail = {"sheet": entry.sheet} if act else entry.detail()
    trail.record(current_user, act or entry.act, f"round {id}", **detail)
    db.session.commit()
    number = len(entry.choices)
    words = ngettext("%(num)d ballot counted.", "%(num)d ballots counted.", number)
    notices.say(words, url_for("paper.withdraw", id=id), sheet=entry.sheet)
    return onwards(id, entry, grows)


def kept(receipt: ballotbox.Receipt) -> bool:
    """Tell whether a ballot is safely in; one that came after the closing is not."""
    try:
        receipt.wait()
    except Closed:
        return False
    return True


def onwards(id: int, entry: Entry, grows: bool) -> ResponseReturnValue:
    """Go on to the next sheet, or with the same one where a ballot is never the last word."""
    same = entry.sheet if grows and entry.source == PAPER else None
    return redirect(url_for("paper.show", id=id, type=entry.type, sheet=same), 303)


def page(round: Round, trouble: str = "") -> str:
    """Show the page of a round."""
    activity, reader = round.activity, str(get_locale())
    kind, options = activity.form_kind, activity.read_options(reader)
    number = sheet()
    begun = begun_on(round, number) if kind.grows else None
    return render_template(
        "paper/show.html",
        round=round,
        activity=activity,
        session=activity.session,
        kind=kind,
        ballot=f"kinds/{kind.name}/ballot.html",
        options=options,
        settings=activity.settings,
        marked=kind.filled(begun.chosen if begun else None),
        posted=request.form if trouble and "hands-0" not in request.form else None,
        hands=kind.hands(options, activity.settings),
        given=request.values,
        types=allowed(activity),
        entries=paper.entries(round),
        sheet=number,
        count_sheet=secrets.token_urlsafe(keys.BYTES),
        trouble=trouble,
        language=reader,
    )


def begun_on(round: Round, number: str) -> Ballot | None:
    """Find what a sheet says so far, where its ballot is never the last word."""
    known = (each.round_id for each in paper.entries(round) if each.sheet == number)
    return Ballot.of(round.id, keys.paper_key(next(known, round.id), f"{number}:0"))


def refused(id: int, refusal: Refusal) -> ResponseReturnValue:
    """Say why something was not counted, and keep what was typed."""
    db.session.rollback()
    return page(scoped.round(id, act="run"), sentence(refusal)), refusal.status


def sheet() -> str:
    """Name the sheet in hand: sent twice, it is counted once."""
    given = request.values.get("sheet", "")
    return given if identity.SHAPE.fullmatch(given) else secrets.token_urlsafe(keys.BYTES)


def entry_keys(round: Round, entry: Entry) -> list[str]:
    """Derive the keys of an entry's ballots, the same in each round: none of them can be a phone's."""
    numbers = range(len(entry.choices))
    return [keys.paper_key(entry.round_id or round.id, f"{entry.sheet}:{number}") for number in numbers]


def found(round: Round) -> Entry:
    """Find the entry that is meant."""
    meant = (each for each in paper.entries(round) if each.sheet == request.form.get("sheet"))
    return next(meant, None) or abort(404)


def allowed(activity: Activity) -> list[str]:
    """List the types of institution that a ballot put in by hand may bear."""
    if not activity.session.asks_type:
        return []
    return [type_ for type_ in TYPES if type_ in (activity.answerers or TYPES)]


def posted_type(activity: Activity) -> str | None:
    """Read the type of institution; it is needed where the question is for some types only."""
    given = request.form.get("type", "")
    if given in allowed(activity):
        return given
    if activity.answerers:
        raise WhichType
    return None


def offered(round: Round) -> Sequence[Hand]:
    """List what hands can be raised for."""
    activity = round.activity
    return activity.form_kind.hands(activity.read_options(str(get_locale())), activity.settings)


def many(field: str) -> int:
    """Read a number of hands."""
    digits = request.form.get(field, "").strip() or "0"
    if not digits.isdecimal() or len(digits) > 4:
        raise WrongCount(most=MOST_HANDS)
    return int(digits)
