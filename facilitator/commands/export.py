"""Write a whole guide into one file, for another installation."""

from __future__ import annotations

import os
from pathlib import Path

import click

from facilitator.commands.words import _, refuse
from facilitator.refusals import Refusal


@click.command(help=_("Write a whole guide into one file, for another installation."))
@click.argument("guide", type=int)
@click.option("--out", required=True, type=click.Path(path_type=Path), help=_("The file to write."))
def command(guide: int, out: Path) -> None:
    """Export a guide by its number."""
    from facilitator import create_app, db, schema
    from facilitator.models import parcel, trail
    from facilitator.models.guide import Guide

    try:
        app = create_app()
        with app.app_context():
            schema.prepare()
            found = db.session.get(Guide, guide)
            if found is None:
                refuse(_("There is no guide with the number %(number)s.") % {"number": guide})
            packed = parcel.pack(found)
            trail.record(None, "export", found)
            _write(out, packed)
            db.session.commit()
    except Refusal as refusal:
        refuse(refusal)
    except OSError as error:
        refuse(_("%(path)s cannot be written: %(reason)s.") % {"path": out, "reason": error.strerror})
    click.echo(_("The guide was written to %(path)s.") % {"path": out})


def _write(out: Path, packed: bytes) -> None:
    # it holds what people wrote and contacts: for its owner alone
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(packed)
