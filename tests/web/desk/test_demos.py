"""The demo inside an installation."""

import pytest
from bs4 import BeautifulSoup

from facilitator import db
from facilitator.models.guide import Guide
from facilitator.models.session import Session
from tests import factories


@pytest.fixture(autouse=True)
def no_phones(monkeypatch):
    """Let no simulated phone in: there is no server behind these pages."""
    let_in = []

    class Empty:
        def __init__(self, *given: object) -> None:
            let_in.append(given)

        def start(self) -> None:
            """Do nothing."""

        def leave(self) -> None:
            let_in.append("left")

    monkeypatch.setattr("facilitator.web.desk.demos.Room", Empty)
    return let_in


def token(browser) -> dict[str, str]:
    """Read the token of the desk's forms."""
    page = BeautifulSoup(browser.get("/desk/").data, "html.parser")
    return {"csrf_token": page.find("input", {"name": "csrf_token"})["value"]}


def count(app) -> int:
    with app.app_context():
        return db.session.query(Guide).count()


def test_the_empty_dashboard_offers_the_demo_and_one_click_makes_and_removes_it(app, admin, no_phones):
    assert "Try the demo" in admin.get("/desk/").text
    made = admin.post("/desk/demo", data=token(admin), follow_redirects=True)
    assert made.status_code == 200
    assert len(no_phones) == 1
    page = admin.get("/desk/").text
    assert "Demo" in page
    assert "Remove the demo" in page
    assert admin.get("/desk/?language=fr").status_code == 200
    removed = admin.post("/desk/demo/1/remove", data=token(admin), follow_redirects=True)
    assert removed.status_code == 200
    assert (count(app), no_phones[-1]) == (0, "left")


def test_phones_are_sent_into_demos_only(app, admin, no_phones):
    admin.post("/desk/demo", data=token(admin))
    assert admin.post("/desk/demo/2/phones", data=token(admin)).status_code == 302
    assert no_phones[1] == "left"
    with app.app_context():
        real = factories.session()
        db.session.commit()
        number, guide = real.id, real.workshop.guide_id
    assert admin.post(f"/desk/demo/{number}/phones", data=token(admin)).status_code == 404
    assert admin.post(f"/desk/demo/{guide}/remove", data=token(admin)).status_code == 404
    assert count(app) == 2


@pytest.mark.parametrize(("role", "status"), [("facilitator", 302), ("expert", 403)])
def test_one_needs_a_country_to_run(app, sign_in, role, status):
    browser = sign_in("someone@example.org", ML=role)
    assert browser.post("/desk/demo", data=token(browser)).status_code == status
    with app.app_context():
        codes = [session.workshop.guide.country.code for session in db.session.query(Session)]
    assert set(codes) == ({"ML"} if status == 302 else set())
