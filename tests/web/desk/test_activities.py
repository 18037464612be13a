"""Preparing questions at the desk: write, order, duplicate, remove, and what is settled by the first vote."""

import json

import pytest
from werkzeug.datastructures import MultiDict

from facilitator import db
from facilitator.kinds import KINDS
from facilitator.models.activity import Activity
from facilitator.models.session import Session
from tests import factories
from tests.web.desk.asking import errors, soup, token, words
from tests.web.desk.rooms import made

NAMES = list(KINDS)


@pytest.fixture
def room(app):
    return made(app, "choice", "ranking", "choice")


def fields(page):
    """Read a page's form as a browser would post it, without any button."""
    form = soup(page).select_one("form#activity-form")
    read = MultiDict()
    for tag in form.select("input[name], textarea[name]"):
        if tag.get("type") in {"radio", "checkbox"} and not tag.has_attr("checked"):
            continue
        read.add(tag["name"], tag.get_text() if tag.name == "textarea" else tag.get("value", ""))
    for tag in form.select("select"):
        chosen = tag.select_one("option[selected]") or tag.option
        read.add(tag["name"], chosen["value"])
    return read


def offered(page, name):
    """Read what can be ticked under a name."""
    return [tag["value"] for tag in soup(page).select(f"input[name={name}]")]


def form(**given):
    """Fill in a form of two languages and two options; what is given wins."""
    answers = {
        "kind": NAMES[0],
        "prompt-fr": "Quel défi ?",
        "prompt-en": "Which challenge?",
        "option-item": ["", ""],
        "option-fr": ["Un", "Deux"],
        "option-en": ["One", "Two"],
        "most": "1",
        "press": "save",
    }
    return answers | {name.replace("_", "-"): value for name, value in given.items()}


def post(browser, address, answers):
    return browser.post(address, data=MultiDict(answers) | MultiDict({"csrf_token": token(browser)}))


def written(app, number):
    with app.app_context():
        activity = db.session.get_one(Activity, number)
        return activity.kind, activity.prompt, [item.wording for item in activity.options], activity.settings


def order(app, room):
    with app.app_context():
        return [activity.id for activity in db.session.get_one(Session, room.session).running_order]


@pytest.mark.parametrize("kind", NAMES)
def test_a_question_of_every_kind_is_written_from_its_own_form(app, admin, room, kind):
    address = f"/desk/sessions/{room.session}/activities/new"
    answers = fields(admin.get(f"{address}?kind={kind}"))
    answers.setlist("option-fr", ["Un", "Deux", ""])
    answers.setlist("option-en", ["One", "Two", ""])
    answers["prompt-fr"], answers["prompt-en"] = "Quel défi ?", "Which challenge?"
    answers.setlist("targets", offered(admin.get(f"{address}?kind={kind}"), "targets")[:2])
    answer = admin.post(address, data=answers)
    assert (answer.status_code, answer.location) == (303, f"/desk/sessions/{room.session}")
    assert "Saved with 2 options." in words(admin.get(answer.location))
    new = order(app, room)[-1]
    found = written(app, new)
    assert found[:3] == (
        kind,
        {"fr": "Quel défi ?", "en": "Which challenge?"},
        [{"fr": "Un", "en": "One"}, {"fr": "Deux", "en": "Two"}],
    )
    assert room.trail() == [("create", f"activity {new}")]


def test_a_ranking_that_is_written_anew_still_asks_the_same_again(app, admin, room):
    number = room.activities[1]
    with app.app_context():
        asked = db.session.get_one(Activity, number)
        asked.settings = {"ties": True, "top": 5, "again": True}
        db.session.commit()
    address = f"/desk/activities/{number}/edit"
    answers = fields(admin.get(address))
    assert admin.post(address, data=answers).status_code == 303
    assert written(app, number)[3] == {"ties": True, "top": 5, "again": True}


