"""A whole guide from another installation: brought in once, replaced by a newer one, never mixed."""

from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from facilitator import db
from facilitator.models import acts, parcel
from facilitator.models.content import sealed
from facilitator.models.country import Country, country_name
from facilitator.models.guide import Guide
from facilitator.models.line import Line
from facilitator.models.objections import ChangedHere, OlderParcel, ParcelDamaged
from facilitator.models.revision import Revision
from facilitator.models.session import Session, fresh_code
from facilitator.models.shape import checked, value
from facilitator.models.version import ENDORSED, Version
from facilitator.models.whole import ACTS, GUIDE, TABLES, Kept, Numbers, Row, Rows, digest, over, whole

AT_ONCE = 500


def bring(packed: bytes) -> tuple[Guide, bool]:
    """Bring a packed guide in, whole or not at all; tell whether anything changed."""
    manifest, rows = parcel.unpack(packed)
    first, country = _first(rows)
    if first["uid"] != manifest["uid"]:
        raise ParcelDamaged
    known = db.session.scalar(select(Guide).where(Guide.uid == first["uid"]).with_for_update())
    if known is not None and digest(whole(known)) == manifest["digest"]:
        return known, False
    if known is not None:
        _refuse_other(known, manifest)
    try:
        with db.session.begin_nested():
            guide = _written(known, first, country)
            guide.imported, guide.imported_at = manifest["digest"], parcel.moment(manifest["at"])
            _rows(guide, rows)
            acts.bring(guide, rows[ACTS])
            db.session.flush()
    except (SQLAlchemyError, KeyError, IndexError, TypeError, ValueError, AttributeError) as strange:
        db.session.expire_all()
        raise ParcelDamaged from strange
    db.session.expire_all()
    return guide, True


def _refuse_other(known: Guide, manifest: parcel.Manifest) -> None:
    here = digest(whole(known))
    if here == manifest["after"]:
        return
    if here != known.imported:
        raise ChangedHere
    if known.imported_at and parcel.moment(manifest["at"]) <= known.imported_at:
        raise OlderParcel


def _first(rows: Rows) -> tuple[Row, str]:
    """Read the row of the guide itself, and its country."""
    if len(rows["guide"]) != 1 or rows["guide"][0].keys() != {*GUIDE, "country"}:
        raise ParcelDamaged
    given = dict(rows["guide"][0])
    code = given.pop("country")
    if not isinstance(code, str) or country_name(code, "en") == code or len(code) != 2:
        raise ParcelDamaged
    columns = Guide.__table__.columns
    return {name: value("guide", columns[name], given[name]) for name in GUIDE}, code


def _written(known: Guide | None, first: Row, country: str) -> Guide:
    guide = known or Guide(uid=first["uid"])
    for name in GUIDE:
        setattr(guide, name, first[name])
    guide.country = Country.named(country)
    db.session.add(guide)
    db.session.flush()
    for kept in reversed([kept for kept in TABLES if kept.owner == "guide"]):
        db.session.execute(delete(kept.model).where(kept.model.guide_id == guide.id))
    return guide


def _rows(guide: Guide, rows: Rows) -> None:
    became: Numbers = {"guide": {1: guide.id}}
    pending: list[tuple[Kept, Row]] = []
    for kept in TABLES:
        read = [checked(kept, row) for row in rows[kept.name]]
        made = [_made(kept, row, became) for row in read]
        numbers = _inserted(kept, made)
        became[kept.name] = dict(enumerate(numbers, 1))
        pending += [(kept, row | {"id": number}) for row, number in zip(read, numbers, strict=False)]
    for kept, row in pending:
        led = {name: became[table][row[name]] for name, table in kept.late.items() if row[name] is not None}
        if led:
            db.session.execute(update(kept.model.__table__).where(kept.model.id == row["id"]).values(led))
    _refuse_unsealed(guide)
    _refuse_without_history(guide)


def _made(kept: Kept, row: Row, became: Numbers) -> Row:
    led: dict[str, Any] = dict.fromkeys(kept.late)
    for name, table in {kept.belongs: kept.owner, **kept.refs}.items():
        led[name] = became[table][row[name]] if row[name] is not None else None
    made = row | led
    if kept.model is Session:
        made["code"] = fresh_code()
    return over(kept, made, became["item"]) if kept.over else made


def _inserted(kept: Kept, rows: list[Row]) -> list[int]:
    numbers: list[int] = []
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        if "id" not in kept.model.__table__.columns:
            db.session.execute(insert(kept.model), some)
            continue
        made = insert(kept.model).returning(kept.model.id, sort_by_parameter_order=True)
        numbers += db.session.scalars(made, some).all()
    return numbers


def _refuse_without_history(guide: Guide) -> None:
    """Refuse lines whose states are not all there."""
    counted = (
        select(Line.number, func.count(Revision.id), func.max(Revision.number))
        .outerjoin(Revision)
        .where(Line.guide_id == guide.id)
        .group_by(Line.id)
    )
    if any(not number == states == last for number, states, last in db.session.execute(counted)):
        raise ParcelDamaged


def _refuse_unsealed(guide: Guide) -> None:
    """Refuse versions whose words are not those that were sealed, and public ones that nobody endorsed."""
    for version in db.session.scalars(select(Version).where(Version.guide_id == guide.id)):
        same = (version.said["uid"], version.said["edition"]) == (guide.uid, version.edition)
        if sealed(version.said) != version.hash or not same:
            raise ParcelDamaged
        if version.is_published and not (version.outcome == ENDORSED and version.decided_by):
            raise ParcelDamaged
