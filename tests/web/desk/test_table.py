"""Tables that someone uploads: read as text, bounded, never trusted."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from facilitator.web.desk import table
from facilitator.web.desk.table import TooLarge, Unreadable, read, split


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def changed(data: bytes, **parts: bytes) -> bytes:
    """Put other contents into a workbook."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, old.read(name)))
        for name, content in parts.items():
            new.writestr(name, content)
    return kept.getvalue()


def test_a_workbook_is_read_as_text() -> None:
    cells = read(workbook(("Texte", "Langue"), ("Peu de données", "fr"), (7, None), (1.5, True)))
    assert cells == [["Texte", "Langue"], ["Peu de données", "fr"], ["7"], ["1.5", "True"]]


def test_a_formula_is_never_computed_nor_kept_as_one() -> None:
    assert read(workbook(("=1+1", "un"))) == [["", "un"]]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_is_read_in_the_codings_that_spreadsheets_write(coding: str) -> None:
    assert read("texte;langue\nÉté;fr\n".encode(coding)) == [["texte", "langue"], ["Été", "fr"]]


def test_lines_without_a_heading_stay_whole() -> None:
    assert split("Trop de données, peu d’analyse\nUn; deux") == [
        ["Trop de données, peu d’analyse"],
        ["Un; deux"],
    ]
    assert split("un\tfr\ndeux\ten") == [["un", "fr"], ["deux", "en"]]
    assert split('text,category\n"un, deux",action') == [["text", "category"], ["un, deux", "action"]]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 no archive",
        b"\xff\xfe\x00",
        b"un\x00deux",
        b"\x81\x8d",
        b'text\n"' + b"x" * 200_000,
        changed(workbook(("un",)), **{"xl/worksheets/sheet1.xml": b"<worksheet"}),
        changed(workbook(("un",)), **{"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'}),
        changed(workbook(("un",)), **{"xl/workbook.xml": "<workbook/>".encode("utf-16")}),
    ],
)
def test_what_is_no_table_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data)


@pytest.mark.parametrize(
    "data",
    [
        b"un\n" * 501,
        b"text;" + b"x;" * 30,
        workbook(*[("un",)] * 501),
        workbook(("un",) * 21),
        changed(workbook(("un",)), **{"xl/media/bomb": b"\x00" * (table.UNPACKED + 1)}),
        changed(workbook(("un",)), **{f"x{number}": b"" for number in range(table.PARTS)}),
    ],
)
def test_too_much_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(TooLarge):
        read(data)


def test_a_bomb_is_small_on_the_way() -> None:
    bomb = changed(workbook(("un",)), **{"xl/media/bomb": b"\x00" * (table.UNPACKED + 1)})
    assert len(bomb) < 100_000
