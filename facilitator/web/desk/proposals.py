"""Deciding on proposals: a person releases, rewords, merges or withdraws each one, and can take it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from facilitator import db, events, refusals
from facilitator.kinds.text import tidied
from facilitator.models import trail
from facilitator.models.change import going_on
from facilitator.models.proposal import RELEASED, WAITING, Proposal
from facilitator.models.round import Round
from facilitator.models.wording import LANGUAGES
from facilitator.web import scoped
from facilitator.web.desk import notices, sift
from facilitator.web.desk.acts import Overtaken, Said, hold
from facilitator.web.desk.doers import doer
from facilitator.web.desk.draft import OPTION_LENGTH
from facilitator.web.errors import sentence

DECISIONS = ("release", "reword", "merge", "withdraw", "put back")

bp = Blueprint("proposals", __name__, url_prefix="/desk")


class Decided(refusals.Refusal):
    """Someone else decided on a proposal since this person saw it."""

    message = refusals.N_(
        "%(name)s has decided on this proposal in the meantime. The page now shows how things stand."
    )


class Rephrased(refusals.Refusal):
    """The author changed a proposal since this person saw it."""

    message = refusals.N_("Its author has changed this proposal in the meantime. Read it again, then decide.")


class Wordless(refusals.Refusal):
    """A proposal was to stand in words that are not there or too many."""

    status = 422
    message = refusals.N_("Write the words in one language at least, with at most %(most)s characters each.")


@bp.get("/rounds/<int:id>/proposals")
def show(id: int) -> ResponseReturnValue:
    """Show what a round's room proposed, to the one who decides on it."""
    return render_template("proposals/show.html", **collected(id))


@bp.get("/rounds/<int:id>/proposals/now")
def now(id: int) -> ResponseReturnValue:
    """Show how the proposals stand, for the page to take in."""
    return render_template("proposals/now.html", **collected(id))


def collected(id: int) -> dict[str, Any]:
    """Gather the proposals of a round, or of the one that goes on with them; another question has none."""
    round = going_on(scoped.round(id))
    if not round.activity.form_kind.moderated:
        abort(404)
    return sift.state(round)


def decides(decide: Callable[[Proposal], Said]) -> Callable[[int], ResponseReturnValue]:
    """Make a view of a decision: on what the person saw, committed, announced, told in words."""

    @wraps(decide)
    def view(id: int) -> ResponseReturnValue:
        proposal = scoped.proposal(id, act="run")
        round_id, session_id = proposal.round_id, proposal.round.session_id
        try:
            hold(session_id)
            if going_on(proposal.round).id != round_id:
                raise Overtaken
            said = decide(seen(db.session.get_one(Proposal, id, populate_existing=True)))
            db.session.flush()
            recount(proposal.round)
            db.session.commit()
        except refusals.Refusal as refusal:
            db.session.rollback()
            return refused(round_id, refusal)
        events.hub().announce(session_id, "activity")
        notices.say(said.text, said.undo, **said.answers)
        page = "proposals.now" if "HX-Request" in request.headers else "proposals.show"
        return redirect(url_for(page, id=round_id), 303)

    return view


def seen(proposal: Proposal) -> Proposal:
    """Refuse to decide on anything else than the person saw."""
    before = request.form.get("seen", "")
    if before == sift.seal(proposal):
        return proposal
    if before.partition("-")[0] == proposal.state:
        raise Rephrased
    raise Decided(name=doer(proposal, *DECISIONS) or _("Someone else"))


def recount(round: Round) -> None:
    """Count a closed round again: what stands on the wall has changed, not the ballots."""
    if round.result:
        db.session.expire(round, ["proposals"])
        round.keep_result()


def refused(round_id: int, refusal: refusals.Refusal) -> ResponseReturnValue:
    """Answer a decision that was not taken: why, and how the proposals stand."""
    notices.refuse(sentence(refusal))
    page = "proposals/now.html" if "HX-Request" in request.headers else "proposals/show.html"
    return render_template(page, **collected(round_id)), refusal.status


