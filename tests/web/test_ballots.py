"""Every kind's ballot on a phone: light, answered without script, and taken back to where it was."""

import gzip
import re
from dataclasses import dataclass
from random import Random

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from facilitator import db, keys
from facilitator.kinds import KINDS
from facilitator.models.activity import Activity
from facilitator.models.ballot import Ballot
from tests import factories

SECRET = "C" * 22
FIRST_VISIT = 14_600  # bytes: one window of TCP
TARGETS = [[9001, {"en": "Poor dissemination", "fr": "Dissémination pauvre"}], [9002, {"en": "Access"}]]
LONG = {
    "en": "Train the focal points of {} in the collection and the analysis of data at border post number {}",
    "fr": "Former les points focaux de {} à la collecte et à l’analyse des données au poste frontière {}",
    "pt": "Formar os pontos focais de {} na recolha e na análise de dados no posto fronteiriço número {}",
    "es": "Formar a los puntos focales de {} en la recogida y el análisis de datos en el puesto {}",
    "ar": "تدريب نقاط الاتصال في {} على جمع البيانات وتحليلها في المركز الحدودي رقم {}",
}
PLACES = ("Dakar", "Bamako", "Praia", "Accra", "Abuja", "Niamey", "Nouakchott", "Kinshasa", "Douala", "Lomé")
every_kind = pytest.mark.parametrize("kind", KINDS)


@dataclass
class Room:
    """An open question, its phone and its numbers."""

    phone: FlaskClient
    code: str
    activity: int
    round: int

    def page(self, asked: str = "") -> BeautifulSoup:
        """Look at the page."""
        return BeautifulSoup(self.phone.get(f"/p/{self.code}{asked}").get_data(as_text=True), "html.parser")


def opened(app: Flask, kind: str, options: int, **settings: object) -> Room:
    """Open a question of a kind over long options, with one phone in the room."""
    texts = [
        {code: text.format(PLACES[n % 10], n) for code, text in LONG.items()}
        for n in range(options if kind != "words" else 0)
    ]
    decided = {"targets": TARGETS} | settings if kind == "linking" else settings
    with app.app_context():
        room = factories.session(workshop=factories.workshop(languages=list(LONG)))
        activity = factories.activity(kind, options=texts, settings=decided, session=room)
        activity.prompt = dict.fromkeys(LONG, "?") | activity.prompt
        made = activity.open()
        activity.session.show(activity)
        activity.session.admit(keys.participant_key(SECRET))
        numbers = activity.session.code, activity.id, made.id
        db.session.commit()
    phone = app.test_client()
    phone.set_cookie("phone", SECRET)
    return Room(phone, *numbers)


def kept(app: Flask) -> list[dict[str, object]]:
    with app.app_context():
        return [ballot.chosen for ballot in db.session.query(Ballot)]


def weigh(room: Room, language: str) -> dict[str, int]:
    """Weigh all that a first visit fetches, packed."""
    page = room.phone.get(f"/p/{room.code}?language={language}", headers={"Accept-Encoding": "identity"})
    links = re.findall(r'<link[^>]* href="(/[^"]+)"|<script[^>]* src="(/[^"]+)"', page.get_data(as_text=True))
    found = {"page": len(gzip.compress(page.data, 6))}
    for one, other in links:
        with room.phone.get(one or other) as answer:
            found[one or other] = len(gzip.compress(answer.data, 9))
    return found


@every_kind
def test_sixty_options_fit_into_one_window(kind: str, app: Flask) -> None:
    room = opened(app, kind, 60)
    for language in LONG:
        found = weigh(room, language)
        assert len(found) == 3
        assert sum(found.values()) <= FIRST_VISIT, (language, found)


@every_kind
def test_is_answered_and_changed_without_script(kind: str, app: Flask) -> None:
    room = opened(app, kind, 4)
    with app.app_context():
        activity = db.session.get_one(Activity, room.activity)
        options = [item.id for item in activity.options]
        good = KINDS[kind].imagined(options, activity.settings, Random(5))
    form = room.page().form
    token = form.find("input", attrs={"name": "token"})["value"]
    for turn in (1, 2):
        data: dict[str, list[str]] = {"token": [token]}
        for name, value in good:
            data.setdefault(name, []).append(value)
        answer = room.phone.post(form["action"], data=data)
        assert answer.status_code == 303
        assert len(kept(app)) == 1
        assert kept(app)[0] != {}
        assert room.page().form["data-revision"] == str(turn - 1)
    assert "Received" in room.page().get_text()


@every_kind
def test_a_blank_answer_is_an_answer(kind: str, app: Flask) -> None:
    room = opened(app, kind, 4)
    form = room.page().form
    token = form.find("input", attrs={"name": "token"})["value"]
    assert room.phone.post(form["action"], data={"token": token, "blank": "1"}).status_code == 303
    assert kept(app) == [{}]


def test_pairs_follow_each_other_without_script(app: Flask) -> None:
    room = opened(app, "pairwise", 4)
    asked = []
    for turn in range(6):
        form = room.page().form
        assert "kept" not in form.get("class", ())
        fields = {tag["name"]: tag["value"] for tag in form("input")}
        button = form.select("button[type=submit]")[turn % 3]
        asked.append(frozenset(button["value"].split("-")))
        fields[button["name"]] = f"{fields.get(button['name'], '')} {button['value']}"
        assert room.phone.post(form["action"], data=fields).status_code == 303
    assert len(set(asked)) == 6
    (choice,) = kept(app)
    assert (len(choice["won"]), len(choice["even"])) == (4, 2)
    page = room.page()
    assert not page.select(".pair")
    assert page.form["data-revision"] == "5"


def test_a_word_waits_for_a_person(app: Flask) -> None:
    room = opened(app, "words", 0)
    form = room.page().form
    fields = {tag["name"]: tag["value"] for tag in form("input")} | {"text": "Plus de données"}
    assert room.phone.post(form["action"], data=fields).status_code == 303
    with app.app_context():
        wall = db.session.get_one(Activity, room.activity).session.wall
    assert "données" not in app.test_client().get(f"/screen/{wall}").get_data(as_text=True)
    assert room.page("?change=1").textarea.get_text() == "Plus de données"


def test_the_page_of_a_first_plain_answer_is_a_new_page(app: Flask) -> None:
    room = opened(app, "pairwise", 4)
    before = room.phone.get(f"/p/{room.code}").headers["ETag"]
    form = room.page().form
    fields = {tag["name"]: tag["value"] for tag in form("input")} | {"won": form.button["value"]}
    assert room.phone.post(form["action"], data=fields).status_code == 303
    again = room.phone.get(f"/p/{room.code}", headers={"If-None-Match": before})
    assert again.status_code == 200
    assert "1 pair answered." in again.get_data(as_text=True)
