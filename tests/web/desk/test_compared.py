"""Results beside each other: two rounds of a question, and the types of institution within one."""

import json

import pytest

from facilitator import ballotbox, db
from facilitator.models.activity import Activity
from facilitator.models.ballot import Ballot
from facilitator.models.session import Session
from facilitator.models.written import Marks
from tests import factories
from tests.web.desk.asking import soup, token, words
from tests.web.desk.rooms import made


@pytest.fixture
def room(app):
    return made(app)


def pick(room, *places, type=None, first=0):
    """Let phones pick the option at these places of the only question."""
    with room.app.app_context():
        asked = db.session.get_one(Activity, room.activities[0])
        round_id, options = asked.round.id, [item.id for item in asked.options]
        db.session.commit()
        for number, place in enumerate(places, first):
            text = json.dumps({"options": [options[place]]}, separators=(",", ":"))
            marks = Marks(type)
            ballotbox.box().cast(round_id, room.session, f"phone{number:017}", text, marks=marks).wait()


def test_two_rounds_stand_beside_each_other_on_desk_and_wall(app, admin, room):
    room.act(admin, "open", 0)
    pick(room, 0, 0, 0, 1, 1, 2)
    room.act(admin, "close", 0)
    assert "Rounds side by side" not in words(admin.get(f"/desk/rounds/{room.round_ids()[0]}"))
    room.act(admin, "rerun", 0)
    pick(room, 0, 1, 1, 1, 1, 2)
    second = room.round_ids()[1]
    assert "Rounds side by side" not in words(admin.get(f"/desk/rounds/{second}"))
    room.act(admin, "close", 0)
    desk = words(admin.get(f"/desk/rounds/{second}"))
    assert "Rounds side by side" in desk
    assert "up from 2 to 1" in desk
    assert "down from 1 to 2" in desk
    assert "Of the 6 phones that answered both rounds, 2 changed their answer." in desk
    room.act(admin, "reveal", 0)
    with app.app_context():
        wall = db.session.get_one(Session, room.session).wall
    shown = app.test_client().get(f"/screen/{wall}/now?language=en")
    said = " ".join(soup(shown).get_text(" ").split())
    assert "up from 2 to 1" in said
    assert "Since round 1: the first 3 are the same" in said


def test_a_second_ranking_stands_beside_the_first_on_desk_and_wall(app, admin, client):
    with app.app_context():
        first = factories.activity("ranking", 3)
        second = factories.activity("ranking", 0, {"again": True}, session=first.session)
        second.take_from(first)
        ids = [item.id for item in first.options]
        for asked, order in ((first, ids), (second, ids[::-1])):
            factories.answered(asked, [{"order": [[id] for id in order]}] * 5).reveal()
        first.session.show(second)
        wall = first.session.wall
        db.session.commit()
    desk = words(admin.get("/desk/rounds/2"))
    for said in (desk, words(client.get(f"/screen/{wall}?language=en"))):
        assert "Since round 1: new among the first 2: Insufficient ownership" in said
        assert "up from 3 to 1" in said
    assert "Option Round 1 Round 2 What changed" in desk


def test_links_of_two_rounds_are_named_not_placed(app, admin, client):
    targets = [[901, {"en": "Budget"}], [902, {"en": "Access"}]]
    with app.app_context():
        asked = factories.activity(
            "linking", 2, {"targets": targets}, session=factories.session(asks_type=True)
        )
        ids = [item.id for item in asked.options]
        for target in (901, 902):
            links = [[ids[0], target], [ids[1], 901]] if target == 901 else [[ids[0], target]]
            factories.answered(asked, [{"links": links}] * 6).reveal()
        for ballot in db.session.query(Ballot):
            ballot.type = "ministry"
        asked.session.show(asked)
        number, wall, shown = asked.id, asked.session.wall, [item.text("en") for item in asked.options]
        db.session.commit()
    page = soup(admin.get("/desk/rounds/2"))
    table = next(each for each in page.find_all("table") if "Rounds side by side" in each.caption.get_text())
    rows = [[cell.get_text(" ", strip=True) for cell in row(["th", "td"])] for row in table.tbody("tr")]
    assert rows == [[shown[0], "Budget", "Access"], [shown[1], "Budget", "no clear link"]]
    said = f"{page.get_text(' ')} {words(client.get(f'/screen/{wall}?language=en'))}"
    assert not any(word in said for word in ("still 1", "keeps its place", "By type of institution"))
    assert "Rounds side by side" not in words(admin.get("/desk/rounds/1"))
    given = {"csrf_token": token(admin), "types": "1", "round": "2"}
    assert admin.post(f"/desk/activities/{number}/by-type", data=given).status_code == 409


