"""The doors: one-time links, passwords, stays that end."""

import datetime as dt
import time

import pytest
import time_machine
from argon2 import PasswordHasher

from facilitator import db
from facilitator.models import trail
from facilitator.models.link import Link
from facilitator.models.person import Person
from facilitator.web.desk import doors
from tests import factories
from tests.trails import last_acts
from tests.web.desk.asking import errors, send, token, words

PASSWORD = "a few plain words"


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch):
    """Spend no time on the strength of passwords made up for a test."""
    quick = PasswordHasher(time_cost=1, memory_cost=64)
    monkeypatch.setattr("facilitator.models.person.hasher", quick)
    monkeypatch.setattr("facilitator.models.person.nobody", lambda: quick.hash("nobody's"))


@pytest.fixture
def issue(app):
    def issue(person=None, hours=24, **given):
        with app.app_context():
            known = Person.by_email(person) if person else None
            made = Link.issue(known, hours, **given)[1]
            db.session.commit()
        return made

    return issue


@pytest.fixture
def awa(app):
    with app.app_context():
        person = factories.person()
        person.set_password(PASSWORD)
        db.session.commit()
    return "awa@example.org"


def first_account(browser, **given):
    answers = {"name": "Awa Diop", "email": "Awa@Example.org", "language": "", "password": PASSWORD} | given
    return send(browser, "/desk/account", **answers)


def test_looking_at_a_link_uses_nothing_up_and_pressing_its_button_does(client, issue):
    link = issue()
    for _look in range(3):
        assert client.get(f"/enter/{link}").status_code == 200
    assert client.get("/desk/").status_code == 302
    entered = client.post(f"/enter/{link}", data={"csrf_token": token(client)})
    assert (entered.status_code, entered.location) == (302, "/desk/account")
    assert client.get("/desk/").status_code == 200


def test_the_first_person_becomes_administrator_and_chooses_name_and_password(app, client, issue):
    send(client, f"/enter/{issue()}")
    done = first_account(client)
    assert done.location == "/desk/"
    assert "Other browsers" not in words(client.get("/desk/"))
    with app.app_context():
        awa = Person.by_email("awa@example.org")
        assert awa.administrator
        assert (awa.name, awa.check_password(PASSWORD)) == ("Awa Diop", True)
        assert [act.act for act in last_acts()] == ["change", "enter"]
        assert trail.verify() is None
    assert client.get("/desk/people").status_code == 200


def test_a_link_works_once(app, client, issue):
    link = issue()
    send(client, f"/enter/{link}")
    stranger = app.test_client()
    for answer in (stranger.get(f"/enter/{link}"), send(stranger, f"/enter/{link}")):
        assert answer.status_code == 410
        assert "already been used" in words(answer)
    assert stranger.get("/desk/").status_code == 302


def test_a_first_link_is_worth_nothing_once_there_is_someone(client, issue, awa):
    assert client.get(f"/enter/{issue()}").status_code == 410
    assert send(client, f"/enter/{issue()}").status_code == 410


def test_an_expired_and_an_unknown_link_are_told_apart(client, issue):
    expired = client.get(f"/enter/{issue(hours=-1)}")
    assert (expired.status_code, "expired" in words(expired)) == (410, True)
    unknown = client.get("/enter/nonsense")
    assert (unknown.status_code, "not valid" in words(unknown)) == (404, True)


def test_a_link_leads_where_it_says_and_never_elsewhere(client, issue, awa):
    assert send(client, f"/enter/{issue(awa, target='/desk/people')}").location == "/desk/people"
    assert send(client, f"/enter/{issue(awa, target='//evil.example')}").location == "/desk/"
    assert send(client, f"/enter/{issue(awa)}").location == "/desk/"


def test_a_forged_entrance_is_refused_and_leaves_the_link_good(client, issue):
    link = issue()
    assert client.post(f"/enter/{link}", data={"csrf_token": "forged"}).status_code == 400
    assert client.get(f"/enter/{link}").status_code == 200


def test_someone_whom_a_link_let_in_may_choose_a_password_without_the_old_one(client, issue, awa):
    send(client, f"/enter/{issue(awa)}")
    assert first_account(client, password="quite another one").status_code == 302
    later = client.get("/desk/account")
    assert later.status_code == 200
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)):
        refused = first_account(client, password="a third password")
    assert errors(refused) == {"current": "This is not your present password."}


@pytest.mark.parametrize(
    ("email", "password"), [("awa@example.org", "not the one"), ("nobody@example.org", PASSWORD)]
)
def test_a_refusal_does_not_tell_which_was_wrong(client, awa, email, password):
    answer = send(client, "/sign-in", email=email, password=password)
    assert answer.status_code == 422
    assert errors(answer) == {"password": "This e-mail address and this password do not belong together."}
    assert f'value="{email}"' in answer.get_data(as_text=True)
    assert password not in answer.get_data(as_text=True)


def test_an_unknown_address_takes_as_long_as_a_wrong_password(client, awa, monkeypatch):
    compared = []
    monkeypatch.setattr(doors, "matches", lambda kept, given: compared.append(kept) and False)
    for email in (awa, "nobody@example.org"):
        send(client, "/sign-in", email=email, password="wrong")
    assert len(compared) == 2
    assert compared[1] is None


