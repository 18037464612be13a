"""The families in which recommendations stand: a guide begins with five, a country may have others."""

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING

from facilitator import db
from facilitator.models.objections import NotEditable
from facilitator.models.wording import Texts

if TYPE_CHECKING:
    from facilitator.models.guide import Guide


MOST = 40


def names(guide: "Guide") -> dict[str, Texts]:
    """Give the families as they are at this moment, held until what is being done is kept."""
    db.session.flush()
    db.session.refresh(guide, ["families", "state"], with_for_update=True)
    if not guide.editable:
        raise NotEditable
    return {key: dict(texts) for key, texts in guide.families.items()}


def call(guide: "Guide", key: str, texts: Mapping[str, str]) -> str:
    """Call a family otherwise, or add one where there is no such key; give its key."""
    known, key = names(guide), key or f"own-{secrets.token_hex(4)}"
    guide.families = known | {key: dict(texts)}
    return key


def used(guide: "Guide") -> set[str]:
    """Name the families in which something stands, and those that items belong to."""
    stand = {
        line.fact("family") for line in guide.every_line if line.part == "recommendations" and line.present
    }
    return stand | {item.family for item in guide.items}


def remove(guide: "Guide", key: str) -> bool:
    """Take a family away in which nothing stands; tell whether it went."""
    known = names(guide)
    if key not in known or key in used(guide):
        return False
    guide.families = {name: texts for name, texts in known.items() if name != key}
    return True
