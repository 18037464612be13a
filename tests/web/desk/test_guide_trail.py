"""Every act on the guide is in the trail: written, commented on, taken, endorsed, published."""

import pytest

from facilitator import db
from tests import factories
from tests.trails import last_acts
from tests.web.desk.asking import send, soup
from tests.web.desk.rooms import made


@pytest.fixture
def acts(app):
    """Give the acts of the trail since the last look."""
    seen = [0]

    def told() -> list[str]:
        with app.app_context():
            found = [act.act for act in reversed(last_acts(200))]
        seen[0], new = len(found), found[seen[0] :]
        return new

    return told


@pytest.fixture
def guide(app):
    with app.app_context():
        made = factories.guide()
        made.begin_parts()
        for text in ("A", "B"):
            made.add("challenges", words={"text": {"en": text}})
        number = made.lines("challenges")[0].id
        db.session.commit()
        return number


def test_writing_the_guide_is_in_the_trail(admin, guide, acts) -> None:
    send(admin, "/desk/guides/1/parts/acronyms", **{"facts.short": "NSO"})
    send(admin, f"/desk/lines/{guide}", **{"words.text.en": "Reworded"})
    for what, given in (
        ("leave-out", {"reason": "Twice"}),
        ("bring-back", {}),
        ("move", {"position": "1"}),
        ("restore", {"number": "1", "seen": "5"}),
        ("remove", {}),
    ):
        send(admin, f"/desk/lines/{guide}/{what}", **given)
    assert acts() == ["add line", "change line", "leave out", "bring back", "move", "restore", "remove"]


def test_the_review_is_in_the_trail(admin, guide, acts) -> None:
    send(admin, "/desk/guides/1/review", text="On the whole")
    send(admin, f"/desk/lines/{guide}/comments", text="On the line")
    send(admin, "/desk/comments/1/answer", text="Yes")
    send(admin, "/desk/comments/1/resolve")
    send(admin, "/desk/comments/1/reopen")
    assert acts() == ["comment", "comment", "comment", "resolve", "reopen"]


def test_taking_and_undoing_are_in_the_trail(app, admin, acts) -> None:
    room = made(app, "choice")
    room.act(admin, "next")
    room.act(admin, "open", 0)
    room.vote(0, phones=3)
    room.act(admin, "close", 0, round=room.round_ids(0)[0])
    acts()
    address = f"/desk/rounds/{room.round_ids(0)[0]}/take"
    seen = soup(admin.get(f"{address}?category=challenge")).find("input", attrs={"name": "seen"})["value"]
    send(admin, address, category="challenge", seen=seen)
    send(admin, "/desk/takings/1/undo")
    assert acts() == ["take", "undo taking"]


def test_the_way_to_readers_is_in_the_trail(admin, guide, sign_in, acts) -> None:
    authority = sign_in("authority@example.org", SN="authority")
    send(authority, "/desk/guides/1/licence", licence="CC0-1.0")
    send(admin, "/desk/guides/1/submit", text="")
    send(authority, "/desk/versions/1/return", text="Once more")
    send(admin, "/desk/guides/1/submit", text="")
    send(authority, "/desk/versions/2/endorse", text="We endorse it.")
    send(authority, "/desk/versions/2/publish")
    send(admin, "/desk/guides/1/open-edition")
    told = ["licence", "submit", "return", "submit", "endorse", "publish", "open edition"]
    assert acts() == told