def test_actions_are_linked_to_the_challenges_of_another_session_of_the_workshop(app, admin, room):
    with app.app_context():
        here = db.session.get_one(Session, room.session)
        said = [{"fr": "Accès", "en": "Access"}, {"fr": "Budget", "en": "Budget"}]
        for title, withdrawn in (("Morning", False), ("Trial", True)):
            there = factories.session(workshop=here.workshop, title={"en": title}, withdrawn=withdrawn)
            factories.activity(options=[{"fr": title, "en": title}, *said], session=there)
        factories.activity(options=[{"en": "Elsewhere"}] * 2, session=factories.session())
        db.session.commit()
    page = admin.get(f"/desk/sessions/{room.session}/activities/new?kind=linking")
    targets = [json.loads(value)[1]["en"] for value in offered(page, "targets")]
    assert targets[-3:] == ["Morning", "Access", "Budget"]
    assert targets[0] == "Difficult to understand"
    assert not {"Trial", "Elsewhere"} & set(targets)


def test_the_form_offers_every_kind_with_its_hint(admin, room):
    page = soup(admin.get(f"/desk/sessions/{room.session}/activities/new"))
    cards = [card.get_text(" ", strip=True) for card in page.select(".kind-card")]
    assert cards == [f"{kind.label} {kind.hint}" for kind in KINDS.values()]


def test_choosing_another_kind_keeps_what_is_written(admin, room):
    address = f"/desk/sessions/{room.session}/activities/new"
    page = post(admin, address, form(press=f"kind:{NAMES[1]}"))
    assert page.status_code == 200
    kept = fields(page)
    assert (kept["kind"], kept["prompt-fr"], kept.getlist("option-en")) == (
        NAMES[1],
        "Quel défi ?",
        ["One", "Two"],
    )


def test_rows_are_added_moved_and_pasted_without_a_script(admin, room):
    address = f"/desk/sessions/{room.session}/activities/new"
    kept = fields(post(admin, address, form(press="add")))
    assert kept.getlist("option-fr") == ["Un", "Deux", ""]
    kept = fields(post(admin, address, form(press="up:1")))
    assert kept.getlist("option-en") == ["Two", "One"]
    kept = fields(
        post(admin, address, form(press="paste", pasted_fr="Trois\nQuatre", pasted_en="Three\nFour"))
    )
    assert kept.getlist("option-fr") == ["Un", "Deux", "Trois", "Quatre"]
    assert len(room.trail()) == 0


