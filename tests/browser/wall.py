"""The wall of the browser tests: its address, and a room that has answered."""

import json
import random

from facilitator import db
from facilitator.models.ballot import Ballot
from facilitator.models.participant import Participant
from facilitator.models.session import Session
from tests.browser.conftest import CODE, House


def session() -> Session:
    """Find the session of the house."""
    found = Session.by_code(CODE)
    assert found
    return found


def wall_of(house: House) -> str:
    """Give the path of the projector page."""
    with house.inside():
        return f"/screen/{session().wall}"


def answered(house: House, activity: int, count: int) -> None:
    """Let people in and let them answer, beside the server."""
    chance = random.Random(7)
    with house.inside():
        chosen = session().running_order[activity]
        assert chosen.round
        ids = [item.id for item in chosen.options]
        for number in range(count):
            order = sorted(ids, key=lambda item: ids.index(item) + chance.gauss(0, 1.5))
            ranks = {"order": [[item] for item in order[: chance.randint(2, 5)]], "unsure": []}
            choice = ranks if chosen.kind == "ranking" else {"options": sorted(order[:2])}
            ballot = {"key": f"b{number}", "choice": json.dumps(choice), "revision": 1}
            db.session.add(Participant(session_id=chosen.session_id, key=f"p{number}"))
            db.session.add(Ballot(round_id=chosen.round.id, **ballot))
