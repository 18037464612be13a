"""Every form that the desk shows is filled in: with sense, and each field with nonsense."""

import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from facilitator import db
from facilitator.models.trail import Trail
from tests.web import phones
from tests.web.desk.rooms import Room, made

SENSE = {
    "name": "Ama Mensah",
    "email": "ama@example.org",
    "starts_on": "2027-02-15",
    "ends_on": "2027-02-16",
    "place": "Accra",
    "capacity": "50",
    "minutes": "3",
    "password": "a few plain words",
    "prompt-en": "Which way?",
    "prompt-fr": "Quel chemin ?",
    "text-en": "North",
    "text-fr": "Nord",
}
NONSENSE = (
    "x" * 10_000,
    "<script>alert(1)</script>",
    "'; DROP TABLE ballot; --",
    "\x00\ud7ff\u202e\ufeff",
    "9" * 40,
    "-1",
    "../../etc/passwd",
    "{{ 7 * 7 }}%(x)s%s",
)
UNTOLD = {"trail", "link", "participant", "alembic_version"}
# these leave the desk, take long or change nothing: their own tests press them
ALONE = {"doors.sign_out", "demos.begin", "demos.people", "demos.remove", "parts.preview"}
# these need a room at another moment of its day: the named tests read the trail there
WITNESSES = {
    "activities.edit": "test_an_edit_keeps_items_and_other_languages",
    "cards.make": "test_the_trail_tells_of_cards_and_never_their_tokens",
    "cards.reissue": "test_releasing_and_replacing_cards_is_in_the_trail",
    "cards.release": "test_releasing_and_replacing_cards_is_in_the_trail",
    "endorsement.endorse": "test_the_way_to_readers_is_in_the_trail",
    "endorsement.give_back": "test_the_way_to_readers_is_in_the_trail",
    "endorsement.licence": "test_the_way_to_readers_is_in_the_trail",
    "endorsement.open_edition": "test_the_way_to_readers_is_in_the_trail",
    "endorsement.publish": "test_the_way_to_readers_is_in_the_trail",
    "items.options": "test_bringing_items_in_and_out_is_in_the_trail",
    "items.unbring": "test_bringing_items_in_and_out_is_in_the_trail",
    "line.bring_back": "test_writing_the_guide_is_in_the_trail",
    "line.change": "test_writing_the_guide_is_in_the_trail",
    "line.leave_out": "test_writing_the_guide_is_in_the_trail",
    "line.move": "test_writing_the_guide_is_in_the_trail",
    "line.remove": "test_writing_the_guide_is_in_the_trail",
    "line.restore": "test_writing_the_guide_is_in_the_trail",
    "notes.write": "test_the_trail_says_that_it_changed_not_what_it_says",
    "paper.hands": "test_an_entry_is_taken_back_and_put_back_and_the_trail_tells_all",
    "parking.answer": "test_it_is_answered_and_waits_again",
    "parking.park": "test_it_is_answered_and_waits_again",
    "parking.restore": "test_it_is_withdrawn_and_put_back",
    "parking.withdraw": "test_it_is_withdrawn_and_put_back",
    "parts.add": "test_writing_the_guide_is_in_the_trail",
    "proposals.merge": "test_every_decision_is_in_the_trail",
    "proposals.put_back": "test_every_decision_is_in_the_trail",
    "proposals.release": "test_every_decision_is_in_the_trail",
    "proposals.reword": "test_every_decision_is_in_the_trail",
    "proposals.withdraw": "test_every_decision_is_in_the_trail",
    "review.answer": "test_the_review_is_in_the_trail",
    "review.line": "test_the_review_is_in_the_trail",
    "review.reopen": "test_the_review_is_in_the_trail",
    "review.resolve": "test_the_review_is_in_the_trail",
    "review.show": "test_the_review_is_in_the_trail",
    "rounds.by_type": "test_the_facilitator_may_show_it_by_type_on_the_wall_and_take_it_off_again",
    "rounds.open_block": "test_opening_a_block_is_in_the_trail",
    "strikes.strike": "test_leaving_out_and_listing_again_are_in_the_trail",
    "strikes.unstrike": "test_leaving_out_and_listing_again_are_in_the_trail",
    "takings.take": "test_taking_and_undoing_are_in_the_trail",
    "takings.undo": "test_taking_and_undoing_are_in_the_trail",
}
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)  # whole pages would be read hundreds of times
ACTION = re.compile(r'\saction="([^"]*)"')
OFTEN = 2  # an act on one page: copies of copies have no end


def pages(app: Flask) -> list[str]:
    """Build the address of each page of the desk."""
    found = []
    for rule in app.url_map.iter_rules():
        closed = rule.build_only or "GET" not in rule.methods or not rule.rule.startswith("/desk")
        if closed or rule.endpoint.endswith(".stream") or rule.endpoint.startswith("versions."):  # no forms
            continue
        names = list(rule._converters)
        for number in (1, 2) if names else (1,):
            found.append(rule.build(dict.fromkeys(names, number))[1])
    return sorted(found)


def forms(browser: FlaskClient, page: str) -> list[tuple[str, str]]:
    """List the forms of a page: where each goes, and its markup."""
    shown = browser.get(page)
    if shown.status_code != 200 or "html" not in shown.content_type:
        return []
    found = [markup for markup in FORM.findall(shown.text) if 'method="post"' in markup.partition(">")[0]]
    goes = [ACTION.search(markup.partition(">")[0]) for markup in found]
    return [(unescape(to[1]) if to else page, markup) for to, markup in zip(goes, found, strict=True)]


