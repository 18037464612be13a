"""A room for tests of the desk: a session with questions, phones that vote, buttons as they are pressed."""

import json
from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from facilitator import ballotbox, db
from facilitator.models.activity import Activity
from facilitator.models.round import Round
from facilitator.models.session import Session
from facilitator.models.trail import Trail
from tests import factories
from tests.web.desk.asking import token


@dataclass
class Room:
    """A session that is being run, by its numbers."""

    app: Flask
    session: int = 0
    activities: list[int] = field(default_factory=list)

    def sees(self) -> dict[str, str]:
        """Say what the running page would send along: the open round and the place of the wall."""
        with self.app.app_context():
            session = db.session.get_one(Session, self.session)
            open_now = session.open_round
            return {"seen": str(open_now.id if open_now else ""), "at": str(session.current_id or "")}

    def act(self, browser: FlaskClient, what: str, place: int | None = None, /, **answers) -> TestResponse:
        """Press a button of the running page as it now looks; of an activity by its place."""
        kind, number = ("sessions", self.session) if place is None else ("activities", self.activities[place])
        data = self.sees() | {"csrf_token": token(browser)} | {k: str(v) for k, v in answers.items()}
        return browser.post(f"/desk/{kind}/{number}/{what}", data=data)

    def vote(self, activity: int = 0, phones: int = 1, first: int = 0, **choice: object) -> None:
        """Let phones answer the open round of an activity; by default each picks one option."""
        with self.app.app_context():
            asked = db.session.get_one(Activity, self.activities[activity])
            round_id, options = asked.round.id, [item.id for item in asked.options]
            ranking = asked.kind == "ranking"
            db.session.commit()
            for phone in range(first, first + phones):
                turned = options[phone % len(options) :] + options[: phone % len(options)]
                fallback = (
                    {"order": [[option] for option in turned], "unsure": []}
                    if ranking
                    else {"options": [turned[0]]}
                )
                text = json.dumps(choice or fallback, separators=(",", ":"), sort_keys=True)
                ballotbox.box().cast(round_id, self.session, f"phone{phone:017}", text).wait()

    def rounds(self, activity: int = 0) -> list[tuple[int, bool, bool, int]]:
        """List an activity's rounds: number, open, revealed, ballots."""
        with self.app.app_context():
            found = db.session.get_one(Activity, self.activities[activity]).rounds
            return [(r.number, r.is_open, r.revealed, r.ballot_count) for r in found]

    def round_ids(self, activity: int = 0) -> list[int]:
        """List the ids of an activity's rounds."""
        with self.app.app_context():
            return [r.id for r in db.session.get_one(Activity, self.activities[activity]).rounds]

    def current(self) -> int | None:
        """Give the place in the running order of what is before the room; none in the lobby."""
        with self.app.app_context():
            at = db.session.get_one(Session, self.session).current_id
            return self.activities.index(at) if at else None

    def trail(self) -> list[tuple[str, str]]:
        """List who-knows-what acts were recorded: act and subject."""
        with self.app.app_context():
            return [(line.act, line.subject) for line in db.session.scalars(select(Trail).order_by(Trail.id))]

    def results(self) -> dict[int, int]:
        """Give the ballots of every kept result, by round."""
        with self.app.app_context():
            return {r.id: r.standings().ballots for r in db.session.scalars(select(Round)) if r.result}


def made(app: Flask, *kinds: str, **given) -> Room:
    """Make a session with a question of each kind, in French and English."""
    with app.app_context():
        workshop = factories.workshop(languages=["fr", "en"])
        session = factories.session(workshop=workshop)
        activities = [factories.activity(kind, session=session, **given) for kind in kinds or ("choice",)]
        db.session.commit()
        return Room(app, session.id, [activity.id for activity in activities])
