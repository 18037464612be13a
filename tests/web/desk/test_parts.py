"""The guide's editor: parts open for every role, rows are written, two people never collide unseen."""

import pytest

from facilitator import db
from facilitator.models.guide import Guide
from facilitator.models.item import Item
from facilitator.models.line import Line
from facilitator.models.part import PARTS
from tests import factories
from tests.web.desk.asking import errors, send, soup, token, words
from tests.web.desk.test_everything import filled

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
    send(expert, f"/desk/lines/{line}/restore", number=written(app, line)[0] - 1)
    assert written(app, line)[1]["actors"]["en"] == "the ministry of labour"
    assert send(expert, f"/desk/lines/{line}/restore", number=99).status_code == 404
    assert "labour" in words(expert.get(f"/desk/guides/{guide}/history"))


def test_what_is_lacking_leads_to_where_it_is_mended(guide, expert) -> None:
    page = soup(expert.get(f"/desk/guides/{guide}/gaps"))
    links = {a["href"].partition("#")[0] for a in page.select("main .card a.button")}
    assert f"/desk/guides/{guide}/parts/members" in links
    assert all(expert.get(link).status_code == 200 for link in links)


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


def whole(browser, part, line):
    """Read a line's form as a browser would send it."""
    form = soup(browser.get(f"/desk/guides/1/parts/{part}")).select_one(f"#line-{line} form")
    return filled(form)


def test_two_people_in_different_languages_of_a_whole_form_do_not_meet(app, guide, expert, admin) -> None:
    line = row(app, "cycle", "cycle-needs")
    theirs, mine = whole(expert, "cycle", line), whole(admin, "cycle", line)
    theirs["words.actors.en"], mine["words.actors.fr"] = "English", "Français"
    assert expert.post(f"/desk/lines/{line}", data=theirs).status_code == 303
    assert admin.post(f"/desk/lines/{line}", data=mine).status_code == 303
    assert written(app, line)[1]["actors"] == {"en": "English", "fr": "Français"}


def test_autosave_hands_over_what_others_wrote_meanwhile(app, guide, expert, admin) -> None:
    line = row(app, "cycle", "cycle-needs")
    mine = whole(admin, "cycle", line)
    post(expert, line, 1, actors__en="English")
    mine["words.actors.fr"] = "Français"
    answer = admin.post(f"/desk/lines/{line}", data=mine, headers={"X-Autosave": "1"})
    assert answer.json == {"number": written(app, line)[0], "theirs": {"words.actors.en": "English"}}


def test_a_form_that_names_no_state_overwrites_nothing(app, guide, expert, admin) -> None:
    line = row(app, "cycle", "cycle-needs")
    for number in ("", "99", "x", "-1", "0"):
        post(expert, line, written(app, line)[0], actors__en=f"Theirs “{number}”")
        assert post(admin, line, number, actors__en="Mine").status_code == 409
        assert written(app, line)[1]["actors"]["en"] == f"Theirs “{number}”"


def test_marks_and_ticks_can_be_decided_too(app, guide, expert, admin) -> None:
    with app.app_context():
        found = db.session.get_one(Guide, guide)
        line = found.add("recommendations", words={"text": {"en": "Share"}}).id
        member = found.add("members", facts={"name": "Awa"}).id
        db.session.commit()
    for number, part, name, one, other in (
        (line, "recommendations", "facts.tags", ["dakar-1"], ["dakar-2", "dakar-3"]),
        (member, "members", "facts.name", ["Awa Diop"], ["Awa Sow"]),
    ):
        theirs, mine = whole(expert, part, number), whole(admin, part, number)
        theirs.setlist(name, one)
        mine.setlist(name, other)
        expert.post(f"/desk/lines/{number}", data=theirs)
        merging = admin.post(f"/desk/lines/{number}", data=mine)
        assert merging.status_code == 409
        sent = filled(soup(merging).select_one("main form.form"))
        assert sent.getlist(name) == other
        assert admin.post(f"/desk/lines/{number}", data=sent).status_code == 303
    with app.app_context():
        assert db.session.get_one(Line, line).fact("tags") == ["dakar-2", "dakar-3"]
        assert db.session.get_one(Line, member).fact("name") == "Awa Sow"