def test_words_of_two_rounds_are_counted_beside_each_other(app, admin):
    with app.app_context():
        asked = factories.activity("words", 0)
        for said in (["Données", "données", "data", "trust", "trust"], ["Donnees"] * 3 + ["More money"] * 2):
            factories.answered(asked, [{"text": text, "language": "fr"} for text in said])
        db.session.commit()
    page = soup(admin.get("/desk/rounds/2"))
    table = next(each for each in page.find_all("table") if "Rounds side by side" in each.caption.get_text())
    rows = [[cell.get_text(" ", strip=True) for cell in row(["th", "td"])] for row in table("tr")]
    assert rows[0] == ["Word or answer", "Round 1", "Round 2"]
    assert ["Donnees", "2", "3"] in rows
    assert ["More money", "–", "2"] in rows
    assert rows[-1] == ["trust", "2", "–"]
    assert "data" not in table.get_text()


def test_minds_of_fewer_than_five_are_not_counted(admin, room):
    room.act(admin, "open", 0)
    pick(room, 0, 0, 1, 1)
    room.act(admin, "close", 0)
    room.act(admin, "rerun", 0)
    pick(room, 1, 1, 1, 1, 1, 1)
    room.act(admin, "close", 0)
    page = words(admin.get(f"/desk/rounds/{room.round_ids()[1]}"))
    assert "Rounds side by side" in page
    assert "answered both rounds" not in page


def test_a_round_of_one_answer_is_compared_with_nothing(admin, room):
    room.act(admin, "open", 0)
    pick(room, 0)
    room.act(admin, "close", 0)
    room.act(admin, "rerun", 0)
    pick(room, 1, 1, 1)
    room.act(admin, "close", 0)
    assert "Rounds side by side" not in words(admin.get(f"/desk/rounds/{room.round_ids()[1]}"))


def test_types_of_institution_stand_side_by_side_once_closed(admin, room):
    room.act(admin, "open", 0)
    pick(room, *[0] * 20, *[1] * 9, *[2] * 8, type="ministry")
    pick(room, *[3] * 6, type="research", first=40)
    number = room.round_ids()[0]
    assert soup(admin.get(f"/desk/rounds/{number}")).select(".by-type") == []
    room.act(admin, "close", 0)
    page = words(admin.get(f"/desk/rounds/{number}"))
    assert "By type of institution Ministry 37 answers" in page
    assert "Research institute 6 answers" in page
    assert "3 places apart (Ministry 4 · Research institute 1)" in page
    assert "without “Ministry”, others would be among the first 3" in page
    assert "if each type counted the same" in page


def test_a_small_type_is_shown_nowhere(admin, room):
    room.act(admin, "open", 0)
    pick(room, *[0] * 9, type="ministry")
    pick(room, 1, 1, type="civil", first=20)
    room.act(admin, "close", 0)
    assert "By type of institution" not in words(admin.get(f"/desk/rounds/{room.round_ids()[0]}"))


def walled(app, room):
    with app.app_context():
        wall = db.session.get_one(Session, room.session).wall
    return " ".join(soup(app.test_client().get(f"/screen/{wall}/now?language=en")).get_text(" ").split())


def test_the_facilitator_may_show_it_by_type_on_the_wall_and_take_it_off_again(app, admin, room):
    room.act(admin, "open", 0)
    pick(room, *[0] * 20, *[1] * 9, *[2] * 8, type="ministry")
    pick(room, *[3] * 6, type="research", first=40)
    pick(room, 4, 4, type="civil", first=60)
    pick(room, 4, 4, 4, type="private", first=70)
    room.act(admin, "close", 0)
    number = room.round_ids()[0]
    room.act(admin, "reveal", 0)
    assert "By type" not in walled(app, room)
    button = soup(admin.get(f"/desk/rounds/{number}")).select_one("button[name=types]")
    assert button.get_text() == "Show this on the wall"
    assert room.act(admin, "by-type", 0, round=number, types=1).status_code == 303
    shown = walled(app, room)
    assert "By type of institution Ministry 37 answers 1 · Difficult to understand" in shown
    assert "Others, taken together 5 answers 1 · Limited use of data" in shown
    assert "Civil society" not in shown
    assert "options are three or more places apart between them." in shown
    room.act(admin, "by-type", 0, round=number, types=0)
    assert "By type" not in walled(app, room)
    room.act(admin, "by-type", 0, round=number, types=1)
    assert room.trail()[-1] == ("reveal", f"round {number}")
    room.act(admin, "hide", 0)
    room.act(admin, "reveal", 0)
    assert "By type" not in walled(app, room)


def test_small_types_do_not_reach_the_wall_either(app, admin, room):
    room.act(admin, "open", 0)
    pick(room, *[0] * 9, type="ministry")
    pick(room, 1, 1, type="civil", first=20)
    assert room.act(admin, "by-type", 0, types=1).status_code == 409
    room.act(admin, "close", 0)
    refused = room.act(admin, "by-type", 0, types=1)
    assert refused.status_code == 409
    assert "too few people of each type" in words(refused)
    assert room.rounds()[0][2] is False
