"""An access that shows and downloads: whatever a reader presses, nothing changes."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from facilitator import db
from facilitator.models.session import Session
from facilitator.models.taking import take
from tests.answered import held
from tests.web.desk.test_guide_rights import token

OWN = {"doors.account", "doors.sign_in", "doors.sign_out", "doors.enter"}
PHONES = {"join", "phone", "answers", "door"}
LOOKS = {"parts.preview"}  # it shows how a text will read, and keeps nothing
REFUSED = {400, 403, 404, 405, 409, 422}
ANSWERS = {"name": "Ama", "text": "x", "text-en": "x", "title-en": "x", "option": "1", "role": "facilitator"}


def places(app: Flask) -> list[tuple[str, str]]:
    """List the address of every act, on the first of whatever it is about."""
    acts = []
    for rule in app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()) or rule.endpoint in OWN:
            continue
        if rule.endpoint.partition(".")[0] in PHONES:
            continue
        names = {name: "1" if name in ("code", "key", "token") else 1 for name in rule._converters}
        acts.append((rule.endpoint, rule.build(names)[1]))
    return sorted(acts)


def kept(app: Flask) -> dict[str, list[str]]:
    """Read every table."""
    with app.app_context():
        tables = db.Base.metadata.sorted_tables
        return {table.name: sorted(map(repr, db.session.execute(select(table)).all())) for table in tables}


def test_a_reader_changes_nothing_anywhere(app: Flask, sign_in) -> None:
    number = held(app, "choice", "ranking", "proposals", "words")
    with app.app_context():
        session = db.session.get_one(Session, number)
        for item in session.activities[1].options:
            item.category = "challenge"
        take(session.activities[1].round, None)
        session.activities[0].open()
        db.session.commit()
    reader: FlaskClient = sign_in("reader@example.org", SN="reader")
    given = ANSWERS | {"csrf_token": token(reader)}
    before, acts = kept(app), places(app)
    assert len(acts) > 80
    for endpoint, place in acts:
        answer = reader.post(place, data=given)
        assert answer.status_code in (REFUSED if endpoint not in LOOKS else {200}), (endpoint, answer.status)
        assert kept(app) == before, endpoint
