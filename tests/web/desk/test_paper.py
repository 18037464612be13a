"""Paper ballots and raised hands: counted once, told apart, taken back and put back, printed."""

import io
import json
import re
import secrets

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from facilitator import db
from facilitator.kinds import KINDS
from facilitator.models import trail
from facilitator.models.activity import Activity
from facilitator.models.ballot import Ballot
from facilitator.models.institution import GOVERNMENTAL
from facilitator.models.round import Round
from facilitator.models.trail import Trail
from facilitator.web.desk import blank
from tests import factories
from tests.web.desk.asking import send, soup, words
from tests.web.rooms import answer, ballots, close, join, opened

PAGE, HANDS = "/desk/rounds/1/paper", "/desk/rounds/1/hands"


def sheet() -> str:
    return secrets.token_urlsafe(16)


def supports(app) -> list[int]:
    with app.app_context():
        found = {row.option: row.figures["support"] for row in db.session.get_one(Round, 1).tally().rows}
    return [found[option] for option in sorted(found)]


def acts(app) -> list[tuple[str, dict]]:
    with app.app_context():
        lines = db.session.scalars(select(Trail).order_by(Trail.id)).all()
        assert trail.verify() is None
    return [(line.act, json.loads(line.detail)) for line in lines]


def test_a_paper_ballot_counts_beside_the_phones_and_is_told_apart(app, admin):
    opened(app)
    answer(join(app), 1)
    sent = send(admin, PAGE, option="2", sheet=sheet())
    assert sent.status_code == 303
    assert "1 ballot counted." in words(admin.get(sent.location))
    assert sorted(ballots(app)) == [(None, "paper", None), (None, "phone", None)]
    close(app)
    told = words(admin.get("/desk/rounds/1"))
    assert "2 took part." in told
    assert "Of which on paper: 1." in told
    assert "Phones in the room: 1." in told
    assert "raised hands" not in told


def test_raised_hands_are_counted_as_ballots(app, admin):
    opened(app)
    sent = send(admin, HANDS, hands_0="12", hands_1="", hands_2="٣", sheet=sheet())
    assert sent.status_code == 303
    assert supports(app) == [12, 0, 3, 0, 0]
    assert {source for _type, source, _who in ballots(app)} == {"hand"}
    close(app)
    assert "Of which by raised hands: 15." in words(admin.get("/desk/rounds/1"))


@pytest.mark.parametrize("count", ["", "0", "-1", "x", "2001", "99999", "1.5", "²"])
def test_another_count_is_refused_and_kept_in_its_field(app, admin, count):
    opened(app)
    refused = send(admin, HANDS, hands_0=count, sheet=sheet())
    assert refused.status_code == 422
    assert "Write whole numbers of hands" in words(refused)
    assert soup(refused).find(id="hands-0")["value"] == count
    assert ballots(app) == []


def test_the_desk_tells_phones_paper_and_hands_apart_while_the_room_answers(app, admin):
    opened(app)
    figures = "/desk/sessions/1/figures"
    answer(join(app), 1)
    assert "On phones" not in soup(admin.get(figures)).text
    send(admin, PAGE, option="2", sheet=sheet())
    assert "On phones: 1 · on paper: 1" in " ".join(soup(admin.get(figures)).text.split())
    send(admin, HANDS, hands_0="12", sheet=sheet())
    told = " ".join(soup(admin.get(figures)).text.split())
    assert "14 of 14 On phones: 1 · on paper: 1 · by raised hands: 12" in told


def rerun(admin, **keep):
    shown = soup(admin.get("/desk/sessions/1"))
    seen = {each: shown.select_one(f"#now [name={each}]")["value"] for each in ("seen", "at")}
    assert send(admin, "/desk/activities/1/rerun", **seen, **keep).status_code == 303


def test_after_reopening_what_was_put_in_before_is_taken_back_and_put_back(app, admin):
    opened(app)
    first, gone = sheet(), sheet()
    for number in (first, gone):
        send(admin, PAGE, option="2", sheet=number)
    send(admin, f"{PAGE}/withdraw", sheet=gone)
    close(app)
    rerun(admin, keep=1)
    again = "/desk/rounds/2/paper"
    shown = [" ".join(line.get_text(" ").split()) for line in soup(admin.get(again)).select("ol.rows li")]
    assert shown == ["Paper ballot taken back Put back", "Paper ballot Take back"]
    assert send(admin, f"{again}/withdraw", sheet=first).status_code == 303
    assert ballots(app) == [(None, "paper", None)]  # it stays in the round before
    send(admin, f"{again}/restore", sheet=first)
    send(admin, again, option="3", sheet=first)  # sent once more by a page of the round before
    assert len(ballots(app)) == 2
    rerun(admin)
    assert "Nothing yet." in words(admin.get("/desk/rounds/3/paper"))


