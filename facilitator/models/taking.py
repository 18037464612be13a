"""A result taken into the guide; it can be undone."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator import db
from facilitator.kinds.base import ORDER
from facilitator.models.guide import Guide
from facilitator.models.line import Line
from facilitator.models.objections import NotEditable, PlanChanged
from facilitator.models.part import FIGURES, PARTS
from facilitator.models.plan import (
    ADD,
    NOT_ADOPTED,
    REJECTED,
    REMARKS,
    Claim,
    Move,
    Plan,
    Said,
    guide_of,
    parent_moves,
    planned,
)
from facilitator.models.provenance import Provenance
from facilitator.models.revision import flat

if TYPE_CHECKING:
    from facilitator.models.person import Person
    from facilitator.models.round import Round

__all__ = ["Move", "Plan", "Taking", "planned", "take"]

# a line's uid, its single values before, and after
Changed = list[Any]
# what a line bears on which no vote has spoken
UNSAID = {"room_place": None, "left_out": "", **dict.fromkeys(f"facts.{name}" for name in FIGURES)}
States = Mapping[str, dict[str, Any]]


class Taking(db.Base):
    """Who took which round into the guide, what it changed, and whether that was undone."""

    __tablename__ = "taking"

    id: Mapped[int] = mapped_column(primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guide.id", ondelete="CASCADE"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    at: Mapped[dt.datetime] = mapped_column(db.Moment, default=db.now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    person: Mapped[str] = mapped_column(String(200), default="")
    changes: Mapped[list[Changed]] = mapped_column(JSON, default=list)
    undone_at: Mapped[dt.datetime | None] = mapped_column(db.Moment)
    undone_by: Mapped[str] = mapped_column(String(200), default="")
    guide: Mapped[Guide] = relationship(back_populates="takings")
    round: Mapped["Round"] = relationship()
    provenances: Mapped[list[Provenance]] = relationship(
        back_populates="taking", cascade="all, delete-orphan", order_by=Provenance.id, passive_deletes=True
    )

    @property
    def lines(self) -> int:
        """Count the lines that it changed."""
        return sum(old != new for _uid, old, new in self.changes)

    def note(self, before: States, said: Mapping[Line, Iterable[str]]) -> None:
        """Remember what is other than before, and what was said again although it was so already."""
        self.changes = [
            changed
            for line in self.guide.every_line
            if (changed := _changed(line.uid, before.get(line.uid), flat(line.state()), said.get(line, ())))
        ]

    def undo(self, person: "Person | None") -> None:
        """Put back what it changed, as far as nobody has changed it again since.

        What a later result says too stays: to undo that one puts it back.
        """
        if self.undone_at is not None:
            return
        if not self.guide.editable:
            raise NotEditable
        self.undone_at, self.undone_by = db.now(), person.name if person else ""
        changed = [(line, old, new) for uid, old, new in self.changes if (line := self.guide.line(uid))]
        mine = {line.id for line, _old, _new in changed}
        for line, old, new in reversed(changed):
            own = self._left(line.uid, old, new)
            now = flat(line.state())
            back = {name: old[name] for name in own if now.get(name) == new.get(name)}
            if back.get("present") is False and _needed(line, mine):
                del back["present"]
            if back:
                line.lay(person, "undo", back)

    def _left(self, uid: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> set[str]:
        """Name the values that no later result rests on; one that does leads back to before both."""
        own = set(old)
        for later in (each for each in self.guide.takings if each.id > self.id and each.undone_at is None):
            before: dict[str, Any] = next((old for name, old, _new in later.changes if name == uid), {})
            rests = {name for name in own & before.keys() if before[name] == new.get(name)}
            lower = before | {name: old[name] for name in rests}
            later.changes = [[each[0], lower, each[2]] if each[0] == uid else each for each in later.changes]
            own -= rests
        return own


def take(
    round_: "Round", person: "Person | None", categories: Said | str = "", seen: str | None = None
) -> Taking | None:
    """Take a closed round into the guide; nothing where the guide says all of it already.

    With `seen`, the seal of the plan that a person was shown, nothing else is done than that.
    """
    guide = guide_of(round_)
    db.session.flush()
    db.session.refresh(guide, ["state", "every_line"], with_for_update={"of": Guide})
    if not guide.editable:
        raise NotEditable
    plan = planned(round_, categories)
    if not plan:
        return None
    if seen is not None and seen != plan.seal:
        raise PlanChanged
    made = Taking(round=round_, person_id=person.id if person else None, person=person.name if person else "")
    guide.takings.append(made)
    db.session.flush()
    before = {line.uid: flat(line.state()) for line in guide.every_line}
    for move in plan.moves:
        if move.act == ADD:
            guide.add(move.part, person, item=move.item, act="take")
    said = _lay(guide, plan, person)
    _trace(guide, plan, made)
    made.note(before, said)
    db.session.flush()
    return made


def _lay(guide: Guide, plan: Plan, person: "Person | None") -> dict[Line, set[str]]:
    """Lay what the room said over the lines; tell of which values it speaks."""
    said: dict[Line, set[str]] = {}
    positions = _positions(guide, plan) if plan.gives == ORDER else {}
    lines = {_line(guide, claim): claim for claim in plan.claims}
    for line in dict.fromkeys((*lines, *positions)):
        values = _values(guide, plan, lines[line]) if line in lines else {}
        if line in positions:
            values["position"] = positions[line]
        if values:
            line.lay(person, "take", values)
        if line in lines:
            said[line] = {*values, "present"} | ({"position"} if plan.gives == ORDER else set())
            if line.parent and line.parent not in lines:
                said.setdefault(line.parent, {"present"})
    return said


def _values(guide: Guide, plan: Plan, claim: Claim) -> dict[str, Any]:
    line, values = _line(guide, claim), dict[str, Any]()
    if plan.gives == ORDER:
        values["room_place"] = claim.row.place
    if plan.gives in REMARKS:
        values[f"facts.{plan.gives}"] = claim.verdict
        if claim.verdict == REJECTED and line.left_out in ("", NOT_ADOPTED):
            values["left_out"] = NOT_ADOPTED
        elif plan.gives == "adoption" and line.left_out == NOT_ADOPTED and claim.verdict != REJECTED:
            values["left_out"] = ""
    if claim.under is not None and parent_moves(plan, claim):
        under = guide.line_of(claim.under, PARTS[claim.part].under)
        values["parent"] = under.uid if under else ""
    return values


def _positions(guide: Guide, plan: Plan) -> dict[Line, int]:
    moved: dict[Line, int] = {}
    for part in dict.fromkeys(claim.part for claim in plan.claims):
        moved |= guide.arranged(part, [_line(guide, claim) for claim in plan.claims if claim.part == part])
    return moved


def _trace(guide: Guide, plan: Plan, taking: Taking) -> None:
    for claim in plan.claims:
        _line(guide, claim).every_provenance.append(
            Provenance(
                taking=taking,
                round=plan.round,
                item=claim.item,
                gives=plan.gives,
                place=claim.row.place,
                tied=claim.row.tied,
                of=len(plan.standings.rows),
                ballots=plan.standings.ballots,
                figures=claim.figures,
            )
        )


def _line(guide: Guide, claim: Claim) -> Line:
    line = claim.line or guide.line_of(claim.item, claim.part)
    if line is None:
        raise LookupError(f"item {claim.item.id} has no line in {claim.part}")
    return line


def _changed(
    uid: str, before: Mapping[str, Any] | None, now: Mapping[str, Any], said: Iterable[str]
) -> Changed | None:
    if before is None:
        before, now = {"present": False} | UNSAID, {name: now.get(name) for name in ("present", *UNSAID)}
    differ = {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
    names = sorted(differ | (set(said) & before.keys()))
    return [uid, *({name: of.get(name) for name in names} for of in (before, now))] if names else None


def _needed(line: Line, mine: set[int]) -> bool:
    """Tell whether another result, or a line under it that stays, still asks for a line."""
    return bool(line.provenances) or any(below.present and below.id not in mine for below in line.below)