def test_signing_in_and_out(app, client, awa):
    assert client.get("/desk/people").location == "/sign-in?next=%2Fdesk%2Fpeople"
    done = send(client, "/sign-in?next=/desk/people", email=" AWA@example.org ", password=PASSWORD)
    assert done.location == "/desk/people"
    assert client.get("/sign-in").location == "/desk/"
    assert send(client, "/sign-out").location == "/sign-in"
    assert client.get("/desk/").status_code == 302
    with app.app_context():
        assert [act.act for act in last_acts()] == ["sign out", "sign in"]


@pytest.mark.parametrize(
    "away",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:x",
        "/%09/evil.example",
        "//[",
        "/%0d%0ax",
    ],
)
def test_signing_in_leads_nowhere_else(client, awa, away):
    assert send(client, f"/sign-in?next={away}", email=awa, password=PASSWORD).location == "/desk/"


def test_an_empty_form_says_what_is_missing(client):
    answer = send(client, "/sign-in")
    assert answer.status_code == 422
    assert errors(answer) == {"email": "Write your e-mail address.", "password": "Write your password."}


def test_ten_wrong_passwords_close_the_account_for_a_while_and_no_other(client, awa):
    form = {"csrf_token": token(client), "email": awa, "password": "wrong"}
    answers = [client.post("/sign-in", data=form).status_code for _try in range(11)]
    assert answers == [422] * 10 + [429]
    assert client.post("/sign-in", data=form | {"password": PASSWORD}).status_code == 429
    assert client.post("/sign-in", data=form | {"email": "b@example.org"}).status_code == 422
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=11)):
        assert client.post("/sign-in", data=form | {"password": PASSWORD}).status_code == 302


def test_a_stay_ends_after_a_pause_and_after_two_weeks(client, awa):
    send(client, "/sign-in", email=awa, password=PASSWORD)
    start = dt.datetime.now(dt.UTC)
    with time_machine.travel(start + dt.timedelta(hours=25)):
        assert client.get("/desk/").status_code == 302
        assert "signed out" in words(client.get("/sign-in"))
    send(client, "/sign-in", email=awa, password=PASSWORD)
    for day in range(1, 30):
        with time_machine.travel(start + dt.timedelta(hours=12 * day)):
            status = client.get("/desk/").status_code
        assert status == (200 if day <= 28 else 302), day


def test_a_post_after_the_stay_ended_is_refused_in_words(client, awa):
    send(client, "/sign-in", email=awa, password=PASSWORD)
    given = token(client, "/desk/account")
    with client.session_transaction() as kept:
        kept["seen"] = int(time.time()) - 25 * 3600
    assert client.post("/desk/account", data={"csrf_token": given}).status_code == 401


def test_public_pages_go_on_after_the_stay_ended(client, awa):
    send(client, "/sign-in", email=awa, password=PASSWORD)
    with client.session_transaction() as kept:
        kept["seen"] = 0
    assert client.get("/sign-in").status_code == 200


def test_a_new_password_signs_out_every_other_browser(app, awa):
    here, there = app.test_client(), app.test_client()
    for browser in (here, there):
        send(browser, "/sign-in", email=awa, password=PASSWORD)
    done = first_account(here, current=PASSWORD, password="another password")
    assert done.status_code == 302
    assert "Other browsers are signed out." in words(here.get("/desk/"))
    assert there.get("/desk/").status_code == 302


def test_the_account_keeps_the_language_and_shows_it(client, awa):
    send(client, "/sign-in", email=awa, password=PASSWORD)
    done = first_account(client, language="fr", password="")
    assert done.location == "/desk/?language=fr"
    assert 'lang="fr"' in client.get(done.location).get_data(as_text=True)
    assert client.post("/sign-out", data={"csrf_token": token(client)}).status_code == 302
    assert send(client, "/sign-in", email=awa, password=PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"name": " "}, "name", "Write your name."),
        ({"name": "x" * 10_000}, "name", "Too long"),
        ({"email": "nowhere"}, "email", "such as name@example.org"),
        ({"email": "b@example.org"}, "email", "Another person has this"),
        ({"language": "tlh"}, "language", "Choose one of the list."),
        ({"password": "short"}, "password", "at least 10"),
        ({"password": "x" * 201}, "password", "at most 200"),
        ({"current": "wrong", "password": "quite another"}, "current", "not your present password"),
    ],
)
def test_a_refused_account_says_why_and_changes_nothing(app, client, awa, answers, field, said):
    with app.app_context():
        factories.person("b@example.org")
        db.session.commit()
    send(client, "/sign-in", email=awa, password=PASSWORD)
    answer = first_account(client, **{"password": ""} | answers)
    assert answer.status_code == 422
    assert said in errors(answer)[field]
    with app.app_context():
        kept = Person.by_email(awa)
        assert (kept.name, kept.language, kept.check_password(PASSWORD)) == ("Awa Diop", None, True)


def test_a_person_without_a_password_is_asked_for_one(sign_in):
    browser = sign_in()
    assert "no password yet" in words(browser.get("/desk/"))
    assert errors(first_account(browser, password=""))["password"].startswith("Choose a password")
