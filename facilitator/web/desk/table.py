"""The cells of a table that someone uploads or pastes: bounded, and never more than text."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from itertools import islice

from openpyxl import load_workbook

from facilitator.refusals import N_, Refusal

ROWS, COLUMNS = 500, 20
PARTS, UNPACKED = 300, 20 * 1024 * 1024
ZIP = b"PK\x03\x04"
DELIMITERS = "\t;,"
Cells = list[list[str]]


class Unreadable(Refusal):
    """A file that is no table, or pretends to be one."""

    status = 422
    message = N_("This file cannot be read as a table. Save it as XLSX or as CSV (UTF-8) and try again.")


class TooLarge(Refusal):
    """A table with more in it than one import takes."""

    status = 413
    message = N_("This table is too large: at most %(rows)s rows of %(columns)s columns are taken at once.")


def plain(text: str) -> str:
    """Compare without case, accents and blanks at the ends."""
    letters = unicodedata.normalize("NFKD", text.strip()).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def read(data: bytes) -> Cells:
    """Read the first sheet of a workbook, or a text with a row a line."""
    cells = _workbook(data) if data.startswith(ZIP) else split(_decoded(data))
    if len(cells) > ROWS or any(len(row) > COLUMNS for row in cells):
        raise TooLarge(rows=ROWS, columns=COLUMNS)
    return cells


def split(text: str) -> Cells:
    """Cut a text into rows; a comma or semicolon parts cells only where the first row is a heading."""
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    if delimiter != "\t" and not heads(first.split(delimiter)):
        return [[line] for line in text.splitlines()][: ROWS + 1]
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        return [row[: COLUMNS + 1] for row in islice(rows, ROWS + 1)]
    except csv.Error:
        raise Unreadable from None


def heads(row: list[str]) -> bool:
    """Tell whether a row names columns."""
    return any(column(cell) for cell in row)


def column(cell: str) -> str:
    """Name the column that a heading means: a language, or text, language, category, family; or none."""
    return NAMES.get(plain(cell.strip('"\ufeff')), "")


def _decoded(data: bytes) -> str:
    codings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for coding in codings:
        try:
            text = data.decode(coding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable


def _workbook(data: bytes) -> Cells:
    try:
        _inspect(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size need not be true
        rows = sheet.iter_rows(max_row=ROWS + 1, max_col=COLUMNS + 1, values_only=True)
        return [_trimmed([_text(cell) for cell in row]) for row in rows]
    except Refusal:
        raise
    except Exception:  # a hostile file can fail in any way
        raise Unreadable from None


def _inspect(data: bytes) -> None:
    """Refuse what unpacks to too much, and markup that could define entities."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        known = parts.infolist()
        if len(known) > PARTS or sum(part.file_size for part in known) > UNPACKED:
            raise TooLarge(rows=ROWS, columns=COLUMNS)
        for part in known:
            content = parts.read(part) if part.filename.endswith((".xml", ".rels", ".vml")) else b""
            if any(mark in content for mark in (b"<!DOCTYPE", b"<!ENTITY", b"\x00")):
                raise Unreadable


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


def _text(cell: object) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    return "" if cell is None else str(int(cell) if whole else cell)  # type: ignore[call-overload]


WORDS = {
    "text": "text texte wording libelle item proposal proposition formulation option",
    "language": "language langue lang",
    "category": "category categorie",
    "family": "family famille",
    "en": "en english anglais",
    "fr": "fr francais french",
    "pt": "pt portugues portuguese portugais",
    "es": "es espanol spanish espagnol",
    "ar": "ar العربية arabic arabe",
}
NAMES = {plain(word): name for name, words in WORDS.items() for word in words.split()}
