"""Deciding on proposals: nothing is shown unread, lost, edited silently or decided across another person."""

from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from facilitator import ballotbox, db
from facilitator.kinds.base import canonical
from facilitator.kinds.proposals import ProposalsKind
from facilitator.models.proposal import Proposal
from facilitator.models.round import Round
from facilitator.models.session import Session
from tests.web.desk import rooms
from tests.web.desk.asking import soup, token, words

KIND = ProposalsKind()


@dataclass
class Heap:
    """An open question that collects, and the browser of the one who decides."""

    app: Flask
    desk: FlaskClient
    session: int
    round: int

    @property
    def page(self) -> str:
        return f"/desk/rounds/{self.round}/proposals"

    def say(self, key: str, *texts: str, language: str = "fr", supports: tuple[int, ...] = ()) -> None:
        """Let a phone propose."""
        written = [[number, text, language, "challenge"] for number, text in enumerate(texts, 1)]
        choice = {"options": list(supports), "texts": written}
        with self.app.app_context():
            cast = ballotbox.box().cast
            cast(self.round, self.session, key, canonical(choice), said=KIND.said(choice)).wait()

    def three(self) -> dict[str, int]:
        """Let three phones propose; give the numbers of what they said."""
        for key, text in (("a", "un"), ("b", "deux"), ("c", "trois")):
            self.say(key, text)
        with self.app.app_context():
            return {one.text: one.id for one in db.session.query(Proposal)}

    def look(self, query: str = "") -> BeautifulSoup:
        """Look at the page."""
        return soup(self.desk.get(f"{self.page}{query}"))

    def column(self, name: str) -> list[str]:
        """List the words of a column's cards."""
        cards = self.look().select(f"[data-card={name}]")
        return [card.select_one("p > span").get_text() for card in cards]

    def press(self, text: str, key: str, page: BeautifulSoup | None = None, **answers: str) -> TestResponse:
        """Press the button of a card that has this key, as the page shows it."""
        shown = page or self.look()
        card = next(one for one in shown.select("[data-card]") if text in one.select_one("p").get_text())
        fields = {tag["name"]: tag["value"] for tag in card.select("input[type=hidden]")}
        fields |= {tag["name"]: tag.get_text() for tag in card.select("textarea")}
        button = card.select_one(f"button[data-key='{key}']" if key else ".again-ways button")
        fields |= {button["name"]: button["value"]} if button.has_attr("name") else {}
        answers = {name.replace("_", "-"): value for name, value in answers.items()}
        return self.desk.post(button["formaction"], data=fields | answers)

    def undo(self) -> TestResponse:
        """Press Undo in the notice of the page."""
        form = self.look().select_one(".flash form")
        data = {tag["name"]: tag["value"] for tag in form.select("input")}
        return self.desk.post(form["action"], data=data)

    def supports(self) -> dict[str, int]:
        """Count who stands behind what is on the wall."""
        with self.app.app_context():
            round_ = db.session.get_one(Round, self.round)
            named = {item.id: item for item in round_.activity.options}
            return {named[row.option].text("fr"): row.figures["support"] for row in round_.standings().rows}


@pytest.fixture
def heap(app: Flask, sign_in) -> Heap:
    room = rooms.made(app, "proposals", options=0)
    desk = sign_in()
    room.act(desk, "open", 0)
    return Heap(app, desk, room.session, room.round_ids()[0])


def test_what_was_said_waits_for_a_person(heap: Heap) -> None:
    assert "Nothing waits." in words(heap.desk.get(heap.page))
    heap.say("a", "Peu de données")
    heap.say("b", "<script>alert(1)</script>", "لا ميزانية", language="ar")
    assert heap.column("waiting") == ["Peu de données", "<script>alert(1)</script>", "لا ميزانية"]
    assert heap.look().select("script:not([src])") == []
    assert [tag.get_text() for tag in heap.look().select("[data-card=waiting] abbr")] == ["FR", "AR", "AR"]
    assert "Proposals waiting 3" in words(heap.desk.get(f"/desk/sessions/{heap.session}"))


