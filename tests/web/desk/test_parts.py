"""The guide's editor: parts open for every role, rows are written, two people never collide unseen."""

import pytest

from facilitator import db
from facilitator.models.guide import Guide
from facilitator.models.line import Line
from facilitator.models.part import PARTS
from tests import factories
from tests.web.desk.asking import errors, send, soup, token, words

HOSTILE = "<script>alert(1)</script> {{ 7*7 }} =1+1"


@pytest.fixture
def guide(app):
    with app.app_context():
        made = factories.guide()
        made.begin_parts()
        db.session.commit()
        return made.id


@pytest.fixture
def expert(sign_in):
    return sign_in("expert@example.org", SN="expert")


def row(app, part, key=""):
    with app.app_context():
        found = [line for line in db.session.get_one(Guide, 1).lines(part, left_out=True) if line.key == key]
        return found[0].id


def written(app, number):
    with app.app_context():
        line = db.session.get_one(Line, number)
        return line.number, line.state()["words"]


def post(browser, number, seen=None, headers=None, **values):
    """Post a line's form: `actors__en` stands for words.actors.en, `fact_block` for facts.block."""
    named = {f"words.{name.replace('__', '.')}": text for name, text in values.items() if "__" in name}
    named |= {f"facts.{name[5:]}": text for name, text in values.items() if name.startswith("fact_")}
    data = named | {"csrf_token": token(browser), "number": seen or ""}
    return browser.post(f"/desk/lines/{number}", data=data, headers=headers or {})


@pytest.mark.parametrize("part", PARTS)
def test_every_part_can_be_read_and_written(guide, expert, sign_in, part) -> None:
    page = soup(expert.get(f"/desk/guides/{guide}/parts/{part}"))
    assert page.select("form.form button")
    reader = sign_in("reader@example.org", SN="reader")
    assert not soup(reader.get(f"/desk/guides/{guide}/parts/{part}")).select("main form.form button")


def test_a_row_is_added_in_every_language(app, guide, expert) -> None:
    address = f"/desk/guides/{guide}/parts/members"
    sent = {"facts.name": "Awa Diop", "words.institution.fr": "Ministère", "facts.coordinator": "1"}
    assert expert.post(address, data=sent | {"csrf_token": token(expert)}).status_code == 303
    page = words(expert.get(address))
    with app.app_context():
        (line,) = db.session.get_one(Guide, guide).lines("members")
        assert (line.fact("name"), line.text("institution", "fr")) == ("Awa Diop", "Ministère")
    assert "Institution" in page


def test_an_empty_row_is_refused_at_its_field(app, guide, expert) -> None:
    refused = send(expert, f"/desk/guides/{guide}/parts/acronyms")
    assert refused.status_code == 422
    assert list(errors(refused).values()) == ["Write it in one language at least."]
    with app.app_context():
        assert db.session.get_one(Guide, guide).lines("acronyms") == []


def test_a_fixed_part_does_not_grow(guide, expert) -> None:
    assert send(expert, f"/desk/guides/{guide}/parts/cycle").status_code == 404


def test_what_is_too_long_is_said_at_the_field_and_stays_in_the_form(app, guide, expert) -> None:
    line = row(app, "cycle", "cycle-needs")
    refused = post(expert, line, actors__en="x" * 2001)
    assert refused.status_code == 422
    assert len(errors(refused)) == 1
    assert written(app, line)[1] == {}


def test_hostile_text_stays_text(app, guide, expert) -> None:
    post(expert, row(app, "foreword", "foreword"), body__en=HOSTILE)
    page = expert.get(f"/desk/guides/{guide}/parts/foreword")
    assert soup(page).find("textarea", attrs={"name": "words.body.en"}).text.strip() == HOSTILE
    shown = expert.post(f"/desk/guides/{guide}/preview", data={"text": HOSTILE, "csrf_token": token(expert)})
    assert "<script" not in shown.text


def test_autosave_answers_with_the_new_number(app, guide, expert) -> None:
    line, header = row(app, "cycle", "cycle-needs"), {"X-Autosave": "1"}
    first = post(expert, line, 1, header, actors__en="Ministry")
    assert first.json["number"] == written(app, line)[0]
    again = post(expert, line, first.json["number"], header, actors__en="Ministry")
    assert again.json == first.json


def test_two_people_are_shown_both_texts_and_decide(app, guide, expert, admin) -> None:
    line = row(app, "cycle", "cycle-needs")
    seen = written(app, line)[0]
    post(expert, line, seen, actors__en="Theirs", actors__fr="Le leur")
    merging = post(admin, line, seen, actors__en="Mine", actors__fr="")
    assert merging.status_code == 409
    page = soup(merging)
    said = [each.get_text(strip=True) for each in page.select(".merge dd")]
    assert {"Theirs", "Mine"} <= set(said)
    assert written(app, line)[1]["actors"]["en"] == "Theirs"
    number = page.find("input", attrs={"name": "number"})["value"]
    assert post(admin, line, number, actors__en="Both").status_code == 303
    assert written(app, line)[1]["actors"] == {"en": "Both", "fr": "Le leur"}


