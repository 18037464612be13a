"""Who may do what to a guide, in every state of it, at every route of the desk's guide."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from facilitator import db
from facilitator.models.comment import Comment
from facilitator.models.followup import FollowUp
from facilitator.models.guide import STATES, Guide
from facilitator.models.line import Line
from facilitator.models.person import Person
from facilitator.models.revision import Revision
from facilitator.models.taking import Taking, take
from facilitator.models.version import Version, submit
from tests import factories
from tests.web.desk.asking import token

PAGES = (
    "takings",
    "parts",
    "line",
    "matrix",
    "families",
    "history",
    "endorsement",
    "review",
    "versions",
    "followups",
)
ROLES = ("facilitator", "expert", "coordinator", "authority", "reader", "nobody", "stranger")
ALLOWED = {200, 302, 303, 403, 404, 409, 422}
# these begin a process of their own
MADE = ("versions.draft", "versions.cycle", "versions.read")
COMMENTS = ("review.show", "review.line", "review.answer", "review.resolve", "review.reopen")
ALWAYS = {*COMMENTS, "followups.report"}
# whom each act belongs to; in which states it can change anything
WRITERS = {"facilitator", "expert", "coordinator"}
ACTORS = {
    "endorsement.submit": {"facilitator", "coordinator"},
    "endorsement.take_back": {"facilitator", "coordinator"},
    "endorsement.open_edition": {"facilitator", "coordinator"},
    "endorsement.publish": {"facilitator", "coordinator", "authority"},
    "endorsement.licence": {"authority"},
    "endorsement.endorse": {"authority"},
    "endorsement.give_back": {"authority"},
} | dict.fromkeys(COMMENTS, WRITERS | {"authority"})
STATED = {
    "endorsement.endorse": {"submitted"},
    "endorsement.give_back": {"submitted"},
    "endorsement.take_back": {"submitted"},
    "endorsement.publish": {"endorsed"},
    "endorsement.open_edition": {"endorsed", "published"},
}
ANSWERS = {
    "text": "Something",
    "new-name-en": "On rights",
    "reason": "Too broad",
    "licence": "CC0-1.0",
    "position": "0",
    "number": "1",
    "status": "begun",
    "owner-en": "Ministry",
    "owner-fr": "Ministère",
    "owner-ar": "وزارة",
    "facts.name": "Awa",
    "words.text.en": "Other words",
    "language": "fr",
}


@pytest.fixture(autouse=True)
def plain(app) -> None:
    """Read pages without checking each: others check them."""
    app.test_client_class = FlaskClient


@pytest.fixture
def house(app):
    """Make a guide in a state, with one thing of each sort in it."""

    def make(state: str) -> dict[str, int]:
        with app.app_context():
            round_ = factories.ranked([2, 0, 1])
            guide = round_.activity.session.workshop.guide
            boss = factories.person("boss@example.org", {"SN": "coordinator"})
            power = factories.person("power@example.org", {"SN": "authority"})
            guide.begin_parts(boss)
            taking = take(round_, boss)
            guide.add("challenges", boss, words={"text": {"en": "Another"}})
            advice = guide.add("recommendations", boss, words={"text": {"en": "Share", "fr": "Partager"}})
            comment = Comment.say(guide, boss, "Which?", line=advice)
            guide.families = {"own-1": {"en": "On coasts"}}
            version = submit(guide, boss)
            if state in ("endorsed", "published"):
                version.endorse(power)
            if state == "published":
                version.publish(power)
            if state in ("draft", "review"):
                version.take_back(boss)
                guide.state = state
            db.session.commit()
            return {
                "guides": guide.id,
                "lines": advice.id,
                "versions": version.id,
                "comments": comment.id,
                "takings": taking.id,
                "rounds": round_.id,
            }

    return make


def routes(app, ids):
    """List every route of the guide's pages: endpoint, method, address."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if rule.endpoint.partition(".")[0] not in PAGES:
            continue
        given = {"part": "members", "format": "nonsense", "key": "own-1"}
        if "id" in rule.arguments:
            given["id"] = ids[rule.rule.split("/")[2]]
        address = rule.build({name: given[name] for name in rule.arguments})[1]
        for method in sorted(rule.methods & {"GET", "POST"}, reverse=True):
            yield rule.endpoint, method, address


