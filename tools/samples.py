"""Make the sample documents: the demo’s first session, answered, closed and handed out."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

from werkzeug.datastructures import MultiDict

from facilitator import ballotbox, create_app, db, keys, schema
from facilitator.demo import story
from facilitator.kinds.base import canonical
from facilitator.models import trail
from facilitator.models.activity import Activity
from facilitator.models.person import Person
from facilitator.models.session import Session

SAMPLES = Path(__file__).resolve().parent.parent / "docs" / "samples"
WANTED = (("docx", "fr"), ("pdf", "fr"), ("pdf", "ar"), ("xlsx", "fr"), ("csv", "fr"), ("json", "en"))
PEOPLE, SEED = 40, 20


def held(folder: Path) -> int:
    """Hold the demo's first session to its end; give its number."""
    app = create_app(DATA=folder)
    chance = Random(SEED)  # noqa: S311 - simulated people choose by chance
    room = [keys.fresh() for _phone in range(PEOPLE)]
    with app.app_context():
        schema.prepare()
        person = Person(name="Awa Ndiaye", administrator=True)
        db.session.add(person)
        number = story.tell(story.HOME, room, chance)
        session = db.session.get_one(Session, number)
        for round_ in (activity.round for activity in session.running_order):
            if round_ and round_.is_open:
                answered(round_.activity_id, room, chance)
        for activity in db.session.get_one(Session, number).running_order:
            if activity.round:
                trail.record(person, "close", activity.round)
        db.session.commit()
    app.extensions["ballotbox"].stop()
    return number


def answered(activity_id: int, room: list[str], chance: Random) -> None:
    """Let the room answer what is open, and close it."""
    activity = db.session.get_one(Activity, activity_id)
    kind, settings = activity.form_kind, activity.settings
    options = activity.read_options("en")
    form, ids = kind.ballot_form(options, settings), [option.id for option in options]
    session_id, round_id = activity.session_id, activity.rounds[-1].id
    db.session.commit()
    for secret in room:
        answer = form(MultiDict(kind.imagined(ids, settings, chance)))
        answer.validate()
        key = keys.ballot_key(activity_id, secret)
        ballotbox.box().cast(round_id, session_id, key, canonical(answer.choice()), 1)
    ballotbox.box().close(round_id, session_id).wait()
    db.session.expire_all()
    db.session.get_one(Activity, activity_id).rounds[-1].keep_result()
    db.session.commit()


def main() -> None:
    """Make every sample."""
    SAMPLES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="samples-") as name:
        folder = Path(name)
        number = held(folder)
        environ = {**os.environ, "FACILITATOR_DATA": name}
        for format, language in WANTED:
            out = SAMPLES / f"session-{language}.{format}"
            command = [sys.executable, "-P", "-m", "facilitator.cli", "make", "session", str(number)]
            command += ["--format", format, "--language", language, "--out", str(out)]
            subprocess.run(command, env=environ, check=True)
            print(f"{out.name}: {out.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
