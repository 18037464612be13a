"""How an item came by its words: what was voted on keeps its own, and new words know the old ones."""

from collections.abc import Mapping

from sqlalchemy import exists, select

from facilitator import db
from facilitator.models.activity import Offered
from facilitator.models.ballot import Ballot
from facilitator.models.item import Item
from facilitator.models.round import Round
from facilitator.models.wording import Texts


def lineage(item: Item | None) -> list[Item]:
    """List an item in all the wordings it has had, the latest first."""
    found: list[Item] = []
    while item is not None and item not in found:
        found.append(item)
        item = item.origin
    return found


def written(texts: Mapping[str, str]) -> Texts:
    """Give the languages in which something is written."""
    return {language: text for language, text in texts.items() if text}


def settled(item: Item) -> bool:
    """Tell whether words are no longer the desk's alone: the room said them, or has answered on them."""
    voted = exists().where(
        Ballot.round_id == Round.id, Round.activity_id == Offered.activity_id, Offered.item_id == item.id
    )
    return item.round_id is not None or bool(db.session.scalar(select(voted)))


def reworded(item: Item, texts: Texts) -> Item:
    """Say an item in other words: the item itself while nobody voted on it, else one that knows it."""
    for earlier in lineage(item)[1:]:
        if earlier.wording == texts and earlier.guide_id == item.guide_id:
            return earlier
    adds = all(texts.get(language) == text for language, text in written(item.wording).items())
    if adds or not settled(item):
        item.wording = texts
        return item
    made = item.reworded(texts)
    made.round_id = item.round_id
    return made
