"""Guides: who may begin one, what is refused, what is kept."""

import pytest
from babel import Locale
from sqlalchemy import select

from facilitator import db
from facilitator.models.guide import Guide
from facilitator.models.wording import LANGUAGES, direction
from facilitator.web.desk import guides
from tests import factories
from tests.trails import last_acts
from tests.web.desk.asking import errors, send, soup, words

ANSWERS = {"country": "SN", "languages": ["fr", "en"], "title_fr": "Guide d’utilisation", "title_en": ""}


def all_guides(app):
    with app.app_context():
        return [
            (g.country.code, g.title, g.languages, g.edition)
            for g in db.session.scalars(select(Guide).order_by(Guide.id))
        ]


def test_an_administrator_begins_a_guide(app, admin):
    done = send(admin, "/desk/guides/new", **ANSWERS)
    assert done.location == "/desk/guides/1"
    assert all_guides(app) == [("SN", {"fr": "Guide d’utilisation"}, ["en", "fr"], 1)]
    assert "Guide d’utilisation" in words(admin.get("/desk/guides/1"))
    with app.app_context():
        assert [(act.act, act.subject) for act in last_acts()] == [("create", "guide 1")]


def test_the_second_guide_of_a_country_is_a_new_edition(app, admin):
    for _time in range(2):
        send(admin, "/desk/guides/new", **ANSWERS)
    assert [edition for *_rest, edition in all_guides(app)] == [1, 2]
    assert "edition 2" in words(admin.get("/desk/guides/2"))


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"country": "XX"}, "country", "Choose one of the list."),
        ({"country": ""}, "country", "Choose one of the list."),
        ({"languages": []}, "languages", "Choose one language at least."),
        ({"languages": ["tlh"]}, "languages", "Choose one language at least."),
        ({"title_fr": " \x00\n"}, "title", "Write it in one language at least."),
        ({"title_fr": "x" * 10_000}, "title-fr", "Too long: 10000 characters, at most 200 fit."),
        ({"languages": ["pt"]}, "title", "Write it in one language at least."),
    ],
)
def test_a_refused_guide_says_why_at_the_field_and_keeps_what_was_typed(app, admin, answers, field, said):
    answer = send(admin, "/desk/guides/new", **ANSWERS | {"title_ar": "دليل"} | answers)
    assert answer.status_code == 422
    assert errors(answer)[field] == said
    assert soup(answer).find("input", attrs={"name": "title-ar"})["value"] == "دليل"
    assert all_guides(app) == []


def test_hostile_titles_are_only_text(admin):
    hostile = '"><script>alert(1)</script>{{ 7*7 }}\u202e'
    send(admin, "/desk/guides/new", **ANSWERS | {"title_fr": hostile})
    page = admin.get("/desk/guides/1").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page


def test_a_guide_can_be_changed(app, admin):
    send(admin, "/desk/guides/new", **ANSWERS)
    shown = soup(admin.get("/desk/guides/1/edit"))
    assert shown.find("input", attrs={"name": "title-fr"})["value"] == "Guide d’utilisation"
    seen = shown.find("input", attrs={"name": "seen"})["value"]
    given = {"languages": ["ar"], "title_ar": "دليل"}
    assert send(admin, "/desk/guides/1/edit", seen=seen, **given).status_code == 302
    assert all_guides(app) == [("SN", {"ar": "دليل"}, ["ar"], 1)]
    assert "Saved." in words(admin.get("/desk/guides/1"))
    refused = send(admin, "/desk/guides/1/edit", languages=["ar"])
    assert (refused.status_code, "title" in errors(refused)) == (422, True)
    stale = send(admin, "/desk/guides/1/edit", seen=seen, languages=["ar"], title_ar="آخر")
    assert stale.status_code == 409
    assert "دليل" in soup(stale).find("p", role="alert").text
    assert 'value="آخر"' in stale.text
    assert all_guides(app)[0][1] == {"ar": "دليل"}


