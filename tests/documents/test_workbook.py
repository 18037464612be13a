"""Workbooks: exact values, real dates, filters and names; a text is never a formula."""

import csv
import datetime as dt
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from flask_babel import force_locale
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select

from facilitator import db
from facilitator.commands.make import Steps, make
from facilitator.documents import mass, pool, workbook
from facilitator.documents.book import Book, Cell, Grid, Head, Mass, Sheet, Value, sheet_names, wide
from facilitator.documents.ledger import Cast, Ledger, distinct
from facilitator.documents.report.facts import Report
from facilitator.documents.report.gathering import of_session
from facilitator.documents.xlsx import written
from facilitator.kinds import KINDS
from facilitator.kinds.base import canonical
from facilitator.kinds.figured import Option
from facilitator.models.activity import Activity
from facilitator.models.ballot import Ballot
from facilitator.models.proposal import Credit
from facilitator.models.round import Round
from facilitator.models.session import Session
from tests.answered import held
from tests.conftest import lacking
from tests.formulas import FORMULAS


def reread(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def hostile() -> bytes:
    """Put every text that looks like a formula into every sort of cell."""
    texts: list[list[Value]] = [[text, number] for number, text in enumerate(FORMULAS)]
    kept = Mass(
        len(FORMULAS),
        FORMULAS[::2],  # the others stand in their cells
        lambda cell: (f"<row>{cell(text)}{cell(1)}{cell('=end')}</row>" for text in FORMULAS),
    )
    grids = [
        Grid("=caption()", [Head("=head()"), Head("+1", "count")], texts),
        Grid("@mass", [Head("=1+1"), Head("-1"), Head("-2")], mass=kept),
    ]
    return written(Book("=title()", "ltr", [Sheet("=name()", "=1+1", [("=a", "=b", "")], grids)]))


def cells(sheet: Worksheet) -> Sequence[object]:
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_a_text_is_never_a_formula() -> None:
    assert len(set(FORMULAS)) == 41
    (sheet,) = reread(hostile()).worksheets
    assert {cell.data_type for cell in cells(sheet)} == {"s", "n"}
    said = [str(cell.value).replace("_x000D_", "").strip() for cell in cells(sheet)]
    for text in FORMULAS:
        assert said.count(text.strip()) >= 2, text


def ballots() -> str:
    """Put every text that looks like a formula before a room, and let people write them too."""
    options = [Option(number, text, "en") for number, text in enumerate(FORMULAS)]
    said = [canonical({"text": text, "language": "en"}) for text in FORMULAS]
    cast = [Cast("key", choice, "phone", "", text) for choice, text in zip(said, FORMULAS, strict=True)]
    one = cast[0]._replace(choice='{"options":[1]}')
    chosen = Ledger(KINDS["choice"], distinct(options), Credit({}, {}), [one], ())
    return chosen.csv() + Ledger(KINDS["words"], {}, Credit({}, {}), cast, ("name",)).csv()


def test_another_program_takes_no_text_for_a_formula(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        lacking("LibreOffice", "apt-get install libreoffice-calc")
    (tmp_path / "book.xlsx").write_bytes(hostile())
    (tmp_path / "ballots.csv").write_text(ballots(), encoding="utf-8", newline="")
    home, out = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}", tmp_path / "out"
    command = [str(office), home, "--headless", "--convert-to", "xlsx", "--outdir", str(out)]
    files = ["book.xlsx", "ballots.csv"]
    subprocess.run([*command, *files], cwd=tmp_path, capture_output=True, timeout=120, check=True)
    for file, mark, times in (("book.xlsx", "", 2), ("ballots.xlsx", "'", 3)):
        found = cells(reread((out / file).read_bytes()).worksheets[0])
        assert {cell.data_type for cell in found} <= {"s", "n"}
        said = [str(cell.value).replace("_x000D_", "").strip() for cell in found]
        for text in FORMULAS:
            assert said.count(f"{mark}{text}".replace("\r", "").strip()) >= times, (file, text)


def test_numbers_shares_and_dates_are_what_they_are() -> None:
    heads = [Head("n", "count"), Head("s", "share"), Head("d", "date"), Head("m", "moment"), Head("t")]
    row = [1234, Fraction(1, 3), dt.date(2026, 11, 20), dt.datetime(2026, 11, 20, 14, 3), None]  # noqa: DTZ001
    facts = [("Jour", dt.date(2026, 1, 2), "day"), ("Combien", 7, "many"), ("Mot", "x", "")]
    grids = [Grid("T", heads, [row], name="result_1")]
    book = reread(written(Book("T", "ltr", [Sheet("It's [x]", "T", facts, grids)])))
    sheet = book.worksheets[0]
    values = [cell.value for cell in sheet[7]]
    assert values[:4] == [1234, pytest.approx(1 / 3), dt.datetime(2026, 11, 20), row[3]]  # noqa: DTZ001
    assert [cell.number_format for cell in sheet[7]][:3] == ["#,##0_)", "0%_)", "yyyy-mm-dd_)"]
    assert book.defined_names["day"].value == "'It''s x'!$B$2"
    assert book.defined_names["result_1"].value == "'It''s x'!$A$6:$E$7"
    assert sheet["B2"].value == dt.datetime(2026, 1, 2)  # noqa: DTZ001


@pytest.mark.parametrize(("direction", "start"), [("ltr", "left"), ("rtl", "right")])
def test_no_text_is_cut_and_heads_stay_near_the_top(direction, start) -> None:
    long = "What was said of this question " * 8
    grids = [
        Grid("T", [Head("item"), Head("votes", "count"), Head("share", "share")], [[long, 4, 0.5]]),
        Grid("U", [Head("item"), Head("votes", "count")], [["x", 1]]),
    ]
    facts = [("Who could answer", long, "who"), ("Answers", 24, "")]
    sheet = Sheet("S", "Title", facts, grids, remarks=[("Result", long)] * 30)
    leaf = reread(written(Book("T", direction, [sheet]))).worksheets[0]
    assert leaf.freeze_panes == "A7"  # below the head of the first table, whatever was remarked
    heights = [leaf.row_dimensions[row].height for row in (1, 2, 7)]
    assert heights[0] == 24
    assert all(height >= 45 for height in heights[1:])
    assert {str(each) for each in leaf.merged_cells.ranges} >= {"B2:C2", "B9:C9", "B38:C38"}
    assert (leaf["B2"].value, leaf["A9"].value) == (long, "Result")
    assert leaf["B3"].alignment.horizontal == start  # a figure stands beside what it is of
    assert leaf.print_title_rows == "$41:$41"


def test_many_rows_can_be_filtered_and_heads_stay() -> None:
    def rows(cell: Cell) -> Iterator[str]:
        for number in range(5000):
            yield f"<row>{cell(number)}{cell(f'Option {number % 7}')}{cell('')}{cell(None)}</row>"

    grids = [
        Grid("A", [Head("same"), Head("same"), Head("")], [["x", "y", "z"]]),
        Grid("B", [Head("ballot"), Head("item"), Head("a"), Head("b")], mass=Mass(5000, ["Option 1"], rows)),
    ]
    made = written(Book("T", "ltr", [Sheet("S", "A", (), grids)]))
    sheet = reread(made).worksheets[0]
    assert sheet.freeze_panes == "A4"
    assert [table.ref for table in sheet.tables.values()] == ["A3:C4", "A7:D5007"]
    assert [cell.value for cell in sheet[5007]][:2] == [4999, "Option 1"]
    part = zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml")
    assert b'<dimension ref="A1:D5007"/>' in part


def test_a_book_read_from_the_right_is_laid_out_so() -> None:
    grid = Grid("ن", [Head("الخيار"), Head("عدد", "count")], [["أ", 3], ["ب", 1]], bars=1)
    for direction, turned in (("rtl", True), ("ltr", None)):
        sheet = reread(written(Book("T", direction, [Sheet("ن", "ن", (), [grid])]))).worksheets[0]
        assert sheet.sheet_view.rightToLeft is turned
        (chart,) = sheet._charts
        assert chart.x_axis.tickLblSkip == 1  # each bar is named


def test_nothing_is_a_table_with_its_head_alone() -> None:
    grid = Grid("A", [Head("x")], mass=Mass(0, (), lambda _cell: iter(())))
    (sheet,) = reread(written(Book("T", "ltr", [Sheet("", "T", (), [grid])]))).worksheets
    assert (sheet.title, sheet["A4"].value, sheet.tables) == ("1", "x", {})


def test_markup_that_people_write_is_text() -> None:
    texts = ["<r><t>bold</t></r>", "a<!--mass-->b", " &lt; "]
    many = Mass(3, texts[:1], lambda cell: (f"<row>{cell(text)}</row>" for text in texts))
    grids = [Grid("A", [Head("x")], [[text] for text in texts]), Grid("B", [Head("x")], mass=many)]
    (sheet,) = reread(written(Book("T", "ltr", [Sheet("S", "T", (), grids)]))).worksheets
    assert [cell.value for cell in sheet["A"] if cell.value in texts] == texts * 2


def test_names_of_sheets_are_short_and_no_two_alike() -> None:
    names = sheet_names(["a/b:c", "A B C", "'x'", "", "History", "é" * 40, "é" * 40, "a\x00b\u202e"])
    assert names == ["a b c", "A B C (2)", "x", "4", "History (2)", "é" * 31, "é" * 27 + " (2)", "ab"]
    assert max(map(len, names)) <= 31


def test_width_is_that_of_what_is_seen() -> None:
    assert [wide(text) for text in ("abc", "漢字", "بَيت", "a\nlong", "")] == [3, 4, 3, 4, 0]


def values(book: Workbook) -> Sequence[Sequence[object]]:
    return [[cell.value for cell in cells(sheet)] for sheet in book]


def spied(monkeypatch, name: str) -> list[int]:
    """Note how many masses forks begin with, each time."""
    begun: list[int] = []
    begin = getattr(pool, name)

    def noted(work: Callable[[str], bytes], wanted: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        begun.append(len(wanted))
        return begin(work, wanted)

    monkeypatch.setattr(pool, name, noted)
    return begun


def report(number: int, language: str) -> Report:
    return of_session(db.session.get_one(Session, number), language, lambda _step: None)


@pytest.fixture
def number(app) -> int:
    return held(app, "choice", "ranking", "proposals", "words")


def test_a_report_is_a_cover_a_sheet_for_each_question_and_who_took_part(app, number: int) -> None:
    with app.app_context():
        told = report(number, "fr")
        book = reread(workbook.xlsx(told))
    assert len(book.worksheets) >= 1 + 4 + 2
    assert book.worksheets[0]["A1"].value == told.workshop.text
    assert {"country", "joined", "questions", "answers_1", "result_1", "ballots_1"} <= set(book.defined_names)
    assert not any(sheet.sheet_view.rightToLeft for sheet in book.worksheets)


def test_the_figures_are_those_of_the_report(app, number: int) -> None:
    with app.app_context():
        told = report(number, "ar")
        book = reread(workbook.xlsx(told))
        with force_locale("ar"):
            heads = [
                [str(column.label) for column in asked.counts[-1].tables[0].columns]
                for asked in told.sittings[0].questions
            ]
    for place, asked in enumerate(told.sittings[0].questions, 1):
        (sheet, area), *_rest = book.defined_names[f"result_{place}"].destinations
        rows = [[cell.value for cell in row] for row in book[sheet][area]]
        main = asked.counts[-1].tables[0]
        wanted = [[getattr(cell, "text", cell) for cell in row] for row in main.rows]
        assert rows[0] == heads[place - 1]
        assert [[value or None for value in row] for row in rows[1:]] == [
            [
                pytest.approx(float(value)) if isinstance(value, Fraction) and value else value or None
                for value in row
            ]
            for row in wanted
        ]
    assert all(sheet.sheet_view.rightToLeft for sheet in book.worksheets)


def test_the_ballots_are_all_there_in_long_form(app, number: int) -> None:
    with app.app_context():
        told = report(number, "en")
        book = reread(workbook.xlsx(told))
        ledger = told.sittings[0].questions[1].counts[-1].ledger
        assert ledger is not None
        said = [row for row in csv.reader(io.StringIO(ledger.csv(), newline="")) if row[2] not in ("", "-")]
    (sheet, area), *_rest = book.defined_names["ballots_2"].destinations
    rows = [[cell.value for cell in row] for row in book[sheet][area]]
    assert rows[0] == list(ledger.columns)
    ranked = [row for row in rows[1:] if isinstance(row[2], int)]
    assert [[str(value) for value in row[:3]] for row in ranked] == [row[:3] for row in said[1:]]


def test_what_people_wrote_is_no_number(app, number: int) -> None:
    asked = select(Ballot).join(Round).join(Activity).where(Activity.kind == "words")
    with app.app_context():
        ballot = next(each for each in db.session.scalars(asked) if json.loads(each.choice))
        ballot.choice = canonical({"text": "007", "language": "en"})
        db.session.commit()
        book = reread(workbook.xlsx(report(number, "en")))
    (sheet, area), *_rest = book.defined_names["ballots_4"].destinations
    assert "007" in {cell.value for row in book[sheet][area] for cell in row}


def test_rows_that_forks_write_are_those_that_one_writes(app, number: int, monkeypatch) -> None:
    begun = spied(monkeypatch, "ahead")
    with app.app_context():
        told = report(number, "en")
        one = reread(workbook.xlsx(told))
        assert begun == []
        monkeypatch.setattr(mass, "MANY", 1)
        other = reread(workbook.xlsx(told))
    assert begun == [4]
    assert values(one) == values(other)


def test_ballots_are_packed_while_others_are_gathered(app, number: int, monkeypatch) -> None:
    begun = spied(monkeypatch, "beside")
    with app.app_context():
        whole = reread(workbook.xlsx(report(number, "en")))
        monkeypatch.setattr(mass, "MANY", 1)
        early = reread(make("session", str(number), "xlsx", "en", "", Steps(told=False)))
    assert begun == [1, 1, 2]  # each time as many ballots as all before
    assert values(whole)[1:] == values(early)[1:]  # the cover tells when it was made
