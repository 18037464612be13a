"""Results at the desk, and the file with which anyone recounts them."""

import csv
import io
import json
import random

import pytest
from click.testing import CliRunner

from facilitator import ballotbox, cli, db
from facilitator.counting import ballotfile
from facilitator.models.activity import Activity
from facilitator.models.round import Round
from tests.web.desk.asking import send, soup, words
from tests.web.desk.rooms import made
from tests.web.rooms import answer, close, join, opened

FORMULAS = [
    {"fr": "=1+1", "en": "=1+1"},
    {"fr": "'=1+1", "en": "'=1+1"},
    {"fr": "@SUM(A1)", "en": "@SUM(A1)"},
    {"fr": '-2, "x"', "en": '-2, "x"'},
    {"fr": "Éviter", "en": "Avoid"},
]


def run(room, browser, place=0, phones=7):
    room.act(browser, "open", place)
    room.vote(place, phones=phones)
    room.act(browser, "close", place)
    return room.round_ids(place)[-1]


def unmarked(name):
    """Take the mark off a name that a spreadsheet would take for a formula."""
    return name[1:] if name[:2] in {"'=", "''", "'@", "'-"} else name


def table(answer):
    assert answer.status_code == 200
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_a_result_shows_figures_rounds_and_seal(app, admin):
    room = made(app)
    first, second = run(room, admin), 0
    room.act(admin, "rerun", 0)
    room.vote(0, phones=3)
    room.act(admin, "close", 0)
    second = room.round_ids(0)[-1]
    page = admin.get(f"/desk/rounds/{second}")
    assert page.status_code == 200
    rounds = soup(page).select(".rounds a")
    assert [tag.get_text(" ", strip=True) for tag in rounds] == [
        "Round 1 (struck out) 7 answers",
        "Round 2 3 answers",
    ]
    assert (rounds[0]["href"], rounds[1].get("aria-current")) == (f"/desk/rounds/{first}", "page")
    with app.app_context():
        assert db.session.get_one(Round, second).result.digest in words(page)
    assert "Struck out" in words(admin.get(f"/desk/rounds/{first}"))
    assert "7 of 0 took part" not in words(page)


def test_a_reopened_round_shows_no_figures(app, admin):
    """Beside those of the next round they would tell the answer of whoever came late."""
    room = made(app)
    first = run(room, admin)
    assert admin.get(f"/desk/rounds/{first}/take").status_code == 200
    room.act(admin, "rerun", 0, keep="1")
    for _turn in range(2):  # while the next is open, and after it
        page = admin.get(f"/desk/rounds/{first}")
        assert "these answers are part of the next round" in words(page)
        assert not soup(page).select(".result, .digest, .actions a[href$='.csv'], a[href$='/take']")
        assert "7 answers" in words(page)
        assert admin.get(f"/desk/rounds/{first}/take").status_code == 409
        room.act(admin, "close", 0)
    assert soup(admin.get(f"/desk/rounds/{room.round_ids(0)[-1]}")).select(".result")


def test_an_open_round_shows_nothing_below_five_answers_and_hands_out_no_ballots(app, admin):
    room = made(app)
    room.act(admin, "open", 0)
    room.vote(0, phones=4)
    number = room.round_ids(0)[0]
    assert "from five answers on" in words(admin.get(f"/desk/rounds/{number}"))
    refused = admin.get(f"/desk/rounds/{number}/ballots.csv")
    assert refused.status_code == 409
    assert "still open" in words(refused)
    room.vote(0, phones=1, first=4)
    assert "from five answers on" not in words(admin.get(f"/desk/rounds/{number}"))


def test_a_single_ballot_is_not_handed_out(app, admin):
    room = made(app)
    refused = admin.get(f"/desk/rounds/{run(room, admin, phones=1)}/ballots.csv")
    assert refused.status_code == 409
    assert "Only one answer" in words(refused)


