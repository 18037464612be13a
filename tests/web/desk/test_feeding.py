"""From one question to the next: all or the best, ties told, back again, nothing where people have voted."""

import pytest
from flask import Flask

from facilitator import db
from facilitator.models.activity import Activity
from tests import factories
from tests.web.desk import rooms
from tests.web.desk.asking import soup, token, words
from tests.web.desk.rooms import Room


@pytest.fixture
def room(app: Flask) -> Room:
    """Give a choice that was voted on, and a ranking over two options of its own."""
    made = rooms.made(app, "choice", "ranking", "choice")
    with app.app_context():
        ranking = db.session.get_one(Activity, made.activities[1])
        ranking.offered = ranking.offered[:2]
        db.session.commit()
    return made


@pytest.fixture
def desk(sign_in, room: Room):
    """Give the browser of one who closed the vote: three for the second option, one for two others."""
    desk = sign_in()
    room.act(desk, "open", 0)
    ids = options(room, 0)
    for phone, picked in enumerate((ids[1], ids[1], ids[1], ids[0], ids[2])):
        room.vote(0, 1, phone, options=[picked])
    room.act(desk, "close", 0, round=room.round_ids()[0])
    return desk


def options(room: Room, place: int) -> list[int]:
    with room.app.app_context():
        return [item.id for item in db.session.get_one(Activity, room.activities[place]).options]


def feed(room: Room, desk, **fields: object):
    return room.act(desk, "feed", 0, **fields)


def test_the_whole_list_goes_to_the_next_question_in_one_click(room: Room, desk) -> None:
    ids, own = options(room, 0), options(room, 1)
    page = soup(desk.get(f"/desk/sessions/{room.session}"))
    form = next(form for form in page.select("form") if "in question 2" in form.get_text())
    desk.post(form["action"], data={tag["name"]: tag["value"] for tag in form.select("input")})
    assert options(room, 1) == [*own, ids[1], ids[0], ids[2], ids[3], ids[4]]
    said = words(desk.get(f"/desk/sessions/{room.session}"))
    assert "5 options were added to" in said
    assert "List from question 1" in said


def test_the_best_go_on_and_those_that_share_the_last_place_come_along(room: Room, desk) -> None:
    ids = options(room, 0)
    feed(room, desk, to=room.activities[1], best=1)
    assert options(room, 1)[2:] == [ids[1]]
    feed(room, desk, to=room.activities[2], best=2)
    assert options(room, 2)[5:] == [ids[1], ids[0], ids[2]]
    assert "share the last place came along" in words(desk.get(f"/desk/sessions/{room.session}"))
    feed(room, desk, to=room.activities[1], best=60)
    assert set(ids) <= set(options(room, 1))


@pytest.mark.parametrize(("count", "best"), [(5, None), (6, 5), (9, 5), (10, 9)])
def test_the_best_of_a_long_list_go_on_in_one_click(app: Flask, admin, count: int, best: int | None) -> None:
    long = rooms.made(app, "choice", "ranking", options=count)
    with app.app_context():
        db.session.get_one(Activity, long.activities[1]).offered = []
        db.session.commit()
    ids = options(long, 0)
    long.act(admin, "open", 0)
    long.vote(0, 2 * count)
    assert "Use its best" not in words(admin.get(f"/desk/sessions/{long.session}"))
    long.vote(0, best or 0, 2 * count)
    long.act(admin, "close", 0, round=long.round_ids()[0])
    page = soup(admin.get(f"/desk/sessions/{long.session}"))
    forms = [form for form in page.select("form") if "Use its best" in form.get_text()]
    assert [f"Use its best {best} in question 2" in form.get_text() for form in forms] == [True] * bool(best)
    for form in forms:
        admin.post(form["action"], data={tag["name"]: tag["value"] for tag in form.select("input")})
        assert options(long, 1) == ids[:best]


def test_it_can_be_taken_back(room: Room, desk) -> None:
    before = options(room, 1)
    feed(room, desk, to=room.activities[1])
    form = soup(desk.get(f"/desk/sessions/{room.session}")).select_one(".flash form")
    desk.post(form["action"], data={tag["name"]: tag["value"] for tag in form.select("input")})
    assert options(room, 1) == before
    assert ("unfeed", f"activity {room.activities[1]}") in room.trail()


def test_a_new_question_takes_the_list_and_stands_right_after(room: Room, desk) -> None:
    answer = feed(room, desk, to="new", kind="ranking", best=1)
    assert "/edit" in answer.headers["Location"]
    page = soup(desk.get(answer.headers["Location"]))
    assert len([tag for tag in page.select("[name=option-item]") if tag["value"]]) == 1
    with room.app.app_context():
        session = db.session.get_one(Activity, room.activities[0]).session
        made = session.running_order[1]
        assert (made.kind, made.source_id) == ("ranking", room.activities[0])
        assert made.settings
        asked = {"fr": "Mettez dans l’ordre : qu’est-ce qui vient en premier ?"}
        asked["en"] = "Put these in order: what comes first?"
        assert made.prompt == asked


