"""What taking a round into the guide would change: known before it is done."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from facilitator import db
from facilitator.counting.standing import Standing, Standings
from facilitator.kinds.base import ADOPTION, LINKS, ORDER, PRIORITY
from facilitator.models.activity import Activity
from facilitator.models.beginnings import CATEGORIES, CHALLENGE
from facilitator.models.change import continued
from facilitator.models.guide import Guide
from facilitator.models.item import Item
from facilitator.models.line import Line
from facilitator.models.objections import NotTakeable
from facilitator.models.part import PARTS, PLACES
from facilitator.models.round import Round

ADD, PLACE, FIGURES, PARENT, SOURCE = "add", "order", "figures", "parent", "source"
REJECTED, NOT_ADOPTED = "rejected", "not-adopted"
REMARKS = {ADOPTION: ("verdicts", "verdict"), PRIORITY: ("quadrants", "quadrant")}

Said = Mapping[int, str]


@dataclass(frozen=True)
class Move:
    """One thing that taking does: to a line there is, or with an item that has none in that part yet."""

    act: str
    line: Line | None
    item: Item
    part: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Claim:
    """What a round says of one item: where it belongs, its standing, its verdict, what it stands under."""

    item: Item
    part: str
    line: Line | None
    row: Standing
    figures: dict[str, Any]
    verdict: str | None = None
    under: Item | None = None

    @property
    def there(self) -> bool:
        """Tell whether the guide has the line."""
        return self.line is not None and self.line.present


@dataclass(frozen=True)
class Plan:
    """All that taking a round would do; `unsettled` items fit nowhere until a person says what they are."""

    round: Round
    gives: str
    standings: Standings
    claims: list[Claim] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    unsettled: list[Item] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.moves)

    @property
    def seal(self) -> str:
        """Tell in some letters what would change, so that nothing else is done than what was shown."""
        told = [
            (each.act, each.part, each.item.id, _name(each.before), _name(each.after)) for each in self.moves
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def planned(round_: Round, categories: Said | str = "") -> Plan:
    """Say what taking a closed round would change; `categories`: what a person says of items without one."""
    if not round_.speaks or continued(round_):
        raise NotTakeable
    standings, gives = round_.standings(), round_.activity.form_kind.gives
    plan = Plan(round_, gives, standings)
    if gives:
        plan.claims.extend(_claims(plan, categories))
        plan.moves.extend(_moves(plan))
    return plan


def guide_of(round_: Round) -> Guide:
    """Name the guide a round was held for."""
    return round_.activity.session.workshop.guide


def known_already(plan: Plan, claim: Claim) -> bool:
    """Tell whether the guide has this very result of this line already."""
    return claim.line is not None and any(
        each.round_id == plan.round.id
        and (each.place, each.of, each.ballots)
        == (claim.row.place, len(plan.standings.rows), plan.standings.ballots)
        and each.figures == claim.figures
        for each in claim.line.provenances
    )


def _name(value: Any) -> Any:
    return value.id if isinstance(value, Line | Item) else value


def _claims(plan: Plan, categories: Said | str) -> Iterator[Claim]:
    guide, activity = guide_of(plan.round), plan.round.activity
    items = _items(guide, plan.standings)
    collected, verdicts = _collected(activity), _verdicts(plan)
    for row in plan.standings.rows:
        if (item := items.get(row.option)) is None:
            continue
        said = categories if isinstance(categories, str) else categories.get(item.id, "")
        category = item.category or collected or said
        part = PLACES.get(category)
        if part is None:
            if category not in CATEGORIES:
                plan.unsettled.append(item)
            continue
        under = _under(plan, item, verdicts.get(item.id)) if PARTS[part].under else None
        verdict = verdicts.get(item.id) if plan.gives in REMARKS else None
        figures = _figures(row) | ({plan.gives: verdict} if plan.gives in REMARKS else {})
        claim = Claim(item, part, guide.line_of(item, part), row, figures, verdict, under)
        if not known_already(plan, claim):
            yield claim


def _figures(row: Standing) -> dict[str, Any]:
    # exact: whole numbers as they are, fractions as text
    return {name: str(of) if isinstance(of, Fraction) else of for name, of in row.figures.items()}


def _items(guide: Guide, standings: Standings) -> dict[int, Item]:
    asked = select(Item).where(Item.id.in_([row.option for row in standings.rows]), Item.guide_id == guide.id)
    return {item.id: item for item in db.session.scalars(asked)}


def _collected(activity: Activity) -> str:
    """Name what was collected by this question or by the one whose list it took."""
    seen: set[int] = set()
    current: Activity | None = activity
    while current is not None and current.id not in seen:
        seen.add(current.id)
        if (collects := current.settings.get("collects", "")) in CATEGORIES:
            return str(collects)
        current = db.session.get(Activity, current.source_id) if current.source_id else None
    return ""


def _verdicts(plan: Plan) -> dict[int, Any]:
    if plan.gives == LINKS:
        found = plan.standings.remarks["matrix"]
        return {line["option"]: line["strongest"][0] for line in found if line["strongest"]}
    if plan.gives in REMARKS:
        remark, name = REMARKS[plan.gives]
        return {each["option"]: each[name] for each in plan.standings.remarks[remark]}
    return {}


def _under(plan: Plan, item: Item, target: Any) -> Item | None:
    number = target if plan.gives == LINKS else item.about_id or plan.round.activity.about_id
    found = db.session.get(Item, number) if number else None
    return found if found and found.guide_id == item.guide_id and found.category in ("", CHALLENGE) else None


def _moves(plan: Plan) -> Iterator[Move]:
    guide = guide_of(plan.round)
    coming: set[int] = set()
    places = _positions(guide, plan)
    for claim in plan.claims:
        found = [*_added(claim), *_parented(guide, claim, plan, coming), *_placed(claim, plan, places)]
        yield from found or [Move(SOURCE, claim.line, claim.item, claim.part, None, claim.row.place)]


def _added(claim: Claim) -> Iterator[Move]:
    if not claim.there:
        yield Move(ADD, claim.line, claim.item, claim.part, None, claim.row.place)


def _parented(guide: Guide, claim: Claim, plan: Plan, coming: set[int]) -> Iterator[Move]:
    if claim.under is None:
        return
    under = PARTS[claim.part].under
    wanted = guide.line_of(claim.under, under)
    if not (wanted and wanted.present) and claim.under.id not in coming:
        coming.add(claim.under.id)
        yield Move(ADD, wanted, claim.under, under, None, None)
    current = claim.line.parent if claim.line else None
    if parent_moves(plan, claim) and (current is None or current is not wanted):
        yield Move(PARENT, claim.line, claim.item, claim.part, current, claim.under)


def parent_moves(plan: Plan, claim: Claim) -> bool:
    """Tell whether this result decides what a line stands under: links do, others where nothing does."""
    return plan.gives == LINKS or claim.line is None or claim.line.parent is None


def _placed(claim: Claim, plan: Plan, places: Mapping[int, int]) -> Iterator[Move]:
    line = claim.line
    moved = line is not None and line.present and (line.room_place != claim.row.place or line.id in places)
    if plan.gives == ORDER and line and moved:
        yield Move(PLACE, line, claim.item, claim.part, line.room_place, claim.row.place)
    if plan.gives in REMARKS:
        before = line.facts.get(plan.gives) if line else None
        if claim.verdict != before:
            yield Move(FIGURES, line, claim.item, claim.part, before, claim.verdict)


def _positions(guide: Guide, plan: Plan) -> dict[int, int]:
    if plan.gives != ORDER:
        return {}
    moved: dict[int, int] = {}
    for part in dict.fromkeys(claim.part for claim in plan.claims):
        lines = [claim.line for claim in plan.claims if claim.part == part and claim.there and claim.line]
        moved |= {line.id: position for line, position in guide.arranged(part, lines).items()}
    return moved
