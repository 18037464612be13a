"""Items of a guide: listed, brought in row by row, marked, their words safe once people answered."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from facilitator import ballotbox, db
from facilitator.models import beginnings
from facilitator.models.activity import Activity
from facilitator.models.guide import Guide
from facilitator.models.item import Item
from tests import factories
from tests.web.desk import rooms
from tests.web.desk.asking import errors, send, soup, token, words
from tests.web.desk.test_table import workbook


@pytest.fixture
def guide(app: Flask) -> int:
    """Make a guide with its beginnings."""
    with app.app_context():
        made = factories.guide(languages=["fr", "en"])
        beginnings.offer(made)
        db.session.commit()
        return made.id


@pytest.fixture
def desk(sign_in, guide: int) -> FlaskClient:
    return sign_in()


def found(app: Flask, text: str) -> Item | None:
    with app.app_context():
        return next((item for item in db.session.query(Item) if text in item.wording.values()), None)


def bring(desk: FlaskClient, address: str, lines: str = "", file: bytes = b"", **given: str):
    data = {"lines": lines, "language": "fr", "category": "action", "csrf_token": token(desk)} | given
    if file:
        data["file"] = (io.BytesIO(file), "items.xlsx")
    return desk.post(address, data=data, content_type="multipart/form-data")


def test_a_new_guide_starts_from_five_challenges(desk, guide) -> None:
    page = soup(desk.get(f"/desk/guides/{guide}/items"))
    assert page.find("h2").get_text() == "Challenge"
    assert len(page.select(".rows a")) == 5
    assert "Items" in words(desk.get(f"/desk/guides/{guide}"))


def test_lines_are_pasted_and_reported(app, desk, guide) -> None:
    address = f"/desk/guides/{guide}/items/bring"
    answer = bring(
        desk, address, "Former les points focaux\n\nPublier, chaque année\nFormer les  points FOCAUX"
    )
    assert answer.status_code == 200
    said = words(answer)
    assert "2 rows were taken. 1 row was not taken:" in said
    assert "Row 4 Former les points FOCAUX The same as row 1." in said
    assert found(app, "Publier, chaque année").category == "action"
    again = words(bring(desk, address, "Former les points focaux"))
    assert "It is in the guide already." in again


def test_a_table_says_what_each_row_is(app, desk, guide) -> None:
    file = workbook(
        ("Texte", "EN", "Catégorie", "Famille"),
        ("Former", "Train", "Recommendation", "En matière de coopération"),
        ("Publier", None, "practice", "training"),
        ("Autre", None, "nonsense", None),
        ("Encore", None, None, "nulle part"),
        (None, None, "need", None),
        ("x" * 301, None, None, None),
    )
    said = words(bring(desk, f"/desk/guides/{guide}/items/bring", file=file))
    assert "2 rows were taken. 4 rows were not taken:" in said
    assert "Row 4 Autre “nonsense” is not known here." in said
    assert "Row 5 Encore “nulle part” is not known here." in said
    assert "Row 6 There is no text." in said
    assert "301 characters" in said
    first = found(app, "Train")
    assert first.wording == {"en": "Train", "fr": "Former"}
    assert (first.category, first.family) == ("recommendation", "cooperation")
    assert (found(app, "Publier").category, found(app, "Publier").family) == ("practice", "training")


def test_languages_come_with_the_row(app, desk, guide) -> None:
    lines = "texte\tlangue\nTrain\tanglais\nتدريب\tar\nEt\tlatin"
    said = words(bring(desk, f"/desk/guides/{guide}/items/bring", lines))
    assert "The language “latin” is not known." in said
    assert found(app, "Train").wording == {"en": "Train"}
    assert found(app, "تدريب").wording == {"ar": "تدريب"}


def test_what_was_brought_in_can_be_taken_out(app, desk, guide) -> None:
    answer = bring(desk, f"/desk/guides/{guide}/items/bring", "un\ndeux")
    form = soup(answer).select_one(".flash form")
    desk.post(form["action"], data={tag["name"]: tag["value"] for tag in form.select("input")})
    assert found(app, "un") is None
    assert found(app, "Difficult to understand")


def test_bringing_items_in_and_out_is_in_the_trail(app, sign_in) -> None:
    room = rooms.made(app)
    desk = sign_in()
    for address in ("/desk/guides/1/items/bring", f"/desk/activities/{room.activities[0]}/options"):
        form = soup(bring(desk, address, "un\ndeux", category="challenge")).select_one(".flash form")
        desk.post(form["action"], data={tag["name"]: tag["value"] for tag in form.select("input")})
    acts = [act for act, _subject in room.trail()]
    assert acts == ["bring", "unbring", "bring", "unfeed"]


def test_what_something_answers_meanwhile_stays_when_it_is_taken_out(app, desk, guide) -> None:
    page = bring(desk, f"/desk/guides/{guide}/items/bring", "Un défi\nDeux", category="challenge")
    form = soup(page).select_one(".flash form")
    action = found(app, "Poor dissemination").id
    challenge = str(found(app, "Un défi").id)
    send(desk, f"/desk/items/{action}", wording_fr="x", category="action", about=challenge, family="")
    desk.post(form["action"], data={tag["name"]: tag["value"] for tag in form.select("input")})
    assert (found(app, "Un défi") is None, found(app, "Deux") is None) == (False, True)
    huge = {"csrf_token": token(desk), "items": f"{10**30},²,x,"}
    assert desk.post(form["action"], data=huge).status_code == 303


@pytest.mark.parametrize(
    ("file", "status"), [(b"PK\x03\x04 no archive", 422), (b"un\n" * 501, 413), (b"\x81\x8d", 422)]
)
def test_a_hostile_file_is_refused_in_words(desk, guide, file: bytes, status: int) -> None:
    answer = bring(desk, f"/desk/guides/{guide}/items/bring", file=file)
    assert answer.status_code == status
    assert "table" in words(answer)


def test_a_wrong_answer_in_the_form_is_said_at_its_field(desk, guide) -> None:
    answer = bring(desk, f"/desk/guides/{guide}/items/bring", "un", category="nonsense", language="xx")
    assert answer.status_code == 422
    assert set(errors(answer)) == {"category", "language"}


def test_options_are_brought_into_a_question(app, sign_in) -> None:
    room = rooms.made(app)
    desk, address = sign_in(), f"/desk/activities/{room.activities[0]}/options"
    assert "5 options" in words(desk.get(address))
    said = words(bring(desk, address, "Nouvelle\nDissémination pauvre", category="challenge"))
    assert "1 row was taken. 1 row was not taken: Row 2" in said
    with app.app_context():
        options = db.session.get_one(Activity, room.activities[0]).options
        assert "Nouvelle" in [item.text("fr") for item in options]
        known = {item.id for item in options}
    form = soup(bring(desk, address, "Encore une", category="challenge")).select_one(".flash form")
    desk.post(form["action"], data={tag["name"]: tag["value"] for tag in form.select("input")})
    with app.app_context():
        assert {item.id for item in db.session.get_one(Activity, room.activities[0]).options} == known


def test_an_item_of_the_guide_is_offered_itself(app, sign_in) -> None:
    room = rooms.made(app, options=2)
    with app.app_context():
        home = db.session.get_one(Activity, room.activities[0]).session.workshop.guide
        item = Item(guide=home, wording={"fr": "Connue"}, category="action")
        db.session.add(item)
        db.session.commit()
        number = item.id
    address = f"/desk/activities/{room.activities[0]}/options"
    bring(sign_in(), address, "Connue")
    assert "It is offered already." in words(bring(sign_in(), address, "Connue"))
    with app.app_context():
        assert number in [one.id for one in db.session.get_one(Activity, room.activities[0]).options]


def test_a_question_that_was_answered_takes_no_more(app, sign_in) -> None:
    room = rooms.made(app)
    desk = sign_in()
    room.act(desk, "open", 0)
    answer = bring(desk, f"/desk/activities/{room.activities[0]}/options", "Nouvelle")
    assert answer.status_code == 409
    assert found(app, "Nouvelle") is None


def test_an_item_is_marked(app, desk, guide) -> None:
    item = found(app, "Poor dissemination").id
    challenge = found(app, "Difficult to understand").id
    answer = send(
        desk,
        f"/desk/items/{item}",
        wording_fr="Peu diffusés",
        wording_en="Poor dissemination",
        category="recommendation",
        about=str(challenge),
        family="borders",
        tags=["dakar-10", "cycle-needs"],
    )
    assert answer.status_code == 303, errors(answer)
    kept = found(app, "Peu diffusés")
    assert (kept.category, kept.about_id, kept.family) == ("recommendation", challenge, "borders")
    assert kept.tags == ["dakar-10", "cycle-needs"]
    page = soup(desk.get(f"/desk/items/{item}"))
    assert [tag["value"] for tag in page.select("[name=tags][checked]")] == ["dakar-10", "cycle-needs"]


def test_a_family_of_ones_own_is_offered_from_then_on(app, desk, guide) -> None:
    item = found(app, "Poor dissemination").id
    fields = {"wording-fr": "x", "category": "recommendation", "about": "", "family": ""}
    data = fields | {"new_family": "Sur la presse", "csrf_token": token(desk)}
    assert desk.post(f"/desk/items/{item}", data=data).status_code == 303
    other = found(app, "Insufficient ownership").id
    assert "Sur la presse" in words(desk.get(f"/desk/items/{other}"))
    assert "Sur la presse" in words(desk.get(f"/desk/guides/{guide}/items"))
    with app.app_context():
        assert len(db.session.get_one(Guide, guide).families) == 6


@pytest.mark.parametrize("state", ["submitted", "endorsed"])
def test_a_guide_before_the_authority_takes_no_new_family(app, desk, guide, state: str) -> None:
    with app.app_context():
        db.session.get_one(Guide, guide).state = state
        db.session.commit()
    page = f"/desk/items/{found(app, 'Poor dissemination').id}"
    assert soup(desk.get(page)).find(attrs={"name": "new_family"}) is None
    fields = {"wording-fr": "x", "category": "recommendation", "about": "", "family": ""}
    data = fields | {"new_family": "Sur la presse", "csrf_token": token(desk)}
    answer = desk.post(page, data=data)
    assert answer.status_code == 409
    assert "no longer changes" in answer.text
    with app.app_context():
        assert len(db.session.get_one(Guide, guide).families) == 5
    assert desk.post(page, data=data | {"new_family": ""}).status_code == 303


def test_no_more_families_than_a_guide_holds(app, desk, guide) -> None:
    with app.app_context():
        made = db.session.get_one(Guide, guide)
        made.families = {f"own-{number}": {"fr": f"{number}"} for number in range(40)}
        db.session.commit()
    fields = {"wording-fr": "x", "category": "", "about": "", "family": "", "new_family": "Sur la presse"}
    page = f"/desk/items/{found(app, 'Poor dissemination').id}"
    assert desk.post(page, data=fields | {"csrf_token": token(desk)}).status_code == 422


@pytest.mark.parametrize("wrong", [{"category": "x"}, {"about": "99"}, {"family": "x"}, {"tags": "x"}])
def test_what_does_not_exist_is_refused_at_its_field(app, desk, guide, wrong: dict[str, str]) -> None:
    item = found(app, "Poor dissemination").id
    fields = {"wording_fr": "x", "category": "need", "about": "", "family": ""} | wrong
    answer = send(desk, f"/desk/items/{item}", **fields)
    assert answer.status_code == 422
    assert set(errors(answer)) == set(wrong)


def test_words_that_people_answered_on_stay(app, sign_in) -> None:
    room = rooms.made(app)
    desk = sign_in()
    with app.app_context():
        activity = db.session.get_one(Activity, room.activities[0])
        activity.session.workshop.guide.languages = ["fr", "en", "ar"]
        item = activity.options[0]
        item.wording = {"fr": "Difficiles", "en": "Difficult"}
        activity.open()
        number = item.id
        db.session.commit()
    room.vote()
    fields = {"wording-fr": "Autre", "wording-ar": "صعبة", "category": "", "about": "", "family": ""}
    answer = desk.post(f"/desk/items/{number}", data=fields | {"csrf_token": token(desk)})
    assert answer.status_code == 303
    with app.app_context():
        kept = db.session.get_one(Item, number)
        assert kept.wording == {"fr": "Difficiles", "en": "Difficult", "ar": "صعبة"}
    said = words(desk.get(f"/desk/items/{number}"))
    assert "they stay" in said
    again = desk.post(f"/desk/items/{number}", data={"csrf_token": token(desk), "category": "need"})
    assert again.status_code == 303


def test_an_item_from_the_room_knows_where_it_was_said(app, sign_in) -> None:
    room = rooms.made(app, "proposals", options=0)
    with app.app_context():
        activity = db.session.get_one(Activity, room.activities[0])
        made = activity.open()
        where = made.id, activity.session_id
        said = activity.form_kind.said({"texts": [[1, "Peu", "fr", "need"]]})
        db.session.commit()
        ballotbox.box().cast(*where, "a", '{"options":[],"texts":[[1,"Peu","fr","need"]]}', said=said).wait()
        number = activity.round.proposals[0].release().id
        db.session.commit()
    desk = sign_in()
    assert "From the room:" in words(desk.get(f"/desk/items/{number}"))
    with app.app_context():
        home = db.session.get_one(Item, number).guide_id
    assert "from the room" in words(desk.get(f"/desk/guides/{home}/items?category=need"))


def test_who_may_only_see_changes_nothing(app, desk, guide, sign_in) -> None:
    item = found(app, "Poor dissemination").id
    expert = sign_in("e@example.org", SN="expert")
    assert "Where it comes from" in words(expert.get(f"/desk/items/{item}"))
    for address in (f"/desk/items/{item}", f"/desk/guides/{guide}/items/bring"):
        assert expert.post(address, data={"csrf_token": token(expert)}).status_code == 403
    stranger = sign_in("s@example.org", ML="facilitator")
    assert stranger.get(f"/desk/items/{item}").status_code == 404
    assert stranger.get(f"/desk/guides/{guide}/items").status_code == 404