def test_accepting_and_undoing(heap: Heap) -> None:
    heap.say("a", "Peu de données")
    assert heap.press("Peu de données", "a").status_code == 303
    assert (heap.column("waiting"), heap.supports()) == ([], {"Peu de données": 1})
    heap.press("Peu de données", "w")
    heap.undo()
    assert heap.column("wall") == ["Peu de données"]
    heap.press("Peu de données", "w")
    assert (heap.column("wall"), heap.column("aside")) == ([], ["Peu de données"])
    heap.press("Peu de données", "z")
    assert heap.column("wall") == ["Peu de données"]


def test_undoing_a_release_lets_it_wait_again(heap: Heap) -> None:
    heap.say("a", "Peu de données")
    heap.press("Peu de données", "a")
    heap.undo()
    assert (heap.column("waiting"), heap.supports()) == (["Peu de données"], {})


def test_a_withdrawn_one_that_never_was_on_the_wall_waits_again(heap: Heap) -> None:
    heap.say("a", "Peu de données")
    heap.press("Peu de données", "w")
    assert "Let it wait again" in words(heap.desk.get(heap.page))
    heap.press("Peu de données", "z")
    assert heap.column("waiting") == ["Peu de données"]


def test_rewording_keeps_what_was_said_beside(heap: Heap) -> None:
    heap.say("a", "pas donnees")
    heap.press("pas donnees", "", wording_fr="Peu de données", wording_en="Little data")
    card = heap.look().select_one("[data-card=wall]").get_text(" ", strip=True)
    assert "Peu de données" in card
    assert "Little data" in card
    assert "Said as: pas donnees" in card
    with heap.app.app_context():
        (said,) = db.session.query(Proposal)
        assert (said.text, said.item.wording) == (
            "pas donnees",
            {"fr": "Peu de données", "en": "Little data"},
        )


def test_a_language_is_added_without_touching_the_words_that_were_answered_on(heap: Heap) -> None:
    heap.say("a", "Peu de données")
    heap.press("Peu de données", "a")
    with heap.app.app_context():
        item = db.session.query(Proposal).one().item_id
    heap.say("b", supports=(item,))
    assert heap.press("Peu de données", "", wording_en="Little data").status_code == 303
    assert "Translation added." in words(heap.desk.get(heap.page))
    refused = heap.press("Peu de données", "", wording_fr="Trop de données")
    assert refused.status_code == 409
    assert "Others have answered on these words" in words(refused)


def test_what_stands_on_the_wall_is_told_in_its_own_words(heap: Heap) -> None:
    heap.say("a", "Peu de données")
    heap.say("b", "Peu de donnees", language="en")
    heap.press("Peu de données", "", wording_fr="Données rares", wording_en="")
    heap.undo()
    heap.press("Données rares", "a")
    assert "On the wall: Données rares" in words(heap.desk.get(heap.page))
    twin = next(card for card in heap.look().select("[data-card=waiting]"))
    assert "≈ Données rares" in twin.get_text()
    heap.press("Peu de donnees", "1")
    told = words(heap.desk.get(heap.page))
    assert told.count("Merged into: Données rares") == 2


@pytest.mark.parametrize("texts", [{"wording_fr": " "}, {"wording_fr": "x" * 301}])
def test_words_must_be_there_and_fit(heap: Heap, texts: dict[str, str]) -> None:
    heap.say("a", "Peu de données")
    refused = heap.press("Peu de données", "", **texts)
    assert refused.status_code == 422
    assert heap.column("waiting") == ["Peu de données"]


def test_likely_twins_are_proposed_and_merged_with_one_key(heap: Heap) -> None:
    heap.say("a", "Manque de données fiables sur la migration")
    heap.say("b", "Manque de donnees fiables sur les migrations")
    heap.say("c", "Traduire les guides en arabe")
    page = heap.look()
    assert [bool(card.select(".proposal-near")) for card in page.select("[data-card]")] == [True, True, False]
    assert "hardly ever finds the same said in another language" in page.get_text()
    heap.press("donnees", "1", page)
    assert heap.column("aside") == ["Manque de donnees fiables sur les migrations"]
    assert heap.supports() == {"Manque de données fiables sur la migration": 2}
    assert "1 proposal merged into it" in words(heap.desk.get(heap.page))


