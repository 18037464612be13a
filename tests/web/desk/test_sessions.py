"""Sessions: made, changed, copied, withdrawn and brought back."""

import pytest

from facilitator import db, events
from facilitator.models.ballot import Ballot
from facilitator.models.session import PLACES, PROMISES, Session
from facilitator.web import codes
from tests import factories
from tests.trails import last_acts
from tests.web.desk.asking import errors, send, soup, token, words


@pytest.fixture
def workshop(app):
    with app.app_context():
        factories.workshop()
        db.session.commit()


@pytest.fixture
def session(app):
    with app.app_context():
        factories.activity()
        db.session.commit()


def kept(app, number=1):
    with app.app_context():
        return db.session.get(Session, number)


def test_a_session_is_added_and_has_a_code(app, admin, workshop):
    done = send(admin, "/desk/workshops/1/sessions/new", title_fr="Matin", title_pt="fora", capacity="٢٠٠")
    assert done.location == "/desk/sessions/1"
    assert (kept(app).title, kept(app).capacity) == ({"fr": "Matin"}, 200)
    assert len(kept(app).code) == 6
    with app.app_context():
        assert (last_acts()[0].act, last_acts()[0].subject) == ("create", "session 1")


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"title_fr": ""}, "title", "Write it in one language at least."),
        ({"title_fr": "x" * 10_000}, "title-fr", "Too long"),
        ({"capacity": ""}, "capacity", "Write how many phones may join."),
        ({"capacity": "0"}, "capacity", "Write a whole number from 1 to 10000."),
        ({"capacity": "-3"}, "capacity", "Write a whole number"),
        ({"capacity": "10001"}, "capacity", "Write a whole number"),
        ({"capacity": "9" * 5000}, "capacity", "Write a whole number"),
        ({"capacity": "²"}, "capacity", "Write a whole number"),
        ({"capacity": "many"}, "capacity", "Write a whole number"),
    ],
)
def test_a_refused_session_says_why(app, admin, workshop, answers, field, said):
    whole = {"title_fr": "Matin", "capacity": "50"}
    answer = send(admin, "/desk/workshops/1/sessions/new", **whole | answers)
    assert answer.status_code == 422
    assert errors(answer)[field].startswith(said)
    assert kept(app) is None


def test_the_settings_show_code_and_qr_and_can_be_changed(app, admin, session):
    page = admin.get("/desk/sessions/1/edit")
    code = kept(app).code
    assert codes.grouped(code) in soup(page).select_one(".code-big").get_text()
    assert soup(page).select_one("svg.qr path")["d"].startswith("M")
    assert f"/j/{code}" in words(page)
    assert send(admin, "/desk/sessions/1/edit", title_en="Evening", capacity="30").status_code == 302
    assert (kept(app).title, kept(app).capacity) == ({"en": "Evening"}, 30)
    refused = send(admin, "/desk/sessions/1/edit", title_en="", capacity="x")
    assert (refused.status_code, set(errors(refused))) == (422, {"title", "capacity"})
    assert kept(app).capacity == 30


def test_a_session_is_copied_to_a_workshop_of_another_country(app, admin, session):
    with app.app_context():
        factories.workshop(guide=factories.guide("ML"))
        db.session.commit()
    assert send(admin, "/desk/sessions/1/copy", workshop="2").location == "/desk/sessions/2"
    with app.app_context():
        first, second = db.session.get(Session, 1), db.session.get(Session, 2)
        assert (second.workshop_id, len(second.running_order)) == (2, 1)
        assert second.code != first.code
        assert [act.act for act in last_acts(1)] == ["copy"]
    back = send(admin, "/desk/sessions/2/withdraw")
    assert back.location == "/desk/workshops/2"
    assert kept(app, 2).withdrawn


@pytest.mark.parametrize("where", ["", "999", "nonsense"])
def test_a_copy_to_nowhere_is_refused(app, admin, session, where):
    answer = send(admin, "/desk/sessions/1/copy", workshop=where)
    assert (answer.status_code, errors(answer)) == (422, {"workshop": "Choose one of the list."})
    assert kept(app, 2) is None


