"""A question of any kind, put to the room of a browser test."""

from typing import Any

from facilitator.kinds import KINDS
from facilitator.models.session import Session
from tests import factories
from tests.browser.conftest import CODE, House

LAST = 3  # the position of a question added to those of the house
TARGETS = [[9001, {"en": "Access", "ar": "الوصول"}], [9002, {"en": "Budget", "ar": "الميزانية"}]]


def ask(house: House, kind: str, options: int = 5, place: int = LAST, **settings: Any) -> None:
    """Open a question of a kind: it is the next of its session."""
    if kind == "linking":
        settings["targets"] = TARGETS
    with house.inside():
        session = Session.by_code(CODE)
        assert session
        offered = options if KINDS[kind].least_options else 0
        factories.activity(session=session, kind=kind, options=offered, settings=settings)
    house.act("open", place)
