"""The projector shows what the facilitator meant to show, and nothing more."""

import gzip
import json
import re

import pytest
from bs4 import BeautifulSoup

from facilitator import db
from facilitator.models.ballot import Ballot
from facilitator.models.participant import Participant
from facilitator.web import board
from tests import factories

FIGURES = ".result-row, .result-figure, .result-track"


@pytest.fixture
def session(context):
    """Give a session with one question of five options that four people have not seen yet."""
    made = factories.session(code="123456", wall="wall")
    factories.activity(session=made)
    db.session.add_all(Participant(session_id=made.id, key=f"p{number}") for number in range(4))
    db.session.commit()
    return made


def answer(round, *picks) -> None:
    """Put ballots into a round: each picks one option, by its place; None is a blank ballot."""
    options = [item.id for item in round.activity.options]
    for number, pick in enumerate(picks):
        choice = {} if pick is None else {"options": [options[pick]]}
        db.session.add(Ballot(round_id=round.id, key=f"b{number}", choice=json.dumps(choice), revision=1))
    db.session.flush()


def opened(session, *picks):
    """Put the question on the wall, open it, and take these answers."""
    activity = session.activities[0]
    session.show(activity)
    round = activity.open()
    db.session.flush()
    answer(round, *picks)
    db.session.commit()
    return round


def closed(round) -> None:
    """Close a round and keep its result."""
    round.closed_at = db.now()
    round.keep_result()
    db.session.commit()


def fetch(client, query: str = "", path: str = "/screen/wall/now") -> BeautifulSoup:
    """Fetch what the wall shows now."""
    response = client.get(f"{path}?{query}")
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


def words(soup, selector: str) -> str:
    """Read the words of one element."""
    return " ".join(soup.select_one(selector).get_text(" ").split())


@pytest.mark.parametrize("path", ["/screen/other", "/screen/other/now", "/screen/other/stream"])
def test_an_address_that_was_not_given_out_leads_nowhere(client, session, path) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/screen/wall", "/screen/wall/now", "/screen/wall/stream"])
def test_a_withdrawn_session_has_no_wall(client, session, path) -> None:
    session.withdrawn = True
    db.session.commit()
    assert client.get(path).status_code == 404


def test_the_bar_always_says_how_to_join_and_how_many_are_in(client, session) -> None:
    lobby = fetch(client)
    opened(session)
    question = fetch(client)
    for page in (lobby, question):
        bar = page.select_one(".bar")
        assert bar.select_one(".address").text
        assert bar.select_one(".code").text == "123\N{NO-BREAK SPACE}456"
        assert bar.select_one("svg.qr path")["d"]
        assert "4 people in" in words(page, ".people")


def test_the_lobby_names_workshop_place_days_and_session(client, session) -> None:
    lobby = words(fetch(client, "language=en"), ".lobby")
    for word in ("National workshop", "Dakar", "24", "25, 2026", "Challenges", "123 456"):
        assert word in lobby.replace("\N{NO-BREAK SPACE}", " "), word


def test_a_workshop_of_one_day_names_one_day(client, session) -> None:
    session.workshop.ends_on = session.workshop.starts_on
    db.session.commit()
    assert "November 24, 2026" in words(fetch(client, "language=en"), ".lobby")


def test_a_question_is_shown_before_it_opens(client, session) -> None:
    session.show(session.activities[0])
    db.session.commit()
    page = fetch(client, "language=en")
    assert words(page, ".mark") == "Opens soon"
    assert words(page, "h1") == factories.QUESTION["en"]
    assert [li.text for li in page.select(".options li")] == [text["en"] for text in factories.CHALLENGES]
    assert not page.select(".answered")


def test_an_open_question_says_how_many_have_answered(client, session) -> None:
    opened(session, 0, 1, None)
    page = fetch(client, "language=en")
    assert words(page, ".mark") == "Open"
    assert words(page, ".answered") == "3 of 4 answered"
    assert page.select_one(".progress-done")["width"] == "75.0"


def test_progress_grows_from_the_right_where_one_reads_from_there(client, session) -> None:
    opened(session, 0)
    assert fetch(client, "language=ar").select_one(".progress-done")["x"] == "75.0"


@pytest.mark.parametrize("close", [False, True])
def test_nothing_of_a_result_is_on_the_wall_before_it_is_shown(client, session, close) -> None:
    round = opened(session, 0, 0, 0, 1)
    if close:
        closed(round)
    page = fetch(client, "language=en")
    assert not page.select(FIGURES)
    assert page.select_one("#board")["data-results"] == "hidden"
    assert "75" not in page.select_one(".stage").get_text()
    assert ("The results are not shown." in page.get_text()) is close