def test_a_copy_goes_only_where_the_person_may_run(app, sign_in, session):
    with app.app_context():
        factories.workshop(guide=factories.guide("ML"))
        factories.workshop(guide=factories.guide("CI"))
        db.session.commit()
    browser = sign_in("f@example.org", SN="facilitator", ML="facilitator", CI="expert")
    offered = [tag["value"] for tag in soup(browser.get("/desk/sessions/1/copy")).select("#workshop option")]
    assert offered == ["1", "2"]
    assert send(browser, "/desk/sessions/1/copy", workshop="3").status_code == 422
    assert sign_in("e@example.org", SN="expert").get("/desk/sessions/1/copy").status_code == 404


def test_a_withdrawn_session_can_be_brought_back(app, admin, session):
    code = kept(app).code
    send(admin, "/desk/sessions/1/withdraw")
    page = admin.get("/desk/workshops/1")
    assert "Undo" in words(page)
    assert "1 withdrawn session" in words(page)
    assert code[:3] not in words(page)
    send(admin, soup(page).select_one(".flash form")["action"])
    assert not kept(app).withdrawn
    assert "withdrawn session" not in words(admin.get("/desk/workshops/1"))


def test_a_withdrawn_session_says_so_and_is_not_run(monkeypatch, app, admin, session):
    told = []
    with app.app_context():
        monkeypatch.setattr(events.hub(), "announce", lambda *said: told.append(said))
    send(admin, "/desk/sessions/1/withdraw")
    page = admin.get("/desk/sessions/1")
    assert "phones and projector no longer find it" in words(page)
    refused = send(admin, "/desk/sessions/1/next")
    assert refused.status_code == 409
    assert "Bring it back first." in words(refused)
    send(admin, soup(page).select_one(".flash form")["action"])
    assert "no longer find it" not in words(admin.get("/desk/sessions/1"))
    assert send(admin, "/desk/sessions/1/next", at="", seen="").status_code == 303
    assert told == [(1, "activity")] * 3


def test_a_session_with_votes_stays(app, admin, session):
    with app.app_context():
        activity = db.session.get(Session, 1).activities[0]
        round_ = activity.open()
        db.session.add(Ballot(round_id=round_.id, key="k" * 22, choice="{}", revision=1))
        db.session.commit()
    send(admin, "/desk/sessions/1/withdraw")
    assert not kept(app).withdrawn
    assert "People have voted in this session" in words(admin.get("/desk/workshops/1"))


def test_the_usual_number_of_places_is_offered(admin, workshop):
    page = soup(admin.get("/desk/workshops/1/sessions/new"))
    assert page.find("input", attrs={"name": "capacity"})["value"] == str(PLACES)
    assert [tag["name"] for tag in page.select(".text input")] == ["title-en", "title-fr", "title-ar"]


def promises(app) -> list[str]:
    """List what session 1 promises."""
    return [name for name in PROMISES if getattr(kept(app), name)]


def test_what_is_promised_at_the_door_is_kept_and_recorded(app, admin, workshop):
    ticked = {"named": "y", "asks_type": "y"}
    whole = {"title-fr": "Matin", "capacity": "50", "csrf_token": token(admin)} | ticked
    assert admin.post("/desk/workshops/1/sessions/new", data=whole).status_code == 302
    assert promises(app) == ["named", "asks_type"]
    boxes = soup(admin.get("/desk/sessions/1/edit")).select("input[type=checkbox][checked]")
    assert [box["name"] for box in boxes] == ["named", "asks_type"]
    with app.app_context():
        assert '"named": true' in last_acts()[0].detail


def test_promises_hold_once_people_are_in_and_this_is_said_at_their_fields(app, admin, session):
    with app.app_context():
        db.session.get(Session, 1).admit("a")
        db.session.commit()
    whole = {"title-en": "New", "capacity": "50", "csrf_token": token(admin), "shared": "y"}
    refused = admin.post("/desk/sessions/1/edit", data=whole | {"named": "y", "by_card": "y"})
    assert refused.status_code == 422
    assert set(errors(refused)) == {"named", "by_card"}
    assert errors(refused)["named"].startswith("People are in already")
    assert promises(app) == []
    assert kept(app).title != {"en": "New"}
    assert admin.post("/desk/sessions/1/edit", data=whole).status_code == 302
    assert promises(app) == ["shared"]


def test_a_copy_makes_the_same_promises(app, admin, session):
    with app.app_context():
        db.session.get(Session, 1).promise(named=False, asks_type=True, by_card=True, shared=True)
        db.session.commit()
    send(admin, "/desk/sessions/1/copy", workshop="1")
    assert [getattr(kept(app, 2), name) for name in PROMISES] == [False, True, True, True]
