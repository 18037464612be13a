"""What the trail says, for tests."""

from sqlalchemy import select

from facilitator import db
from facilitator.models.trail import Trail


def last_acts(limit: int = 50) -> list[Trail]:
    """List the latest acts, newest first."""
    return list(db.session.scalars(select(Trail).order_by(Trail.id.desc()).limit(limit)))
