"""What a round of an activity changed against the one before it."""

from dataclasses import dataclass

from sqlalchemy import select

from facilitator import db
from facilitator.counting import change
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
    """Compare a closed round with the closed one before it, where both can be shown and have places."""
    earlier = before(round_)
    if earlier is None or not round_.activity.form_kind.placed:
        return None
    found = change.between(earlier.standings(), round_.standings())
    return Changed(earlier, found, change.minds(_phones(earlier), _phones(round_)))


def before(round_: Round) -> Round | None:
    """Name the closed round before a closed one, where both can be shown."""
    earlier = next((each for each in round_.activity.rounds if each.number == round_.number - 1), None)
    both = (earlier, round_)
    return earlier if all(each and each.result and _shown(each) for each in both) else None


def _shown(round_: Round) -> bool:
    told = round_.standings()
    return bool(told.rows) and told.ballots - told.blank >= LEAST and not round_.small


def _phones(round_: Round) -> dict[str, str]:
    # paper and raised hands have no key that comes again
    kept = select(Ballot.key, Ballot.choice).where(Ballot.round_id == round_.id, Ballot.source == PHONE)
    return dict(db.session.execute(kept).all())