def test_what_a_guide_is_called_does_not_change_once_it_is_submitted(app, admin):
    send(admin, "/desk/guides/new", **ANSWERS)
    seen = soup(admin.get("/desk/guides/1/edit")).find("input", attrs={"name": "seen"})["value"]
    with app.app_context():
        db.session.get_one(Guide, 1).state = "endorsed"
        db.session.commit()
    given = {"languages": ["ar"], "title_ar": "دليل"}
    assert send(admin, "/desk/guides/1/edit", seen=seen, **given).status_code == 409
    assert "/desk/guides/1/edit" not in admin.get("/desk/guides/1").text
    assert all_guides(app)[0][2] == ["en", "fr"]


def test_a_facilitator_begins_guides_of_own_countries_only(app, sign_in):
    browser = sign_in("f@example.org", SN="facilitator", ML="coordinator", CI="expert")
    offered = [tag["value"] for tag in soup(browser.get("/desk/guides/new")).select("#country option")]
    assert offered == ["ML", "SN"]
    assert send(browser, "/desk/guides/new", **ANSWERS | {"country": "CI"}).status_code == 422
    assert send(browser, "/desk/guides/new", **ANSWERS).status_code == 302
    assert [code for code, *_rest in all_guides(app)] == ["SN"]


def test_an_expert_begins_none(sign_in):
    assert sign_in("e@example.org", SN="expert").get("/desk/guides/new").status_code == 404


def test_every_country_is_there_once_those_of_the_project_first(admin):
    first, other = soup(admin.get("/desk/guides/new?language=fr")).select("#country optgroup")
    names = [tag.get_text() for tag in first.find_all("option")]
    assert names[:3] == ["Cameroun", "Cap-Vert", "Congo-Kinshasa"]
    assert len(names) == 10
    codes = [tag["value"] for tag in [*first.find_all("option"), *other.find_all("option")]]
    assert len(codes) == len(set(codes)) == 249


def test_countries_are_ordered_by_name_accents_aside(app):
    with app.test_request_context():
        named = guides.countries(Locale("fr"))
    others = list(list(named.values())[1])
    assert others.index("EG") < others.index("ES") < others.index("EE") < others.index("US")


def test_a_demo_guide_is_marked(app, admin):
    with app.app_context():
        factories.guide(demo=True)
        db.session.commit()
    assert "Demo" in words(admin.get("/desk/guides/1"))
    assert "Demo" in words(admin.get("/desk/"))


def test_the_desk_names_languages_in_the_reader_s_words(admin):
    page = soup(admin.get("/desk/guides/new?language=fr"))
    ticks = [tick.get_text(strip=True) for tick in page.select("#languages label")]
    assert ticks == ["Anglais", "Français", "Portugais", "Espagnol", "Arabe"]
    assert [label.get_text(strip=True) for label in page.select("label[for^=title-]")] == ticks
    switch = page.select_one("a[hreflang=en]")  # who cannot read this page looks for the own name
    assert switch["aria-label"] == "English"


def test_workshops_of_one_name_are_no_landmarks_of_one_name(app, admin):
    with app.app_context():
        guide = factories.workshop().guide
        factories.workshop(guide=guide)
        db.session.commit()
    page = soup(admin.get("/desk/guides/1"))
    assert len(page.select("article[aria-labelledby]")) == 2
    assert page.select("section[aria-labelledby^=workshop]") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_desk_is_read_in_every_language(app, admin, language: str) -> None:
    with app.app_context():
        factories.session()
        db.session.commit()
    for path in ("/desk/", "/desk/guides/1", "/desk/sessions/1", "/desk/people", "/desk/account"):
        page = soup(admin.get(f"{path}?language={language}"))  # a word of English is refused on any page
        assert (page.html["lang"], page.html["dir"]) == (language, direction(language)), path
