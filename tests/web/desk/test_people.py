"""People: invited, given and taken roles, let in again, never without an administrator."""

import pytest
from sqlalchemy import select

from facilitator import db
from facilitator.models.person import Person
from tests import factories
from tests.trails import last_acts
from tests.web.desk.asking import errors, send, soup, words

INVITED = {"name": "Binta Sow", "email": "Binta@Example.org", "country": "SN", "role": "expert"}


def roles(app, email):
    with app.app_context():
        person = Person.by_email(email)
        return [(role.country.code, role.name) for role in person.roles], person.administrator


def link_of(response):
    return soup(response).find("input", id="address")["value"]


def test_an_invited_person_comes_in_by_the_link(app, admin):
    answer = send(admin, "/desk/people/new", **INVITED)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert roles(app, "binta@example.org") == ([("SN", "expert")], False)
    binta = app.test_client()
    link = "/enter/" + link_of(answer).rsplit("/", 1)[1]
    assert "Binta Sow" in words(binta.get(link))
    assert send(binta, link).location == "/desk/account"
    assert binta.get("/desk/people").status_code == 404
    with app.app_context():
        assert [act.act for act in last_acts()] == ["enter", "link", "invite"]


def test_an_administrator_needs_no_country(app, admin):
    send(admin, "/desk/people/new", **INVITED | {"country": "", "administrator": "1"})
    assert roles(app, "binta@example.org") == ([], True)


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"name": ""}, "name", "Write the person’s name."),
        ({"name": "x" * 10_000}, "name", "Too long"),
        ({"email": ""}, "email", "Write the person’s e-mail address."),
        ({"email": "a b@example.org"}, "email", "Write an e-mail address such as"),
        ({"email": "x" * 300 + "@example.org"}, "email", "Too long"),
        ({"email": "ADMIN@example.org"}, "email", "Another person has this e-mail address."),
        ({"country": "XX"}, "country", "Choose one of the list."),
        ({"role": "emperor"}, "role", "Choose one of the list."),
    ],
)
def test_a_refused_invitation_says_why(app, admin, answers, field, said):
    answer = send(admin, "/desk/people/new", **INVITED | answers)
    assert answer.status_code == 422
    assert errors(answer)[field].startswith(said)
    assert soup(answer).find("input", attrs={"name": "name"})["value"] == (INVITED | answers)["name"]
    with app.app_context():
        assert len(db.session.scalars(select(Person)).all()) == 1


def test_a_role_is_given_once_taken_and_given_back(app, admin):
    send(admin, "/desk/people/new", **INVITED)
    for _twice in range(2):
        given = send(admin, "/desk/people/2/roles", country="ML", role="facilitator")
        assert given.location == "/desk/people/2"
    assert roles(app, "binta@example.org")[0] == [("SN", "expert"), ("ML", "facilitator")]
    page = admin.get("/desk/people/2")
    assert send(admin, soup(page).select_one(".rows form")["action"]).status_code == 302
    assert roles(app, "binta@example.org")[0] == [("ML", "facilitator")]
    undo = soup(admin.get("/desk/people/2")).select_one(".flash form")
    again = {tag["name"]: tag["value"] for tag in undo.find_all("input") if tag["name"] != "csrf_token"}
    send(admin, undo["action"], **again)
    assert ("SN", "expert") in roles(app, "binta@example.org")[0]


def test_a_refused_role_says_why(app, admin):
    send(admin, "/desk/people/new", **INVITED)
    answer = send(admin, "/desk/people/2/roles", country="XX", role="x")
    assert (answer.status_code, set(errors(answer))) == (422, {"country", "role"})
    assert send(admin, "/desk/people/2/roles/99/take").status_code == 404


def test_the_last_administrator_stays_one(app, admin):
    send(admin, "/desk/people/1/administrator", administrator="")
    assert roles(app, "admin@example.org")[1]
    assert "Someone must stay administrator" in words(admin.get("/desk/people/1"))


def test_an_administrator_may_step_back_for_another(app, admin):
    send(admin, "/desk/people/new", **INVITED)
    send(admin, "/desk/people/2/administrator", administrator="1")
    assert roles(app, "binta@example.org")[1]
    done = send(admin, "/desk/people/1/administrator", administrator="")
    assert done.location == "/desk/"
    assert not roles(app, "admin@example.org")[1]
    assert admin.get("/desk/people").status_code == 404


def test_someone_who_lost_access_gets_a_new_link(app, admin):
    with app.app_context():
        factories.person("lost@example.org", roles={"CI": "authority"})
        db.session.commit()
    answer = send(admin, "/desk/people/2/link")
    found = app.test_client()
    assert send(found, "/enter/" + link_of(answer).rsplit("/", 1)[1]).status_code == 302
    assert found.get("/desk/").status_code == 200
    with app.app_context():
        assert [act.act for act in last_acts()] == ["enter", "link"]


def test_hostile_names_are_only_text(admin):
    send(admin, "/desk/people/new", **INVITED | {"name": "<img src=x onerror=alert(1)>"})
    for page in ("/desk/people", "/desk/people/2"):
        assert "<img" not in admin.get(page).get_data(as_text=True)


def test_everyone_is_listed_with_roles(admin):
    send(admin, "/desk/people/new", **INVITED)
    shown = words(admin.get("/desk/people"))
    assert "Binta Sow" in shown
    assert "Senegal : Expert" in shown
    assert "Administrator" in shown


def test_nobody_is_nobody(admin):
    assert admin.get("/desk/people/99").status_code == 404
    for act in ("roles", "administrator", "link", "roles/1/take"):
        assert send(admin, f"/desk/people/99/{act}").status_code == 404
