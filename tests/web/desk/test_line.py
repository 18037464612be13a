"""One line of the guide: two writers, moves, marks, the page where it stands."""

from facilitator import db
from facilitator.models.guide import Guide
from facilitator.models.item import Item
from facilitator.models.line import Line
from tests import factories
from tests.web.desk.asking import send, soup, words
from tests.web.desk.test_everything import filled
from tests.web.desk.test_parts import expert, guide, post, row, written

__all__ = ["expert", "guide"]


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


def test_two_people_act_on_a_line_and_the_later_is_told(app, guide, expert) -> None:
    with app.app_context():
        line = db.session.get_one(Guide, guide).add("challenges", words={"text": {"en": "Few data"}})
        line.change(None, "change", words={"text": {"en": "Little data"}})
        line.leave_out(None, "Twice")
        db.session.commit()
        number = line.id
    for act, given in (("leave-out", {"reason": "Mine"}), ("restore", {"number": "1", "seen": "2"})):
        send(expert, f"/desk/lines/{number}/{act}", back="history", **given)
        assert "Somebody else has changed this" in soup(expert.get(f"/desk/lines/{number}/history")).text
    with app.app_context():
        line = db.session.get_one(Line, number)
        assert (line.number, line.left_out) == (3, "Twice")


def test_what_every_guide_has_is_not_taken_away(app, guide, expert) -> None:
    with app.app_context():
        text = db.session.get_one(Guide, guide).lines("foreword")[0].id
    for line in (text, row(app, "cycle", "cycle-needs")):
        for act in ("leave-out", "remove"):
            assert send(expert, f"/desk/lines/{line}/{act}", reason="Away").status_code == 404
        with app.app_context():
            assert db.session.get_one(Line, line).stands


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


def test_a_page_is_read_in_the_language_of_each_reader(guide, expert) -> None:
    for language, head in (
        ("fr", "Matrice problème/solution"),
        ("en", "Problem/solution matrix"),
        ("fr", "Matrice problème/solution"),
    ):
        page = soup(expert.get(f"/desk/guides/{guide}/matrix?language={language}"))
        assert page.select_one("h1").get_text(strip=True).lower() == head.lower()
