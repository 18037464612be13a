"""The phone's page: the moment it shows, in every state, language and without script."""

import gzip
import time
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask, Response

from facilitator import db, events
from facilitator.models.session import Session
from facilitator.models.wording import LANGUAGES
from facilitator.web import front, scene, sheet
from tests import factories
from tests.web.phones import CODE, answer, join, staged, words

PAGE, NOW, STREAM = f"/p/{CODE}", f"/p/{CODE}/now", f"/p/{CODE}/stream"
REFRESH = '<meta http-equiv="refresh"'


def part(html: str, selector: str):
    return BeautifulSoup(html, "html.parser").select_one(selector)


def test_the_page_follows_the_desk(app: Flask) -> None:
    stage, phone = staged(app), join(app)

    def shown() -> str:
        page, moment = words(phone.get(PAGE)), words(phone.get(NOW))
        assert moment in page
        return moment

    assert "You are in. Please wait." in shown()
    stage.act(0)
    assert "Which challenge matters most?" in shown()
    assert "Please wait" in shown()
    stage.act(0, "open")
    assert "Pick 2 answers at most." in shown()
    assert "Send Blank answer" in shown()
    stage.act(0, "close")
    assert "This question is closed. Look at the screen." in shown()
    assert "No answer came from this phone." in shown()
    stage.act(None)
    assert "You are in. Please wait." in shown()


def test_the_page_shows_the_phone_s_own_answer_and_no_other(app: Flask) -> None:
    stage, phone, other = staged(app), join(app), join(app)
    stage.act(0, "open")
    chosen = stage.options(0)[3]
    answer(phone, option=chosen)
    page = phone.get(PAGE).text
    assert part(page, "input:checked")["value"] == str(chosen)
    assert part(page, "form")["data-revision"] == "0"
    assert "Received ✓" in part(page, "#state").text
    assert part(other.get(PAGE).text, "input:checked") is None
    stage.act(0, "close")
    assert "Your answer was received ✓" in words(phone.get(PAGE))


def test_each_phone_has_its_own_order_of_options_and_keeps_it(app: Flask) -> None:
    stage = staged(app)
    stage.act(0, "open")
    group = [join(app) for _ in range(6)]

    def order(phone) -> tuple[str, ...]:
        inputs = BeautifulSoup(phone.get(PAGE).text, "html.parser").select("input[name=option]")
        return tuple(field["value"] for field in inputs)

    seen = [order(phone) for phone in group]
    assert len(set(seen)) > 1
    assert seen == [order(phone) for phone in group]
    assert {frozenset(values) for values in seen} == {frozenset(map(str, stage.options(0)))}


def test_without_script_a_waiting_page_looks_again_and_a_form_stays(app: Flask) -> None:
    stage, phone = staged(app), join(app)
    assert f"<noscript>{REFRESH}" in phone.get(PAGE).text
    stage.act(0, "open")
    assert REFRESH not in phone.get(PAGE).text
    answer(phone, option=stage.options(0)[0])
    rested = phone.get(PAGE).text
    assert REFRESH in rested
    assert part(rested, "form")["class"] == ["kept"]
    change = part(rested, ".plain a")["href"]
    changing = phone.get(change).text
    assert REFRESH not in changing
    assert "class" not in part(changing, "form").attrs


def test_the_page_speaks_the_reader_s_language(app: Flask) -> None:
    stage = staged(app)
    stage.act(0, "open")
    french = join(app, **{"Accept-Language": "fr-SN,fr;q=0.9"})
    page = french.get(PAGE, headers={"Accept-Language": "fr-SN,fr;q=0.9"}).text
    assert '<html lang="fr" dir="ltr">' in page
    assert "Quel défi compte le plus" in page
    arabic = french.get(f"{PAGE}?language=ar").text
    assert '<html lang="ar" dir="rtl">' in arabic
    assert "أي تحدٍّ هو الأهم؟" in french.get(NOW).text


@pytest.mark.parametrize(
    ("language", "begun", "received", "closed"),
    [
        ("pt", "Já entrou.", "Recebida ✓", "A sua resposta foi recebida ✓"),
        ("es", "Ya está dentro.", "Recibida ✓", "Su respuesta fue recibida ✓"),
    ],
)
def test_a_phone_reads_nothing_in_english(
    app: Flask, language: str, begun: str, received: str, closed: str
) -> None:
    stage = staged(app)
    with app.app_context():
        factories.spoken_by_all(db.session.get_one(Session, stage.session_id))
        db.session.commit()
    phone = join(app, **{"Accept-Language": language})
    phone.get(f"{PAGE}?language={language}")
    waiting = BeautifulSoup(phone.get(PAGE).text, "html.parser")
    assert (waiting.html["lang"], begun in waiting.main.text) == (language, True)
    assert [link["lang"] for link in waiting.select("footer a")] == [*LANGUAGES]
    for number in (0, 1):
        stage.act(number, "open")
        phone.get(PAGE)  # what is left in English is refused by the checks of every page
        answer(phone, blank="1")
        assert received in phone.get(PAGE).text
        stage.act(number, "close")
        assert closed in phone.get(PAGE).text