def test_hiding_takes_the_result_off_the_wall_again(client, session) -> None:
    round = opened(session, 0, 0, 1, 1)
    closed(round)
    round.reveal()
    db.session.commit()
    assert fetch(client).select(FIGURES)
    round.hide()
    db.session.commit()
    assert not fetch(client).select(FIGURES)


def test_a_shown_result_has_its_figures_in_order(client, session) -> None:
    round = opened(session, 1, 1, 1, 0)
    closed(round)
    round.reveal()
    db.session.commit()
    page = fetch(client, "language=en")
    assert words(page, ".mark") == "Closed"
    assert [name.text for name in page.select(".result-name")][:2] == [
        "Poor dissemination",
        "Difficult to understand",
    ]
    assert "3" in words(page, ".result-row")


@pytest.mark.parametrize("picks", [(0,), (0, None)])
def test_the_answer_of_one_person_is_never_a_figure(client, session, picks) -> None:
    round = opened(session, *picks)
    closed(round)
    round.reveal()
    db.session.commit()
    assert not fetch(client).select(FIGURES)


def test_a_result_that_is_shown_while_people_answer_waits_for_five(client, session) -> None:
    round = opened(session, 0, 0, 0, 1)
    round.reveal()
    db.session.commit()
    page = fetch(client, "language=en")
    assert not page.select(FIGURES)
    assert "from five answers on" in words(page, ".results")


def test_a_second_round_says_so(client, session) -> None:
    closed(opened(session, 0, 1))
    opened(session)
    page = fetch(client, "language=en")
    assert [mark.text.strip() for mark in page.select(".status .mark")] == ["Open", "Round 2"]
    assert words(page, ".answered") == "0 of 4 answered"


def test_a_locked_session_says_so(client, session) -> None:
    session.locked = True
    db.session.commit()
    assert "Joining is locked" in words(fetch(client, "language=en"), ".bar")


def test_a_timer_is_a_moment_and_its_hour_in_the_workshop(client, session) -> None:
    round = opened(session)
    round.start_timer(90)
    db.session.commit()
    moment = fetch(client, "language=fr").select_one(".timer time")
    assert moment["datetime"] == round.deadline.isoformat()
    assert f"{round.deadline:%H:%M}" in moment.text
    closed(round)
    assert not fetch(client).select(".timer")


