"""Cards at the desk: made once, printed, released, replaced; and who may do so."""

import io
import re

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from facilitator import db
from facilitator.documents import cards as printing
from facilitator.documents.printing import NotPrinted
from facilitator.models.card import LENGTH, SIGNS, Card
from facilitator.models.session import Session
from facilitator.models.trail import Trail
from tests.web.desk.asking import send, words
from tests.web.rooms import CODE, answer, ballots, cards, close, join, knock, opened, people
from tests.web.rooms import words as seen

SHORT = re.compile(rf"[{SIGNS}]{{4}}-[{SIGNS}]{{4}}-[{SIGNS}]{{4}}")
PAGE = "/desk/sessions/1/cards"


def text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def states(app) -> list[tuple[int, bool, bool, str | None]]:
    with app.app_context():
        return [
            (card.number, card.used, card.void, card.type)
            for card in db.session.scalars(select(Card).order_by(Card.id))
        ]


def test_cards_are_printed_once_with_what_their_holders_need(app, admin):
    opened(app, by_card=True, asks_type=True)
    made = send(admin, PAGE, count_ministry="10", count_civil="1", count="١", language="fr")
    assert (made.status_code, made.mimetype) == (200, "application/pdf")
    assert made.headers["Cache-Control"] == "no-store"
    assert re.search(r"cards-\d{4}-\d\d-\d\d-fr\.pdf", made.headers["Content-Disposition"])
    printed = text(made.data)
    assert len(set(SHORT.findall(printed))) == 12
    assert len(PdfReader(io.BytesIO(made.data)).pages) == 2
    assert "Défis" in printed
    assert "123 456" in printed.replace("\xa0", " ")
    types = [type_ for _number, _used, _void, type_ in states(app)]
    assert (types.count("ministry"), types.count("civil"), types.count(None)) == (10, 1, 1)
    token = SHORT.findall(printed)[0]
    assert token not in admin.get(PAGE).text
    assert "12 cards 0 used 12 free 0 void" in words(admin.get(PAGE))
    assert join(app, "/card", card=token.lower().replace("-", " ")).get(f"/p/{CODE}").status_code == 200


def test_arabic_cards_are_printed_with_our_own_fonts(app, admin):
    opened(app, by_card=True)
    page = PdfReader(io.BytesIO(send(admin, PAGE, count="1", language="ar").data)).pages[0]
    fonts = {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    assert any("NotoSansArabic" in font for font in fonts)
    assert all("NotoSans" in font for font in fonts)


@pytest.mark.parametrize("count", ["", "0", "501", "-1", "x", "1.5", "9" * 50, "²"])
def test_another_number_of_cards_is_refused(app, admin, count):
    opened(app, by_card=True)
    refused = send(admin, PAGE, count=count)
    assert refused.status_code == 422
    assert "Write how many cards" in words(refused)
    assert states(app) == []


def test_cards_that_could_not_be_printed_are_void(app, admin, monkeypatch):
    def stuck(_made):
        raise NotPrinted

    opened(app, by_card=True)
    monkeypatch.setattr(printing, "cards", stuck)
    assert send(admin, PAGE, count="2").status_code == 500
    assert [(used, void) for _number, used, void, _type in states(app)] == [(False, True)] * 2


def test_a_released_card_finds_its_ballots_on_another_phone(app, admin):
    opened(app, by_card=True)
    (token,) = cards(app, None)
    answer(join(app, "/card", card=token), 1)
    other = app.test_client()
    assert knock(other, "/card", card=token).status_code == 409
    assert send(admin, f"{PAGE}/1/release").status_code == 303
    assert knock(other, "/card", card=token).status_code == 303
    assert "Received" in seen(other.get(f"/p/{CODE}"))
    answer(other, 2)
    assert (len(ballots(app)), len(people(app))) == (1, 1)


def test_a_replaced_card_is_void_and_its_phone_is_out(app, admin):
    opened(app, by_card=True, asks_type=True)
    (token,) = cards(app, "civil")
    phone = join(app, "/card", card=token)
    answer(phone)
    refused = send(admin, f"{PAGE}/1/reissue")
    assert refused.status_code == 409
    assert "once no question is open" in words(refused)
    close(app)
    made = send(admin, f"{PAGE}/1/reissue", language="en")
    fresh = SHORT.findall(text(made.data))[0]
    assert states(app) == [(1, True, True, "civil"), (2, False, False, "civil")]
    assert people(app) == []
    assert phone.get(f"/p/{CODE}/now").status_code == 403
    assert knock(app.test_client(), "/card", card=token).status_code == 410
    join(app, "/card", card=fresh)
    assert len(ballots(app)) == 1
    assert send(admin, f"{PAGE}/1/reissue").status_code == 404
    assert send(admin, f"{PAGE}/9/release").status_code == 404
    with app.app_context():
        acts = [line.act for line in db.session.scalars(select(Trail).order_by(Trail.id))]
    assert acts == ["replace card"]


def test_the_trail_tells_of_cards_and_never_their_tokens(app, admin):
    opened(app, by_card=True)
    tokens = SHORT.findall(text(send(admin, PAGE, count="3").data))
    with app.app_context():
        (line,) = db.session.scalars(select(Trail))
    assert (line.act, line.subject, line.detail) == ("make cards", "session 1", '{"first": 1, "last": 3}')
    assert not any(token in line.detail for token in tokens)


def test_releasing_and_replacing_cards_is_in_the_trail(app, admin):
    opened(app, by_card=True)
    cards(app, None)
    close(app)
    assert send(admin, f"{PAGE}/1/release").status_code == 303
    assert send(admin, f"{PAGE}/1/reissue", language="en").status_code == 200
    with app.app_context():
        acts = [line.act for line in db.session.scalars(select(Trail).order_by(Trail.id))]
    assert [act.split()[0] for act in acts] == ["release", "replace"]


@pytest.mark.parametrize(("role", "country", "status"), [("expert", "SN", 403), ("facilitator", "ML", 404)])
def test_only_who_runs_the_session_sees_its_cards(app, sign_in, role, country, status):
    opened(app, by_card=True)
    cards(app, None)
    browser = sign_in("b@example.org", **{country: role})
    assert browser.get(PAGE).status_code == status
    for address in (PAGE, f"{PAGE}/1/release", f"{PAGE}/1/reissue"):
        assert send(browser, address, count="1").status_code == status
    assert states(app) == [(1, False, False, None)]


def test_a_card_belongs_to_its_session(app, admin):
    opened(app, by_card=True)
    cards(app, None)
    with app.app_context():
        workshop = db.session.get_one(Session, 1).workshop
        db.session.add(Session(workshop=workshop, title={"en": "Other"}))
        db.session.commit()
    assert send(admin, "/desk/sessions/2/cards/1/release").status_code == 404


def test_a_short_form_is_grouped():
    assert printing.short_form("A" * LENGTH) == "AAAA-AAAA-AAAA"
