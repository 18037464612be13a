"""Start a throw-away workshop with a room of simulated phones."""

from __future__ import annotations

import json
import logging
import secrets
import tempfile
import webbrowser
from dataclasses import asdict, dataclass
from random import Random
from typing import TYPE_CHECKING

import click

from facilitator import addresses
from facilitator.commands.serve import has_browser, listen, serve
from facilitator.commands.words import _, refuse
from facilitator.refusals import Refusal

if TYPE_CHECKING:
    from flask import Flask

    from facilitator.models.session import Session

PHONES, SECONDS = 30, 600
MOST_PHONES, LONGEST = 500, 3600
SHARE_THERE = 2 / 3  # of the phones are in before one starts to watch


@dataclass(frozen=True)
class Demo:
    """Where the demo is."""

    facilitator_link: str
    join: str
    code: str
    screen: str
    desk: str
    guide: str
    results: str

    def text(self) -> str:
        """Write the addresses for a person."""
        return "\n".join(
            [
                "",
                _("The desk, where you run the room:"),
                f"  {self.desk}",
                _("The screen, for the projector:"),
                f"  {self.screen}",
                _("Phones join at:"),
                f"  {self.join}",
                _("A published guide, for everyone:"),
                f"  {self.guide}",
                _("The results, for those who are signed in:"),
                f"  {self.results}",
                "",
                _("All of this is thrown away when you stop it with Ctrl-C."),
            ]
        )


@click.command(help=_("Start a throw-away workshop with simulated phones."))
@click.option(
    "--phones",
    default=PHONES,
    show_default=True,
    type=click.IntRange(0, MOST_PHONES),
    help=_("How many simulated phones come."),
)
@click.option(
    "--seconds",
    default=SECONDS,
    show_default=True,
    type=click.IntRange(1, LONGEST),
    help=_("How long the simulated phones stay."),
)
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Address to listen on."))
@click.option(
    "--port", default=0, type=click.IntRange(0, 65535), help=_("Port to listen on; 0 takes a free one.")
)
@click.option("--no-browser", is_flag=True, help=_("Open no browser."))
@click.option("--json", "as_json", is_flag=True, help=_("Print one line for machines."))
def command(phones: int, seconds: int, host: str, port: int, no_browser: bool, as_json: bool) -> None:
    """Start a throw-away workshop with simulated phones."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    listening = listen(host, port)
    base = addresses.reachable(host)[0].url(listening.getsockname()[1])

    def greet(app: Flask) -> None:
        demo = begin(app, base, phones, seconds)
        click.echo(json.dumps(asdict(demo)) if as_json else demo.text())
        if not (no_browser or as_json) and has_browser():
            webbrowser.open(demo.desk)

    with tempfile.TemporaryDirectory(prefix="facilitator-demo-") as folder:
        config = {"DATA": folder, "DATABASE_URL": f"sqlite:///{folder}/facilitator.db"}
        try:
            serve(listening, base, 0, greet, SECRET_KEY=secrets.token_urlsafe(32), **config)
        except Refusal as refusal:
            refuse(refusal)


def begin(app: Flask, base: str, phones: int, seconds: int) -> Demo:
    """Fill the throw-away database, send the phones in and say where everything is."""
    from facilitator import db, keys
    from facilitator.demo import story
    from facilitator.demo.phones import Room
    from facilitator.models import trail
    from facilitator.models.link import Link
    from facilitator.models.person import Person
    from facilitator.models.session import Session
    from facilitator.web import shelf

    with app.app_context():
        person = Person(name="Awa Ndiaye", administrator=True)
        db.session.add(person)
        secrets_ = [keys.fresh() for _phone in range(phones)]
        there = round(phones * SHARE_THERE)
        number = story.tell(story.HOME, secrets_[:there], Random())  # noqa: S311 - simulated people choose by chance
        session = db.session.get_one(Session, number)
        for round_ in (activity.round for activity in session.running_order):
            if round_ and not round_.is_open:
                trail.record(person, "close", round_)
        desk = f"/desk/sessions/{number}"
        # reusable: the demo is thrown away, and one wants to look at it from several browsers
        token = Link.issue(person, target=desk, reusable=True)[1]
        demo = _places(session, base, token)
        db.session.commit()
        shelf.prepare(shelf.found(demo.guide.rpartition("/")[2]))
    Room(app, base, number, secrets_, there, seconds).start()
    return demo


def _places(session: Session, base: str, token: str) -> Demo:
    guide, link = session.workshop.guide, f"{base}/enter/{token}"
    # those of the workshop before: most votes of this one are still to come
    told = min(each.id for workshop in guide.workshops for each in workshop.sessions)
    return Demo(
        facilitator_link=link,
        join=f"{base}/j/{session.code}",
        code=session.code,
        screen=f"{base}/screen/{session.wall}",
        desk=link,
        guide=f"{base}/guides/{guide.country.code.lower()}-demo",
        results=f"{base}/results/sessions/{told}",
    )
