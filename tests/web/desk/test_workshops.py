"""Workshops: days, time zones, languages, and who may plan them."""

import datetime as dt

import pytest

from facilitator import db
from facilitator.models.workshop import Workshop
from facilitator.web.desk import workshops
from tests import factories
from tests.trails import last_acts
from tests.web.desk.asking import errors, send, soup, words

ANSWERS = {
    "languages": ["fr", "en"],
    "title_fr": "Atelier national",
    "title_en": "National workshop",
    "place": "Dakar, Hôtel Terrou-Bi",
    "starts_on": "2027-02-15",
    "ends_on": "2027-02-17",
    "timezone": "Africa/Dakar",
}


@pytest.fixture
def guide(app):
    with app.app_context():
        factories.guide()
        db.session.commit()


def kept(app):
    with app.app_context():
        return db.session.get(Workshop, 1)


def test_a_workshop_is_planned(app, admin, guide):
    assert send(admin, "/desk/guides/1/workshops/new", **ANSWERS).location == "/desk/workshops/1"
    made = kept(app)
    assert made.title == {"fr": "Atelier national", "en": "National workshop"}
    assert (made.starts_on, made.ends_on) == (dt.date(2027, 2, 15), dt.date(2027, 2, 17))
    assert (made.place, made.timezone, made.languages) == (ANSWERS["place"], "Africa/Dakar", ["en", "fr"])
    with app.app_context():
        assert last_acts()[0].act == "create"


def test_days_are_written_in_the_readers_language(admin, guide):
    send(admin, "/desk/guides/1/workshops/new", **ANSWERS)
    assert "15–17 févr. 2027" in words(admin.get("/desk/workshops/1?language=fr"))
    assert "Feb 15 – 17, 2027" in words(admin.get("/desk/workshops/1?language=en"))


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"title_fr": "", "title_en": ""}, "title", "Write it in one language at least."),
        ({"title_en": "x" * 10_000}, "title-en", "Too long"),
        ({"place": "x" * 10_000}, "place", "Too long"),
        ({"starts_on": ""}, "starts_on", "Write the first day."),
        ({"ends_on": ""}, "ends_on", "Write the last day."),
        ({"starts_on": "31/02/2027"}, "starts_on", "Write a date, such as 2027-02-15."),
        ({"starts_on": "0001-01-01"}, "starts_on", "Write a date of this century."),
        ({"ends_on": "2027-02-14"}, "ends_on", "The last day cannot be before the first."),
        ({"ends_on": "2027-12-31"}, "ends_on", "more than 60 days"),
        ({"timezone": "Mars/Olympus"}, "timezone", "Choose one of the list."),
        ({"timezone": "../../etc/passwd"}, "timezone", "Choose one of the list."),
        ({"languages": []}, "languages", "Choose one language at least."),
    ],
)
def test_a_refused_workshop_says_why_and_keeps_what_was_typed(app, admin, guide, answers, field, said):
    answer = send(admin, "/desk/guides/1/workshops/new", **ANSWERS | answers)
    assert answer.status_code == 422
    assert said in errors(answer)[field]
    for name in ("place", "starts_on", "ends_on"):
        assert soup(answer).find("input", attrs={"name": name})["value"] == (ANSWERS | answers)[name]
    assert kept(app) is None


def test_the_time_zone_is_that_of_the_country_unless_told(admin, guide):
    page = soup(admin.get("/desk/guides/1/workshops/new"))
    assert page.select_one("#timezone option[selected]")["value"] == "Africa/Dakar"
    zones = [tag["value"] for tag in page.select("#timezone option")]
    assert zones[0] == "Africa/Dakar"
    assert len(zones) == len(set(zones)) > 400


def test_every_country_has_a_time_zone():
    assert workshops.zones_of("CD") == ["Africa/Kinshasa", "Africa/Lubumbashi"]
    assert workshops.zones_of("BV") == ["UTC"]


def test_a_workshop_is_changed(app, admin, guide):
    send(admin, "/desk/guides/1/workshops/new", **ANSWERS)
    assert 'value="2027-02-15"' in admin.get("/desk/workshops/1/edit").get_data(as_text=True)
    done = send(admin, "/desk/workshops/1/edit", **ANSWERS | {"place": "Saint-Louis", "timezone": "UTC"})
    assert done.location == "/desk/workshops/1"
    assert (kept(app).place, kept(app).timezone) == ("Saint-Louis", "UTC")
    assert send(admin, "/desk/workshops/1/edit", **ANSWERS | {"ends_on": ""}).status_code == 422


def test_a_workshop_of_another_time_keeps_its_zone(app, admin):
    with app.app_context():
        factories.workshop(timezone="Africa/Timbuktu")
        db.session.commit()
    page = soup(admin.get("/desk/workshops/1/edit"))
    assert page.select_one("#timezone option[selected]")["value"] == "Africa/Timbuktu"


def test_the_clock_is_that_of_a_town_in_the_readers_words(app, admin):
    with app.app_context():
        factories.workshop(timezone="Atlantic/Cape_Verde")
        db.session.commit()
    assert "Cap-Vert" in soup(admin.get("/desk/workshops/1?language=fr")).text