def test_a_new_question_can_be_taken_back_too(room: Room, desk) -> None:
    page = soup(desk.get(feed(room, desk, to="new", kind="choice").headers["Location"]))
    form = page.select_one(".flash form")
    desk.post(form["action"], data={tag["name"]: tag["value"] for tag in form.select("input")})
    with room.app.app_context():
        assert len(db.session.get_one(Activity, room.activities[0]).session.running_order) == 3


@pytest.mark.parametrize(
    "fields",
    [
        {"to": "2", "best": "61"},
        {"to": ""},
        {"to": "99"},
        {"to": "new", "kind": "<b>"},
        {"to": "new", "kind": "proposals"},
        {"to": "2", "best": "0"},
        {"to": "2", "best": "x"},
        {"to": "2", "best": "9999"},
    ],
)
def test_what_cannot_be_is_refused(room: Room, desk, fields: dict[str, str]) -> None:
    answer = feed(room, desk, **fields)
    assert answer.status_code == 422
    assert "Choose a question of this session" in words(answer)


def test_a_question_that_people_answered_takes_nothing(room: Room, desk) -> None:
    before = options(room, 1)
    room.act(desk, "open", 1)
    assert feed(room, desk, to=room.activities[1]).status_code == 409
    room.vote(1, 2)
    room.act(desk, "close", 1, round=room.round_ids(1)[0])
    assert feed(room, desk, to=room.activities[1]).status_code == 409
    assert options(room, 1) == before
    assert str(room.activities[1]) not in [
        tag["value"]
        for tag in soup(desk.get(f"/desk/activities/{room.activities[0]}/feed")).select("[name=to]")
    ]


def test_a_list_that_nobody_voted_on_keeps_its_order(room: Room, sign_in) -> None:
    browser = sign_in()
    assert "5 options" in words(browser.get(f"/desk/activities/{room.activities[0]}/feed"))
    feed(room, browser, to=room.activities[1], best=2)
    assert options(room, 1)[2:] == options(room, 0)[:2]


def test_who_may_only_see_moves_nothing(room: Room, sign_in) -> None:
    expert = sign_in("e@example.org", SN="expert")
    address = f"/desk/activities/{room.activities[0]}/feed"
    assert expert.get(address).status_code == 403
    assert expert.post(address, data={"csrf_token": token(expert), "to": "new"}).status_code == 403


def test_taking_a_list_back_or_taking_nothing_leaves_where_the_list_came_from(room: Room, desk) -> None:
    def source() -> int | None:
        with room.app.app_context():
            return db.session.get_one(Activity, room.activities[1]).source_id

    with room.app.app_context():
        db.session.get_one(Activity, room.activities[1]).source_id = room.activities[2]
        db.session.commit()
    feed(room, desk, to=room.activities[1])
    assert source() == room.activities[0]
    form = soup(desk.get(f"/desk/sessions/{room.session}")).select_one(".flash form")
    desk.post(form["action"], data={tag["name"]: tag["value"] for tag in form.select("input")})
    assert source() == room.activities[2]
    with room.app.app_context():
        both = [db.session.get_one(Activity, number) for number in room.activities[:2]]
        for item in both[0].options:
            both[1].offer(item)
        db.session.commit()
    feed(room, desk, to=room.activities[1])
    assert source() == room.activities[2]
    assert "0 options were added" in words(desk.get(f"/desk/sessions/{room.session}"))


def test_a_list_goes_to_another_session_of_the_workshop_and_comes_back(room: Room, desk) -> None:
    with room.app.app_context():
        workshop = db.session.get_one(Activity, room.activities[0]).session.workshop
        later = factories.session(workshop=workshop, position=1, title={"en": "Afternoon"})
        gone = factories.session(workshop=workshop, position=2, withdrawn=True)
        near, lost = (factories.activity("ranking", 0, session=each) for each in (later, gone))
        far = factories.activity("ranking", 0)
        ids = near.id, lost.id, far.id
        db.session.commit()
        number = later.id
    page = soup(desk.get(f"/desk/activities/{room.activities[0]}/feed"))
    assert [tag["value"] for tag in page.select("[name=to]")][-2:] == [str(ids[0]), "new"]
    assert "Ranking · Afternoon" in page.get_text()
    assert [feed(room, desk, to=to).status_code for to in ids] == [303, 422, 422]
    assert "List from question 1 · Challenges" in words(desk.get(f"/desk/sessions/{number}"))
    feed(room, desk, to=ids[0], best=1)
    undo = soup(desk.get(f"/desk/sessions/{room.session}")).select_one(".flash form")
    desk.post(undo["action"], data={tag["name"]: tag["value"] for tag in undo.select("input")})
    with room.app.app_context():
        assert len(db.session.get_one(Activity, ids[0]).options) == 5


