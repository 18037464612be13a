"""Lets a room answer one question of every kind, and photographs each into docs/screens/kinds/."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random

from flask_babel import force_locale
from lens import DESK, PHONE, PROJECTOR, take
from playwright.sync_api import Browser
from werkzeug.datastructures import MultiDict

from facilitator import ballotbox, create_app, db, keys, schema
from facilitator.blocks import BLOCKS
from facilitator.blocks.base import TOPIC
from facilitator.demo import story, words
from facilitator.kinds import KINDS
from facilitator.kinds.base import Kind, canonical
from facilitator.models.activity import Activity
from facilitator.models.link import Link
from facilitator.models.person import Person
from facilitator.models.proposal import Proposal
from facilitator.models.session import Session
from facilitator.models.workshop import Workshop

ROOT = Path(__file__).resolve().parent.parent
ALBUM = ROOT / "docs" / "screens" / "kinds"
ROOM, STAFF = ("fr", "en", "ar"), ("fr", "en")
PEOPLE = 42
BLOCKS_USED = (BLOCKS["challenges"], *BLOCKS.values())  # the demo's options are challenges
STEPS = [step for block in BLOCKS_USED for step in block.every_step if TOPIC not in step.prompt["en"]]
PROMPTS = {  # kinds that no classic block uses
    "points": {
        "fr": "Comment répartissez-vous vos points entre les défis ?",
        "en": "How do you share your points among the challenges?",
        "ar": "كيف توزّعون نقاطكم على التحديات؟",
    },
    "pairwise": {
        "fr": "Lequel de ces deux défis compte le plus ?",
        "en": "Which of these two challenges matters more?",
        "ar": "أيّ هذين التحدّيين أهم؟",
    },
    "rating": {
        "fr": "Quelle est l’importance de chaque défi ?",
        "en": "How important is each challenge?",
        "ar": "ما أهمية كل تحدٍّ؟",
    },
    "linking": {
        "fr": "Quelle action répond à quel défi ?",
        "en": "Which action answers which challenge?",
        "ar": "أي إجراء يجيب عن أي تحدٍّ؟",
    },
}
OFFERED = {
    "adoption": words.RECOMMENDATIONS.options,
    "matrix2x2": words.RECOMMENDATIONS.options,
    "linking": words.ACTIONS.options,
}


def question(kind: Kind) -> words.Question:
    """Words for a question of a kind: those of a classic block where one asks it."""
    step = next((step for step in STEPS if step.kind == kind.name), None)
    prompt = step.prompt if step else PROMPTS[kind.name]
    settings = kind.settings_form().data | (dict(step.settings) if step else {})
    if "targets" in settings:
        settings["targets"] = [[n, dict(texts)] for n, texts in enumerate(words.CHALLENGES.options, 1)]
    options = OFFERED.get(kind.name) or (step.options if step else ()) or words.CHALLENGES.options
    offered = options if kind.least_options else ()
    spoken = [{language: texts[language] for language in story.LANGUAGES} for texts in (prompt, *offered)]
    return words.Question(kind.name, spoken[0], tuple(spoken[1:]), settings)


def ask(workshop: Workshop, kind: Kind) -> Activity:
    """Asks a question of a kind in a session of its own."""
    session = Session(title=dict(words.FIRST_SESSION.title), position=len(workshop.sessions))
    workshop.sessions.append(session)
    asked = question(kind)
    activity = Activity(kind=kind.name, prompt=dict(asked.prompt), position=0)
    session.activities.append(activity)
    db.session.flush()
    options = [(None, dict(texts)) for texts in asked.options]
    activity.edit(kind.name, dict(asked.prompt), dict(asked.settings), options)
    activity.open()
    session.show(activity)
    db.session.flush()
    return activity


def answer(activity: Activity, chance: Random) -> None:
    """Lets a room in and lets it answer; a person has released what it wrote; the result is shown."""
    kind, settings, options = activity.form_kind, activity.settings, activity.read_options("fr")
    form, ids = kind.ballot_form(options, settings), [option.id for option in options]
    number, session_id, round_id = activity.id, activity.session_id, activity.round.id
    room = [keys.fresh() for _phone in range(PEOPLE)]
    for secret in room:
        activity.session.admit(keys.participant_key(secret))
    db.session.commit()
    box = ballotbox.box()
    for secret in room:
        given = form(MultiDict(kind.imagined(ids, settings, chance)))
        given.validate()
        choice = given.choice()
        key = keys.ballot_key(number, secret)
        box.cast(round_id, session_id, key, canonical(choice), 1, said=kind.said(choice))
    box.close(round_id, session_id).wait()
    closed = db.session.get_one(Activity, number).round
    first: dict[str, Proposal] = {}
    for proposal in closed.proposals if kind.moderated else ():
        if proposal.text in first:
            proposal.merge(first[proposal.text])
        else:
            first[proposal.text] = proposal
            proposal.release()
    closed.keep_result()
    closed.reveal()
    db.session.commit()


def furnish() -> dict[str, Mapping[str, str]]:
    """Fills an installation; gives, for each kind, the paths of its question and of its result."""
    person = Person(name="Awa Ndiaye", administrator=True)
    db.session.add(person)
    workshop = story.begin(story.HOME).workshops[0]
    chance, paths = Random(7), {}  # noqa: S311 - simulated people choose by chance
    for name, kind in KINDS.items():
        asked, answered = ask(workshop, kind), ask(workshop, kind)
        paths[name] = {
            "join": f"/j/{asked.session.code}",
            "question": f"/screen/{asked.session.wall}",
            "result": f"/screen/{answered.session.wall}",
            "desk": f"/desk/rounds/{answered.round.id}",
        }
        answer(answered, chance)
    paths["enter"] = {"desk": f"/enter/{Link.issue(person)[1]}"}
    db.session.commit()
    return paths


@contextmanager
def house() -> Iterator[tuple[str, dict[str, Mapping[str, str]]]]:
    """An installation that runs while one looks: its address, and the paths of every kind."""
    command = [sys.executable, "-m", "facilitator.cli", "serve", "--json", "--no-browser", "--port", "0"]
    with tempfile.TemporaryDirectory(prefix="facilitator-shots-") as folder:
        app = create_app(DATA=Path(folder))
        with app.app_context(), force_locale("fr"):
            schema.prepare()
            paths = furnish()
            ballotbox.box().stop()
        app.extensions["engine"].dispose()
        there = os.environ | {"FACILITATOR_DATA": folder, "PYTHONUNBUFFERED": "1"}
        pipe = subprocess.PIPE
        with subprocess.Popen(command, cwd=ROOT, env=there, stdout=pipe, text=True) as program:
            try:
                port = json.loads(program.stdout.readline())["join"].split("/")[2].rpartition(":")[2]
                yield f"http://127.0.0.1:{port}", paths
            finally:
                program.terminate()


def photograph(browser: Browser) -> int:
    """Photographs every kind on the phone, on the wall and on the desk; gives the number of pictures."""
    ALBUM.mkdir(parents=True, exist_ok=True)
    with house() as (base, paths):
        desk = browser.new_context(viewport=DESK, reduced_motion="reduce").new_page()
        wall = browser.new_context(viewport=PROJECTOR, reduced_motion="reduce").new_page()
        phone = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
        desk.goto(base + paths.pop("enter")["desk"])
        desk.locator("main form button").first.click()
        for name, found in paths.items():
            phone.goto(base + found["join"])
            phone.locator("main form button.main").click()
            phone.wait_for_url("**/p/*")
            address = phone.url.partition("?")[0]
            for language in ROOM:
                take(phone, address, ALBUM / f"{name}-phone", language)
                take(wall, base + found["question"], ALBUM / f"{name}-projector-question", language)
                take(wall, base + found["result"], ALBUM / f"{name}-projector-result", language)
            for language in STAFF:
                take(desk, base + found["desk"], ALBUM / f"{name}-desk-result", language, whole=True)
                if KINDS[name].moderated:
                    take(desk, base + found["desk"] + "/proposals", ALBUM / f"{name}-desk-decided", language)
    return len(list(ALBUM.glob("*.webp")))
