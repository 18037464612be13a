"""One opening of an activity, from its first ballot to its closing."""

import datetime as dt
import json
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy import (
    ColumnElement,
    Engine,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    func,
    insert,
    literal,
    select,
    text,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column, relationship

from facilitator import db
from facilitator.counting.ballotfile import text_only
from facilitator.counting.groups import LEAST
from facilitator.counting.seal import row, seal
from facilitator.counting.stability import DRAWS
from facilitator.counting.standing import Standings
from facilitator.models.ballot import Ballot
from facilitator.models.proposal import Credit, Proposal
from facilitator.models.result import Result
from facilitator.refusals import UnreadYet

if TYPE_CHECKING:
    from facilitator.models.activity import Activity

STEP = 5
STILL_OPEN = text("closed_at IS NULL")
_steps: WeakKeyDictionary[Engine, dict[int, tuple[int, Standings]]] = WeakKeyDictionary()
_stepping = threading.Lock()


class Round(db.Base):
    """A time in which ballots are taken; a later round of the same activity strikes this one out."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("activity_id", "number"),
        Index(
            "ix_round_one_open",
            "activity_id",
            unique=True,
            sqlite_where=STILL_OPEN,
            postgresql_where=STILL_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    opened_at: Mapped[dt.datetime] = mapped_column(db.Moment, default=db.now)
    closed_at: Mapped[dt.datetime | None] = mapped_column(db.Moment)
    deadline: Mapped[dt.datetime | None] = mapped_column(db.Moment)
    revealed: Mapped[bool] = mapped_column(default=False)
    by_type: Mapped[bool] = mapped_column(default=False)
    goes_on: Mapped[bool] = mapped_column(default=False)
    opened_by: Mapped[str] = mapped_column(String(200), default="")
    activity: Mapped["Activity"] = relationship(back_populates="rounds")
    proposals: Mapped[list[Proposal]] = relationship(
        back_populates="round", cascade="all, delete-orphan", order_by=Proposal.id
    )
    result: Mapped[Result | None] = relationship(back_populates="round", cascade="all, delete-orphan")

    @property
    def session_id(self) -> int:
        """Number the session it belongs to."""
        return self.activity.session_id

    @property
    def is_open(self) -> bool:
        """Tell whether ballots are taken."""
        return self.closed_at is None

    @property
    def struck(self) -> bool:
        """Tell whether a later round counts instead."""
        return self.activity.round is not self

    @property
    def small(self) -> bool:
        """Tell whether a group within the room was asked, and too few of it answered to be shown."""
        of_some = bool(self.activity.answerers) and not self.activity.session.named
        return of_some and self.ballot_count < LEAST

    @property
    def speaks(self) -> bool:
        """Tell whether it was closed with enough answers to be compared, or taken into the guide."""
        if self.result is None or self.small:
            return False
        return self.standings().several

    @property
    def together(self) -> list["Round"]:
        """List the rounds of its block that are open with it, in the running order; alone none."""
        block = self.activity.block
        if not block or not self.is_open:
            return []
        open_now = [each for each in self.activity.session.open_rounds if each.activity.block == block]
        return open_now if self in open_now and len(open_now) > 1 else []

    @property
    def ballot_count(self) -> int:
        """Count the ballots, blank ones included."""
        counted = select(func.count()).select_from(Ballot).where(Ballot.round_id == self.id)
        return db.session.scalar(counted) or 0

    def choices(self, *given: ColumnElement[bool]) -> list[dict[str, Any]]:
        """Read what was chosen on every ballot, or on those that meet a condition."""
        kept = select(Ballot.key, Ballot.choice).where(Ballot.round_id == self.id, *given)
        chosen = [(key, json.loads(choice)) for key, choice in db.session.execute(kept)]
        if not self.proposals:
            return [choice for _key, choice in chosen]
        credit = Credit.of(self.proposals)
        return [credit.given(key, choice) for key, choice in chosen]

    def typed_choices(self) -> list[tuple[str | None, dict[str, Any]]]:
        """Read what was chosen on every ballot, each with the type of institution it bears."""
        kept = select(Ballot.key, Ballot.type, Ballot.choice).where(Ballot.round_id == self.id)
        cast, credit = db.session.execute(kept).all(), Credit.of(self.proposals)
        said = json.loads(f"[{','.join(choice for _key, _type, choice in cast)}]")
        return [
            (type_, credit.given(key, choice))
            for (key, type_, _choice), choice in zip(cast, said, strict=True)
        ]

    def tally(self, *given: ColumnElement[bool], draws: int = DRAWS) -> Standings:
        """Count the ballots as they are now, or those that meet a condition."""
        activity = self.activity
        options = [offer.item_id for offer in activity.offered]
        choices = self.choices(*given)
        return activity.form_kind.tally(options, choices, activity.settings, activity.seed, draws)

    def turnout(self, column: InstrumentedAttribute[Any]) -> dict[str | None, int]:
        """Count the ballots by the type of institution or by the source they bear."""
        counted = select(column, func.count()).where(Ballot.round_id == self.id).group_by(column)
        return dict(db.session.execute(counted).all())

    def standings(self) -> Standings:
        """Give the standings kept at the closing, or those of this moment."""
        if self.result:
            return Standings.from_json(self.result.standings)
        return self.tally()

    def live_standings(self) -> Standings | None:
        """Give the standings a room may watch while it votes: they move in steps of five ballots."""
        if not self.is_open:
            return None if self.small else self.standings()
        if not self.activity.form_kind.shown_live:  # words that nobody has read yet
            return None
        step = self.ballot_count // STEP
        with _stepping:
            known = _steps.setdefault(db.engine(), {})
            if self.id not in known or known[self.id][0] < step:
                known[self.id] = (step, self.tally(draws=0))
            reached, standings = known[self.id]
        return self._still_offered(standings) if reached else None

    def _still_offered(self, standings: Standings) -> Standings:
        # between two steps a proposal may have been merged or withdrawn
        offered = {offer.item_id for offer in self.activity.offered}
        return replace(standings, rows=tuple(row for row in standings.rows if row.option in offered))

    def keep_result(self) -> Result:
        """Keep the standings of the closed round as its result."""
        if self.result is None:
            self.result = Result(standings="", digest="")
        self.result.standings = self.tally().to_json()
        self.result.digest = self.digest()
        return self.result

    def digest(self) -> str:
        """Seal the ballots as files hand them out: the same ballots give the same seal, in whatever order."""
        kind, credit = self.activity.form_kind, Credit.of(self.proposals)
        names = {offer.item_id: str(place) for place, offer in enumerate(self.activity.offered)}
        kept = select(Ballot.key, Ballot.choice).where(Ballot.round_id == self.id).order_by(Ballot.key)
        rows: dict[str, list[Sequence[str]]] = {}
        for number, (key, choice) in enumerate(db.session.execute(kept)):
            for ballot, *said in kind.rows(str(number), credit.given(key, json.loads(choice)), names):
                place, rank, *more = said
                rows.setdefault(ballot, []).append(
                    row(place, rank, dict(zip(kind.columns, map(text_only, more), strict=True)))
                )
        return seal(rows.values())

    def take_over(self, other: "Round") -> None:
        """Go on with the ballots of another round of the same activity."""
        columns = ["round_id", "key", "choice", "revision", "type", "source", "participant"]
        kept = [getattr(Ballot, column) for column in columns[1:]]
        ballots = select(literal(self.id), *kept).where(Ballot.round_id == other.id)
        db.session.execute(insert(Ballot).from_select(columns, ballots))
        copies = {proposal: proposal.copied_to(self) for proposal in other.proposals}
        for proposal, copy in copies.items():
            copy.merged_into = copies.get(proposal.merged_into) if proposal.merged_into else None

    def reveal(self, *, by_type: bool = False) -> None:
        """Show the result, whole or by type, to the room; its words only once a person could read them."""
        if self.is_open and not self.activity.form_kind.shown_live:
            raise UnreadYet
        self.revealed, self.by_type = True, by_type

    def hide(self) -> None:
        """Take the result off the wall."""
        self.revealed = self.by_type = False

    def start_timer(self, seconds: int) -> None:
        """Tell the room how long it has; the facilitator still closes."""
        self.deadline = db.now() + dt.timedelta(seconds=seconds)

    def stop_timer(self) -> None:
        """Take the countdown away."""
        self.deadline = None