@pytest.mark.parametrize(
    ("given", "where", "says"),
    [
        ({"prompt_fr": "", "prompt_en": " "}, "prompt-fr", "Write the question"),
        ({"prompt_fr": "x" * 10_000}, "prompt-fr", "10000 characters"),
        ({"option_fr": ["Un", ""], "option_en": ["", ""]}, "options", "at least two options"),
        ({"option_fr": ["Un", "un"]}, "option-1-fr", "The same as option 1."),
        ({"option_en": ["One", "T" * 10_000]}, "option-1-en", "10000 characters"),
        ({"most": "101"}, "most", "from 0 to"),
        ({"most": "many"}, "most", "number from 0"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(app, admin, room, given, where, says):
    page = post(admin, f"/desk/sessions/{room.session}/activities/new", form(**given))
    assert page.status_code == 422
    assert says in errors(page)[where]
    assert fields(page)["prompt-en"] == form(**given)["prompt-en"].strip()
    assert len(order(app, room)) == 3
    assert room.trail() == []


def test_a_missing_translation_is_kept_named_and_refused_at_opening(app, admin, room):
    page = post(
        admin, f"/desk/sessions/{room.session}/activities/new", form(prompt_fr="", option_en=["One", ""])
    )
    said = words(admin.get(page.location))
    assert "French is missing for the question." in said
    assert "English is missing for option 2." in said
    room.activities.append(order(app, room)[-1])
    assert room.act(admin, "open", 3).status_code == 422
    assert "It can be opened once this is done" in words(
        admin.get(f"/desk/activities/{room.activities[3]}/edit")
    )


def test_hostile_text_stays_text(app, admin, room):
    nasty = "<script>alert(1)</script> %(name)s {{ 7*7 }} \u202e =1+1"
    page = post(
        admin,
        f"/desk/sessions/{room.session}/activities/new",
        form(prompt_fr=nasty, option_fr=[nasty, "Deux"]),
    )
    new = order(app, room)[-1]
    told = nasty.replace("\u202e ", "")
    assert written(app, new)[1]["fr"] == told, "all but the sign that turns the direction"
    for address in (page.location, f"/desk/activities/{new}/edit"):
        shown = admin.get(address, query_string={"language": "fr"})
        assert shown.status_code == 200
        assert not soup(shown).find("script", string="alert(1)")
        assert told in soup(shown).get_text() or told in str(fields(shown).getlist("prompt-fr"))


def test_an_edit_keeps_items_and_other_languages(app, admin, room):
    address = f"/desk/activities/{room.activities[0]}/edit"
    answers = fields(admin.get(address))
    before = answers.getlist("option-item")
    answers.setlist("option-fr", ["Autre", *answers.getlist("option-fr")[1:]])
    assert admin.post(address, data=answers).status_code == 303
    with app.app_context():
        activity = db.session.get_one(Activity, room.activities[0])
        assert activity.options[0].wording["fr"] == "Autre"
        assert activity.options[0].wording["ar"]
        assert activity.prompt["ar"]
        assert [str(item.id) for item in activity.options][1:] == before[1:]
    assert room.trail() == [("change", f"activity {room.activities[0]}")]


def test_an_item_of_elsewhere_or_twice_is_taken_as_new(app, admin, room):
    address = f"/desk/activities/{room.activities[0]}/edit"
    mark = fields(admin.get(address))["mark"]
    items = [fields(admin.get(f"/desk/activities/{room.activities[1]}/edit")).getlist("option-item")[0]] * 2
    for forged in (items, ["x", "9" * 40], ["-1", ""]):
        page = post(admin, address, form(mark=mark, option_item=forged))
        assert page.status_code == 303
        assert [texts["fr"] for texts in written(app, room.activities[0])[2]] == ["Un", "Deux"]
        mark = fields(admin.get(address))["mark"]


def test_what_someone_else_changed_is_not_overwritten_unseen(app, admin, room):
    address = f"/desk/activities/{room.activities[0]}/edit"
    mark = fields(admin.get(address))["mark"]
    assert post(admin, address, form(mark=mark, prompt_fr="Le sien")).status_code == 303
    page = post(admin, address, form(mark=mark, prompt_fr="Le mien"))
    assert page.status_code == 409
    assert "Someone else has changed this question" in words(page)
    assert written(app, room.activities[0])[1]["fr"] == "Le sien"
    again = fields(page)
    assert again["prompt-fr"] == "Le mien"
    assert admin.post(address, data=again).status_code == 303
    assert written(app, room.activities[0])[1]["fr"] == "Le mien"


def test_after_the_first_vote_the_wording_is_settled_and_a_copy_offered(app, admin, room):
    address = f"/desk/activities/{room.activities[0]}/edit"
    answers = fields(admin.get(address))
    room.act(admin, "open", 0)
    room.vote(0)
    room.act(admin, "close", 0)
    page = admin.get(address)
    assert page.status_code == 409
    assert "its wording can no longer change" in words(page)
    offer = soup(page).select_one(".card form")["action"]
    assert admin.post(offer, data={"csrf_token": token(admin)}).status_code == 303
    twin = order(app, room)[1]
    assert twin not in room.activities
    assert written(app, twin)[:2] == written(app, room.activities[0])[:2]
    late = admin.post(address, data=answers)
    assert late.status_code == 409
    assert fields(late)["prompt-fr"] == answers["prompt-fr"]


def test_what_was_written_too_late_becomes_a_new_question(app, admin, room):
    address = f"/desk/activities/{room.activities[0]}/edit"
    mark = fields(admin.get(address))["mark"]
    room.act(admin, "open", 0)
    late = post(admin, address, form(mark=mark))
    assert late.status_code == 409
    assert "This question is open. Close it first." in words(late)
    assert soup(late).select_one("button[value=copy]")
    assert post(admin, address, form(mark=mark, press="copy")).status_code == 303
    assert written(app, order(app, room)[-1])[1] == {"fr": "Quel défi ?", "en": "Which challenge?"}
    assert written(app, room.activities[0])[1]["fr"] != "Quel défi ?"


@pytest.mark.parametrize(("to", "places"), [(0, [2, 0, 1]), (1, [0, 2, 1]), (2, [0, 1, 2]), (99, [0, 1, 2])])
def test_the_order_is_moved(app, admin, room, to, places):
    room.act(admin, "move", 2, position=to)
    assert order(app, room) == [room.activities[place] for place in places]
    assert room.trail() == [("move", f"activity {room.activities[2]}")]


@pytest.mark.parametrize("position", ["", "x", "-1", "9" * 30])
def test_a_place_of_nonsense_moves_nothing(app, admin, room, position):
    assert room.act(admin, "move", 2, position=position).status_code == 409
    assert order(app, room) == room.activities


def test_a_question_is_removed_and_comes_back(app, admin, room):
    page = soup(admin.get(room.act(admin, "remove", 1).location))
    assert "Removed: Which challenge matters most?" in page.get_text()
    assert order(app, room) == [room.activities[0], room.activities[2]]
    undo = page.select_one(".flash form")
    assert admin.post(undo["action"], data={"csrf_token": token(admin)}).status_code == 303
    assert sorted(order(app, room)) == room.activities
    assert [act for act, _subject in room.trail()] == ["withdraw", "restore"]


def test_what_was_voted_on_stays(app, admin, room):
    room.act(admin, "open", 0)
    assert room.act(admin, "remove", 0).status_code == 409
    room.vote(0)
    room.act(admin, "close", 0)
    answer = room.act(admin, "remove", 0)
    assert answer.status_code == 409
    assert "People have voted" in words(answer)
    assert order(app, room) == room.activities
    assert "Remove" not in soup(answer).select_one(".order-row").get_text()


def test_a_copy_is_taken_back(app, admin, room):
    page = soup(admin.get(room.act(admin, "duplicate", 0).location))
    assert len(order(app, room)) == 4
    undo = page.select_one(".flash form")
    admin.post(undo["action"], data={"csrf_token": token(admin)})
    assert order(app, room) == room.activities


ACTS = ("duplicate", "move", "remove", "restore")


@pytest.mark.parametrize(
    ("roles", "status"),
    [
        ({"SN": "expert"}, 403),
        ({"SN": "authority"}, 403),
        ({"ML": "facilitator"}, 404),
        ({"ML": "expert"}, 404),
    ],
)
def test_who_may_not_prepare(app, sign_in, room, roles, status):
    browser = sign_in("someone@example.org", **roles)
    forms = (f"/desk/sessions/{room.session}/activities/new", f"/desk/activities/{room.activities[0]}/edit")
    for address in forms:
        assert browser.get(address).status_code == status
        assert post(browser, address, form()).status_code == status
    assert {what: room.act(browser, what, 0).status_code for what in ACTS} == dict.fromkeys(ACTS, status)
    assert order(app, room) == room.activities
    assert room.trail() == []


@pytest.mark.parametrize("role", ["facilitator", "coordinator"])
def test_who_may_prepare(sign_in, room, role):
    browser = sign_in("someone@example.org", SN=role)
    assert post(browser, f"/desk/sessions/{room.session}/activities/new", form()).status_code == 303
    answers = {what: room.act(browser, what, 0, position=1).status_code for what in ACTS}
    assert answers == dict.fromkeys(ACTS, 303)
