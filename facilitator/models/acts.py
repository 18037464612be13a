"""The acts of the trail that concern a guide: they go with it, and stay a record where it is brought in."""

import json
import re
from collections.abc import Iterable

from sqlalchemy import select

from facilitator import db
from facilitator.models import trail
from facilitator.models.guide import Guide
from facilitator.models.objections import ParcelDamaged
from facilitator.models.trail import Trail
from facilitator.models.whole import Row, owned

BROUGHT = "brought in"
LONGEST = {"at": 40, "person": 300, "act": 60, "subject": 120, "detail": 20_000, "hash": 64}
PERSON = re.compile(r"\d+ (.*) <.*>", re.DOTALL)
AT_ONCE = 500


def acts(guide: Guide) -> list[Row]:
    """List what was done to a guide and to all that belongs to it: here, and where it was before."""
    brought = _brought(guide)
    subjects = {f"{name} {number}" for name, numbers in owned(guide).items() for number in numbers}
    asked = select(Trail).where(Trail.act != BROUGHT).order_by(Trail.id)
    here = [
        _told(act)
        for act in db.session.scalars(asked.execution_options(yield_per=AT_ONCE))
        if act.subject in subjects and act.hash not in brought
    ]
    return [*brought.values(), *here]


def bring(guide: Guide, told: Iterable[Row]) -> None:
    """Write acts of elsewhere into the trail of here, each once."""
    known = _brought(guide)
    for act in told:
        if act.keys() != LONGEST.keys() or not all(_fits(act[name], most) for name, most in LONGEST.items()):
            raise ParcelDamaged
        if act["hash"] not in known:
            known[act["hash"]] = act
            trail.record(None, BROUGHT, guide, told=act)


def _brought(guide: Guide) -> dict[str, Row]:
    asked = select(Trail.detail).where(Trail.act == BROUGHT, Trail.subject == f"guide {guide.id}")
    told = (json.loads(detail)["told"] for detail in db.session.scalars(asked.order_by(Trail.id)))
    return {act["hash"]: act for act in told}


def _told(act: Trail) -> Row:
    """Tell an act with the name of who did it, and no account."""
    named = PERSON.fullmatch(act.person)
    return {name: getattr(act, name) for name in LONGEST} | {"person": named[1] if named else act.person}


def _fits(value: object, most: int) -> bool:
    return isinstance(value, str) and len(value) <= most and "\x00" not in value