def test_the_answers_of_few_of_a_type_are_neither_shown_nor_handed_out(app, admin):
    room = made(app)
    number = run(room, admin, phones=4)
    with app.app_context():
        round = db.session.get_one(Round, number)
        digest, round.activity.answerers = round.result.digest, ["civil"]
        db.session.commit()
    page = words(admin.get(f"/desk/rounds/{number}"))
    refused = admin.get(f"/desk/rounds/{number}/ballots.csv")
    assert refused.status_code == 409
    assert "Fewer than five people" in page
    assert "Fewer than five people" in words(refused)
    assert not any(said in page for said in ("100%", digest))


def test_a_round_without_ballots_is_an_empty_table(app, admin):
    room = made(app)
    answer = admin.get(f"/desk/rounds/{run(room, admin, phones=0)}/ballots.csv")
    assert table(answer) == [["ballot_id", "item", "rank"]]


def test_the_file_has_a_plain_name_and_no_keys(app, admin):
    room = made(app, "ranking")
    number = run(room, admin)
    answer = admin.get(f"/desk/rounds/{number}/ballots.csv", query_string={"language": "fr"})
    name = answer.headers["Content-Disposition"]
    with app.app_context():
        round = db.session.get_one(Round, number)
        day = round.opened_at.astimezone(round.activity.session.workshop.zone).date().isoformat()
    assert name == f'attachment; filename="sn-atelier-national-defis-round-{number}-{day}-fr.csv"'
    assert answer.mimetype == "text/csv"
    assert b"phone" not in answer.data
    assert [row[0] for row in table(answer)[1:]] == [str(n) for n in range(1, 8) for _option in range(5)]


def test_the_order_of_the_file_is_not_the_order_of_voting(app, admin):
    room = made(app)
    room.act(admin, "open", 0)
    with app.app_context():
        options = [item.id for item in db.session.get_one(Activity, room.activities[0]).options]
    for phone, option in ((9, options[1]), (1, options[0])):
        room.vote(0, phones=1, first=phone, options=[option])
    room.act(admin, "close", 0)
    rows = table(admin.get(f"/desk/rounds/{room.round_ids(0)[0]}/ballots.csv"))[1:]
    assert [row[:2] for row in rows if row[2] == "1"] == [
        ["1", "Difficult to understand"],
        ["2", "Poor dissemination"],
    ]


def test_formula_like_text_stays_text(app, admin):
    room = made(app, "ranking", options=FORMULAS)
    rows = table(admin.get(f"/desk/rounds/{run(room, admin)}/ballots.csv"))
    names = {row[1] for row in rows[1:]}
    assert names == {"'=1+1", "''=1+1", "'@SUM(A1)", '\'-2, "x"', "Avoid"}


def test_formula_like_answers_of_the_room_stay_text(app, admin):
    room = made(app, "words")
    room.act(admin, "open", 0)
    room.vote(0, phones=2, text='=HYPERLINK("x")', language="en")
    room.act(admin, "close", 0)
    rows = table(admin.get(f"/desk/rounds/{room.round_ids(0)[-1]}/ballots.csv"))
    assert rows[0] == ["ballot_id", "item", "rank", "text"]
    assert [row[3] for row in rows[1:]] == ['\'=HYPERLINK("x")'] * 2


def named(app, admin, *names, **promises):
    """Let people with names answer: the first option, all of them; and one on paper."""
    opened(app, **promises)
    for name in names:
        answer(join(app, **({"name": name} if promises.get("named") else {})))
    send(admin, "/desk/rounds/1/paper", option="2", sheet="a" * 22)
    close(app)
    return admin.get("/desk/rounds/1"), table(admin.get("/desk/rounds/1/ballots.csv"))


