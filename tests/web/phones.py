"""Phones for tests: they join by the page and answer by the form that the page holds."""

import re
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from facilitator import ballotbox, db, events
from facilitator.models.activity import Activity
from facilitator.models.session import Session
from tests import factories

CODE = "123456"
SCRIPT = {"Accept": "application/json"}


@dataclass
class Stage:
    """A session with a choice of up to two and a ranking, and what the desk does to it."""

    app: Flask
    session_id: int = 0

    def act(self, number: int | None, *acts: str) -> None:
        """Show a question of that position, or the lobby, and open, close, ask again or hurry it."""
        with self.app.app_context():
            session = db.session.get_one(Session, self.session_id)
            chosen = None if number is None else session.running_order[number]
            session.show(chosen)
            for act in acts:
                assert chosen
                getattr(self, f"_{act}")(chosen)
            db.session.commit()
            events.hub().announce(session.id, events.ACTIVITY)

    @staticmethod
    def _open(activity: Activity) -> None:
        activity.open()

    @staticmethod
    def _close(activity: Activity) -> None:
        assert activity.round
        ballotbox.box().close(activity.round.id, activity.session_id).wait()

    @staticmethod
    def _hurry(activity: Activity) -> None:
        assert activity.round
        activity.round.start_timer(95)

    def options(self, number: int) -> list[int]:
        """List the options of a question, in the facilitator's order."""
        with self.app.app_context():
            session = db.session.get_one(Session, self.session_id)
            return [item.id for item in session.running_order[number].options]

    def ballots(self, number: int) -> list[dict[str, Any]]:
        """Read what is in the box for a question's latest round."""
        with self.app.app_context():
            latest = db.session.get_one(Session, self.session_id).running_order[number].round
            return latest.choices() if latest else []


def staged(app: Flask, **given: Any) -> Stage:
    """Make the session."""
    with app.app_context():
        session = factories.session(code=CODE, **given)
        factories.activity(session=session, kind="choice", settings={"most": 2})
        factories.activity(session=session, kind="ranking", settings={"ties": True})
        db.session.commit()
        return Stage(app, session.id)


def join(app: Flask, **headers: str) -> FlaskClient:
    """Give a phone that has joined."""
    phone = app.test_client()
    sent = phone.post(f"/j/{CODE}", data={"token": token(phone.get(f"/j/{CODE}", headers=headers).text)})
    assert sent.status_code == 303, sent.text
    return phone


def token(page: str) -> str:
    """Read the token in a page's form."""
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found, page
    return found[1]


def answer(phone: FlaskClient, *, script: bool = False, language: str = "en", **fields: Any) -> TestResponse:
    """Fill in the form of the question of the moment and send it."""
    page = BeautifulSoup(phone.get(f"/p/{CODE}?change=1").text, "html.parser")
    form = page.find("form")
    assert form, page
    data = {"token": form.find(attrs={"name": "token"})["value"]} | fields
    return phone.post(
        form["action"], data=data, headers=(SCRIPT if script else {}) | {"Accept-Language": language}
    )


def words(response: TestResponse) -> str:
    """Read the visible words of a page."""
    return " ".join(BeautifulSoup(response.text, "html.parser").get_text(" ").split())
