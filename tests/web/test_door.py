"""The door: what is said before anything, what is asked, and what every ballot then bears."""

import pytest

from facilitator import db
from facilitator.models.session import Session
from facilitator.web import door
from tests.web.rooms import CODE, answer, ballots, join, knock, opened, people, words

LINKED, APART = "Your name is recorded with your vote.", "Your answers are not linked to you."


@pytest.mark.parametrize(("named", "said", "unsaid"), [(True, LINKED, APART), (False, APART, LINKED)])
def test_the_promise_is_said_before_anything(app, client, named, said, unsaid):
    opened(app, named=named)
    page = words(client.get(f"/j/{CODE}"))
    assert said in page
    assert unsaid not in page
    assert ("no name" in page) is not named


def test_the_type_is_asked_once_and_borne_by_every_ballot(app):
    opened(app, asks_type=True)
    phone = join(app, type="research")
    assert answer(phone).status_code == 303
    assert ballots(app) == [("research", "phone", None)]
    assert phone.get(f"/j/{CODE}").location == f"/p/{CODE}"


def test_nobody_has_to_say_the_type(app):
    opened(app, asks_type=True)
    answer(join(app, type=door.UNSAID))
    assert ballots(app) == [(None, "phone", None)]


@pytest.mark.parametrize("given", [{}, {"type": ""}, {"type": "nonsense"}, {"type": "x" * 9999}])
def test_a_type_that_is_none_is_asked_again(app, client, given):
    opened(app, asks_type=True)
    sent = knock(client, **given)
    assert sent.status_code == 422
    assert "Choose one of these" in words(sent)
    assert people(app) == []


def test_what_is_not_asked_is_not_kept(app):
    opened(app)
    answer(join(app, type="research", name="Awa"))
    assert [(each.type, each.name) for each in people(app)] == [(None, None)]
    assert ballots(app) == [(None, "phone", None)]


def test_a_named_ballot_bears_its_participant(app):
    opened(app, named=True)
    answer(join(app, name="  Awa   Diop "))
    (person,) = people(app)
    assert (person.name, person.type) == ("Awa Diop", None)
    assert ballots(app) == [(None, "phone", person.key)]


@pytest.mark.parametrize(
    ("name", "said"), [("", "Write your name"), ("x" * 201, "Too long"), ("\t", "Write")]
)
def test_a_named_session_lets_nobody_in_without_a_name(app, client, name, said):
    opened(app, named=True)
    sent = knock(client, name=name)
    assert sent.status_code == 422
    assert said in words(sent)
    assert people(app) == []


def test_an_anonymous_ballot_leads_to_nobody(app):
    opened(app, asks_type=True)
    for type_ in ("research", "civil"):
        answer(join(app, type=type_))
    keys = {each.key for each in people(app)}
    with app.app_context():
        kept = {str(row) for row in db.session.connection().exec_driver_sql("SELECT * FROM ballot")}
    assert len(keys) == len(kept) == 2
    assert not any(key in row for key in keys for row in kept)


def test_a_promise_that_changed_meanwhile_is_said_again(app, client):
    opened(app)
    client.get(f"/j/{CODE}")
    with app.app_context():
        session = db.session.get_one(Session, 1)
        session.promise(named=True, asks_type=False, by_card=False, shared=False)
        db.session.commit()
    sent = knock(client)
    assert sent.status_code == 422
    assert LINKED in words(sent)


def test_the_door_is_read_in_arabic(app, client):
    opened(app, asks_type=True, named=True)
    page = client.get(f"/j/{CODE}?language=ar")
    assert 'dir="rtl"' in page.text
    assert page.text.count('name="type"') == 9


def test_another_person_answers_on_the_same_phone(app):
    opened(app, shared=True, asks_type=True)
    phone = join(app, type="research")
    answer(phone, 1)
    assert "Answer for another person" in words(phone.get(f"/p/{CODE}"))
    page = words(phone.get(f"/j/{CODE}/another"))
    assert "The answers given on it so far stay and count" in page
    assert APART in page
    assert knock(phone, page="/another", another="1", type="civil").location == f"/p/{CODE}"
    assert "Received" not in words(phone.get(f"/p/{CODE}"))
    answer(phone, 2)
    assert sorted(ballots(app)) == [("civil", "phone", None), ("research", "phone", None)]
    assert len(people(app)) == 2


def test_handing_on_twice_by_a_lost_answer_lets_one_person_in(app):
    opened(app, shared=True)
    phone = join(app)
    first = phone.get_cookie("phone").value
    knock(phone, page="/another", another="1")
    phone.delete_cookie(f"phone-{CODE}")
    assert phone.get_cookie("phone").value == first
    knock(phone, page="/another", another="1")
    assert len(people(app)) == 2


def test_the_next_person_never_gets_the_page_of_the_one_before(app):
    opened(app, shared=True)
    phone = join(app)
    before = phone.get(f"/p/{CODE}/now").headers["ETag"]
    knock(phone, page="/another", another="1")
    assert phone.get(f"/p/{CODE}/now", headers={"If-None-Match": before}).status_code == 200


def test_a_phone_is_handed_on_only_where_the_session_allows_it(app):
    opened(app)
    phone = join(app)
    assert "another person" not in words(phone.get(f"/p/{CODE}"))
    assert phone.get(f"/j/{CODE}/another").location == f"/p/{CODE}"
    secret = phone.get_cookie("phone").value
    given = {"another": "1", "token": phone.get(f"/p/{CODE}").text.partition('name="token" value="')[2][:22]}
    assert phone.post(f"/j/{CODE}", data=given).status_code == 303
    assert phone.get_cookie("phone").value == secret
    assert len(people(app)) == 1


def test_a_locked_door_leaves_the_phone_with_its_person(app):
    opened(app, shared=True)
    phone = join(app)
    answer(phone)
    with app.app_context():
        db.session.get_one(Session, 1).locked = True
        db.session.commit()
    assert knock(phone, page="/another", another="1").status_code == 403
    assert "Received" in words(phone.get(f"/p/{CODE}"))
