"""For which types of institution a question is, as the desk writes it."""

import pytest

from facilitator import db
from facilitator.models.activity import Activity
from facilitator.models.session import Session
from tests import factories
from tests.web.desk.asking import soup, token, words

NEW = "/desk/sessions/1/activities/new"
WRITTEN = {
    "kind": "choice",
    "most": "1",
    "prompt-en": "What?",
    "option-item": ["", ""],
    "option-en": ["A", "B"],
}


@pytest.fixture
def session(app):
    with app.app_context():
        made = factories.session(workshop=factories.workshop(languages=["en"]))
        made.promise(named=False, asks_type=True, by_card=False, shared=False)
        db.session.commit()


def answerers(app, number=1):
    with app.app_context():
        return db.session.get_one(Activity, number).answerers


def ticked(page):
    return [box["value"] for box in soup(page).select('[name="answerers"][checked]')]


def test_a_question_is_for_the_types_that_are_ticked(app, admin, session):
    given = WRITTEN | {"csrf_token": token(admin), "answerers": ["population", "ministry", "nonsense"]}
    assert admin.post(NEW, data=given).status_code == 303
    assert answerers(app) == ["ministry", "population"]
    assert ticked(admin.get("/desk/activities/1/edit")) == ["ministry", "population"]
    room = words(admin.get("/desk/sessions/1"))
    assert "This question is only for: Ministry and National population body." in room


def test_no_button_of_the_form_forgets_the_types(app, admin, session):
    given = WRITTEN | {"csrf_token": token(admin), "answerers": "civil", "press": "add"}
    assert ticked(admin.post(NEW, data=given)) == ["civil"]
    assert ticked(admin.post(NEW, data=given | {"press": "save", "prompt-en": ""})) == ["civil"]


def test_two_people_do_not_overwrite_whom_a_question_is_for(app, admin, session):
    given = WRITTEN | {"csrf_token": token(admin), "answerers": "civil"}
    admin.post(NEW, data=given)
    mark = soup(admin.get("/desk/activities/1/edit")).find("input", attrs={"name": "mark"})["value"]
    with app.app_context():
        db.session.get_one(Activity, 1).answerers = ["ministry"]
        db.session.commit()
    assert admin.post("/desk/activities/1/edit", data=given | {"mark": mark}).status_code == 409
    assert answerers(app) == ["ministry"]


def test_types_are_offered_only_where_the_session_asks_for_them(app, admin, session):
    assert soup(admin.get(NEW)).find("input", attrs={"name": "answerers"})
    with app.app_context():
        db.session.get_one(Session, 1).asks_type = False
        db.session.commit()
    assert not soup(admin.get(NEW)).find("input", attrs={"name": "answerers"})
