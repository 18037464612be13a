"""What a round changed against the one before it, of its activity or of the one that this asks again."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from facilitator import db
from facilitator.counting import change
from facilitator.models.ballot import PHONE, Ballot
from facilitator.models.round import Round

if TYPE_CHECKING:
    from facilitator.models.activity import Activity


@dataclass(frozen=True)
class Changed:
    """The round before, the places then and now, and of those who answered both rounds how many changed."""

    earlier: Round
    change: change.Change
    minds: tuple[int, int] | None

    @property
    def numbers(self) -> tuple[int, int]:
        """Number both rounds, the later one after the earlier also where it is of another activity."""
        return self.earlier.number, self.earlier.number + 1


def since_before(round_: Round) -> Changed | None:
    """Compare a closed round with the closed one before it, where both can be shown and have places."""
    earlier = before(round_)
    if earlier is None or not round_.activity.form_kind.placed:
        return None
    then, now = earlier.standings(), round_.standings()
    if not then.rows or not now.rows:
        return None
    found = change.between(then, now)
    # nobody is known again from one activity to another
    same = earlier.activity_id == round_.activity_id
    return Changed(earlier, found, change.minds(_phones(earlier), _phones(round_)) if same else None)


def before(round_: Round) -> Round | None:
    """Name the closed round before a closed one, where both can be shown."""
    if round_.number == 1:
        asked = asked_before(round_.activity)
        earlier = asked.round if asked else None
    else:
        earlier = next((each for each in round_.activity.rounds if each.number == round_.number - 1), None)
    if earlier is None or continued(earlier):
        return None
    return earlier if earlier.speaks and round_.speaks else None


def asked_before(activity: "Activity") -> "Activity | None":
    """Name the activity that one asks again: the last before it of its kind, options and people."""
    order = activity.session.running_order
    if not activity.settings.get("again") or activity not in order:
        return None
    earlier = reversed(order[: order.index(activity)])
    return next((each for each in earlier if _question(each) == _question(activity)), None)


def continued(round_: Round) -> bool:
    """Tell whether the next round went on with the answers of this one: between them stand those of few."""
    return going_on(round_) is not round_


def going_on(round_: Round) -> Round:
    """Name the last round that went on with the answers of this one, or itself."""
    later = next((each for each in round_.activity.rounds if each.number == round_.number + 1), None)
    return going_on(later) if later and later.goes_on else round_


def counted_again(round_: Round) -> bool:
    """Tell whether the same was asked later: beside it, types would tell how those voted who came or went."""
    asked, order = round_.activity, round_.activity.session.running_order
    return round_.struck or any(asked_before(each) is asked and bool(each.rounds) for each in order)


def _question(activity: "Activity") -> tuple[str, set[int], list[str]]:
    return activity.kind, {offer.item_id for offer in activity.offered}, sorted(activity.answerers)


def _phones(round_: Round) -> dict[str, str]:
    # paper and raised hands have no key that comes again
    kept = select(Ballot.key, Ballot.choice).where(Ballot.round_id == round_.id, Ballot.source == PHONE)
    return dict(db.session.execute(kept).all())
