"""From a draft to a published edition: two people, a frozen version, every act in the trail."""

import pytest
from sqlalchemy import select

from facilitator import db
from facilitator.models.guide import Guide
from facilitator.models.person import Person, Role
from facilitator.models.trail import Trail, verify
from facilitator.models.version import Version
from tests import factories
from tests.web.desk.asking import errors, send, soup, words


@pytest.fixture
def guide(app):
    with app.app_context():
        made = factories.guide()
        made.begin_parts()
        made.add(
            "challenges", words={"text": {"en": "Few data", "fr": "Peu de données", "ar": "بيانات قليلة"}}
        )
        db.session.commit()
        return made.id


@pytest.fixture
def coordinator(sign_in):
    return sign_in("coordinator@example.org", SN="coordinator")


@pytest.fixture
def authority(sign_in):
    return sign_in("authority@example.org", SN="authority")


def state(app):
    with app.app_context():
        return db.session.get_one(Guide, 1).state


def test_a_guide_is_submitted_endorsed_and_published(app, client, guide, coordinator, authority) -> None:
    assert client.get("/guides/sn").status_code == 404
    send(coordinator, f"/desk/guides/{guide}/submit", text="Ready")
    assert state(app) == "submitted"
    assert "Few data" in words(authority.get("/desk/versions/1?in=en"))
    send(authority, "/desk/versions/1/endorse", text="We endorse it.")
    assert state(app) == "endorsed"
    assert client.get("/guides/sn").status_code == 404
    send(authority, "/desk/versions/1/publish")
    assert state(app) == "published"
    page = client.get("/guides/sn/1?language=fr")
    assert page.status_code == 200
    assert "Peu de données" in page.text
    assert "Few data" in words(authority.get("/desk/versions/1?in=en"))
    with app.app_context():
        acts = [line.act for line in db.session.scalars(select(Trail).order_by(Trail.id))]
        assert acts == ["submit", "endorse", "publish"]
        assert verify() is None


def test_an_endorsed_edition_is_published_also_once_the_next_has_begun(
    app, client, guide, coordinator, authority
) -> None:
    send(coordinator, f"/desk/guides/{guide}/submit", text="")
    send(authority, "/desk/versions/1/endorse", text="We endorse it.")
    send(coordinator, f"/desk/guides/{guide}/open-edition")
    page = soup(authority.get(f"/desk/guides/{guide}/endorsement"))
    (form,) = page.select("form[action$='/publish']")
    send(authority, form["action"])
    assert state(app) == "draft"
    assert client.get("/guides/sn/1?language=fr").status_code == 200
    assert not soup(authority.get(f"/desk/guides/{guide}/endorsement")).select("form[action$='/publish']")


def test_it_says_that_nobody_was_asked_to_review_a_draft(guide, coordinator) -> None:
    way, said = f"/desk/guides/{guide}/endorsement", "The workgroup has not been asked to review this draft."
    assert said in words(coordinator.get(way))
    send(coordinator, f"/desk/guides/{guide}/review/state", state="review")
    assert said not in words(coordinator.get(way))


def test_who_submitted_does_not_endorse_even_with_the_role(app, guide, sign_in) -> None:
    both = sign_in("both@example.org", SN="coordinator")
    with app.app_context():
        person = Person.by_email("both@example.org")
        person.roles.append(Role(country=db.session.get_one(Guide, guide).country, name="authority"))
        db.session.commit()
    send(both, f"/desk/guides/{guide}/submit", text="")
    for act in ("endorse", "return"):
        assert send(both, f"/desk/versions/1/{act}", text="I decide.").status_code == 403
    assert state(app) == "submitted"


def test_an_administrator_is_no_authority(app, guide, coordinator, admin) -> None:
    send(coordinator, f"/desk/guides/{guide}/submit", text="")
    assert send(admin, "/desk/versions/1/endorse", text="We endorse it.").status_code == 403
    assert state(app) == "submitted"