@pytest.fixture
def families(app: Flask) -> Room:
    """Give three families of recommendations, a list about a challenge, and the question that weighs them."""
    made = rooms.made(app, *["proposals"] * 4, "matrix2x2")
    with app.app_context():
        for place, number in enumerate(made.activities):
            asked = db.session.get_one(Activity, number)
            asked.settings = {"collects": "recommendation"} if place < 4 else {}
            asked.offered = asked.offered[: place + 1] if place < 4 else []
        asked.source_id, db.session.get_one(Activity, made.activities[3]).about_id = made.activities[2], 1
        db.session.commit()
    return made


def test_the_lists_of_all_families_go_on_in_one_click(families: Room, admin) -> None:
    lists = [options(families, place) for place in range(4)]
    families.act(admin, "show", activity=families.activities[2])
    page = soup(admin.get(f"/desk/sessions/{families.session}"))
    assert not [form for form in page.select("form") if "all 3 lists" in form.get_text()]
    families.act(admin, "open", 2)
    page = soup(admin.get(f"/desk/sessions/{families.session}"))
    form = next(form for form in page.select("form") if "Use all 3 lists in question 5" in form.get_text())
    admin.post(form["action"], data={tag["name"]: tag["value"] for tag in form.select("input")})
    assert options(families, 4) == [*lists[0], *lists[1], *lists[2]]
    with families.app.app_context():
        assert db.session.get_one(Activity, families.activities[4]).source_id == families.activities[2]
    page = soup(admin.get(f"/desk/sessions/{families.session}"))
    told, undo = page.get_text(), page.select_one(".flash form")
    assert [f"List from question {number}" in told for number in (1, 2, 3, 4)] == [True, True, True, False]
    admin.post(undo["action"], data={tag["name"]: tag["value"] for tag in undo.select("input")})
    assert options(families, 4) == []


def test_the_best_of_each_family_go_on(families: Room, admin) -> None:
    lists = [options(families, place) for place in range(3)]
    page = soup(admin.get(f"/desk/activities/{families.activities[0]}/feed"))
    assert len(page.select("#all-hint li")) == 2
    families.act(admin, "feed", 0, to=families.activities[4], best=1, all=1)
    assert options(families, 4) == [each[0] for each in lists]
    families.act(admin, "feed", 0, to=families.activities[1], all=1)  # a family among those that come
    assert options(families, 1) == [*lists[1], lists[0][0], *lists[2]]


def test_more_than_sixty_options_go_nowhere_and_the_best_of_them_do(app: Flask, admin) -> None:
    long = rooms.made(app, "choice", "ranking", options=60)
    before = options(long, 1)
    refused = feed(long, admin, to=long.activities[1], best=1)
    assert refused.status_code == 422
    assert "At most 60 options fit" in words(refused)
    assert options(long, 1) == before
    with app.app_context():
        ranking = db.session.get_one(Activity, long.activities[1])
        ranking.offered = ranking.offered[:20]
        db.session.commit()
    assert feed(long, admin, to=long.activities[1]).status_code == 422
    assert feed(long, admin, to=long.activities[1], best=40).status_code == 303
    assert len(options(long, 1)) == 60


def test_lists_taken_one_after_another_are_all_named(app: Flask, admin) -> None:
    """And a later question that shares an option is not where it came from."""
    three = rooms.made(app, "choice", "choice", "choice", "choice")
    with app.app_context():
        for place, kept in enumerate(([0, 1], [2], [3], [])):
            asked = db.session.get_one(Activity, three.activities[place])
            asked.offered = [asked.offered[number] for number in kept]
        db.session.commit()
    three.act(admin, "feed", 1, to=three.activities[2])
    three.act(admin, "feed", 0, to=three.activities[2])
    three.act(admin, "feed", 2, to=three.activities[3], best=1)
    with app.app_context():
        session = db.session.get_one(Activity, three.activities[0]).session
        order = session.running_order
        taken = [[order.index(each) for each in asked.sources] for asked in order]
        assert taken == [[], [], [0, 1], [2]]


def test_a_list_that_has_gone_on_is_not_offered_twice(app: Flask, admin) -> None:
    """Ideas that are read again and added to, as in a nominal group, are one list."""
    group = rooms.made(app, "proposals", "proposals", "ranking", "proposals")
    with app.app_context():
        asked = [db.session.get_one(Activity, number) for number in group.activities]
        for each in asked:
            each.settings = {"collects": "challenge"} if each.kind == "proposals" else {}
        asked[1].source_id, asked[2].source_id = asked[0].id, asked[1].id
        db.session.flush()
        order = asked[0].session.running_order
        found = [[order.index(sister) for sister in each.sisters] for each in order]
        assert found == [[0, 3], [1, 3], [2], [1, 3]]
