"""Ballot files: rankings as rows of `ballot_id,item,rank`, read with care."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import groupby
from pathlib import Path
from typing import Any

from facilitator.counting.ballots import Choice

COLUMNS = ("ballot_id", "item", "rank")
NO_OPINION = "-"


def N_(text: str) -> str:
    """Mark a sentence for the catalogues."""
    return text


class CountingError(ValueError):
    """A ballot file that cannot be counted: what is wrong, and in which line."""

    def __init__(self, message: str, line: int | None = None, **details: Any) -> None:
        self.message = message
        self.line = line
        self.details = details
        sentence = message % details
        super().__init__(sentence if line is None else f"Line {line}: {sentence}")


@dataclass(frozen=True)
class BallotFile:
    """The items that a file names, in alphabetical order, and its ballots over their numbers."""

    items: tuple[str, ...]
    choices: tuple[Choice, ...]


Ballot = dict[str, Decimal | str]


def read(source: Path | str) -> BallotFile:
    """Read the file at a path, or the text of one."""
    ballots: dict[str, Ballot] = {}
    blank: set[str] = set()
    for line, name, item, rank in _rows(_text(source)):
        ballot = ballots.setdefault(name, {})
        if name in blank or (ballot and not item):
            raise CountingError(N_("Ballot %(ballot)s is blank and not blank."), line, ballot=name)
        if item in ballot:
            raise CountingError(N_("Ballot %(ballot)s names “%(item)s” twice."), line, ballot=name, item=item)
        if item:
            ballot[item] = _rank(rank, line)
        elif rank:
            raise CountingError(N_("There is a rank, but no item."), line)
        else:
            blank.add(name)
    if not ballots:
        raise CountingError(N_("There is no ballot in this file."))
    items = tuple(sorted(set().union(*ballots.values())))
    numbers = {item: number for number, item in enumerate(items)}
    return BallotFile(items, tuple(_choice(ballot, numbers) for ballot in ballots.values()))


def _text(source: Path | str) -> str:
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    try:
        return source.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CountingError(N_("This file is not UTF-8 text. Save it as “CSV UTF-8”.")) from error
    except OSError as error:
        raise CountingError(
            N_("%(path)s cannot be read: %(reason)s."), path=source, reason=error.strerror
        ) from error


def _rows(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Line number, ballot, item and rank of each row; empty lines are passed over."""
    heading = text.partition("\n")[0]
    separator = ";" if ";" in heading and "," not in heading else ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = [name.strip() for name in next(lines, [])]
        missing = [name for name in COLUMNS if name not in header]
        if missing:
            raise CountingError(N_("Missing columns: %(columns)s."), 1, columns=", ".join(missing))
        ballot, item, rank = (header.index(name) for name in COLUMNS)
        for row in filter(None, lines):
            if len(row) != len(header):
                raise CountingError(
                    N_("%(found)s values where the first line has %(wanted)s."),
                    lines.line_num,
                    found=len(row),
                    wanted=len(header),
                )
            if not row[ballot].strip():
                raise CountingError(N_("The ballot has no number."), lines.line_num)
            yield lines.line_num, row[ballot].strip(), row[item].strip(), row[rank].strip()
    except csv.Error as error:
        raise CountingError(N_("Not a CSV line: %(reason)s."), lines.line_num, reason=error) from error


def _rank(text: str, line: int) -> Decimal | str:
    """A number, lower is better; nothing where unranked, "-" for no opinion."""
    if text in ("", NO_OPINION):
        return text
    try:
        rank = Decimal(text)
    except InvalidOperation:
        rank = Decimal("nan")
    if not rank.is_finite():
        raise CountingError(N_("The rank “%(rank)s” is not a number."), line, rank=text)
    return rank


def _choice(ballot: Ballot, numbers: dict[str, int]) -> Choice:
    ranks = sorted((rank, numbers[item]) for item, rank in ballot.items() if isinstance(rank, Decimal))
    return {
        "order": [[item for _, item in level] for _, level in groupby(ranks, key=lambda pair: pair[0])],
        "unsure": [numbers[item] for item, rank in ballot.items() if rank == NO_OPINION],
    }
