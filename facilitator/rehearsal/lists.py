"""What the facilitator of a rehearsal does between two questions: proposals are let on, lists go on."""

from __future__ import annotations

from facilitator import db
from facilitator.models.activity import Activity
from facilitator.models.proposal import WAITING
from facilitator.models.round import Round
from facilitator.models.shortlist import shortlist

MOST = 9


def let_on(round: Round) -> None:
    """Put each text on the wall once, as one does who merges what says the same."""
    first = {proposal.text: proposal for proposal in reversed(round.proposals)}
    for proposal in round.proposals:
        if proposal.state == WAITING and first[proposal.text] is proposal:
            proposal.release()


def take_on(activity: Activity) -> None:
    """Give a question that waits for the list of an earlier one the best of it."""
    source = db.session.get(Activity, activity.source_id) if activity.source_id else None
    if source and source.round and not activity.options:
        for item in shortlist(source, MOST)[:MOST]:
            activity.offer(item)