def test_an_unchanged_wall_is_not_sent_again(client, session) -> None:
    opened(session, 0)
    first = client.get("/screen/wall/now")
    again = client.get("/screen/wall/now", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    factories.kept(Participant(session_id=session.id, key="late"))
    db.session.commit()
    changed = client.get("/screen/wall/now", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")])
def test_the_wall_speaks_the_languages_of_the_workshop(client, session, language, direction) -> None:
    opened(session)
    page = fetch(client, f"language={language}", "/screen/wall")
    assert (page.html["lang"], page.html["dir"]) == (language, direction)
    assert words(page, "h1") == factories.QUESTION[language]
    assert page.select_one(".options li")["lang"] == language


def test_a_language_that_the_workshop_does_not_have_is_not_taken(client, session) -> None:
    assert fetch(client, "language=pt", "/screen/wall").html["lang"] in session.languages


def test_the_language_of_the_wall_is_not_the_language_of_the_desk(client, session) -> None:
    assert "Set-Cookie" not in client.get("/screen/wall?language=fr").headers


def test_a_stranger_is_given_no_act_and_no_token(client, session) -> None:
    opened(session)
    page = fetch(client, path="/screen/wall")
    assert not page.select("[data-token]")
    assert "/desk/" not in str(page)
    assert not page.select("[data-key='h']")


@pytest.mark.parametrize(("role", "acts"), [("facilitator", True), ("coordinator", True), ("expert", False)])
def test_only_those_who_may_run_the_session_act_from_the_wall(sign_in, session, role, acts) -> None:
    opened(session)
    page = fetch(sign_in("someone@example.org", SN=role), path="/screen/wall")
    assert bool(page.select("[data-token]")) is acts
    assert bool(page.select("[data-toggle]")) is acts
    assert bool(page.select("[data-key='h']")) is acts


def test_each_key_does_what_can_be_done_now(admin, session) -> None:
    def acts() -> dict[str, str]:
        board = fetch(admin).select_one("#board")
        names = ("next", "back", "lock", "toggle", "reveal", "countdown")
        return {name: board[f"data-{name}"] for name in names if board.has_attr(f"data-{name}")}

    desk = "/desk/activities/"
    assert sorted(acts()) == ["back", "lock", "next"]
    session.show(session.activities[0])
    db.session.commit()
    assert re.match(desk + r"\d+/open\?seen=&at=\d+&wall=1$", acts()["toggle"])
    round = opened(session, 0, 1)
    before = f"seen={round.id}&at={session.current_id}&wall=1"
    assert acts()["toggle"].endswith(f"/close?round={round.id}&{before}")
    assert f"/reveal?round={round.id}&" in acts()["reveal"]
    assert "minutes=2" in acts()["countdown"]
    assert acts()["next"].endswith(f"/next?{before}")
    round.reveal()
    round.start_timer(60)
    session.locked = True
    db.session.commit()
    assert f"/hide?round={round.id}&" in acts()["reveal"]
    assert "minutes=0" in acts()["countdown"]
    assert "?locked=0&" in acts()["lock"]
    closed(round)
    assert "/rerun?" in acts()["toggle"]
    assert "keep=1" in acts()["toggle"]
    assert "countdown" not in acts()


def test_options_come_in_pages_that_can_be_turned(client, session) -> None:
    session.show(factories.activity(session=session, options=60))
    db.session.commit()
    first = fetch(client)
    assert len(first.select(".options li")) == 9
    assert first.select_one("#board")["data-pages"] == "7"
    assert [link["rel"] for link in first.select(".pager a")] == [["next"]]
    subject = first.select_one("#board")["data-subject"]
    last = fetch(client, f"page=7&of={subject}")
    assert len(last.select(".options li")) == 6
    assert [link["rel"] for link in last.select(".pager a")] == [["prev"]]
    seen = [li.text for page in range(1, 8) for li in fetch(client, f"page={page}").select(".options li")]
    assert len(set(seen)) == 60


@pytest.mark.parametrize("query", ["page=0", "page=-3", "page=x", "page=3&of=another"])
def test_a_page_of_something_else_is_the_first(client, session, query) -> None:
    session.show(factories.activity(session=session, options=60))
    db.session.commit()
    assert fetch(client, query).select_one("#board")["data-page"] == "1"


def test_a_page_beyond_the_last_is_the_last(client, session) -> None:
    session.show(factories.activity(session=session, options=20))
    db.session.commit()
    assert fetch(client, "page=99").select_one("#board")["data-page"] == "3"


def test_results_come_in_pages_too(client, session) -> None:
    activity = factories.activity(session=session, options=20)
    session.show(activity)
    round = activity.open()
    db.session.flush()
    answer(round, *range(12))
    round.reveal()
    closed(round)
    page = fetch(client, "page=2")
    assert page.select_one("#board")["data-page"] == "2"
    assert 0 < len(page.select(".result-row")) <= 9


def test_a_result_without_figures_is_one_page(client, session) -> None:
    activity = factories.activity(session=session, options=20)
    session.show(activity)
    round = activity.open()
    db.session.flush()
    round.reveal()
    closed(round)
    page = fetch(client)
    assert page.select_one("#board")["data-pages"] == "1"
    assert page.select(".result-message")
    assert not page.select(".result-row, .pager")


def test_long_options_take_the_room_of_several() -> None:
    short, long = board.Option(1, "short", "en"), board.Option(2, "long " * 60, "en")
    assert [len(page) for page in board.paged([short] * 20)] == [9, 9, 2]
    assert [len(page) for page in board.paged([long] * 7)] == [3, 3, 1]
    assert [len(page) for page in board.paged([board.Option(3, "x" * 9999, "en")] * 2)] == [1, 1]


def test_the_page_refreshes_by_itself_without_scripts(client, session) -> None:
    refresh = fetch(client, path="/screen/wall").select_one("noscript meta")
    assert refresh["http-equiv"] == "refresh"


def test_wording_from_outside_is_shown_and_not_run(client, session) -> None:
    session.show(factories.activity(session=session, prompt={"en": "<script>alert(1)</script>"}))
    db.session.commit()
    page = fetch(client, "language=en")
    assert not page.select("script")
    assert words(page, "h1") == "<script>alert(1)</script>"


def test_the_first_visit_is_small(client, session) -> None:
    session.show(factories.activity(session=session, options=60))
    db.session.commit()
    page = client.get("/screen/wall").text
    paths = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page))
    assert len(paths) >= 5
    assert sum(weight(client, path) for path in {"/screen/wall", *paths}) <= 60_000


def weight(client, path: str) -> int:
    """Weigh an answer as it goes over the wire."""
    with client.get(path) as response:
        assert response.status_code == 200
        return len(gzip.compress(response.data))
