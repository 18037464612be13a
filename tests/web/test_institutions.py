"""Questions for some types of institution only: refused in words, and said wherever the result is."""

import pytest
from flask_babel import force_locale

from facilitator import db, keys
from facilitator.models.activity import Activity
from facilitator.models.institution import GOVERNMENTAL, TYPES
from facilitator.models.session import Session
from facilitator.web import institutions
from tests.web.rooms import answer, ballots, close, join, opened, words

ONLY = "This question is for governmental institutions only."


@pytest.fixture
def governmental(app):
    opened(app, asks_type=True, answerers=GOVERNMENTAL)
    return app


def test_every_type_has_a_name():
    assert set(institutions.NAMES) == set(TYPES)


def test_a_phone_of_another_type_reads_whom_the_question_is_for(governmental):
    phone = join(governmental, type="civil")
    page = words(phone.get("/p/123456"))
    assert ONLY in page
    assert "Which challenge matters most?" in page
    assert "<form" not in phone.get("/p/123456").text
    assert 'http-equiv="refresh"' in phone.get("/p/123456").text


def test_the_server_refuses_other_types_in_words(governmental):
    allowed, others = join(governmental, type="ministry"), join(governmental, type="civil")
    assert answer(allowed).status_code == 303
    data = {"token": allowed.get("/p/123456?change=1").text.partition('name="token" value="')[2][:22]}
    assert others.post("/p/123456/answers/1", data=data | {"option": "1"}).status_code == 403
    with governmental.app_context():
        data = {"token": keys.token(others.get_cookie("phone").value), "option": "1"}
    plain = others.post("/p/123456/answers/1", data=data)
    assert plain.status_code == 403
    assert "This question is for others: governmental institutions." in words(plain)
    scripted = others.post("/p/123456/answers/1", data=data, headers={"Accept": "application/json"})
    assert (scripted.status_code, scripted.json["state"]) == (403, "refused")
    assert ballots(governmental) == [("ministry", "phone", None)]


def test_who_said_no_type_is_none_of_those_asked(governmental):
    assert ONLY in words(join(governmental, type="unsaid").get("/p/123456"))


def test_wall_and_result_say_whom_it_was_for(governmental, admin, client):
    for type_ in ["ministry"] * 4 + ["population"]:
        answer(join(governmental, type=type_))
    join(governmental, type="civil")
    with governmental.app_context():
        wall = db.session.get_one(Session, 1).wall
    shown = words(client.get(f"/screen/{wall}"))
    assert ONLY in shown
    assert "5 of 5 answered" in shown
    close(governmental)
    with governmental.app_context():
        db.session.get_one(Activity, 1).round.reveal()
        db.session.commit()
    for page in (client.get(f"/screen/{wall}"), admin.get("/desk/rounds/1")):
        assert "5 of 5 took part." in words(page)
        assert "Only governmental institutions answered this." in words(page)


def test_some_types_are_listed(context):
    with context.test_request_context("/"), force_locale("en"):
        said = institutions.only_from(["civil", "ministry"])
    assert said == "Only these answered: Ministry and Civil society."