def test_a_text_that_is_missing_in_a_language_says_which_it_is_in(app: Flask) -> None:
    stage, phone = staged(app), join(app)
    with app.app_context():
        asked = db.session.get_one(Session, stage.session_id).running_order[0]
        asked.open()
        asked.session.show(asked)
        asked.prompt = {"fr": "Seulement en français"}
        asked.options[0].wording = {"fr": "Une option"}
        db.session.commit()
    page = phone.get(PAGE).text
    assert part(page, "h1")["lang"] == "fr"
    assert [tag.text for tag in BeautifulSoup(page, "html.parser").select("form [lang=fr]")] == ["Une option"]


def test_what_has_not_changed_is_not_sent_again(app: Flask) -> None:
    stage, phone = staged(app), join(app)
    for path in (PAGE, NOW):
        first = phone.get(path)
        again = phone.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
    stage.act(0, "open")
    opened = phone.get(NOW, headers={"If-None-Match": first.headers["ETag"]})
    assert opened.status_code == 200
    answer(phone, option=stage.options(0)[0])
    assert phone.get(NOW, headers={"If-None-Match": opened.headers["ETag"]}).status_code == 200
    assert phone.get(PAGE).headers["Cache-Control"] == "private, no-cache"
    assert {"Cookie", "Accept-Encoding", "Accept-Language"} <= set(phone.get(PAGE).vary)


