"""Check the trail of what staff did."""

from __future__ import annotations

import click

from facilitator.commands.words import _, refuse
from facilitator.refusals import Refusal


@click.group(help=_("The trail of what staff did."))
def command() -> None:
    """Gather what can be done with the trail."""


@command.command(help=_("Find out whether the trail was changed behind the program's back."))
def verify() -> None:
    """Walk the chain of the trail from its beginning."""
    from facilitator import create_app, schema
    from facilitator.models import trail

    try:
        app = create_app()
        with app.app_context():
            schema.prepare()
            broken = trail.verify()
    except Refusal as refusal:
        refuse(refusal)
    if broken is not None:
        refuse(
            _("The trail was changed: entry %(entry)s does not follow from the one before.")
            % {"entry": broken}
        )
    click.echo(_("The trail is whole."))