def test_two_people_in_different_fields_do_not_meet(app, guide, expert, admin) -> None:
    line = row(app, "cycle", "cycle-needs")
    seen = written(app, line)[0]
    post(expert, line, seen, actors__en="English")
    assert post(admin, line, seen, actors__fr="Français").status_code == 303
    assert written(app, line)[1]["actors"] == {"en": "English", "fr": "Français"}


def test_an_autosave_that_was_overtaken_says_so_and_changes_nothing(app, guide, expert, admin) -> None:
    line = row(app, "cycle", "cycle-needs")
    seen = written(app, line)[0]
    post(expert, line, seen, actors__en="Theirs")
    answer = post(admin, line, seen, {"X-Autosave": "1"}, actors__en="Mine")
    assert (answer.status_code, answer.json) == (409, {"overtaken": True})
    assert written(app, line)[1]["actors"]["en"] == "Theirs"


def test_a_line_is_left_out_with_a_reason_and_brought_back(app, guide, expert) -> None:
    with app.app_context():
        added = db.session.get_one(Guide, guide).add("challenges", words={"text": {"en": "Few data"}})
        db.session.commit()
        line = added.id
    send(expert, f"/desk/lines/{line}/leave-out", reason="Too broad", back="matrix")
    assert "Left out: Too broad" in words(expert.get(f"/desk/guides/{guide}/matrix"))
    send(expert, f"/desk/lines/{line}/bring-back", back="matrix")
    assert "Too broad" not in words(expert.get(f"/desk/guides/{guide}/matrix"))


def test_lines_are_moved(app, guide, expert) -> None:
    with app.app_context():
        found = db.session.get_one(Guide, guide)
        ids = [found.add("challenges", words={"text": {"en": text}}).id for text in "ABC"]
        db.session.commit()
    send(expert, f"/desk/lines/{ids[2]}/move", position="0", back="matrix")
    with app.app_context():
        order = [line.text("text", "en") for line in db.session.get_one(Guide, guide).lines("challenges")]
        assert order == ["C", "A", "B"]


def test_history_says_word_by_word_and_restores(app, guide, expert) -> None:
    line = row(app, "cycle", "cycle-needs")
    for text in ("the ministry of labour", "the ministry of health"):
        post(expert, line, written(app, line)[0], actors__en=text)
    page = soup(expert.get(f"/desk/lines/{line}/history"))
    assert page.select_one("del").text.strip() == "labour"
    assert page.select_one("ins").text.strip() == "health"
    now = written(app, line)[0]
    send(expert, f"/desk/lines/{line}/restore", number=now - 1, seen=now)
    assert written(app, line)[1]["actors"]["en"] == "the ministry of labour"
    assert send(expert, f"/desk/lines/{line}/restore", number=99).status_code == 404
    assert "labour" in words(expert.get(f"/desk/guides/{guide}/history"))


def test_what_is_lacking_leads_to_where_it_is_mended(app, guide, expert) -> None:
    with app.app_context():
        made = db.session.get_one(Guide, guide)
        made.title, made.families = {"fr": "Guide"}, {"coast": {"fr": "Côte"}}
        made.add("recommendations", words={"text": {"en": "Share"}}, facts={"family": "coast"})
        db.session.commit()
    page = soup(expert.get(f"/desk/guides/{guide}/gaps"))
    links = {a["href"].partition("#")[0] for a in page.select("main .card a.button")}
    assert {f"/desk/guides/{guide}/parts/members", f"/desk/guides/{guide}/families"} <= links
    assert "the title is missing: English" in words(expert.get(f"/desk/guides/{guide}/gaps"))
    assert all(expert.get(link).status_code in (200, 302) for link in links)


def test_the_glossary_is_marked_where_a_person_must_review(expert) -> None:
    page = soup(expert.get("/desk/glossary"))
    assert page.select("abbr.review")


def test_readers_and_authorities_change_nothing(app, guide, sign_in) -> None:
    line = row(app, "cycle", "cycle-needs")
    for role in ("reader", "authority"):
        someone = sign_in(f"{role}@example.org", SN=role)
        assert post(someone, line, 1, actors__en="x").status_code == 403
        assert send(someone, f"/desk/guides/{guide}/parts/members").status_code == 403
        for act in ("leave-out", "bring-back", "remove", "move", "restore"):
            assert send(someone, f"/desk/lines/{line}/{act}").status_code == 403
    assert written(app, line)[1] == {}


def test_recommendations_stand_by_family(app, guide, expert) -> None:
    with app.app_context():
        found = db.session.get_one(Guide, guide)
        found.families = {"cooperation": {"en": "On cooperation", "fr": "En matière de coopération"}}
        texts = {"text": {"en": "Share data", "fr": "Partager"}}
        found.add("recommendations", words=texts, facts={"family": "cooperation", "tags": ["dakar-10"]})
        found.add("recommendations", words={"text": {"en": "Train people"}})
        db.session.commit()
    heads = [
        each.get_text(strip=True)
        for each in soup(expert.get(f"/desk/guides/{guide}/recommendations")).select("h2")
    ]
    assert "On cooperation" in heads