def test_an_action_stays_with_a_challenge_that_is_left_out(app, guide, expert) -> None:
    with app.app_context():
        found = db.session.get_one(Guide, guide)
        over = found.add("challenges", words={"text": {"en": "Few data"}})
        under = found.add("actions", words={"text": {"en": "Train"}}, parent=over)
        over.leave_out(None, "Too broad")
        db.session.commit()
        line, parent = under.id, over.id
    sent = whole(expert, "actions", line)
    sent["words.text.en"] = "Train people"
    assert expert.post(f"/desk/lines/{line}", data=sent).status_code == 303
    with app.app_context():
        assert db.session.get_one(Line, line).parent_id == parent


def test_marks_that_somebody_wrote_stay(app, guide, expert) -> None:
    with app.app_context():
        added = db.session.get_one(Guide, guide).add(
            "recommendations", words={"text": {"en": "Share"}}, facts={"tags": ["dakar-1", "our own"]}
        )
        db.session.commit()
        line = added.id
    assert "our own" in words(expert.get(f"/desk/guides/{guide}/recommendations"))
    sent = whole(expert, "recommendations", line)
    sent["words.text.en"] = "Share data"
    expert.post(f"/desk/lines/{line}", data=sent)
    with app.app_context():
        assert db.session.get_one(Line, line).fact("tags") == ["dakar-1", "our own"]


def test_rows_move_among_those_they_stand_with(app, guide, expert) -> None:
    def order():
        with app.app_context():
            return [line.key for line in db.session.get_one(Guide, guide).lines("sources")]

    before = order()
    rows = soup(expert.get(f"/desk/guides/{guide}/parts/sources")).select(".line")
    ups = [[each["value"] for each in card.select(".line-acts [name=position]")] for card in rows]
    assert ups == [["1"], ["0", "2"], ["1", "3"], ["2"], ["1"], ["0", "2"], ["1"]]
    send(expert, f"/desk/lines/{row(app, 'sources', 'others-borders')}/move", position="0")
    assert order() == [*before[:4], before[5], before[4], before[6]]


def test_a_reason_is_needed_to_leave_a_line_out(app, guide, expert) -> None:
    with app.app_context():
        line = db.session.get_one(Guide, guide).add("challenges", words={"text": {"en": "Few data"}})
        db.session.commit()
        number = line.id
    send(expert, f"/desk/lines/{number}/leave-out", reason="  ", back="matrix")
    with app.app_context():
        assert db.session.get_one(Line, number).stands


def test_there_is_one_coordinator_whatever_comes_back(app, guide, expert) -> None:
    with app.app_context():
        found = db.session.get_one(Guide, guide)
        first = found.add("members", facts={"name": "Awa", "coordinator": True})
        first.leave_out(None, "Has left")
        found.add("members", facts={"name": "Binta"}).change(None, "change", facts={"coordinator": True})
        db.session.commit()
        number = first.id
    send(expert, f"/desk/lines/{number}/bring-back")
    with app.app_context():
        named = [line.fact("coordinator") for line in db.session.get_one(Guide, guide).lines("members")]
        assert named.count(True) == 1


def test_saving_what_nobody_changed_leaves_no_trace(app, guide, expert) -> None:
    with app.app_context():
        item = factories.kept(Item(guide_id=guide, wording={"en": "Share"}, category="recommendation"))
        item.tags, item.family = ["dakar-1"], "cooperation"
        found = db.session.get_one(Guide, guide)
        found.families = {"cooperation": {"en": "On cooperation"}}
        line = found.add("recommendations", item=item)
        db.session.commit()
        number, seen = line.id, line.number
    sent = whole(expert, "recommendations", number)
    expert.post(f"/desk/lines/{number}", data=sent)
    assert written(app, number)[0] == seen


def test_a_line_is_found_on_the_page_where_it_stands(app, guide, expert) -> None:
    with app.app_context():
        found = db.session.get_one(Guide, guide)
        ids = [
            found.add("challenges", words={"text": {"en": f"Challenge {number}"}}).id for number in range(45)
        ]
        db.session.commit()
    page = soup(expert.get(f"/desk/guides/{guide}/parts/challenges"))
    assert len(page.select(".line")) == 20
    assert page.select_one("nav.pages a[aria-current=page]").text.strip() == "1"
    led = expert.get(f"/desk/lines/{ids[44]}")
    assert led.location == f"/desk/guides/{guide}/parts/challenges?page=3#line-{ids[44]}"
    assert soup(expert.get(led.location)).select_one(f"#line-{ids[44]}")
