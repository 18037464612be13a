"""The annex of a report: the conventions of counting, the seals of the ballots, the way to count again."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from facilitator.documents.report.facts import Sitting
from facilitator.kinds.figured import Cell, Figured, Tabled


def conventions() -> list[str]:
    """Say what holds for every count."""
    return [
        _("A blank answer counts as taking part and has no other effect."),
        _("Options with the same place are tied; what was not ranked is tied last."),
        _("“No opinion” on an option takes it out of that person’s comparisons; it is not a zero."),
        _("An answer that was changed counts as it stood at the closing."),
        _("Firm: the same in nine of ten redraws of the answers or more; likely: seven of ten; else open."),
        _("Figures are kept exactly and rounded only where they are shown."),
        left_out(),
    ]


def left_out() -> str:
    """Say that ballots are whole."""
    return str(
        _(
            "Words that the facilitator left out of a list stay in the files of ballots: those hold "
            "what each person wrote, and can be counted again."
        )
    )


def recounting() -> list[str]:
    """Say how anyone counts again."""
    return [
        _(
            "The ballots can be downloaded as CSV files beside this summary. Each row holds the number of a "
            "ballot, an option and its rank; ballots stand in the order of random keys, not of time."
        ),
        _("Count a ranking again with the command: %(command)s", command="facilitator count BALLOTS.csv"),
        _(
            "The seal of a round stands for its ballots, in whatever order and language. The same command "
            "prints the seal of a file: where it is the one below, the file holds these ballots unchanged."
        ),
    ]


def by_hand() -> str:
    """Say how a seal is computed without this program."""
    return str(
        _(
            "To compute a seal without it: leave out the columns question, round, institution_type, name and "
            "source, and rows that say nothing of their option; write the others as JSON lists of texts "
            "(number of the option in the file, the first is “0”; rank; then sorted “column=value” of what "
            "else is said), each ballot as a JSON list of these, in ASCII and without spaces; sort the "
            "ballots; hash these lines, joined by line feeds (SHA-256)."
        )
    )


def seals(sittings: Sequence[Sitting]) -> Tabled:
    """List the seals of all rounds whose figures are shown."""
    columns = (
        Figured("question", _("Question")),
        Figured("round", _("Round"), "count"),
        Figured("ballots", _("Answers"), "count"),
        Figured("seal", _("Seal of the ballots")),
    )
    rows: list[list[Cell]] = [
        [
            f"{place}.{asked.number}" if len(sittings) > 1 else str(asked.number),
            count.number,
            count.ballots,
            count.digest,
        ]
        for place, sitting in enumerate(sittings, 1)
        for asked in sitting.questions
        for count in asked.counts
        if count.tables
    ]
    return Tabled("seals", str(_("Seals")), columns, rows)
