"""Make a document: a session's or a workshop's results in one format and one language."""

from __future__ import annotations

import gc
import io
import json
import os
import zipfile
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from facilitator.commands.words import _, refuse
from facilitator.refusals import N_, Refusal

if TYPE_CHECKING:
    from facilitator.documents.report.facts import Heard, Report

WHAT = ("session", "workshop", "country", "guide", "version", "frozen")
FORMATS = ("docx", "pdf", "xlsx", "csv", "json", "zip", "page", "charts", "html", "md", "svg")
POURED = ("csv", "zip")
NICENESS = 10
SELDOM = (200_000, 20, 20)  # ballots read are lists by the million: to look through them takes a third


class NothingThere(Refusal):
    """What is to be told does not exist."""

    status = 404
    message = N_("Nothing here is called “%(what)s %(id)s”.")


@click.command(help=_("Make a document of the results of a session, a workshop or a country."))
@click.argument("what", type=click.Choice(WHAT))
@click.argument("id")
@click.option("--format", "format", type=click.Choice(FORMATS), default="docx", show_default=True)
@click.option("--language", default="", help=_("One of the workshop’s languages; else its first."))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help=_("File to write.")
)
@click.option("--base", default="", help=_("Address of this installation, for links."))
@click.option("--progress", is_flag=True, help=_("Tell how far it is, in lines for machines."))
def command(what: str, id: str, format: str, language: str, out: Path, base: str, progress: bool) -> None:
    """Make a document."""
    gc.disable()  # what is loaded now stays: to look through it again and again takes a quarter of the start
    from facilitator import create_teller, db, schema  # noqa: F401 - the schema brings every table

    if hasattr(os, "nice"):
        os.nice(NICENESS)
    gc.freeze()
    gc.set_threshold(*SELDOM)
    gc.enable()
    app = create_teller()
    try:
        with app.app_context():
            db.only_read()
            put(out, what, id, format, language, base, Steps(told=progress))
    except Refusal as refusal:
        refuse(refusal)
    gc.freeze()  # it ends here: to look through all of it once more takes as long as many a step


class Steps:
    """How far the making is, told in lines for machines."""

    def __init__(self, *, told: bool) -> None:
        self.told, self.done = told, 0

    def __call__(self, said: str) -> None:
        self.done += 1
        if self.told:
            click.echo(json.dumps({"done": self.done, "said": said}), err=True)


def put(out: Path, what: str, id: str, format: str, language: str, base: str, step: Steps) -> None:
    """Make a document and write it; what may be long goes to the file as it is made."""
    if what != "country" and (format not in POURED or what not in ("session", "workshop")):
        out.write_bytes(make(what, id, format, language, base, step))
        return
    try:
        with out.open("wb") as file:
            pour(file, what, id, format, language, base, step)
    except Refusal:
        out.unlink()
        raise


def pour(file: IO[bytes], what: str, id: str, format: str, language: str, base: str, step: Steps) -> None:
    """Write ballots or a pack, of one report or of all workshops of a country."""
    from facilitator.documents import bundle, results

    if format == "csv" and what != "country":
        results.pour(gathered(what, id, language, step)[0], file)
        return
    wanted = [("workshop", each) for each in workshops(id)] if what == "country" else [(what, id)]
    with zipfile.ZipFile(file, "w") as archive:
        for of, number in wanted:
            report, name = gathered(of, number, language, step)
            pack = bundle.Pack(archive, f"{name}/" if what == "country" else "")
            bundle.fill(pack, report, partial(results.made, report, base=base, step=step), step)


def make(what: str, id: str, format: str, language: str, base: str, step: Steps) -> bytes:
    """Make a document of what the database holds now."""
    from facilitator.documents import results

    if what in ("guide", "version", "frozen"):
        return copied(what, id, format, language, base)
    if format == "xlsx" and what != "country":
        return bound(what, id, language, step)
    if what != "country":
        report, _name = gathered(what, id, language, step)
        return results.made(report, format, base, step)
    kept = io.BytesIO()
    pour(kept, what, id, format, language, base, step)
    return kept.getvalue()


def bound(what: str, id: str, language: str, step: Steps) -> bytes:
    """Write a workbook; its ballots are packed while the rest of its report is gathered."""
    from facilitator.documents import workbook
    from facilitator.documents.mass import Packing

    packing = Packing()
    report, _name = gathered(what, id, language, step, partial(workbook.heard, packing))
    return workbook.xlsx(report, packing)


def copied(what: str, id: str, format: str, language: str, base: str) -> bytes:
    """Copy a guide as it stands, or a version of one."""
    from facilitator import db
    from facilitator.documents import copies
    from facilitator.models.guide import Guide
    from facilitator.models.version import Version

    number = int(id) if id.isdecimal() else 0
    version = db.session.get(Version, number) if what != "guide" else None
    guide = version.guide if version else db.session.get(Guide, number) if what == "guide" else None
    if guide is None or format not in copies.FORMATS:
        raise NothingThere(what=what, id=id)
    if version:
        copy = copies.of_frozen if what == "frozen" else copies.of_version
        return copy(version, format, language, base)
    return copies.of_guide(guide, format, language, base)


def workshops(code: str) -> list[str]:
    """List the workshops of a country."""
    from facilitator.documents.report import gathering

    found = [str(workshop.id) for workshop in gathering.workshops(code)]
    if not found:
        raise NothingThere(what="country", id=code)
    return found


def gathered(
    what: str, id: str, language: str, step: Steps, heard: Heard | None = None
) -> tuple[Report, str]:
    """Gather the report of a session or a workshop, in a language of its workshop; and name its folder."""
    from facilitator import db
    from facilitator.documents import naming
    from facilitator.documents.report import gathering
    from facilitator.models.session import Session
    from facilitator.models.workshop import Workshop

    number = int(id) if id.isdecimal() else 0
    if what == "session" and (session := db.session.get(Session, number)):
        spoken = session.workshop.best_language([language])
        return gathering.of_session(session, spoken, step, heard), naming.plain(session.name(spoken))
    if what == "workshop" and (workshop := db.session.get(Workshop, number)):
        spoken = workshop.best_language([language])
        folder = f"{workshop.starts_on}-{naming.plain(workshop.name(spoken)) or workshop.id}"
        return gathering.of_workshop(workshop, spoken, step, heard), folder
    raise NothingThere(what=what, id=id)
