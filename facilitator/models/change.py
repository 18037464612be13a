"""What a round of an activity changed against the one before it."""

from dataclasses import dataclass

from sqlalchemy import select

from facilitator import db
from facilitator.counting import change
from facilitator.counting.standing import Standings
from facilitator.models.ballot import PHONE, Ballot
from facilitator.models.round import Round

LEAST = 2


@dataclass(frozen=True)
class Changed:
    """The round before, the places then and now, and of those who answered both rounds how many changed."""

    earlier: Round
    change: change.Change
    minds: tuple[int, int] | None


def since_before(round_: Round) -> Changed | None:
    """Compare a closed round with the closed one before it, where both can be shown."""
    earlier = next((each for each in round_.activity.rounds if each.number == round_.number - 1), None)
    if earlier is None or round_.result is None or earlier.result is None:
        return None
    before, now = earlier.standings(), round_.standings()
    if not all(_shown(standings) for standings in (before, now)):
        return None
    return Changed(earlier, change.between(before, now), change.minds(_phones(earlier), _phones(round_)))


def _shown(standings: Standings) -> bool:
    return bool(standings.rows) and standings.ballots - standings.blank >= LEAST


def _phones(round_: Round) -> dict[str, str]:
    # paper and raised hands have no key that comes again
    kept = select(Ballot.key, Ballot.choice).where(Ballot.round_id == round_.id, Ballot.source == PHONE)
    return dict(db.session.execute(kept).all())