def undone(words: str, proposal: Proposal, before: str, **more: str) -> Said:
    """Say what was decided and how it is taken back: where the proposal was before."""
    answers = {"to": before, "seen": sift.seal(proposal), **more}
    return Said(words, url_for("proposals.put_back", id=proposal.id), answers)


@bp.post("/proposals/<int:id>/release")
@decides
def release(proposal: Proposal) -> Said:
    """Put a proposal on the wall in its own words."""
    before = proposal.state
    item = proposal.release()
    trail.record(current_user, "release", proposal, item=item.id, wording=item.wording)
    return undone(_("On the wall: %(text)s", text=first(proposal)), proposal, before)


@bp.post("/proposals/<int:id>/reword")
@decides
def reword(proposal: Proposal) -> Said:
    """Put a proposal on the wall in other words, or add languages; what was said stays beside them."""
    before, texts = proposal.state, written()
    stands = proposal.item.wording if proposal.item else {}
    if before == RELEASED and all(texts.get(language, text) == text for language, text in stands.items()):
        proposal.translate(texts)
        trail.record(current_user, "translate", proposal, item=proposal.item_id, wording=texts)
        return Said(_("Translation added."))
    item = proposal.release({**stands, **texts})
    trail.record(current_user, "reword", proposal, item=item.id, said=proposal.text, wording=item.wording)
    words = _("On the wall in these words: %(text)s", text=next(iter(texts.values())))
    return Said(words) if before == RELEASED else undone(words, proposal, before)


@bp.post("/proposals/<int:id>/merge")
@decides
def merge(proposal: Proposal) -> Said:
    """Count a proposal under another one that says the same."""
    before, followers = proposal.state, [str(one.id) for one in proposal.merged]
    into = target(proposal)
    new_on_wall = into.state != RELEASED
    proposal.merge(into)
    trail.record(current_user, "merge", proposal, into=into.id, followers=followers)
    more = {"followers": ",".join(followers), "into": str(into.id) if new_on_wall else ""}
    return undone(_("Merged into: %(text)s", text=first(into)), proposal, before, **more)


@bp.post("/proposals/<int:id>/withdraw")
@decides
def withdraw(proposal: Proposal) -> Said:
    """Set a proposal aside; it can come back."""
    before = proposal.state
    proposal.withdraw()
    trail.record(current_user, "withdraw", proposal)
    return undone(_("Withdrawn: %(text)s", text=first(proposal)), proposal, before)


@bp.post("/proposals/<int:id>/put-back")
@decides
def put_back(proposal: Proposal) -> Said:
    """Bring a proposal back to where it was, with all that went along with it."""
    before, to, host = proposal.state, request.form.get("to", RELEASED), proposal.merged_into
    proposal.put_back(WAITING if to == WAITING else RELEASED)
    followers = request.form.get("followers", "").split(",")
    for follower in [one for one in host.merged if str(one.id) in followers] if host else ():
        follower.merge(proposal)
    db.session.flush()
    if host and request.form.get("into") == str(host.id) and not host.merged:
        host.put_back(WAITING)
    trail.record(current_user, "put back", proposal, before=before, now=proposal.state)
    if proposal.state == RELEASED:
        return Said(_("It is on the wall again."))
    return Said(_("It waits again."))


def first(proposal: Proposal) -> str:
    """Give the first of the words under which a proposal stands."""
    return next(iter(proposal.texts.values()))


def written() -> dict[str, str]:
    """Read the words that were written, a language each."""
    offered = (language for language in LANGUAGES if f"wording-{language}" in request.form)
    texts = {language: tidied(request.form[f"wording-{language}"]) for language in offered}
    kept = {language: text for language, text in texts.items() if text}
    if not kept or any(len(text) > OPTION_LENGTH for text in kept.values()):
        raise Wordless(most=OPTION_LENGTH)
    return kept


def target(proposal: Proposal) -> Proposal:
    """Find the proposal to merge into."""
    into = request.form.get("into", "")
    found = next((one for one in proposal.round.proposals if str(one.id) == into), None)
    if found is None:
        raise refusals.MergedAlready
    return found
