"""Laying a block at the desk: chosen on its page, editable afterwards, taken out again as a whole."""

import pytest

from facilitator import db
from facilitator.blocks import BLOCKS
from facilitator.models.activity import Activity
from facilitator.models.beginnings import FAMILIES
from facilitator.models.session import Session
from tests import factories
from tests.web.desk.asking import send, soup, words
from tests.web.desk.rooms import made


@pytest.fixture
def room(app):
    return made(app, "choice")


def address(room, part=""):
    return f"/desk/sessions/{room.session}/blocks{part}"


def order(app, room):
    with app.app_context():
        return [each.id for each in db.session.get_one(Session, room.session).running_order]


def laid(app, room):
    with app.app_context():
        found = [db.session.get_one(Activity, number) for number in order(app, room)[1:]]
        return [(each.kind, each.minutes, each.source_id is not None, list(each.prompt)) for each in found]


def test_the_running_page_leads_to_the_blocks(admin, room):
    page = admin.get(f"/desk/sessions/{room.session}")
    assert soup(page).select_one(f'a[href="{address(room)}"]').get_text(strip=True) == "Lay a block"


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_page_shows_every_block_with_its_steps(admin, room, language):
    page = soup(admin.get(f"{address(room)}?language={language}"))
    shown = {
        form.select_one("[name=block]")["value"]: len(form.select("ol li")) for form in page.select(".block")
    }
    assert shown == {name: len(block.every_step) for name, block in BLOCKS.items()}
    assert "{topic}" not in page.get_text()


def test_challenges_are_laid_in_the_workshops_languages_with_minutes_and_sources(app, admin, room):
    answer = send(admin, address(room), block="challenges")
    assert (answer.status_code, answer.location) == (303, f"/desk/sessions/{room.session}")
    assert "3 questions were added." in words(admin.get(answer.location))
    assert laid(app, room) == [
        ("proposals", 15, False, ["fr", "en"]),
        ("choice", 10, True, ["fr", "en"]),
        ("ranking", 15, True, ["fr", "en"]),
    ]
    assert ("lay", f"session {room.session}") in room.trail()


def test_what_was_laid_goes_and_comes_back_together(app, admin, room):
    send(admin, address(room), block="needs")
    before = order(app, room)
    undo = soup(admin.get(f"/desk/sessions/{room.session}")).select_one(".flash form")
    assert undo["action"] == address(room, "/withdraw")
    numbers = undo.select_one("[name=activities]")["value"]
    gone = send(admin, undo["action"], activities=numbers)
    assert "3 questions were removed." in words(admin.get(gone.location))
    assert order(app, room) == room.activities
    send(admin, address(room, "/restore"), activities=numbers)
    assert order(app, room) == before
    assert [act for act, _subject in room.trail()] == ["lay", "withdraw", "restore"]


def test_nothing_is_taken_out_once_one_of_them_is_voted_on(app, admin, room):
    send(admin, address(room), block="evaluation")
    before = order(app, room)
    room.activities = before
    room.act(admin, "open", 1)
    answer = send(admin, address(room, "/withdraw"), activities=" ".join(map(str, before[1:])))
    assert answer.status_code == 409
    assert order(app, room) == before


def test_questions_of_another_session_are_not_taken_out(app, admin, room):
    other = made(app)
    send(admin, address(room, "/withdraw"), activities=str(other.activities[0]))
    assert order(app, other) == other.activities


def test_a_laid_step_without_its_list_yet_can_be_edited(app, admin, room):
    send(admin, address(room), block="challenges")
    number = order(app, room)[2]
    edit = f"/desk/activities/{number}/edit"
    page = soup(admin.get(edit))
    assert page.select_one("#minutes")["value"] == "10"
    answers = {"kind": "choice", "mark": page.select_one("[name=mark]")["value"], "most": "0"}
    answers |= {"prompt_fr": "Lesquels ?", "prompt_en": "Which?", "minutes": "25", "press": "save"}
    assert send(admin, edit, **answers).status_code == 303
    with app.app_context():
        assert db.session.get_one(Activity, number).minutes == 25


@pytest.mark.parametrize("minutes", ["0", "601", "-5", "ten", "9" * 30])
def test_minutes_are_a_plain_number(app, admin, room, minutes):
    number = room.activities[0]
    page = soup(admin.get(f"/desk/activities/{number}/edit"))
    answers = {"kind": "choice", "mark": page.select_one("[name=mark]")["value"], "most": "1"}
    answers |= {"prompt_fr": "Lesquels ?", "prompt_en": "Which?", "press": "save", "minutes": minutes}
    answers |= {"option_item": ["", ""], "option_fr": ["Un", "Deux"], "option_en": ["One", "Two"]}
    answer = send(admin, f"/desk/activities/{number}/edit", **answers)
    assert answer.status_code == 422
    assert "from 1 to 600" in soup(answer).select_one("#minutes-error").get_text()


