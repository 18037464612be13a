"""The dashboard: what one sees, what to do next, and who sees what."""

import datetime as dt
import gzip
import re

import pytest
from werkzeug.test import TestResponse

from facilitator import db
from facilitator.models.wording import LANGUAGES
from tests import factories
from tests.web.desk.asking import send, soup, words

PAGES = {
    "/desk/": "anyone",
    "/desk/account": "anyone",
    "/desk/guides/new": "runner anywhere",
    "/desk/guides/1": "see",
    "/desk/guides/1/edit": "run",
    "/desk/guides/1/workshops/new": "run",
    "/desk/workshops/1": "see",
    "/desk/workshops/1/edit": "run",
    "/desk/workshops/1/sessions/new": "run",
    "/desk/sessions/1/edit": "run",
    "/desk/sessions/1/copy": "see and run somewhere",
    "/desk/people": "administrator",
    "/desk/people/new": "administrator",
    "/desk/people/1": "administrator",
}
ACTS = {
    "/desk/sessions/1/withdraw": "run",
    "/desk/sessions/1/restore": "run",
    "/desk/people/1/roles": "administrator",
    "/desk/people/1/roles/1/take": "administrator",
    "/desk/people/1/administrator": "administrator",
    "/desk/people/1/link": "administrator",
}
ROLES = [
    (role, code) for role in ("facilitator", "coordinator", "expert", "authority") for code in ("SN", "ML")
]


@pytest.fixture
def senegal(app):
    with app.app_context():
        factories.person("first@example.org", roles={"CI": "expert"})
        factories.activity()
        factories.workshop(guide=factories.guide("ML"))
        db.session.commit()


def expected(rule, role, code):
    """Say which status a rule means for a role in Senegal (the things asked for) or elsewhere."""
    runs, here = role in ("facilitator", "coordinator"), code == "SN"
    if rule == "anyone" or (rule == "see" and here):
        return 200
    if rule == "runner anywhere":
        return 200 if runs else 404
    if rule == "run" and here:
        return 200 if runs else 403
    if rule == "see and run somewhere" and here:
        return 200 if runs else 404
    return 404


@pytest.mark.parametrize(("role", "code"), ROLES)
def test_each_role_reaches_its_own_country_only(sign_in, senegal, role, code):
    browser = sign_in("someone@example.org", **{code: role})
    met = {page: browser.get(page).status_code for page in PAGES}
    assert met == {page: expected(rule, role, code) for page, rule in PAGES.items()}
    acted = {page: send(browser, page).status_code for page in ACTS}
    done = {page: expected(rule, role, code) for page, rule in ACTS.items()}
    assert acted == {page: 302 if status == 200 else status for page, status in done.items()}


def test_an_administrator_reaches_everything(admin, senegal):
    assert {admin.get(page).status_code for page in PAGES} == {200}


def test_a_stranger_is_led_to_the_door(client, senegal):
    for page in PAGES:
        assert client.get(page).location.startswith("/sign-in"), page
    for page in PAGES:
        assert client.post(page).status_code in {400, 401, 405}, page
    for page in ACTS:
        assert client.post(page).status_code in {400, 401}, page


@pytest.mark.parametrize(
    "address", [*ACTS, "/desk/guides/new", "/desk/guides/1/edit", "/desk/account", "/sign-out"]
)
def test_a_forged_post_is_refused(admin, senegal, address):
    assert admin.post(address, data={"csrf_token": "forged"}).status_code == 400
    assert admin.post(address).status_code == 400


def told(page: TestResponse) -> str:
    """Read a page without what differs from one asking to the next: its token and its own address."""
    kept = re.sub(r'(name="csrf_token" value=)"[^"]+"', r"\1", page.text)
    return re.sub(r"/desk/\w+/\d+/", "/desk/…/", kept)


def test_what_is_not_there_and_what_is_not_yours_look_alike(sign_in, senegal):
    browser = sign_in("someone@example.org", ML="facilitator")
    for thing in ("guides", "workshops", "sessions"):
        hers, nobodys = (browser.get(f"/desk/{thing}/{number}/edit") for number in (1, 999))
        assert hers.status_code == nobodys.status_code == 404
        assert told(hers) == told(nobodys)


def test_an_empty_dashboard_explains_itself_in_three_lines(admin):
    page = admin.get("/desk/")
    assert len(soup(page).select(".beginning li")) == 3
    assert soup(page).select_one(".beginning a")["href"] == "/desk/guides/new"


def test_someone_without_a_country_is_told_whom_to_ask(app, sign_in):
    browser = sign_in("e@example.org", SN="expert")
    assert "Ask an administrator" in words(browser.get("/desk/"))


def test_one_sees_the_guides_of_ones_own_countries(sign_in, senegal):
    shown = words(sign_in("e@example.org", ML="expert").get("/desk/"))
    assert "Mali" in shown
    assert "Senegal" not in shown


def steps(browser):
    return [tag.get_text(strip=True) for tag in soup(browser.get("/desk/")).select(".steps .soft")]


def test_the_next_step_is_offered_until_the_room_can_vote(app, admin):
    def made(make):
        with app.app_context():
            make()
            db.session.commit()

    today = dt.datetime.now(dt.UTC).date()
    made(factories.guide)
    assert steps(admin) == ["This guide has no workshop yet."]
    found = {"starts_on": today, "ends_on": today}
    made(lambda: factories.workshop(guide=db.session.get(factories.Guide, 1), **found))
    assert steps(admin) == ["This workshop has no session yet."]
    made(lambda: factories.session(workshop=db.session.get(factories.Workshop, 1)))
    assert steps(admin) == ["This session has no questions yet."]
    made(lambda: factories.activity(session=db.session.get(factories.Session, 1)))
    assert steps(admin) == ["This session can run today."]


def test_a_workshop_that_is_over_asks_for_nothing(app, admin):
    with app.app_context():
        factories.workshop(starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 1, 2))
        db.session.commit()
    assert steps(admin) == []


def test_every_page_can_be_read_in_every_language(admin, senegal):
    for page in PAGES:
        answer = soup(admin.get(f"{page}?language=fr"))
        assert (answer.html["lang"], answer.html["dir"]) == ("fr", "ltr"), page
        others = [tag["href"] for tag in answer.select(".bar-languages a")]
        assert others == [f"{page}?language={code}" for code in LANGUAGES]


def test_the_first_visit_is_light(admin, senegal):
    page = admin.get("/desk/")
    links = [tag.get("href") or tag.get("src") for tag in soup(page).select("link[rel=stylesheet], script")]
    weight = len(gzip.compress(page.data))
    for link in links:
        with admin.get(link) as answer:
            weight += len(gzip.compress(answer.data))
    assert weight < 60_000