def test_a_page_is_packed_for_phones_that_unpack(app: Flask) -> None:
    staged(app)
    phone = join(app)
    plain = phone.get(PAGE)
    packed = phone.get(PAGE, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < 2500
    assert "Content-Encoding" not in plain.headers


def test_a_timer_counts_seconds_that_are_left_whatever_the_phone_s_clock(app: Flask) -> None:
    stage, phone = staged(app), join(app)
    stage.act(0, "open", "hurry")
    page = phone.get(PAGE)
    timer = part(page.text, ".timer")
    assert timer["data-left"] in {"94", "95"}
    assert timer.text in {"1:34 left", "1:35 left"}
    assert "ETag" not in page.headers, "an old page would start an old clock"
    stage.act(0, "close")
    assert part(phone.get(PAGE).text, ".timer") is None


def test_the_same_question_has_the_same_key_and_another_round_another(app: Flask) -> None:
    stage, phone = staged(app), join(app)

    def key() -> str:
        return part(phone.get(NOW).text, ".scene")["data-key"]

    seen = [key()]
    for acts in ((0,), (0, "open"), (0, "close"), (0, "open"), (1,), (1, "open")):
        stage.act(*acts)
        seen.append(key())
    assert len(set(seen)) == 7
    stage.act(1, "hurry")
    answer(phone, blank="1")
    assert key() == seen[-1]
    assert len({part(phone.get(NOW).text, ".scene")["data-seen"], *seen}) == 8


def test_a_stream_is_held_for_a_fresh_page_only(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    stage, phone = staged(app), join(app)
    held = []
    monkeypatch.setattr(front, "stream", lambda *given: held.append(given) or app.response_class("held"))
    seen = part(phone.get(PAGE).text, ".scene")["data-seen"]
    assert phone.get(STREAM, query_string={"seen": seen}).text == "held"
    assert [(given[0].id, given[1], len(given[2])) for given in held] == [(stage.session_id, "phone", 22)]
    stage.act(0, "open")
    stale = phone.get(STREAM, query_string={"seen": seen})
    assert (stale.status_code, len(held)) == (204, 1)


def test_what_happens_between_the_look_and_the_stream_is_told(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, phone = staged(app), join(app)
    seen = part(phone.get(PAGE).text, ".scene")["data-seen"]
    hold = front.stream

    def late(*given: Any) -> Response:
        stage.act(0, "open")
        return hold(*given)

    monkeypatch.setattr(front, "stream", late)
    held = phone.get(STREAM, query_string={"seen": seen})
    told = held.iter_encoded()
    assert next(told).startswith(b"retry: ")
    assert b"event: activity" in next(told)
    held.close()


def test_a_phone_without_scripts_that_looks_again_counts_as_connected(app: Flask) -> None:
    stage, phone = staged(app), join(app)
    phone.get(f"/p/{CODE}")
    with app.app_context():
        assert events.hub().connected(stage.session_id) == 1


def test_a_phone_that_asks_by_itself_counts_as_connected(app: Flask) -> None:
    stage, phone = staged(app), join(app)
    with app.app_context():
        assert events.hub().connected(stage.session_id) == 0
        phone.get(NOW)
        assert events.hub().connected(stage.session_id) == 1


def test_many_phones_look_again_over_a_longer_time(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    staged(app)
    phone = join(app)

    def spread(connected: int) -> int:
        monkeypatch.setattr(events.Hub, "connected", lambda *_: connected)
        return int(part(phone.get(NOW).text, ".scene")["data-spread"])

    assert [spread(number) for number in (20, 1000, 100_000)] == [250, 1600, 8000]


def test_what_nobody_announces_is_seen_a_moment_later(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    stage, phone = staged(app), join(app)
    assert "Challenges" in words(phone.get(PAGE))
    with app.app_context():
        db.session.get_one(Session, stage.session_id).title = {"en": "Another title"}
        db.session.commit()
    clock = time.monotonic() + scene.LIFETIME
    monkeypatch.setattr(scene.time, "monotonic", lambda: clock)
    assert "Another title" in words(phone.get(PAGE))


def test_a_session_that_is_gone_leads_to_the_door(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    stage, phone = staged(app), join(app)
    phone.get(PAGE)
    with app.app_context():
        db.session.get_one(Session, stage.session_id).withdrawn = True
        db.session.commit()
        events.hub().announce(stage.session_id, events.ACTIVITY)
    assert phone.get(PAGE).location == f"/j/{CODE}"


def test_memory_of_who_is_in_is_bounded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scene, "REMEMBERED", 2)
    staged(app)
    group = [join(app) for _ in range(4)]
    assert [phone.get(PAGE).status_code for phone in group * 2] == [200] * 8
    assert len(app.extensions["scenes"].admitted) <= 2


def test_memory_of_shells_is_bounded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "SHELLS", 1)
    staged(app)
    phone = join(app)
    pages = [phone.get(f"{PAGE}?language={language}").text for language in ("en", "fr", "en")]
    assert pages[0] == pages[2] != pages[1]
    assert len(app.extensions["shells"]) == 1


def test_the_language_is_at_hand_above_every_question(app: Flask) -> None:
    staged(app)
    soup = BeautifulSoup(join(app).get(f"{PAGE}?language=fr").text, "html.parser")
    leads = soup.select_one("header a")
    assert leads.text.split() == ["Langue", "Français"]
    offered = soup.select(f"{leads['href']} a")
    assert [link["hreflang"] for link in offered][:2] == ["en", "fr"]


def test_hostile_words_stay_words(app: Flask) -> None:
    evil = "\"><script>alert(1)</script><!--now-->'"
    with app.app_context():
        session = factories.session(code=CODE, title={"en": evil})
        asked = factories.activity(session=session, kind="ranking", options=[{"en": evil}, {"en": "{name}"}])
        asked.prompt = {"en": evil}
        for other in ("fr", "ar"):
            session.workshop.languages = ["en"]
            asked.prompt = asked.prompt | {other: evil}
        asked.open()
        session.show(asked)
        db.session.commit()
    phone = join(app)
    soup = BeautifulSoup(phone.get(PAGE).text, "html.parser")
    assert [tag.get("src", "").split("/")[-1] for tag in soup.find_all("script")] == ["phone.js"]
    assert soup.h1.text == evil
    assert evil in {tag.text for tag in soup.select(".text")}
    assert len(soup.select(".scene")) == 1


@pytest.mark.parametrize("count", [2, 12, 13, 60])
def test_a_ranking_without_script_has_a_field_for_each_option(app: Flask, count: int) -> None:
    with app.app_context():
        session = factories.session(code=CODE)
        asked = factories.activity(session=session, kind="ranking", options=count)
        asked.open()
        session.show(asked)
        db.session.commit()
    page = join(app).get(PAGE, headers={"Accept-Encoding": "gzip"})
    fields = BeautifulSoup(gzip.decompress(page.data), "html.parser").select(".rank")
    assert len(fields) == count
    assert {field.name for field in fields} == ({"select"} if count <= 12 else {"input"})
    assert len(page.data) < 6500
