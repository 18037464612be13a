"""Versions: frozen, endorsed by a second person with that office, published, left as they were."""

import pytest
from sqlalchemy import update

from facilitator import db
from facilitator.models.content import content, portable, sealed
from facilitator.models.guide import Guide
from facilitator.models.objections import NotAuthority, NotEditable, NotEndorsed, SameHand, SubmittedAlready
from facilitator.models.person import ACTS, ROLES, Person
from facilitator.models.version import Version, open_edition, published, submit
from tests import factories

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def guide(context) -> Guide:
    """Make a guide that says something."""
    made = factories.guide()
    made.add("members", facts={"name": "Awa", "contact": "awa@example.org"})
    return made


@pytest.fixture
def coordinator(context) -> Person:
    """Make the person who submits."""
    return factories.person("coordinator@example.org", {"SN": "coordinator"})


@pytest.fixture
def authority(context) -> Person:
    """Make the person who endorses."""
    return factories.person("authority@example.org", {"SN": "authority"}, name="Madame Fall")


def test_the_way_from_draft_to_published(guide, coordinator, authority):
    guide.review()
    assert (guide.state, guide.editable) == ("review", True)
    version = submit(guide, coordinator, "Ready")
    assert (guide.state, guide.editable, guide.version) == ("submitted", False, version)
    with pytest.raises(NotEndorsed):
        version.publish(coordinator)
    version.endorse(authority, "We endorse it.")
    assert (guide.state, version.outcome, version.decided_by) == ("endorsed", "endorsed", "Madame Fall")
    assert Version.public("sn") is None
    version.publish(coordinator)
    assert guide.state == "published"
    assert Version.public("sn") is Version.public("SN", 1) is version
    assert Version.public("sn", 2) is None
    assert published() == [version]
    at = version.published_at
    version.publish(coordinator)
    assert version.published_at == at


def test_a_version_is_frozen_and_its_hash_tells(guide, coordinator, authority):
    version = submit(guide, coordinator)
    said = content(guide)
    assert version.said == portable(said)
    assert version.hash == sealed(version.said) == sealed(said)
    version.endorse(authority, "")
    version.publish(authority)
    open_edition(guide, coordinator)
    assert (guide.state, guide.edition) == ("draft", 2)
    guide.lines("members")[0].change(coordinator, "edit", facts={"name": "Binta"})
    assert version.hash == sealed(version.said) != sealed(content(guide))
    assert "Binta" not in version.content
    assert Version.public("sn") is version
    second = submit(guide, coordinator)
    assert (second.number, second.edition) == (2, 2)
    second.endorse(authority, "")
    second.publish(coordinator)
    assert Version.public("sn") is second
    assert Version.public("sn", 1) is version
    assert [each.edition for each in published()] == [2, 1]


@pytest.mark.parametrize("state", ["submitted", "endorsed", "published"])
def test_a_guide_before_or_past_the_authority_does_not_change(guide, coordinator, authority, state):
    version = submit(guide, coordinator)
    if state != "submitted":
        version.endorse(authority, "")
    if state == "published":
        version.publish(coordinator)
    assert guide.state == state
    with pytest.raises(NotEditable):
        guide.lines("members")[0].change(coordinator, "edit", facts={"name": "Binta"})
    with pytest.raises(NotEditable):
        submit(guide, coordinator)


def test_only_what_was_endorsed_can_open_an_edition(guide, coordinator):
    with pytest.raises(NotEndorsed):
        open_edition(guide, coordinator)
    submit(guide, coordinator)
    with pytest.raises(NotEndorsed):
        open_edition(guide, coordinator)


def test_what_is_returned_is_worked_on_with_the_reason(guide, coordinator, authority):
    version = submit(guide, coordinator)
    version.return_(authority, "Who keeps it up to date?")
    assert (version.outcome, guide.state, guide.editable) == ("returned", "draft", True)
    assert [comment.text for comment in version.comments] == ["Who keeps it up to date?"]
    for act in (
        lambda: version.endorse(authority, ""),
        lambda: version.return_(authority, ""),
        lambda: version.take_back(coordinator),
    ):
        with pytest.raises(SubmittedAlready):
            act()
    with pytest.raises(NotEndorsed):
        version.publish(coordinator)
    assert submit(guide, coordinator).edition == 1


def test_of_two_who_submit_at_once_the_later_is_told(guide, coordinator):
    assert guide.state == "draft"
    moved = update(Guide).where(Guide.id == guide.id).values(state="submitted")
    db.session.execute(moved, execution_options={"synchronize_session": False})
    with pytest.raises(NotEditable):
        submit(guide, coordinator)
    assert guide.versions == []


def test_what_was_submitted_too_early_is_taken_back(guide, coordinator, authority):
    version = submit(guide, coordinator)
    version.take_back(coordinator)
    assert guide.editable
    with pytest.raises(SubmittedAlready):
        version.endorse(authority, "")


@pytest.mark.parametrize("role", [*ROLES, "administrator", "abroad"])
def test_only_the_authority_of_the_country_decides(guide, coordinator, role):
    roles = {"administrator": {}, "abroad": {"ML": "authority"}}.get(role, {"SN": role})
    person = factories.person("someone@example.org", roles)
    version = submit(guide, coordinator)
    if role == "authority":
        version.endorse(person, "")
        assert version.outcome == "endorsed"
        return
    for act in (lambda: version.endorse(person, ""), lambda: version.return_(person, "")):
        with pytest.raises(NotAuthority):
            act()
    assert (version.outcome, guide.state) == ("", "submitted")


def test_the_hand_that_submitted_does_not_endorse(guide):
    both = factories.person("both@example.org", {"SN": "authority"}, administrator=True)
    version = submit(guide, both)
    with pytest.raises(SameHand):
        version.endorse(both, "")
    assert version.outcome == ""


ALLOWED = {
    "facilitator": {"see", "run", "edit", "comment", "submit", "publish"},
    "coordinator": {"see", "run", "edit", "comment", "submit", "publish"},
    "expert": {"see", "edit", "comment"},
    "authority": {"see", "comment", "endorse", "publish"},
    "reader": {"see"},
}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_what_its_duty_takes(guide, role):
    person = factories.person(roles={"SN": role})
    assert {act for act in ACTS if person.may(act, guide.country)} == ALLOWED[role]
    elsewhere = factories.guide("ML").country
    assert not any(person.may(act, elsewhere) for act in ACTS)


def test_an_administrator_may_everything_but_endorse(guide):
    person = factories.person()
    assert {act for act in ACTS if not person.may(act, guide.country)} == {"endorse"}


def test_editions_of_a_country_bear_different_numbers(guide, coordinator, authority):
    other = factories.guide()
    version = submit(guide, coordinator)
    assert submit(other, coordinator).edition == 2
    version.return_(authority, "No")
    assert submit(guide, coordinator).edition == 1


def test_a_demo_stands_under_a_code_of_its_own(coordinator, authority):
    demo = factories.guide(demo=True)
    version = submit(demo, coordinator)
    assert version.edition == 1
    version.endorse(authority, "")
    version.publish(coordinator)
    assert Version.public("sn") is None
    assert Version.public("sn-demo") is version
    assert (published(), published(demo=True)) == ([], [version])


def test_an_endorsed_version_can_be_published_after_the_next_edition_began(guide, coordinator, authority):
    version = submit(guide, coordinator)
    version.endorse(authority, "")
    open_edition(guide, coordinator)
    version.publish(coordinator)
    assert (guide.state, Version.public("sn")) == ("draft", version)
