"""Ballot files: rankings as rows of `ballot_id,item,rank`, read with care."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import groupby
from pathlib import Path
from typing import Any

from facilitator.counting import seal
from facilitator.counting.ballots import Choice

COLUMNS = ("ballot_id", "item", "rank")
SEPARATORS = ",;\t"
PLACES = ("question", "round")
SOURCE, TYPE, NAME = "source", "institution_type", "name"
UNSEALED = {*COLUMNS, *PLACES, SOURCE, TYPE, NAME}
FORMULA = re.compile(r"'*[=+\-@\t\r]")
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


def text_only(text: str) -> str:
    """Write a text so that a spreadsheet takes it for no formula."""
    return f"'{text}" if FORMULA.match(text) else text


@dataclass(frozen=True)
class BallotFile:
    """The items that a file names, in alphabetical order, its ballots over their numbers, and their seal."""

    items: tuple[str, ...]
    choices: tuple[Choice, ...]
    seal: str


Ballot = dict[str, Decimal | str]


def read(source: Path | str, question: str = "", round: str = "") -> BallotFile:
    """Read the file at a path, or the text of one; of a file of several questions, one round of one.

    Without a round the last of the question counts.
    """
    ballots: dict[str, Ballot] = {}
    blank: set[str] = set()
    places: dict[str, str] = {"": ""}
    said: dict[str, list[Sequence[str]]] = {}
    for line, name, item, rank, more in _rows(_text(source), question, round):
        ballot = ballots.setdefault(name, {})
        place = places.setdefault(item, str(len(places) - 1))
        said.setdefault(name, []).append(seal.row(place, rank, more))
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
    choices = tuple(_choice(ballot, numbers) for ballot in ballots.values())
    return BallotFile(items, choices, seal.seal(said.values()))


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


def _rows(text: str, question: str, round: str) -> Iterator[tuple[int, str, str, str, dict[str, str]]]:
    """Line, ballot, item, rank and answers of each row that is asked for; empty lines are passed over."""
    heading = text.partition("\n")[0]
    separator = next((each for each in SEPARATORS if each in heading), ",")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = [name.strip() for name in next(lines, [])]
        missing = [name for name in COLUMNS if name not in header]
        if missing:
            raise CountingError(N_("Missing columns: %(columns)s."), 1, columns=", ".join(missing))
        ballot, item, rank = (header.index(name) for name in COLUMNS)
        more = {name: column for column, name in enumerate(header) if name not in UNSEALED}
        asked = _asked(text, separator, header, question, round)
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
            if any(row[column] != value for column, value in asked.items()):
                continue
            yield (
                lines.line_num,
                row[ballot].strip(),
                row[item].strip(),
                row[rank].strip(),
                {name: row[column] for name, column in more.items()},
            )
    except csv.Error as error:
        raise CountingError(N_("Not a CSV line: %(reason)s."), lines.line_num, reason=error) from error


def _asked(text: str, separator: str, header: list[str], question: str, round: str) -> dict[int, str]:
    """What the rows of one round of one question hold, where a file has several: by the columns' numbers."""
    if any(name not in header for name in PLACES):
        if question or round:
            raise CountingError(N_("This file does not say which ballot answers which question."))
        return {}
    columns = [header.index(name) for name in PLACES]
    lines = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if row][1:]
    known = dict.fromkeys(
        tuple(row[column] for column in columns) for row in lines if len(row) == len(header)
    )
    wanted = [place for place in known if place[0] == question] if question else list(known)
    wanted = [place for place in wanted if place[1] == round] if round else wanted
    if len({place[0] for place in wanted}) != 1:
        questions = ", ".join(dict.fromkeys(place[0] for place in known))
        raise CountingError(
            N_("Choose one of the questions of this file: %(questions)s."), questions=questions
        )
    return dict(zip(columns, wanted[-1], strict=True))


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
