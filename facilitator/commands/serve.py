"""Start the server, and say where the facilitator and the phones find it."""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import os
import shutil
import sys
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from facilitator import addresses
from facilitator.commands.words import _, ngettext, refuse
from facilitator.config import data_folder
from facilitator.refusals import Refusal

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator

    from flask import Flask

LINK_HOURS = 12


@dataclass(frozen=True, slots=True)
class Welcome:
    """The links that a start hands out."""

    facilitator_link: str
    join: str
    code: str | None = None
    others: tuple[str, ...] = ()
    phones: int = 0

    def line(self) -> str:
        """Write them for a machine, on one line."""
        said = {"facilitator_link": self.facilitator_link, "join": self.join}
        return json.dumps(said | ({"code": self.code} if self.code else {}))

    def text(self) -> str:
        """Write them for a person."""
        lines = [
            "",
            _("Facilitator link (works once, for you):"),
            f"  {self.facilitator_link}",
            "",
            _("Phones join at:"),
            f"  {self.join}",
        ]
        if self.code:
            lines.append("  " + _("Code: %(code)s") % {"code": self.code})
        if self.others:
            lines += ["", _("Other addresses of this machine:"), *(f"  {other}" for other in self.others)]
        fit = ngettext("%(count)d phone fits.", "%(count)d phones fit.", self.phones) % {"count": self.phones}
        return "\n".join([*lines, "", _drawn(self.join), fit, _("Stop with Ctrl-C.")])


def _drawn(link: str) -> str:
    import io

    import qrcode

    code = qrcode.QRCode(border=2)
    code.add_data(link)
    drawn = io.StringIO()
    code.print_ascii(out=drawn, invert=True)
    try:
        drawn.getvalue().encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return ""
    return drawn.getvalue()


@click.command(help=_("Start Facilitator on this machine."))
@click.option("--host", default="0.0.0.0", show_default=True, help=_("Address to listen on."))  # noqa: S104
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help=_("Port to listen on.")
)
@click.option("--base-url", envvar="FACILITATOR_BASE_URL", help=_("Address that phones use, if another."))
@click.option("--no-browser", is_flag=True, help=_("Open no browser."))
@click.option("--json", "as_json", is_flag=True, help=_("Print one line for machines."))
@click.option(
    "--trusted-proxies",
    envvar="FACILITATOR_TRUSTED_PROXIES",
    default=0,
    type=click.IntRange(0, 9),
    help=_("Number of proxies in front that name the visitor's address."),
)
def command(
    host: str, port: int, base_url: str | None, no_browser: bool, as_json: bool, trusted_proxies: int
) -> None:
    """Start Facilitator on this machine."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    if base_url and not base_url.startswith(("http://", "https://")):
        refuse(_("%(address)s is no address: one begins with http:// or https://.") % {"address": base_url})
    listening = listen(host, port)
    found = addresses.reachable(host)
    port = listening.getsockname()[1]
    base = (base_url or found[0].url(port)).rstrip("/")

    def greet(app: Flask) -> None:
        others = () if base_url else tuple(address.url(port) for address in found[1:])
        welcome = _welcome(app, base, others)
        click.echo(welcome.line() if as_json else welcome.text())
        if not (no_browser or as_json) and has_browser():
            webbrowser.open(welcome.facilitator_link)

    try:
        # on every address the machine's own may change, so phones are sent to the one it has then
        fixed = (base_url or "") if host in addresses.EVERYWHERE else base
        serve(listening, fixed, trusted_proxies, greet)
    except Refusal as refusal:
        refuse(refusal)


def listen(host: str, port: int) -> socket.socket:
    """Open the port, or say why it cannot be had."""
    from facilitator.server import serving

    try:
        return serving.listen(host, port)
    except (OSError, UnicodeError) as error:
        taken = getattr(error, "errno", None) in {errno.EADDRINUSE, errno.EACCES}
        if taken:
            said = _("Port %(port)d is taken by another program: choose another with --port.")
        else:
            said = _("This machine has no address %(host)s: choose another with --host.")
        refuse(said % {"port": port, "host": host})


def serve(
    listening: socket.socket, base: str, trusted_proxies: int, greet: Callable[[Flask], None], **config: Any
) -> None:
    """Run the app on a socket until it is told to end."""
    from werkzeug.middleware.proxy_fix import ProxyFix

    from facilitator import ballotbox, create_app, events, schema
    from facilitator.server import serving

    with contextlib.ExitStack() as held:
        with _data_there():
            app = create_app(BASE_URL=base, **config)
            if app.config["DATABASE_URL"].startswith("sqlite"):
                held.enter_context(serving.alone(Path(app.config["DATA"])))
            with app.app_context():
                schema.prepare()
                hub, box = events.hub(), ballotbox.box()
        held.callback(hub.close)
        held.callback(box.stop)
        held.callback(app.extensions["making"].stop)
        if trusted_proxies:
            proxies = {"x_for": trusted_proxies, "x_proto": trusted_proxies, "x_host": trusted_proxies}
            app.wsgi_app = ProxyFix(app.wsgi_app, **proxies)  # type: ignore[method-assign]
        limit = app.config["MAX_CONTENT_LENGTH"]
        serving.server(app, hub, limit=limit, ready=lambda: greet(app)).run(sockets=[listening])


@contextlib.contextmanager
def _data_there() -> Iterator[None]:
    """Say in words what keeps the data folder or the database from being used."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except (SQLAlchemyError, ImportError) as error:  # a database's driver may be lacking
        refuse(_("The database cannot be reached: %(error)s") % {"error": getattr(error, "orig", error)})
    except shutil.Error as error:
        (_source, path, reason), *_others = error.args[0]
        refuse(_("%(path)s cannot be written: %(reason)s.") % {"path": path, "reason": reason})
    except OSError as error:
        said = {"path": error.filename or data_folder(), "reason": error.strerror}
        refuse(_("%(path)s cannot be written: %(reason)s.") % said)


def _welcome(app: Flask, base: str, others: tuple[str, ...]) -> Welcome:
    from sqlalchemy import exists, select

    from facilitator import db
    from facilitator.models.activity import Activity
    from facilitator.models.link import Link
    from facilitator.models.person import Person
    from facilitator.models.round import Round
    from facilitator.models.session import Session
    from facilitator.server import serving

    with app.app_context():
        administrator = db.session.scalar(select(Person).where(Person.administrator).order_by(Person.id))
        _link, token = Link.issue(administrator, hours=LINK_HOURS)
        running = Round.activity_id == Activity.id, Round.closed_at.is_(None)
        latest = select(Session.code).where(Session.withdrawn.is_(False), Session.locked.is_(False))
        asked = exists().where(Activity.session_id == Session.id, *running)
        code = db.session.scalar(latest.order_by(asked.desc(), Session.id.desc()))
        db.session.commit()
    join = f"{base}/j/{code}" if code else f"{base}/"
    return Welcome(f"{base}/enter/{token}", join, code, others, serving.phones())


def has_browser() -> bool:
    """Tell whether this machine can show a page."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        return False
    with contextlib.suppress(webbrowser.Error):
        return webbrowser.get() is not None
    return False
