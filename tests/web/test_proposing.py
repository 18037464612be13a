"""Proposals on the phone: sent, waiting, seen on the screen, supported by others, with and without script."""

import re
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from facilitator import ballotbox, db, events, keys
from facilitator.models.activity import Activity
from facilitator.models.proposal import Proposal
from tests import factories

SECRETS = "A" * 22, "B" * 22


@dataclass
class Room:
    """An open question that collects, by its numbers, and the phones in it."""

    app: Flask
    code: str
    session: int
    activity: int
    round: int

    def phone(self, number: int = 0) -> FlaskClient:
        """Give a phone that is in."""
        with self.app.app_context():
            session = db.session.get_one(Activity, self.activity).session
            session.admit(keys.participant_key(SECRETS[number]))
            db.session.commit()
        client = self.app.test_client()
        client.set_cookie("phone", SECRETS[number])
        return client

    def send(self, phone: FlaskClient, **fields: str) -> TestResponse:
        """Post the plain form as the page shows it, with these fields filled in."""
        page = self.page(phone, "?change=1")
        shown = {tag["name"]: tag.get("value", "") for tag in page.select("form input[type=hidden]")}
        shown |= {tag["name"]: tag.get_text() for tag in page.select("form textarea")}
        data = shown | {name.replace("_", "-"): value for name, value in fields.items()}
        return phone.post(f"/p/{self.code}/answers/{self.round}", data=data)

    def page(self, phone: FlaskClient, asked: str = "") -> BeautifulSoup:
        """Look at the page."""
        return BeautifulSoup(phone.get(f"/p/{self.code}{asked}").get_data(as_text=True), "html.parser")

    def decide(self, text: str, act: str, *given: str) -> int | None:
        """Let the desk decide on a proposal; another one is named by its text."""
        with self.app.app_context():
            known = {proposal.text: proposal for proposal in db.session.query(Proposal)}
            getattr(known[text], act)(*(known[other] for other in given))
            item = known[text].item_id
            db.session.commit()
            events.hub().announce(self.session, "activity")
            return item


@pytest.fixture
def room(app: Flask) -> Room:
    with app.app_context():
        activity = factories.activity("proposals", options=0, settings={"collects": "need", "most": 2})
        made = activity.open()
        activity.session.show(activity)
        numbers = activity.session.code, activity.session_id, activity.id, made.id
        db.session.commit()
    return Room(app, *numbers)


def states(page: BeautifulSoup) -> list[str]:
    return [" ".join(tag.get_text(" ").split()) for tag in page.select(".fates b")]


def test_a_proposal_waits_then_is_on_the_screen(room: Room) -> None:
    phone = room.phone()
    assert "once the facilitator has read them" in room.page(phone).get_text()
    assert room.send(phone, text_1="Peu de données").status_code == 303
    assert states(room.page(phone)) == ["Waiting for the facilitator"]
    room.decide("Peu de données", "release")
    page = room.page(phone)
    assert states(page) == ["On the screen ✓ Peu de données"]
    assert page.select_one("#text-1").has_attr("readonly")
    room.send(phone, text_1="Autre chose", text_2="Pas de budget")
    with room.app.app_context():
        assert [p.text for p in db.session.query(Proposal).order_by(Proposal.id)] == [
            "Peu de données",
            "Pas de budget",
        ]
    assert states(room.page(phone)) == ["On the screen ✓ Peu de données", "Waiting for the facilitator"]


def test_the_language_of_a_text_is_that_of_the_page_it_was_written_on(room: Room) -> None:
    phone = room.phone()
    phone.get(f"/p/{room.code}?language=fr")
    room.send(phone, text_1="Peu de données")
    phone.get(f"/p/{room.code}?language=ar")
    room.send(phone, text_2="لا ميزانية")
    with room.app.app_context():
        found = {p.text: (p.language, p.category) for p in db.session.query(Proposal)}
    assert found == {"Peu de données": ("fr", "need"), "لا ميزانية": ("ar", "need")}


def test_others_are_seen_and_supported_once_released(room: Room) -> None:
    author, other = room.phone(), room.phone(1)
    room.send(author, text_1="Peu de données")
    assert "Peu de données" not in room.page(other).get_text()
    item = room.decide("Peu de données", "release")
    assert room.page(other).select_one("[type=checkbox]")["value"] == str(item)
    assert not room.page(author).select("[type=checkbox]")
    assert room.send(other, option=str(item)).status_code == 303
    with room.app.app_context():
        tally = db.session.get_one(Activity, room.activity).round.tally()
        assert tally.row(item).figures["support"] == 2


def test_support_that_comes_after_a_merge_still_counts(room: Room) -> None:
    author, other = room.phone(), room.phone(1)
    room.send(author, text_1="Peu de données", text_2="Trop peu de données")
    kept = room.decide("Peu de données", "release")
    gone = room.decide("Trop peu de données", "release")
    form = room.page(other)
    assert len(form.select("[type=checkbox]")) == 2
    room.decide("Trop peu de données", "merge", "Peu de données")
    assert states(room.page(author))[1] == "Merged into: Peu de données"
    assert room.send(other, option=str(gone)).status_code == 303
    with room.app.app_context():
        tally = db.session.get_one(Activity, room.activity).round.tally()
        assert [(row.option, row.figures["support"]) for row in tally.rows] == [(kept, 2)]


def test_after_the_closing_the_author_still_sees_what_becomes_of_it(room: Room) -> None:
    phone = room.phone()
    room.send(phone, text_1="Peu de données")
    with room.app.app_context():
        ballotbox.box().close(room.round, room.session).wait()
        events.hub().announce(room.session, "activity")
    assert states(room.page(phone)) == ["Waiting for the facilitator"]
    room.decide("Peu de données", "withdraw")
    assert states(room.page(phone)) == ["Not on the screen"]


def test_a_refused_text_is_still_in_the_form(room: Room) -> None:
    phone = room.phone()
    answer = room.send(phone, text_1="x" * 301)
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    assert answer.status_code == 422
    assert page.select_one("#text-1").get_text() == "x" * 301
    assert "300 signs" in page.select_one("#state").get_text()


def test_a_script_is_answered_shortly_and_the_part_follows(room: Room) -> None:
    phone = room.phone()
    token = room.page(phone).select_one("[name=token]")["value"]
    data = {"token": token, "text-1": "Peu de données", "language": "fr", "revision": "1"}
    headers = {"Accept": "application/json"}
    for _turn in range(3):
        answer = phone.post(f"/p/{room.code}/answers/{room.round}", data=data, headers=headers)
        assert answer.get_json() == {"state": "received", "revision": 1}
    seal = phone.get(f"/p/{room.code}/now").headers["ETag"]
    assert phone.get(f"/p/{room.code}/now", headers={"If-None-Match": seal}).status_code == 304
    room.decide("Peu de données", "release")
    fresh = phone.get(f"/p/{room.code}/now", headers={"If-None-Match": seal})
    assert fresh.status_code == 200
    assert re.search(r"On the screen ✓", fresh.get_data(as_text=True))
