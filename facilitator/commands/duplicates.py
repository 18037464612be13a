"""Measure how many near-duplicates of a hand-made list are found, and how many of those found are some."""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import click

from facilitator.commands.words import _, refuse

FAULTY = 2
COLUMNS = ("language", "text", "group")


@dataclass(frozen=True)
class Measured:
    """What was known, what was proposed, and what of it was right."""

    known: frozenset[tuple[int, int]]
    proposed: frozenset[tuple[int, int]]

    @property
    def right(self) -> frozenset[tuple[int, int]]:
        """Give the known pairs that were proposed."""
        return self.known & self.proposed

    @property
    def recall(self) -> float:
        """Give the part of what is known that was proposed."""
        return len(self.right) / len(self.known) if self.known else 1.0

    @property
    def precision(self) -> float:
        """Give the part of what was proposed that is known."""
        return len(self.right) / len(self.proposed) if self.proposed else 1.0


def measured(rows: Sequence[dict[str, str]], across: bool | None = None) -> Measured:
    """Compare what is proposed with what is known; `across` languages only, within them only, or both."""
    from facilitator.duplicates import pairs

    def meant(pair: tuple[int, int]) -> bool:
        return across is None or (rows[pair[0]]["language"] != rows[pair[1]]["language"]) is across

    known = (
        (first, second)
        for first, second in combinations(range(len(rows)), 2)
        if rows[first]["group"] and rows[first]["group"] == rows[second]["group"]
    )
    found = pairs([row["text"] for row in rows], [row["language"] for row in rows])
    return Measured(
        frozenset(filter(meant, known)),
        frozenset(filter(meant, ((pair.first, pair.second) for pair in found))),
    )


def read(path: Path) -> list[dict[str, str]]:
    """Read the rows of a list: id, language, text, group; what has no group has no duplicate."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines)
            rows = list(table)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        refuse(_("%(path)s cannot be read: %(reason)s.") % {"path": path, "reason": error}, FAULTY)
    if missing := [name for name in COLUMNS if name not in (table.fieldnames or ())]:
        refuse(_("Missing columns: %(columns)s.") % {"columns": ", ".join(missing)}, FAULTY)
    return [{name: row[name] or "" for name in COLUMNS} for row in rows]


def listed(title: str, found: Collection[tuple[int, int]], rows: Sequence[dict[str, str]]) -> None:
    """Print pairs under a title."""
    click.echo(f"\n{title}")
    for first, second in sorted(found):
        click.echo(f"  {rows[first]['text']}\n    {rows[second]['text']}")


@click.command(
    help=_("Measure the search for near-duplicates on a list with the columns language, text, group.")
)
@click.argument("proposals", type=click.Path(path_type=Path))
@click.option("--list", "as_list", is_flag=True, help=_("List what was missed and what was wrong."))
def command(proposals: Path, as_list: bool) -> None:
    """Print recall and precision."""
    rows = read(proposals)
    within, across, both = measured(rows, False), measured(rows, True), measured(rows)
    said = _("%(share)d %% (%(part)d of %(whole)d)")

    def part(share: float, found: Measured, whole: Collection[tuple[int, int]]) -> str:
        return said % {"share": round(100 * share), "part": len(found.right), "whole": len(whole)}

    click.echo(_("%(count)d texts") % {"count": len(rows)})
    for name, share in (
        (_("Recall within a language"), part(within.recall, within, within.known)),
        (_("Precision within a language"), part(within.precision, within, within.proposed)),
        (_("Recall across languages"), part(across.recall, across, across.known)),
        (_("Precision of all proposed"), part(both.precision, both, both.proposed)),
    ):
        click.echo(f"{name}: {share}")
    if as_list:
        listed(_("Missed within a language"), within.known - within.proposed, rows)
        listed(_("Proposed, but not the same"), both.proposed - both.known, rows)
