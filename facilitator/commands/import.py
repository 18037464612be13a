"""Bring in a whole guide from a file that another installation wrote."""

from __future__ import annotations

from pathlib import Path

import click

from facilitator.commands.words import _, refuse
from facilitator.refusals import Refusal


@click.command(help=_("Bring in a whole guide from a file that another installation wrote."))
@click.argument("file", type=click.Path(path_type=Path))
def command(file: Path) -> None:
    """Import a guide; the same file twice changes nothing."""
    from facilitator import create_app, db, schema
    from facilitator.models import arrival, parcel, trail

    try:
        with file.open("rb") as stream:
            packed = stream.read(parcel.PACKED + 1)
        app = create_app()
        with app.app_context():
            schema.prepare()
            guide, changed = arrival.bring(packed)
            if changed:
                trail.record(None, "import", guide, digest=guide.imported)
            number = guide.id
            db.session.commit()
    except Refusal as refusal:
        refuse(refusal)
    except OSError as error:
        refuse(_("%(path)s cannot be read: %(reason)s.") % {"path": file, "reason": error.strerror})
    if changed:
        click.echo(_("The guide is here, with the number %(number)s.") % {"number": number})
    else:
        click.echo(_("The guide was here already, with the number %(number)s.") % {"number": number})