@pytest.mark.parametrize(("address", "given"), [(PAGE, {"option": "2"}), (HANDS, {"hands_1": "4"})])
def test_what_is_sent_twice_counts_once(app, admin, address, given):
    opened(app)
    number = sheet()
    send(admin, address, sheet=number, **given)
    before = len(ballots(app))
    again = send(admin, address, sheet=number, **given)
    assert "This was counted already." in words(admin.get(again.location))
    assert len(ballots(app)) == before
    assert len(acts(app)) == 1


def test_an_entry_is_taken_back_and_put_back_and_the_trail_tells_all(app, admin):
    opened(app)
    first, second = sheet(), sheet()
    send(admin, PAGE, option="1", sheet=first)
    send(admin, HANDS, hands_0="3", sheet=second)
    undo = soup(admin.get(send(admin, f"{PAGE}/withdraw", sheet=second).location))
    assert supports(app) == [1, 0, 0, 0, 0]
    assert undo.find("s").get_text() == "3 raised hands"
    assert undo.select_one(".flash form")["action"] == f"{PAGE}/restore"
    assert send(admin, f"{PAGE}/restore", sheet=second).status_code == 303
    assert supports(app) == [4, 0, 0, 0, 0]
    told = acts(app)
    assert [act for act, _detail in told] == [
        "paper ballot",
        "raised hands",
        "withdraw entry",
        "put entry back",
    ]
    assert told[1][1]["ballots"] == [['{"options":[1]}', 3]]
    assert send(admin, f"{PAGE}/withdraw", sheet=sheet()).status_code == 404


def test_a_phones_ballot_is_never_taken_back_or_replaced_by_hand(app, admin):
    opened(app)
    answer(join(app), 1)
    with app.app_context():
        key = db.session.scalars(select(Ballot.key)).one()
    send(admin, PAGE, option="2", sheet=key)
    assert len(ballots(app)) == 2
    assert send(admin, f"{PAGE}/withdraw", sheet=key).status_code == 303
    assert [source for _type, source, _who in ballots(app)] == ["phone"]


def test_nothing_is_put_in_or_taken_back_after_closing(app, admin):
    opened(app)
    number = sheet()
    send(admin, PAGE, option="1", sheet=number)
    close(app)
    refused = send(admin, PAGE, option="2", sheet=sheet())
    assert refused.status_code == 409
    assert "This vote is closed" in words(refused)
    assert send(admin, HANDS, hands_0="2", sheet=sheet()).status_code == 409
    assert send(admin, f"{PAGE}/withdraw", sheet=number).status_code == 409
    assert len(ballots(app)) == 1
    assert soup(admin.get(PAGE)).select("form.ballot") == []


def test_a_paper_ballot_that_does_not_fit_says_why(app, admin):
    opened(app)
    for given, said in ((None, "Pick an answer"), ("99", "not offered here")):
        refused = send(admin, PAGE, sheet=sheet(), **({"option": given} if given else {}))
        assert refused.status_code == 422
        assert said in words(refused)
    assert ballots(app) == []
    assert send(admin, PAGE, sheet=sheet(), blank="1").status_code == 303
    assert len(ballots(app)) == 1


def test_the_type_of_institution_is_borne_and_needed_where_only_some_may_answer(app, admin):
    opened(app, asks_type=True, answerers=GOVERNMENTAL)
    offered = [tag["value"] for tag in soup(admin.get(PAGE)).select("#type-paper option")]
    assert offered == list(GOVERNMENTAL)
    for type_ in ("", "civil"):
        assert send(admin, PAGE, option="1", type=type_, sheet=sheet()).status_code == 422
    sent = send(admin, PAGE, option="1", type="population", sheet=sheet())
    assert ballots(app) == [("population", "paper", None)]
    chosen = soup(admin.get(sent.location)).select_one("#type-paper option[selected]")
    assert chosen["value"] == "population"


def test_a_paper_ballot_in_a_named_session_names_nobody(app, admin):
    opened(app, named=True)
    send(admin, PAGE, option="1", sheet=sheet())
    assert ballots(app) == [(None, "paper", None)]