def test_merging_into_any_other_and_taking_it_all_back(heap: Heap) -> None:
    ids = heap.three()
    heap.press("un", "m", heap.look(f"?merge={ids['deux']}"))
    heap.press("trois", "m", heap.look(f"?merge={ids['un']}"))
    assert heap.supports() == {"trois": 3}
    heap.undo()
    assert (heap.column("wall"), heap.column("waiting"), heap.supports()) == (["un"], ["trois"], {"un": 2})


def test_undoing_a_merge_leaves_on_the_wall_what_others_were_merged_into(heap: Heap) -> None:
    ids = heap.three()
    heap.press("un", "m", heap.look(f"?merge={ids['deux']}"))
    undoing = heap.look().select_one(".flash form")
    heap.press("un", "m", heap.look(f"?merge={ids['trois']}"))
    heap.desk.post(undoing["action"], data={tag["name"]: tag["value"] for tag in undoing.select("input")})
    assert heap.column("waiting") == ["deux"]
    assert heap.supports() == {"un": 2}


def test_what_followed_a_merged_one_comes_back_only_from_there(heap: Heap) -> None:
    ids = heap.three()
    heap.press("un", "m", heap.look(f"?merge={ids['deux']}"))
    heap.press("trois", "m", heap.look(f"?merge={ids['un']}"))
    undoing = heap.look().select_one(".flash form")
    heap.press("deux", "z")
    heap.press("deux", "a")
    heap.desk.post(undoing["action"], data={tag["name"]: tag["value"] for tag in undoing.select("input")})
    assert heap.supports() == {"un": 1, "deux": 1}


def test_an_old_page_of_a_question_that_was_opened_again_decides_nothing(heap: Heap) -> None:
    heap.say("a", "un")
    heap.press("un", "a")
    before = heap.look()
    room = rooms.Room(heap.app, heap.session, [1])
    room.act(heap.desk, "close", 0, round=heap.round)
    room.act(heap.desk, "rerun", 0, keep=1, seen="")
    assert heap.press("un", "w", before).status_code == 409
    assert heap.column("wall") == ["un"]  # the same address shows the round that went on
    assert heap.press("un", "w").status_code == 303
    assert heap.column("aside") == ["un"]
    with heap.app.app_context():
        assert [one.state for one in db.session.query(Proposal).order_by(Proposal.id)] == [
            "released",
            "withdrawn",
        ]


def test_merging_where_it_cannot_be_is_refused(heap: Heap) -> None:
    heap.say("a", "un")
    for into in ("", "99", "x"):
        answer = heap.desk.post(
            "/desk/proposals/1/merge",
            data={"csrf_token": token(heap.desk), "seen": seal(heap), "into": into},
        )
        assert answer.status_code == 409


def seal(heap: Heap) -> str:
    return heap.look().select_one("[name=seen]")["value"]


def test_a_question_that_collects_none_has_no_page_of_proposals(app: Flask, admin: FlaskClient) -> None:
    room = rooms.made(app, "choice")
    room.act(admin, "open", 0)
    for page in ("proposals", "proposals/now"):
        assert admin.get(f"/desk/rounds/{room.round_ids(0)[0]}/{page}").status_code == 404


def test_two_people_are_told_the_truth(heap: Heap, sign_in) -> None:
    heap.say("a", "un")
    before = heap.look()
    other = sign_in("moussa@example.org", SN="facilitator")
    Heap(heap.app, other, heap.session, heap.round).press("un", "w")
    answer = heap.press("un", "a", before)
    assert answer.status_code == 409
    assert "Awa Diop has decided on this proposal in the meantime" in words(answer)
    assert (heap.column("wall"), heap.column("aside")) == ([], ["un"])


def test_what_its_author_changes_is_read_again(heap: Heap) -> None:
    heap.say("a", "un")
    before = heap.look()
    heap.say("a", "une insulte")
    answer = heap.press("un", "a", before)
    assert answer.status_code == 409
    assert "Its author has changed this proposal" in words(answer)
    assert heap.column("wall") == []