def filled(form: Tag) -> MultiDict[str, str]:
    """Read what a browser would send for a form as it is shown."""
    held: MultiDict[str, str] = MultiDict()
    for field in form.select("input[name], textarea[name], select[name], button[name]"):
        name, kind = str(field["name"]), field.get("type", "")
        if kind in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            held.add(name, str(chosen.get("value", "")) if chosen else "")
        elif field.name == "textarea":
            held.add(name, field.get_text())
        elif field.name == "input":
            held.add(name, str(field.get("value", "on" if kind == "checkbox" else "")))
        elif name not in held:  # the first button is the one that Enter presses
            held.add(name, str(field.get("value", "")))
    return held


def with_sense(held: MultiDict[str, str]) -> MultiDict[str, str]:
    """Fill what is empty."""
    lists = {
        name: [value or f"{guess(name)} {number}".strip() for number, value in enumerate(values, 1)]
        if "-" in name
        else [value or guess(name) for value in values]
        for name, values in held.lists()
    }
    return MultiDict(lists)


def guess(name: str) -> str:
    """Think of something for a field."""
    known = SENSE.get(name)
    return known if known is not None else f"Something {name}" if "-" in name else ""


def kept(app: Flask) -> tuple[int, dict[str, list[str]]]:
    """Read the length of the trail, and all that acts of the desk may change."""
    with app.app_context():
        told = db.session.scalar(select(func.count()).select_from(Trail)) or 0
        tables = [table for table in db.Base.metadata.sorted_tables if table.name not in UNTOLD]
        return told, {table.name: sorted(map(str, db.session.execute(table.select()))) for table in tables}


@pytest.fixture(autouse=True)
def plain(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read pages without checking each: there are many, and others check them; begin no processes."""
    app.test_client_class = FlaskClient
    monkeypatch.setattr(sys, "executable", shutil.which("true"))


@pytest.fixture
def room(app: Flask) -> Room:
    """Give a room with a question that is open, one that is closed and one that waits."""
    return made(app, "choice", "ranking", "choice")


def endpoint(app: Flask, address: str) -> str:
    """Name the page or act at an address."""
    return str(app.url_map.bind("localhost").match(address.partition("?")[0], method="POST")[0])


def crawl(app: Flask, browser: FlaskClient, times: int = 1) -> Iterator[tuple[str, str, MultiDict[str, str]]]:
    """Come by every form of every page; what one act makes possible is found the second time."""
    for page in pages(app) * times:
        done, often = set(ALONE), Counter[str]()
        while new := [
            (act, address, markup)
            for address, markup in forms(browser, page)
            if (act := endpoint(app, address)) not in done and address not in done
        ]:
            act, address, markup = new[0]
            yield act, address, filled(BeautifulSoup(markup, "html.parser"))
            often[act] += 1
            done |= {address} | ({act} if often[act] == OFTEN else set())


@pytest.fixture
def busy(app: Flask, admin: FlaskClient, room: Room) -> FlaskClient:
    """Give an administrator's browser, with the room at work."""
    room.act(admin, "open", 0)
    room.vote(0, phones=6)
    room.act(admin, "close", 0)
    room.act(admin, "open", 1)
    return admin


@pytest.mark.timeout(900)
def test_nothing_at_the_desk_is_changed_without_a_word_in_the_trail(app: Flask, busy: FlaskClient) -> None:
    told: set[str] = set()
    for act, address, held in crawl(app, busy, times=2):
        length, before = kept(app)
        answer = busy.post(address, data=with_sense(held))
        assert answer.status_code < 500, (address, answer.text)
        longer, after = kept(app)
        if before != after:
            assert longer > length, f"{act} leaves no trace"
        if longer > length:
            told.add(act)
    acts = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods and rule.rule.startswith("/desk")
    }
    written = "".join(path.read_text() for path in Path(__file__).parents[1].rglob("test_*.py"))
    witnessed = {act for act, name in WITNESSES.items() if f"def {name}(" in written}
    silent = acts - told - ALONE - witnessed
    assert not silent, " ".join(sorted(silent))


@pytest.mark.timeout(900)
def test_no_field_of_any_form_is_a_way_to_break_it(app: Flask, busy: FlaskClient) -> None:
    tried = set()
    for act, address, held in crawl(app, busy):
        for name in set(held) - {"csrf_token"}:
            if (act, name) in tried:
                continue
            tried.add((act, name))
            for text in NONSENSE:
                data = MultiDict(held)
                data.setlist(name, [text] * len(held.getlist(name)))
                answer = busy.post(address, data=data)
                assert answer.status_code < 500, (act, name, text[:40], answer.text)
    assert len(tried) > 60


@pytest.mark.parametrize("text", NONSENSE)
def test_no_field_of_a_phone_is_a_way_to_break_it(app: Flask, text: str) -> None:
    stage = phones.staged(app)
    phone = phones.join(app)
    for number, name in ((0, "option"), (1, f"rank-{stage.options(1)[0]}"), (1, "unsure"), (1, "blank")):
        stage.act(number, *(["open"] if not stage.ballots(number) else []))
        for field in (name, "revision", "token"):
            answer = phones.answer(phone, **{field: text})
            assert answer.status_code < 500, (field, answer.text)
        stage.act(number, "close")
    for address in (f"/?code={text[:24]}", "/p/123456?change=1"):
        assert phone.get(address).status_code < 500