@pytest.mark.parametrize(("act", "field"), [("endorse", "text"), ("return", "reason")])
def test_the_authority_decides_in_words(app, guide, coordinator, authority, act: str, field: str) -> None:
    send(coordinator, f"/desk/guides/{guide}/submit", text="")
    refused = send(authority, f"/desk/versions/1/{act}", text="  ")
    assert refused.status_code == 422
    assert errors(refused)[field] == "This is needed."
    assert state(app) == "submitted"


def test_it_is_returned_with_what_is_to_be_changed(app, guide, coordinator, authority) -> None:
    send(coordinator, f"/desk/guides/{guide}/submit", text="")
    send(authority, "/desk/versions/1/return", text="Name the coordinator.")
    assert state(app) == "draft"
    for page in ("review", "parts/members", "matrix"):
        assert "Name the coordinator." in words(coordinator.get(f"/desk/guides/{guide}/{page}")), page


def test_nothing_is_published_before_it_is_endorsed(app, client, guide, coordinator) -> None:
    send(coordinator, f"/desk/guides/{guide}/submit", text="")
    assert send(coordinator, "/desk/versions/1/publish").status_code == 409
    assert client.get("/guides/sn").status_code == 404


def test_a_new_edition_leaves_the_endorsed_one_as_it_was(app, guide, coordinator, authority) -> None:
    send(coordinator, f"/desk/guides/{guide}/submit", text="")
    send(authority, "/desk/versions/1/endorse", text="We endorse it.")
    with app.app_context():
        frozen = db.session.get_one(Version, 1).content
    send(coordinator, f"/desk/guides/{guide}/open-edition")
    with app.app_context():
        found = db.session.get_one(Guide, guide)
        assert (found.state, found.edition) == ("draft", 2)
        assert db.session.get_one(Version, 1).content == frozen


def test_it_can_be_taken_back_before_the_decision(app, guide, coordinator, authority) -> None:
    send(coordinator, f"/desk/guides/{guide}/submit", text="")
    send(coordinator, "/desk/versions/1/take-back")
    assert state(app) == "draft"
    assert send(authority, "/desk/versions/1/endorse", text="We endorse it.").status_code == 409


@pytest.mark.parametrize(
    ("role", "shown"),
    [("facilitator", {"submit"}), ("expert", set()), ("authority", {"licence"}), ("reader", set())],
)
def test_each_role_is_offered_what_it_may_do(guide, sign_in, role, shown) -> None:
    page = soup(sign_in("someone@example.org", SN=role).get(f"/desk/guides/{guide}/endorsement"))
    offered = {form["action"].rsplit("/", 1)[1] for form in page.select("main form")}
    assert offered == shown


def test_the_licence_is_one_of_those_offered(app, guide, authority) -> None:
    for strange in ("Mine", "CC-BY-NC-4.0"):
        refused = send(authority, f"/desk/guides/{guide}/licence", licence=strange)
        assert (refused.status_code, errors(refused)) == (422, {"licence": "Choose one of the list."})
    send(authority, f"/desk/guides/{guide}/licence", licence="CC0-1.0")
    with app.app_context():
        assert db.session.get_one(Guide, guide).licence == "CC0-1.0"


def test_the_authority_alone_chooses_the_licence_and_sees_it_before_deciding(
    app, guide, coordinator, authority
) -> None:
    assert send(coordinator, f"/desk/guides/{guide}/licence", licence="CC0-1.0").status_code == 403
    assert "CC BY 4.0" in words(coordinator.get(f"/desk/guides/{guide}/endorsement"))
    send(coordinator, f"/desk/guides/{guide}/submit", text="")
    assert "CC BY 4.0" in words(authority.get(f"/desk/guides/{guide}/endorsement"))


def test_other_countries_see_nothing(guide, sign_in) -> None:
    stranger = sign_in("else@example.org", GH="coordinator")
    for page in ("endorsement", "review", "follow-up", "draft", "takings"):
        assert stranger.get(f"/desk/guides/{guide}/{page}").status_code == 404
