"""People, their passwords and their roles."""

import pytest

from facilitator import db
from facilitator.models.country import Country
from facilitator.models.guide import Guide
from facilitator.models.person import Person, matches
from tests import factories

pytestmark = pytest.mark.usefixtures("context")


@pytest.mark.parametrize(
    ("role", "see", "run"),
    [
        ("facilitator", True, True),
        ("coordinator", True, True),
        ("expert", True, False),
        ("authority", True, False),
    ],
)
def test_a_role_holds_in_its_country_only(role, see, run):
    person = factories.person(roles={"SN": role})
    home, abroad = Country.named("SN"), Country.named("ML")
    assert (person.may("see", home), person.may("run", home)) == (see, run)
    assert not person.may("see", abroad)
    assert not person.may("run", abroad)


def test_an_administrator_may_everything_everywhere():
    person = factories.person()
    assert person.may("run", Country.named("ML"))


def test_people_see_the_guides_of_their_countries():
    home, _ = factories.guide("SN"), factories.guide("ML")
    assert Guide.seen_by(factories.person(roles={"SN": "expert"})) == [home]
    assert len(Guide.seen_by(factories.person(email="admin@example.org"))) == 2


def test_a_new_password_signs_out_every_other_browser():
    person = factories.person()
    token = person.get_id()
    assert Person.signed_in(token) is person
    person.set_password("correct horse")
    assert person.check_password("correct horse")
    assert not person.check_password("wrong horse")
    assert Person.signed_in(token) is None
    assert Person.signed_in(person.get_id()) is person


@pytest.mark.parametrize("token", ["", "1", "1.x", "x.1", "999.0", "1.0.0", "²."])
def test_a_forged_token_is_nobody(token):
    factories.person()
    assert Person.signed_in(token) is None


def test_no_password_matches_nothing():
    assert not matches(None, "a password that nobody has")
    assert not matches("not a hash", "x")


def test_addresses_are_found_in_any_case():
    person = factories.person(email="awa@example.org")
    assert Person.by_email(" Awa@Example.org ") is person
    assert Person.count() == 1


def test_countries_have_names_and_begin_once():
    assert Country.named("CI") is Country.named("CI")
    assert Country.named("CI").name("fr") == "Côte d’Ivoire"
    assert Country.named("CI").name("ar") == "ساحل العاج"
    db.session.rollback()
