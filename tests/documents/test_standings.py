"""Results told: every kind's tables, sentences and charts, from the same standings."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from flask import Flask
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from facilitator.counting.change import between
from facilitator.documents import comparisons, standings
from facilitator.documents.charts import drawn
from facilitator.documents.document import Figure, Paragraph, Table, plain
from facilitator.documents.standings import Told
from facilitator.kinds import KINDS, compared
from facilitator.kinds.base import Choice, Kind, Option
from facilitator.kinds.figured import Figured, Tabled

TARGETS = [[101, {"en": "Target A", "fr": "Cible A"}], [102, {"ar": "هدف"}]]
OPTIONS = [Option(1, "Ownership", "en"), Option(2, "صعوبة", "ar"), Option(3, "Updates", "en")]
IDS = [option.id for option in OPTIONS]
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def room(kind: Kind, number: int) -> list[Choice]:
    form, chance = kind.ballot_form(OPTIONS, {"targets": TARGETS}), Random(7)
    cast = [form(MultiDict(kind.imagined(IDS, {"targets": TARGETS}, chance))) for _each in range(number)]
    assert all(each.validate() for each in cast)
    return [each.choice() for each in cast]


def told(kind: Kind, number: int, language: str = "en") -> Told:
    counted = kind.tally(IDS, [*room(kind, number), {}], {"targets": TARGETS}, seed=7)
    with force_locale(language):
        return standings.told(kind, counted, OPTIONS, language)


@every_kind
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_result_is_told_in_blocks(kind: Kind, language: str, words: Flask) -> None:
    found = told(kind, 30, language)
    with force_locale(language):
        blocks = list(found.blocks(language))
    assert found.tables[0].name == "standings"
    assert {type(block) for block in blocks} == {Paragraph, Figure, Table}
    (first, *_rest) = [block for block in blocks if isinstance(block, Table)]
    assert all(len(row) == len(first.columns) for row in first.rows)
    assert all(plain(column.words) for column in first.columns)


@every_kind
def test_a_chart_shows_what_the_table_says(kind: Kind, words: Flask) -> None:
    found = told(kind, 30)
    for each in found.charts:
        labels = [mark.label for mark in each.chart.marks]
        names = [cell.text for row in found.tables[0].rows for cell in row if isinstance(cell, Option)]
        assert labels == names
        assert each.chart.voters == found.voters == "31 took part."
        assert labels[0] in each.alt
    figure = standings.figure(found.charts[0])
    assert b"<svg" in drawn(figure.chart, "svg")


@every_kind
@pytest.mark.parametrize(("number", "message"), [(0, "Too few"), (1, "Too few")])
def test_one_answer_alone_is_never_told(kind: Kind, number: int, message: str, words: Flask) -> None:
    found = told(kind, number)
    assert found.message.startswith(message)
    assert [*found.tables, *found.sentences, *found.charts] == []
    assert [type(block) for block in found.blocks("en")] == [Paragraph]


def test_no_answer_is_said(words: Flask) -> None:
    counted = KINDS["choice"].tally(IDS, [], {})
    assert standings.told(KINDS["choice"], counted, OPTIONS, "en").message == "No answer yet."


def test_all_blank_is_said(words: Flask) -> None:
    counted = KINDS["choice"].tally(IDS, [{}] * 6, {})
    assert standings.told(KINDS["choice"], counted, OPTIONS, "en").message == "6 answers are blank."


def test_a_wording_keeps_its_language(words: Flask) -> None:
    table = standings.table(told(KINDS["choice"], 30).tables[0], "en")
    langs = {span.lang for row in table.rows for cell in row if not isinstance(cell, str) for span in cell}  # type: ignore[union-attr]
    assert langs == {"", "ar"}


def test_readers_are_told_which_places_are_firm_or_likely(words: Flask) -> None:
    options = [Option(number, f"Option {number}", "en") for number in range(1, 5)]
    room = [
        {"options": [option]}
        for option, votes in ((1, 40), (2, 20), (3, 5), (4, 4))
        for _each in range(votes)
    ]
    counted = KINDS["choice"].tally([1, 2, 3, 4], room, {}, seed=7)
    (_result, found) = standings.told(KINDS["choice"], counted, options, "en").tables
    rows = standings.brief(found).rows
    assert {row[-1] for row in rows[:-1]} <= {"firm", "likely"}
    assert rows[-1] == (None, "Everything else", None, "open")
    assert len(rows) < len(found.rows)
    firm = replace(found, rows=[row for row in found.rows if row[-1] == "firm"])
    assert standings.brief(firm) is firm


def test_columns_in_which_nothing_stands_are_left_out() -> None:
    columns = [Figured("a", "A"), Figured("b", "B"), Figured("c", "C", "count")]
    table = standings.table(Tabled("t", "T", columns, [["x", "", 0], ["y", None, None]]), "en")
    assert [column.words for column in table.columns] == ["A", "C"]
    assert table.rows == [["x", "0"], ["y", "–"]]
    assert len(standings.table(Tabled("t", "T", columns, []), "en").columns) == 3


def test_a_value_is_the_same_to_a_reader_and_a_machine() -> None:
    third = Fraction(1, 3)
    assert standings.written(third, "share", "fr") == "33\N{NO-BREAK SPACE}%"
    assert [standings.written(third, form, "en") for form in ("decimal", "median")] == ["0.33", "0.3"]
    assert standings.written(1234, "count", "en") == "1,234"
    assert [standings.real(value) for value in (third, 7, "x", None, OPTIONS[1])] == [
        1 / 3,
        7,
        "x",
        None,
        "صعوبة",
    ]
    assert standings.plain(["a ", OPTIONS[0]]) == "a Ownership"


def test_groups_are_compared_by_place(words: Flask) -> None:
    kind = KINDS["choice"]
    counts = {
        name: kind.tally(IDS, room(kind, number), {}) for name, number in (("ministry", 9), ("others", 6))
    }
    names = {"ministry": "Ministry", "others": "Others"}
    result = told(kind, 15).tables[0]
    found = comparisons.by_type(counts, names, result, "en")
    assert found is not None
    table, chart = found
    assert [str(column.label) for column in table.columns] == [
        "Place",
        "Option",
        "Ministry (9)",
        "Others (6)",
    ]
    assert [row[:2] for row in table.rows] == [row[:2] for row in result.rows]
    assert [[mark.place, *mark.values] for mark in chart.chart.marks] == [
        [row[0], *row[2:]] for row in table.rows
    ]
    assert comparisons.by_type({"ministry": kind.tally(IDS, [], {})}, names, result, "en") is None


def test_rounds_stand_side_by_side(words: Flask) -> None:
    kind = KINDS["choice"]
    before = kind.tally([1, 2], [{"options": [1]}] * 3 + [{"options": [2]}] * 2, {})
    now = kind.tally(IDS, [{"options": [2]}] * 3 + [{"options": [1]}] * 2 + [{"options": [3]}], {})
    table, chart = comparisons.rounds(between(before, now), (1, 2), OPTIONS, "en")
    assert [row[1:] for row in table.rows] == [
        (2, 1, "up from 2 to 1"),
        (1, 2, "down from 1 to 2"),
        (None, 3, "new in this round"),
    ]
    assert chart.chart.series == ["Round 1", "Round 2"]
    assert compared.moved(2, 2) == "still 2"
