"""Recount any ranking from a file of its ballots."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import click

from facilitator.commands.words import _, language, refuse

FAULTY = 2


@click.command(help=_("Recount the rankings of a file with the columns ballot_id, item, rank."))
@click.argument("ballots", type=click.Path(path_type=Path))
@click.option("--question", default="", help=_("Which question, where the file has several."))
@click.option("--round", "round_", default="", help=_("Which of its rounds; else the last."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
def command(ballots: Path, question: str, round_: str, as_json: bool) -> None:
    """Count a file of ballots."""
    from babel.numbers import get_decimal_symbol

    from facilitator.counting.ballotfile import CountingError, read
    from facilitator.counting.recount import counted, table

    try:
        file = read(ballots, question, round_)
    except CountingError as error:
        said = _(error.message) % error.details
        refuse(
            said
            if error.line is None
            else _("Line %(line)d: %(fault)s") % {"line": error.line, "fault": said},
            FAULTY,
        )
    report = counted(file)
    if as_json:  # what machines read has the agreed keys and no other
        click.echo(json.dumps(report, ensure_ascii=False))
        return
    click.echo(table(report, _, get_decimal_symbol(language())))
    click.echo(_("Seal of the ballots: %s") % file.seal)
    click.echo(_("Sum of the file: %s") % hashlib.sha256(ballots.read_bytes()).hexdigest())
