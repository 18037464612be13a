"""All formats of a report say the same numbers."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import openpyxl
import pypdf
import pytest
from bs4 import BeautifulSoup
from docx import Document as Word
from flask import Flask
from flask_babel import force_locale

from facilitator import db
from facilitator.commands.make import NothingThere, Steps, make, put
from facilitator.counting.recount import recount
from facilitator.documents import pool, results, standings, summary
from facilitator.documents.document import Figure, Table, plain
from facilitator.documents.report import gathering
from facilitator.documents.report.facts import Report
from facilitator.kinds.figured import Option, Tabled
from facilitator.models.activity import Activity
from facilitator.models.session import Session
from tests.answered import TYPES, answer, held
from tests.formulas import FORMULAS

PRINTED = ("choice", "ranking", "adoption", "matrix2x2", "evaluation")


def quiet(_said: str) -> None:
    """Tell nobody how far it is."""


@pytest.fixture
def report(app: Flask) -> Iterator[Report]:
    number = held(app, *PRINTED)
    with app.app_context():
        yield gathering.of_session(db.session.get_one(Session, number), "fr", quiet)


def shown(report: Report) -> list[tuple[Tabled, list[list[str]]]]:
    """Every table of the results, and its rows as a reader sees them."""
    with force_locale(report.language):
        tables = [tabled for asked in report.sittings[0].questions for tabled in asked.last.tables]
        written = [standings.table(standings.brief(tabled), report.language) for tabled in tables]
    return [
        (tabled, [[plain(cell) for cell in row] for row in table.rows])
        for tabled, table in zip(tables, written, strict=True)
    ]


def bare(text: str) -> str:
    """A text without marks of direction and with plain spaces."""
    return " ".join(
        "".join(sign for sign in text if sign not in "\u2066\u2067\u2068\u2069\u200e\u200f").split()
    )


def sentences(report: Report) -> list[str]:
    """Every sentence of the results, and who answered."""
    counts = [asked.last for asked in report.sittings[0].questions]
    return [
        *(bare(count.turnout) for count in counts),
        *(bare(standings.plain(each)) for count in counts for each in count.said),
    ]


def test_word_and_page_hold_every_cell_and_sentence(report: Report) -> None:
    word = Word(io.BytesIO(results.made(report, "docx", "", quiet)))
    tables = [[[bare(cell.text) for cell in row.cells] for row in table.rows] for table in word.tables]
    page = BeautifulSoup(results.made(report, "page", "", quiet), "html.parser")
    pages = [
        [[bare(cell.text) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
        for table in page.find_all("table")
    ]
    for _tabled, rows in shown(report):
        wanted = [[bare(cell) for cell in row] for row in rows]
        assert wanted in [table[1:] for table in tables]
        assert wanted in [table[1:] for table in pages]
    assert set(sentences(report)) <= {bare(paragraph.text) for paragraph in word.paragraphs}
    assert set(sentences(report)) <= {bare(each.text) for each in page.find_all(["p", "li"])}


def test_print_holds_every_cell_and_sentence(report: Report) -> None:
    made = results.made(report, "pdf", "", quiet)
    text = bare(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages))
    without = text.replace(" ", "")
    for _tabled, rows in shown(report):
        for row in rows:
            assert "".join(bare(cell) for cell in row).replace(" ", "") in without
    for said in sentences(report):
        assert said.replace(" ", "") in without


def test_workbook_and_json_hold_every_number(report: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(results.made(report, "xlsx", "", quiet)))
    lines = [
        [near(cell) for cell in row if cell is not None]
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
    ]
    told = json.loads(results.made(report, "json", "", quiet))
    grids = [grid for asked in told["sessions"][0]["questions"] for grid in asked["rounds"][-1]["tables"]]
    for (tabled, _rows), grid in zip(shown(report), grids, strict=True):
        for row, line in zip(tabled.rows, grid["rows"], strict=True):
            values = [standings.real(cell) for cell in row]
            assert [near(value) for value in values if value not in (None, "")] in lines
            assert [_read(line[column.name]) for column in tabled.columns] == values


def test_the_files_of_all_kinds_hold_what_the_tables_count(app: Flask) -> None:
    """Support, votes and points are counted again from the rows of the CSV file, by hand."""
    number = held(app)
    with app.app_context():
        told = gathering.of_session(db.session.get_one(Session, number), "en", quiet)
        text = results.made(told, "csv", "", quiet).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    again = {
        "choice": lambda row: {"support": int(row["rank"] == "1")},
        "proposals": lambda row: {"support": int(row["rank"] == "1")},
        "ranking": lambda row: {"support": int(row["rank"] not in ("", "-"))},
        "points": lambda row: {"points": int(row["points"] or 0)},
        "rating": lambda row: {"n": int(bool(row["rating"]))},
        "evaluation": lambda row: {"n": int(bool(row["rating"]))},
        "adoption": lambda row: {vote: int(row["vote"] == vote) for vote in ("yes", "changes", "no")},
        "matrix2x2": lambda row: {"impact_n": int(bool(row["impact"])), "ease_n": int(bool(row["ease"]))},
        "linking": lambda row: {"support": int(bool(row["links"]))},
        "pairwise": lambda row: {"duels": int(row["rank"] != "-")},
    }
    compared = set()
    for asked in told.sittings[0].questions:
        if asked.kind not in again:
            continue
        own, main = [row for row in rows if row["question"] == str(asked.number)], asked.last.tables[0]
        names = [column.name for column in main.columns]
        for line in main.rows:
            told_of = dict(zip(names, line, strict=True))
            found = [again[asked.kind](row) for row in own if row["item"] == told_of["option"].text]
            for figure in again[asked.kind](dict.fromkeys(rows[0], "")):
                assert sum(each[figure] for each in found) == told_of[figure], (asked.kind, figure)
                compared.add(asked.kind)
    assert compared == set(again)


def near(value: object) -> object:
    """A number with as many digits as a spreadsheet keeps."""
    return round(value, 12) if isinstance(value, float) else value


def _read(value: object) -> object:
    """A value of the JSON as a spreadsheet has it."""
    if isinstance(value, dict):
        return value["value"] if "value" in value else value["text"]
    return value


def test_the_bundle_can_be_counted_again(report: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(results.made(report, "zip", "", quiet))) as bundle:
        names = bundle.namelist()
        found = recount(bundle.read("ballots/question-2-round-1.csv").decode("utf-8"))
        described = json.loads(bundle.read("datapackage.json"))
        assert all(resource["path"] in names for resource in described["resources"])
        assert {"results.docx", "results.pdf", "results.xlsx", "results.json", "README.txt"} <= set(names)
    table = report.sittings[0].questions[1].last.tables[0]
    option, mean = ([column.name for column in table.columns].index(name) for name in ("option", "mean_rank"))
    for row in table.rows:
        assert isinstance(row[option], Option)
        assert found["mean_rank"][row[option].text] == pytest.approx(float(row[mean]))


@pytest.mark.usefixtures("csv_limit")
def test_frictionless_finds_the_bundle_valid(report: Report, tmp_path: Path) -> None:
    import frictionless

    with zipfile.ZipFile(io.BytesIO(results.made(report, "zip", "", quiet))) as bundle:
        bundle.extractall(tmp_path)
    told = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert told.flatten(["resource", "type", "message"]) == []


def test_what_is_open_shows_no_figures_and_is_provisional(app: Flask) -> None:
    number = held(app, "choice")
    with app.app_context():
        session = db.session.get_one(Session, number)
        session.activities[0].open(keep=True)
        db.session.flush()
        told = gathering.of_session(session, "en", quiet)
        last = told.sittings[0].questions[0].last
        assert told.provisional
        assert (last.tables, last.ledger, last.blank) == ((), None, None)
        assert last.ballots == sum(TYPES.values())


def test_rounds_stand_side_by_side(app: Flask) -> None:
    number = held(app, "ranking")
    with app.app_context():
        session = db.session.get_one(Session, number)
        people = [type_ for type_, count in TYPES.items() for _each in range(count)]
        answer(session.activities[0], people, Random(3))
        asked = gathering.of_session(session, "en", quiet).sittings[0].questions[0]
        assert [count.struck for count in asked.counts] == [True, False]
        assert asked.rounds is not None
        assert asked.rounds.name == "rounds"


def test_a_ranking_asked_again_as_another_question_stands_beside_the_first(app: Flask) -> None:
    number = held(app, "ranking")
    with app.app_context():
        session = db.session.get_one(Session, number)
        second = session.activities[0].copied_to(session)
        second.settings = {"again": True}
        people = [type_ for type_, count in TYPES.items() for _each in range(count)]
        answer(second, people, Random(3))
        told = gathering.of_session(session, "en", quiet)
        first, asked = told.sittings[0].questions
        assert (first.rounds, asked.last.struck) == (None, False)
        assert [str(column.label) for column in asked.rounds.columns[1:3]] == ["Round 1", "Round 2"]
        assert asked.slopes is not None
        assert first.last.tables[-1].name != "types"
        assert asked.last.tables[-1].name == "types"
        assert "Rounds side by side" in results.made(told, "page", "", quiet).decode()


@pytest.mark.parametrize(("kind", "form"), [("words", "count"), ("linking", "text")])
def test_rounds_without_places_stand_side_by_side_too(app: Flask, kind: str, form: str) -> None:
    number = held(app, kind)
    with app.app_context():
        session = db.session.get_one(Session, number)
        answer(session.activities[0], list(TYPES) * 4, Random(3))
        told = gathering.of_session(session, "en", quiet)
        asked = told.sittings[0].questions[0]
        assert asked.rounds is not None
        assert (asked.changed, asked.slopes) == ([], None)
        assert [column.form for column in asked.rounds.columns] == ["text", form, form]
        assert len(asked.rounds.rows) >= len(asked.last.tables[0].rows)
        for each in ("page", "xlsx", "json"):
            assert results.made(told, each, "", quiet)


def test_words_left_out_stay_in_the_ballots_and_that_is_said(app: Flask) -> None:
    number = held(app, "words")
    with app.app_context():
        session = db.session.get_one(Session, number)
        activity = session.activities[0]
        seal, most = activity.round.digest(), activity.round.standings().remarks["words"][0]["text"]
        activity.leave_out(most, out=True)
        told = gathering.of_session(session, "en", quiet)
        assert told.sittings[0].questions[0].last.digest == seal
        with zipfile.ZipFile(io.BytesIO(results.made(told, "zip", "", quiet))) as bundle:
            ballots = bundle.read("ballots/question-1-round-1.csv").decode()
            listed = bundle.read("tables/question-1-round-1-standings.csv").decode()
            files = [bundle.read(name).decode() for name in ("README.txt", "results.json")]
        assert most in ballots
        assert most not in [line.split(",")[0] for line in listed.splitlines()]
        files.append(results.made(told, "page", "", quiet).decode())
        assert all("left out of a list stay in the files of ballots" in each for each in files)


def test_a_named_session_bears_names_and_all_types(app: Flask) -> None:
    number = held(app, "choice", named=True)
    with app.app_context():
        told = gathering.of_session(db.session.get_one(Session, number), "en", quiet)
        text = results.made(told, "csv", "", quiet).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert {row["institution_type"] for row in rows} == set(TYPES)
        assert "Person 0" in {row["name"] for row in rows}


def test_too_few_of_the_only_types_asked_stay_hidden(app: Flask) -> None:
    number = held(app, "choice", types={"ministry": 3})
    with app.app_context():
        activity = db.session.get_one(Session, number).activities[0]
        assert isinstance(activity, Activity)
        activity.answerers = ["ministry"]
        told = gathering.of_session(activity.session, "en", quiet)
        last = told.sittings[0].questions[0].last
        assert (last.tables, last.ledger) == ((), None)


def test_proposals_keep_their_lineage(app: Flask) -> None:
    number = held(app, "proposals")
    with app.app_context():
        told = gathering.of_session(db.session.get_one(Session, number), "en", quiet)
        proposals = told.sittings[0].questions[0].proposals
        assert proposals is not None
        assert [row[2] for row in proposals.rows] == ["released", "merged", "withdrawn"]
        assert [row[3] for row in proposals.rows] == [None, 1, None]


def test_nothing_empty_stands_for_what_nobody_has_read_yet(app: Flask) -> None:
    number = held(app, "proposals")
    with app.app_context():
        told = gathering.of_session(db.session.get_one(Session, number), "en", quiet)
        (sitting,) = told.sittings
        (asked,) = sitting.questions
        assert asked.proposals is not None
        unread = replace(asked.counts[0], tables=[replace(each, rows=[]) for each in asked.counts[0].tables])
        asked = replace(asked, counts=[unread], proposals=replace(asked.proposals, rows=[]))
        blocks = summary.told(replace(told, sittings=[replace(sitting, questions=[asked])])).blocks
        assert not [each for each in blocks if isinstance(each, Figure)]
        assert all(each.rows for each in blocks if isinstance(each, Table))


def test_a_whole_workshop_begins_with_what_was_decided(app: Flask) -> None:
    held(app, "adoption")
    with app.app_context():
        workshop = db.session.get_one(Session, 1).workshop
        told = gathering.of_workshop(workshop, "en", quiet)
        page = results.made(told, "page", "", quiet).decode()
        assert page.index("In brief") < page.index("How it was done")
        assert "Adopted" in page
        db.session.get_one(Session, 1).activities[0].open(keep=True)
        db.session.flush()
        told = gathering.of_workshop(workshop, "en", quiet)
        assert told.provisional == [f"{told.sittings[0].title.text} – Question 1 is still open."]


def test_what_looks_like_a_formula_stays_text(app: Flask) -> None:
    number, kept, written = held(app, "choice"), set[object](), set[str]()
    with app.app_context():
        session = db.session.get_one(Session, number)
        activity = session.activities[0]
        items = activity.options
        for start in range(0, len(FORMULAS), len(items)):
            for item, text in zip(items, FORMULAS[start:], strict=False):
                item.wording = {"en": text}
            activity.note = session.title["en"] = FORMULAS[start]
            told = gathering.of_session(session, "en", quiet)
            book = openpyxl.load_workbook(io.BytesIO(results.made(told, "xlsx", "", quiet)))
            cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
            assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}
            kept |= {cell.value for cell in cells}
            text = results.made(told, "csv", "", quiet).decode("utf-8-sig")
            written |= {cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row}
    assert not [cell for cell in written if cell.startswith(("=", "+", "@", "-1", "\t", "\r"))]
    assert {f"'{text}" for text in FORMULAS} <= written
    assert {text for text in FORMULAS if "\r" not in text} <= kept


def test_ballots_go_to_the_file_as_they_are_read(report: Report, tmp_path: Path) -> None:
    put(out := tmp_path / "all.csv", "session", str(report.id), "csv", "fr", "", Steps(told=False))
    assert out.read_bytes() == results.made(report, "csv", "", quiet)
    with pytest.raises(NothingThere):
        put(missing := tmp_path / "none.csv", "session", "77", "csv", "fr", "", Steps(told=False))
    assert not missing.exists()


def test_a_long_pack_is_written_as_it_is_made(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "HANDFUL", 0)
    put(out := tmp_path / "all.zip", "session", str(report.id), "zip", "fr", "", Steps(told=False))
    with zipfile.ZipFile(out) as pack:
        assert {"results.pdf", "results.docx", "charts/1.svg", "charts/1.png"} <= set(pack.namelist())
        assert pack.testzip() is None
        assert pack.read("results.pdf")[:5] == b"%PDF-"


def test_what_is_not_there_cannot_be_made(context: Flask) -> None:
    with pytest.raises(NothingThere):
        make("session", "77", "json", "en", "", Steps(told=False))
    with pytest.raises(NothingThere):
        make("country", "GH", "zip", "en", "", Steps(told=False))


def test_steps_are_told_in_lines_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    Steps(told=True)("draw")
    assert json.loads(capsys.readouterr().err) == {"done": 1, "said": "draw"}