def test_a_named_session_names_those_who_took_part_on_the_page_and_in_the_file(app, admin, client):
    page, rows = named(app, admin, "Awa Diop", "=SUM(A1)", named=True)
    assert [each.get_text() for each in soup(page).select(".people bdi")] == ["=SUM(A1)", "Awa Diop"]
    assert rows[0] == ["ballot_id", "item", "rank", "source", "name"]
    picked = [(row[1], *row[3:]) for row in rows[1:] if row[2] == "1"]
    first, second = "Difficult to understand", "Poor dissemination"
    wanted = [(first, "phone", "'=SUM(A1)"), (first, "phone", "Awa Diop"), (second, "paper", "")]
    assert sorted(picked) == wanted
    counted = ballotfile.read("\n".join(",".join(row) for row in rows))
    assert len(counted.choices) == 3
    with app.app_context():
        round_ = db.session.get_one(Round, 1)
        round_.reveal()
        wall = round_.activity.session.wall
        db.session.commit()
    assert "Awa Diop" not in client.get(f"/screen/{wall}/now").text


def test_no_other_session_names_anyone(app, admin):
    page, rows = named(app, admin, "Awa Diop", "Ama Mensah", asks_type=False)
    assert not soup(page).select(".people")
    assert rows[0] == ["ballot_id", "item", "rank"]


def test_the_file_recounts_to_the_standings_on_the_page(app, admin, tmp_path):
    room = made(app, "ranking", options=FORMULAS)
    room.act(admin, "open", 0)
    number = room.round_ids(0)[0]
    draw = random.Random(7)
    with app.app_context():
        options = [item.id for item in db.session.get_one(Activity, room.activities[0]).options]
        db.session.commit()
        for phone in range(40):
            draw.shuffle(options)
            cut = draw.randint(1, 4)
            order = (
                [[options[0]], sorted(options[1 : 1 + cut])]
                if phone % 3
                else [[one] for one in options[:cut]]
            )
            choice = {} if phone % 9 == 0 else {"order": order, "unsure": []}
            if phone % 5 == 1:
                choice = {"order": [[options[0]], [options[1]]], "unsure": [options[2]]}
            text = json.dumps(choice, separators=(",", ":"), sort_keys=True)
            ballotbox.box().cast(number, room.session, f"phone{phone:017}", text).wait()
    room.act(admin, "close", 0)
    file = tmp_path / "ballots.csv"
    file.write_bytes(admin.get(f"/desk/rounds/{number}/ballots.csv").data)
    counted = json.loads(
        CliRunner().invoke(cli.main, ["count", str(file), "--json"], catch_exceptions=False).output
    )
    with app.app_context():
        round = db.session.get_one(Round, number)
        assert round.result.digest in CliRunner().invoke(cli.main, ["count", str(file)]).output
        standings = round.standings()
        names = {option.id: option.text for option in round.activity.read_options("en")}
    shown = {}
    for row in standings.rows:
        shown.setdefault(row.place, set()).add(names[row.option])
    assert counted["ballots"] == standings.ballots == 40
    assert counted["blank"] == standings.blank == 4
    assert [{unmarked(name) for name in group} for group in counted["schulze"]] == [
        shown[place] for place in sorted(shown)
    ]
    means = {unmarked(name): mean for name, mean in counted["mean_rank"].items()}
    assert means == pytest.approx(
        {names[row.option]: float(row.figures["mean_rank"]) for row in standings.rows}
    )


@pytest.mark.parametrize(
    ("roles", "status"),
    [
        ({"SN": "facilitator"}, 200),
        ({"SN": "coordinator"}, 200),
        ({"SN": "expert"}, 200),
        ({"SN": "authority"}, 200),
        ({"ML": "facilitator"}, 404),
    ],
)
def test_who_sees_results(app, admin, sign_in, roles, status):
    number = run(made(app), admin)
    browser = sign_in("someone@example.org", **roles)
    assert browser.get(f"/desk/rounds/{number}").status_code == status
    assert browser.get(f"/desk/rounds/{number}/ballots.csv").status_code == status


def test_strangers_see_no_results(app, admin, client):
    number = run(made(app), admin)
    assert client.get(f"/desk/rounds/{number}").status_code == 302
    assert client.get(f"/desk/rounds/{number}/ballots.csv").status_code == 302