@pytest.mark.parametrize(("role", "country", "status"), [("expert", "SN", 403), ("facilitator", "ML", 404)])
def test_only_who_runs_the_session_puts_ballots_in(app, sign_in, role, country, status):
    opened(app)
    browser = sign_in("b@example.org", **{country: role})
    assert browser.get(PAGE).status_code == status
    assert browser.get("/desk/activities/1/ballot.pdf").status_code == status
    for address in (PAGE, HANDS, f"{PAGE}/withdraw", f"{PAGE}/restore"):
        assert send(browser, address, option="1", hands_0="1", sheet=sheet()).status_code == status
    assert ballots(app) == []


def settings(kind: str) -> dict:
    targets = [[90 + number, dict(text)] for number, text in enumerate(factories.CHALLENGES[:3])]
    return {"linking": {"targets": targets}}.get(kind, {})


@pytest.fixture(params=list(KINDS))
def asked(request, app):
    """Open a question of each kind."""
    with app.app_context():
        activity = factories.activity(request.param, settings=settings(request.param))
        activity.open()
        db.session.commit()
    return KINDS[request.param]


def test_a_paper_ballot_of_every_kind_is_put_in_by_its_own_form(app, admin, asked):
    page = admin.get(PAGE)
    assert page.status_code == 200
    assert send(admin, PAGE, sheet=sheet(), blank="1").status_code == 303
    assert [source for _type, source, _who in ballots(app)] == ["paper"]


def test_no_ballot_on_paper_speaks_of_a_screen(app, asked):
    with app.app_context(), app.test_request_context("/?language=en"):
        made = blank.written(db.session.get_one(Activity, 1), "en", [])
    said = " ".join([*made.about, *(row.text for row in made.rows)])
    assert not re.search(r"(?i)\b(tap|open each|press|button|scroll|send)", said), said


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_ballot_of_every_kind_is_printed_in_each_language(app, admin, asked, language):
    made = admin.get(f"/desk/activities/1/ballot.pdf?language={language}")
    assert (made.status_code, made.mimetype) == (200, "application/pdf")
    assert made.headers["Content-Disposition"].endswith(f'-{language}.pdf"')
    pages = PdfReader(io.BytesIO(made.data)).pages
    fonts = {str(f.get_object()["/BaseFont"]) for page in pages for f in page["/Resources"]["/Font"].values()}
    assert all("NotoSans" in font for font in fonts)
    if language == "fr":
        text = " ".join("\n".join(page.extract_text() for page in pages).split())
        assert "Quel défi compte le plus" in text
        options = [words["fr"] for words in factories.CHALLENGES]
        assert all(option in text for option in options) or asked.name in ("proposals", "words")


def test_a_pairwise_ballot_goes_on_with_the_same_sheet(app, admin):
    opened(app, "pairwise")
    number = sheet()
    sent = send(admin, PAGE, sheet=number, won="1-2")
    assert f"sheet={number}" in sent.location
    page = admin.get(sent.location)
    assert soup(page).find("input", attrs={"name": "won", "type": "hidden"})["value"] == "1-2"
    send(admin, PAGE, sheet=number, won="1-2 3-1")
    assert len(ballots(app)) == 1
    assert words(admin.get(PAGE)).count("Paper ballot") == 1


def test_hands_can_be_raised_only_where_one_hand_is_a_whole_ballot(app):
    with app.test_request_context("/"):
        for name, kind in KINDS.items():
            activity = factories.activity(name, settings=settings(name))
            options = activity.read_options("en")
            for some in (options, options[:1]):
                hands = kind.hands(some, activity.settings)
                choices = [hand.choice for hand in hands]
                tallied = kind.tally([option.id for option in some], choices, activity.settings, draws=0)
                assert tallied.ballots == len(hands)
                assert tallied.blank == 0
        assert KINDS["choice"].hands(options, {"most": 2}) == ()


def test_it_is_said_where_hands_cannot_be_counted(app, admin):
    opened(app, "ranking")
    assert "Raised hands are counted where one hand is a whole answer" in words(admin.get(PAGE))
    close(app)
    assert "one hand is a whole answer" not in words(admin.get(PAGE))


def test_nothing_of_a_withdrawn_entry_is_in_the_kept_result(app, admin):
    opened(app)
    number = sheet()
    for _phone in range(2):
        answer(join(app), 1)
    send(admin, HANDS, hands_3="5", sheet=number)
    send(admin, f"{PAGE}/withdraw", sheet=number)
    close(app)
    with app.app_context():
        kept = db.session.get_one(Activity, 1).round.standings()
    assert kept.ballots == 2
    assert "raised hands" not in words(admin.get("/desk/rounds/1"))