def test_corrective_actions_take_the_first_challenges_of_a_vote(app, admin, room):
    room.act(admin, "open", 0)
    with app.app_context():
        third = db.session.get_one(Activity, room.activities[0]).options[2]
        text, number = third.wording["en"], third.id
    room.vote(0, phones=2, options=[number])
    room.act(admin, "close", 0, round=room.round_ids(0)[0])
    answer = send(admin, address(room), block="corrective", source=str(room.activities[0]), count="1")
    assert answer.status_code == 303
    with app.app_context():
        collect, rank = (db.session.get_one(Activity, each) for each in order(app, room)[1:])
        assert (collect.kind, rank.kind, rank.source_id) == ("proposals", "ranking", collect.id)
        assert collect.about_id == rank.about_id == number
        assert text in collect.prompt["en"]


@pytest.mark.parametrize(("options", "status", "passes"), [(4, 303, 4), (11, 422, 0)])
def test_no_challenge_is_cut_off_that_shares_its_place(app, admin, options, status, passes):
    room = made(app, "choice", options=options)
    with app.app_context():
        asked = db.session.get_one(Session, room.session).running_order[0]
        ids = [item.id for item in asked.options]
        factories.answered(asked, [{"options": ids}, {"options": ids}])
        db.session.commit()
    answer = send(admin, address(room), block="corrective", source=str(room.activities[0]), count="3")
    told = words(admin.get(answer.location) if answer.location else answer)
    assert (answer.status_code, len(laid(app, room))) == (status, 2 * passes)
    assert ("share the last place came along" in told, "More than 10 share" in told) == (
        passes > 0,
        not passes,
    )


@pytest.mark.parametrize(
    ("source", "count"), [("", "3"), ("999", "3"), (None, "0"), (None, "11"), (None, "x")]
)
def test_corrective_actions_say_what_is_missing(app, admin, room, source, count):
    source = str(room.activities[0]) if source is None else source
    answer = send(admin, address(room), block="corrective", source=source, count=count)
    assert answer.status_code == 422
    assert soup(answer).select_one("#error-corrective")
    assert order(app, room) == room.activities


def test_a_session_without_lists_says_what_comes_first(app, admin):
    with app.app_context():
        number = factories.session(workshop=factories.workshop(languages=["fr"])).id
        db.session.commit()
    page = soup(admin.get(f"/desk/sessions/{number}/blocks"))
    form = page.select_one(".block:has([value=corrective])")
    assert "First collect or rank challenges" in form.get_text()
    assert not form.select("button")


def test_what_was_answered_is_offered_first(app, admin):
    room = made(app, "choice", "choice")
    room.act(admin, "open", 0)
    options = soup(admin.get(address(room))).select("#source option")
    assert [option["value"] for option in options] == list(map(str, room.activities))
    assert options[0].get_text().startswith("1. ")


def targets(browser, room):
    """List the questions to which one click takes the list of the one before the room."""
    page = soup(browser.get(f"/desk/sessions/{room.session}"))
    forms = page.select(f'form[action="/desk/activities/{room.activities[0]}/feed"]')
    return [int(form.select_one("[name=to]")["value"]) for form in forms]


def test_one_click_takes_a_list_to_the_steps_that_wait_for_it(app, admin):
    room = made(app, "choice", "ranking", "ranking")
    room.act(admin, "next")
    room.act(admin, "open", 0)
    room.act(admin, "close", 0, round=room.round_ids(0)[0])
    assert targets(admin, room) == [room.activities[1]]
    with app.app_context():
        db.session.get_one(Activity, room.activities[2]).source_id = room.activities[0]
        db.session.commit()
    assert targets(admin, room) == [room.activities[2]]


def test_no_click_pours_a_list_into_a_question_that_needs_none(app, admin):
    room = made(app, "choice", "proposals")
    room.act(admin, "next")
    room.act(admin, "open", 0)
    room.act(admin, "close", 0, round=room.round_ids(0)[0])
    assert targets(admin, room) == []


def test_a_guide_without_families_starts_with_those_every_guide_is_offered(app, admin, room):
    page = soup(admin.get(address(room)))
    offered = [tick["value"] for tick in page.select("[name=family]")]
    assert offered == list(FAMILIES)
    assert send(admin, address(room), block="recommendations", family=offered).status_code == 303
    with app.app_context():
        assert db.session.get_one(Session, room.session).workshop.guide.families == FAMILIES


def test_recommendations_are_collected_by_the_chosen_families(app, admin, room):
    with app.app_context():
        db.session.get_one(Session, room.session).workshop.guide.families = dict(FAMILIES)
        db.session.commit()
    assert send(admin, address(room), block="recommendations").status_code == 422
    assert send(admin, address(room), block="recommendations", family=["training", "x"]).status_code == 303
    with app.app_context():
        collect, *rest = (db.session.get_one(Activity, each) for each in order(app, room)[1:])
        assert FAMILIES["training"]["en"] in collect.prompt["en"]
        assert collect.settings["family"] == "training"
        assert [(each.kind, each.source_id) for each in rest] == [
            ("matrix2x2", collect.id),
            ("adoption", rest[0].id),
        ]


def test_an_unknown_block_is_not_there(admin, room):
    assert send(admin, address(room), block="nonsense").status_code == 404


@pytest.mark.parametrize(("role", "status"), [({"SN": "expert"}, 403), ({"ML": "facilitator"}, 404)])
def test_only_who_runs_the_session_lays_blocks(sign_in, room, role, status):
    browser = sign_in("other@example.org", **role)
    assert browser.get(address(room)).status_code == status
    for part in ("", "/withdraw", "/restore"):
        assert send(browser, address(room, part), block="needs").status_code == status
