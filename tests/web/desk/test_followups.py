"""Recommendations live on: reported at the desk, read by everyone, due in a calendar."""

import pytest

from facilitator import db
from facilitator.models.line import Line
from facilitator.models.person import Person
from facilitator.models.version import submit
from tests import factories
from tests.web.desk.asking import errors, send, soup, words

TEXT = "Name a focal point, in each ministry; soon"


@pytest.fixture
def line(app):
    with app.app_context():
        guide = factories.guide()
        words = {"en": TEXT, "fr": "Nommer un point focal", "ar": "تسمية جهة اتصال"}
        made = guide.add("recommendations", words={"text": words}, facts={"family": "cooperation"})
        guide.add("keeper", key="keeper", words={"institution": {"en": "The statistics office"}})
        coordinator = factories.person("c@example.org", {"SN": "coordinator"})
        authority = factories.person("a@example.org", {"SN": "authority"})
        version = submit(guide, coordinator)
        version.endorse(authority)
        version.publish(authority)
        db.session.commit()
        return made.id


def report(browser, line, **given):
    said = {
        "owner-en": "Ministry",
        "status": "begun",
        "deadline": "2027-03-01",
        "next_update": "",
        "note": "",
    }
    page = soup(browser.get(f"/desk/lines/{line}/follow-up"))
    hidden = {name: page.find("input", attrs={"name": name})["value"] for name in ("csrf_token", "seen")}
    return browser.post(f"/desk/lines/{line}/follow-up", data=hidden | said | given)


def test_a_report_is_kept_after_endorsement_and_read_by_everyone(app, client, admin, line) -> None:
    assert report(admin, line, note="First meeting held").status_code == 303
    assert "Ministry" in words(admin.get("/desk/guides/1/follow-up"))
    page = client.get("/guides/sn/follow-up?language=en").text
    assert all(text in page for text in (TEXT, "Ministry", "Under way", "2027", "The statistics office"))
    assert "First meeting held" not in page


def test_its_days_are_a_calendar(client, admin, line) -> None:
    report(admin, line, next_update="2027-01-15")
    calendar = client.get("/guides/sn/follow-up.ics?language=en")
    assert calendar.mimetype == "text/calendar"
    assert all(len(row) <= 75 for row in calendar.data.split(b"\r\n"))
    unfolded = calendar.get_data(as_text=True).replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20270301" in unfolded
    assert "SUMMARY:Deadline: Name a focal point\\, in each ministry\\; soon" in unfolded
    assert "DTSTART;VALUE=DATE:20270115" in unfolded
    report(admin, line, status="done")
    assert "VEVENT" not in client.get("/guides/sn/follow-up.ics").text


def test_a_wrong_day_is_said_at_the_field_and_nothing_is_kept(app, admin, line) -> None:
    refused = report(admin, line, deadline="tomorrow")
    assert (refused.status_code, list(errors(refused))) == (422, ["deadline"])
    with app.app_context():
        assert db.session.get_one(Line, line).follow is None


def test_nobody_reports_over_a_report_they_did_not_see(app, admin, line) -> None:
    report(admin, line, owner_fr="", deadline="2027-05-01")
    late = report(admin, line, seen="0", status="done", deadline="2027-03-01")
    assert late.status_code == 409
    assert soup(late).find("p", role="alert")
    assert "May 1, 2027" in words(late)
    with app.app_context():
        last = db.session.get_one(Line, line).follow
        assert (last.status, last.deadline.month) == ("begun", 5)
    seen = soup(late).find("input", attrs={"name": "seen"})["value"]
    assert report(admin, line, seen=seen, status="done").status_code == 303


def test_a_draft_of_the_next_edition_stays_inside(app, client, admin, line) -> None:
    send(admin, "/desk/guides/1/open-edition")
    with app.app_context():
        found = db.session.get_one(Line, line)
        found.change(None, "change", words={"text": {"en": "Not endorsed yet"}})
        db.session.commit()
    page = client.get("/guides/sn/follow-up?language=en").text
    assert TEXT in page
    assert "Not endorsed yet" not in page


def test_an_unpublished_guide_has_no_page(client) -> None:
    assert client.get("/guides/sn/follow-up").status_code == 404
    assert client.get("/guides/sn/follow-up.ics").status_code == 404


def test_a_reader_changes_nothing(app, sign_in, line) -> None:
    reader = sign_in("reader@example.org", SN="reader")
    assert report_refused(reader, line) == 403
    with app.app_context():
        assert Person.by_email("reader@example.org")
        assert db.session.get_one(Line, line).follow is None


def report_refused(browser, line) -> int:
    return send(browser, f"/desk/lines/{line}/follow-up", status="done").status_code
