"""A room for tests of the door: a session with its promises, a choice that is open, phones that come in."""

import re
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from facilitator import ballotbox, db, events
from facilitator.models.activity import Activity
from facilitator.models.ballot import Ballot
from facilitator.models.card import Card
from facilitator.models.participant import Participant
from facilitator.models.session import Session
from tests import factories

CODE = "123456"


def opened(app: Flask, kind: str = "choice", answerers: tuple[str, ...] = (), **promises: bool) -> None:
    """Make session 1 with one question, which is open."""
    with app.app_context():
        session = factories.session(code=CODE)
        told = dict.fromkeys(("named", "asks_type", "by_card", "shared"), False) | promises
        session.promise(**told)
        activity = factories.activity(kind, session=session, answerers=list(answerers))
        activity.open()
        session.show(activity)
        db.session.commit()


def close(app: Flask) -> None:
    """Close the question and keep its result."""
    with app.app_context():
        round_ = db.session.get_one(Activity, 1).round
        ballotbox.box().close(round_.id, 1).wait()
        db.session.refresh(round_)
        round_.keep_result()
        db.session.commit()
        events.hub().announce(1, events.ACTIVITY)


def token(page: TestResponse) -> str:
    """Read the token in a page's form."""
    found = re.search(r'name="token" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def knock(phone: FlaskClient, to: str = "", page: str = "", **answers: str) -> TestResponse:
    """Send the form of the door."""
    given = {"token": token(phone.get(f"/j/{CODE}{page or ''}"))} | answers
    return phone.post(f"/j/{CODE}{to}", data=given)


def join(app: Flask, to: str = "", **answers: str) -> FlaskClient:
    """Give a phone that is in."""
    phone = app.test_client()
    sent = knock(phone, to, **answers)
    assert sent.status_code == 303, words(sent)
    return phone


def answer(phone: FlaskClient, option: int = 1, *, script: bool = False, round: int = 1) -> TestResponse:
    """Answer by the page's own form."""
    given = {"token": token(phone.get(f"/p/{CODE}?change=1")), "option": str(option)}
    headers = {"Accept": "application/json"} if script else {}
    return phone.post(f"/p/{CODE}/answers/{round}", data=given, headers=headers)


def ballots(app: Flask) -> list[Any]:
    """List what every ballot bears: its type, its source and its participant."""
    with app.app_context():
        return [(each.type, each.source, each.participant) for each in db.session.scalars(select(Ballot))]


def people(app: Flask) -> list[Participant]:
    """List who is in."""
    with app.app_context():
        return list(db.session.scalars(select(Participant)))


def cards(app: Flask, *types: str | None) -> list[str]:
    """Make a card for each type and give their tokens."""
    with app.app_context():
        session = db.session.get_one(Session, 1)
        tokens = [Card.issue(session, type_)[1] for type_ in types]
        db.session.commit()
        return tokens


def words(response: TestResponse) -> str:
    """Give the words of a page."""
    return " ".join(BeautifulSoup(response.text, "html.parser").get_text(" ").split())