def test_what_its_author_took_back_is_not_decided_on(heap: Heap) -> None:
    heap.say("a", "un")
    heap.say("a", supports=())
    assert heap.column("waiting") == []
    assert "Taken back by its author" in words(heap.desk.get(heap.page))
    assert "Proposals waiting 0" in words(heap.desk.get(f"/desk/sessions/{heap.session}"))


def test_decisions_after_the_closing_count(heap: Heap) -> None:
    heap.say("a", "un")
    heap.say("b", "deux")
    heap.press("un", "a")
    room = rooms.Room(heap.app, heap.session, [1])
    with heap.app.app_context():
        room.activities = [activity.id for activity in db.session.get_one(Session, heap.session).activities]
    room.act(heap.desk, "close", 0, round=heap.round)
    assert heap.supports() == {"un": 1}
    heap.press("deux", "a")
    assert heap.supports() == {"un": 1, "deux": 1}
    heap.press("un", "w")
    assert heap.supports() == {"deux": 1}
    room.act(heap.desk, "reveal", 0, round=heap.round)
    assert "deux" in words(heap.desk.get(f"/desk/rounds/{heap.round}"))


def test_the_ballots_of_a_recount_name_authors_and_supporters_of_what_was_merged(heap: Heap) -> None:
    heap.say("a", "Manque de données fiables sur la migration")
    heap.say("b", "Manque de donnees fiables sur les migrations")
    heap.press("donnees", "1")
    with heap.app.app_context():
        ballotbox.box().close(heap.round, heap.session).wait()
    table = heap.desk.get(f"/desk/rounds/{heap.round}/ballots.csv").get_data(as_text=True).splitlines()
    assert [line.split(",")[2] for line in table[1:]] == ["1", "1"]


def test_the_live_part_answers_a_script(heap: Heap) -> None:
    heap.say("a", "un")
    page = heap.look()
    data = {tag["name"]: tag["value"] for tag in page.select("[data-card] input")}
    headers = {"HX-Request": "true"}
    answer = heap.desk.post("/desk/proposals/1/release", data=data, headers=headers, follow_redirects=True)
    part = soup(answer)
    assert part.select_one("#now")
    assert "On the wall: un" in part.select_one("#said").get_text(" ")
    again = heap.desk.post("/desk/proposals/1/release", data=data, headers=headers)
    assert again.status_code == 409
    assert soup(again).select_one("#now")


def test_every_decision_is_in_the_trail(heap: Heap) -> None:
    heap.say("a", "un", "deux")
    heap.press("un", "a")
    heap.press("deux", "", wording_fr="Deux")
    heap.press("un", "w")
    heap.undo()
    acts = [act for act, subject in rooms.Room(heap.app).trail() if subject.startswith("proposal")]
    assert acts == ["release", "reword", "withdraw", "put back"]


def test_who_may_only_see_decides_nothing(heap: Heap, sign_in) -> None:
    heap.say("a", "un")
    expert = sign_in("e@example.org", SN="expert")
    page = soup(expert.get(heap.page))
    assert page.select("[data-card]")
    assert not page.select("[data-card] button")
    data = {"csrf_token": token(expert), "seen": seal(heap)}
    assert expert.post("/desk/proposals/1/release", data=data).status_code == 403
    stranger = sign_in("s@example.org", ML="facilitator")
    assert stranger.get(heap.page).status_code == 404
    data = {"csrf_token": token(stranger), "seen": seal(heap)}
    assert stranger.post("/desk/proposals/1/release", data=data).status_code == 404


def test_the_wall_shows_what_is_released_newest_first_and_how_many_came(heap: Heap, client) -> None:
    for key, text in (("a", "un"), ("b", "deux"), ("c", "trois")):
        heap.say(key, text)
    heap.press("un", "a")
    heap.press("deux", "a")
    with heap.app.app_context():
        wall = db.session.get_one(Session, heap.session).wall
    stage = soup(client.get(f"/screen/{wall}/now?language=fr"))
    assert [one.get_text() for one in stage.select(".options li")] == ["deux", "un"]
    assert "3" in stage.select_one(".received").get_text()
    assert "trois" not in stage.get_text()