def kept(app):
    """Read all that these routes may change."""
    with app.app_context():
        guide = db.session.scalars(select(Guide)).one()
        counts = [
            db.session.scalar(select(func.count()).select_from(each))
            for each in (Revision, Line, Comment, FollowUp, Taking, Version)
        ]
        comments = [
            (each.resolved, each.text) for each in db.session.scalars(select(Comment).order_by(Comment.id))
        ]
        versions = [
            (each.outcome, each.is_published, each.hash)
            for each in db.session.scalars(select(Version).order_by(Version.id))
        ]
        undone = [each.undone_at is None for each in db.session.scalars(select(Taking).order_by(Taking.id))]
        return guide.state, guide.licence, guide.edition, guide.families, counts, comments, versions, undone


@pytest.mark.parametrize("state", STATES)
def test_every_route_of_the_guide_for_every_role(app, client, sign_in, house, state) -> None:
    ids = house(state)
    people = {role: sign_in(f"{role}@example.org", SN=role) for role in ROLES[:5]}
    people |= {"nobody": client, "stranger": sign_in("stranger@example.org", GH="coordinator")}
    before = kept(app)
    for role in ("nobody", "stranger", "reader", "authority", "expert", "facilitator", "coordinator"):
        given = ANSWERS | {"csrf_token": token(people[role])}
        for endpoint, method, address in routes(app, ids):
            if method == "GET" and (role in WRITERS - {"expert"} or endpoint in MADE):
                continue
            answer = people[role].open(address, method=method, data=given if method == "POST" else None)
            said = f"{role} {method} {endpoint} {state}: {answer.status_code}"
            assert answer.status_code in ALLOWED | {401}, said
            after = kept(app) if method == "POST" else before
            may = role in ACTORS.get(endpoint, WRITERS) and (
                endpoint in ALWAYS or state in STATED.get(endpoint, {"draft", "review"})
            )
            if not may:
                assert after == before, said
            elif after != before:
                restored(app, state, ids)
                before = kept(app)
                if before[0] != state:
                    pytest.fail(said)
            if role in ("nobody", "stranger") and endpoint != "history.terms":
                assert answer.status_code in (302, 401, 403, 404), said
            if role == "reader" and method == "POST" and endpoint != "parts.preview":
                assert answer.status_code in (403, 404), said


def restored(app, state, ids) -> None:
    """Put the guide back into its state, so that the next act meets it there."""
    with app.app_context():
        guide = db.session.get_one(Guide, ids["guides"])
        version = db.session.get_one(Version, ids["versions"])
        for each in guide.versions[1:]:
            db.session.delete(each)
        guide.state = state
        outcomes = {"draft": "taken back", "review": "taken back", "submitted": ""}
        version.outcome = outcomes.get(state, "endorsed")
        version.published_at = version.submitted_at if state == "published" else None
        line = db.session.get_one(Line, ids["lines"])
        line.present, line.left_out = True, ""
        db.session.get_one(Taking, ids["takings"]).undone_at = None
        db.session.get_one(Comment, ids["comments"]).reopen()
        db.session.commit()


def test_who_submitted_does_not_endorse_even_with_both_offices(app, sign_in, house) -> None:
    ids = house("submitted")
    both = sign_in("both@example.org", SN="authority")
    with app.app_context():
        version = db.session.get_one(Version, ids["versions"])
        version.submitted_by_id = db.session.scalars(
            select(Person.id).where(Person.email == "both@example.org")
        ).one()
        db.session.commit()
    answer = both.post(
        f"/desk/versions/{ids['versions']}/endorse", data={"csrf_token": token(both), "text": "I"}
    )
    assert answer.status_code == 403
    assert kept(app)[0] == "submitted"
