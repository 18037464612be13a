"""Try a session on a copy with simulated people, and say what would go wrong."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from facilitator.commands.words import _, language, refuse, told
from facilitator.refusals import Refusal, UnknownCode
from facilitator.rehearsal.behind import MOST_PEOPLE

if TYPE_CHECKING:
    from facilitator.rehearsal.run import Report
    from facilitator.rehearsal.script import Script


@click.command(help=_("Try a session on a copy with simulated people, and say what would go wrong."))
@click.argument("code")
@click.option(
    "--phones",
    default=30,
    show_default=True,
    type=click.IntRange(1, MOST_PEOPLE),
    help=_("How many simulated people."),
)
@click.option("--bad-network", is_flag=True, help=_("Lose, delay and repeat what the phones send."))
@click.option("--json", "as_json", is_flag=True, help=_("Print one line for machines."))
def command(code: str, phones: int, bad_network: bool, as_json: bool) -> None:
    """Try a session on a copy with simulated people."""
    from facilitator.rehearsal.run import rehearse

    try:
        script = _script(code)
    except Refusal as refusal:
        refuse(refusal)
    report = rehearse(script, phones, bad_network=bad_network, progress=_played if as_json else _quiet)
    click.echo(json.dumps(asdict(report), ensure_ascii=False) if as_json else text(script, report))
    if any(finding.grave for finding in report.findings):
        raise click.exceptions.Exit(1)


def _played(done: int, _all: int) -> None:
    click.echo(f"played {done}", err=True)


def _quiet(_done: int, _all: int) -> None:
    """Say nothing: the report comes at once."""


def _script(code: str) -> Script:
    from facilitator import create_app, schema
    from facilitator.models.session import Session, digits
    from facilitator.rehearsal.script import Script

    app = create_app()
    with app.app_context():
        schema.prepare()
        session = Session.by_code(code)
        if session is None:
            raise UnknownCode(code=digits(code))
        script = Script.of(session)
    app.extensions["engine"].dispose()  # the rest is played elsewhere
    return script


def text(script: Script, report: Report) -> str:
    """Write a report for a person."""
    from facilitator.models.wording import read

    lines = []
    for course in report.courses:
        prompt = read(script.parts[course.place - 1].prompt, language(), script.languages)
        lines.append(f"{course.place}. {prompt}")
        lines.append(
            "   "
            + _(
                "%(answered)d of %(expected)d answered; an answer took %(usual)d ms, the slowest %(slow)d ms."
            )
            % {
                "answered": course.answered,
                "expected": course.expected,
                "usual": course.seconds_p50 * 1000,
                "slow": course.seconds_p99 * 1000,
            }
        )
    for finding in report.findings:
        where = _("Question %(number)d:") % {"number": finding.place} if finding.place else _("Session:")
        lines.append(f"! {where} {told(finding.message, finding.details)}")
    if not report.findings:
        lines.append(_("Nothing went wrong."))
    return "\n".join(lines)
