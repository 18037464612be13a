"""Excerpts: what documents show of long tables and long dissent; files of data keep it all."""

import json
from random import Random

from flask import Flask

from facilitator import db
from facilitator.documents import results, standings, summary
from facilitator.documents.document import Break, Figure, Listing, Paragraph, Table, plain
from facilitator.documents.excerpts import excerpt, leading, pictured
from facilitator.documents.report import gathering
from facilitator.kinds.figured import Figured, Option, Tabled
from facilitator.models.session import Session
from tests import answered, factories

MANY = 30


def types(options: int, places: list[int] | None = None) -> Tabled:
    """Places by type of so many options: from the 25th on they are two, three … places apart."""
    columns = [
        Figured("place", "Place", "count"),
        Figured("option", "Option"),
        Figured("ministry", "Ministry", "count"),
        Figured("civil", "Civil society", "count"),
    ]
    rows = [
        [place, Option(number, f"Option {number}", "en"), number, number + max(0, number - 23)]
        for number, place in enumerate(places or range(1, options + 1), 1)
    ]
    return Tabled("types", "Places by type", columns, rows)


def test_the_first_and_the_furthest_apart_are_shown_in_their_order(words: Flask) -> None:
    shown = excerpt(types(40))
    assert [row[0] for row in shown.tabled.rows] == [*range(1, 11), *range(31, 41)]
    assert shown.tabled.caption == "Places by type: 20 of 40 options"
    assert "the first 10 and the 10 others furthest apart" in shown.note
    marks = [{"label": row[1].text, "values": row[2:], "place": row[0]} for row in types(40).rows]
    chart = standings.drawn({"sort": "groups", "caption": "C", "marks": marks}, "en", "40 took part.")
    found = pictured(chart, shown)
    assert [mark.place for mark in found.chart.marks] == [row[0] for row in shown.tabled.rows]
    assert found.caption == shown.tabled.caption
    assert found.alt.startswith("Places by type: 20 of 40 options: 1. Option 1; ")
    other = standings.drawn({"sort": "bars", "caption": "C", "marks": marks}, "en", "")
    assert pictured(other, shown) is other


def test_short_tables_and_results_stay_whole(words: Flask) -> None:
    short = types(20)
    assert excerpt(short).tabled is short
    result = Tabled("standings", "Result", types(40).columns, types(40).rows)
    assert excerpt(result).tabled is result


def test_who_shares_the_tenth_place_is_among_the_first(words: Flask) -> None:
    shown = leading(types(24, [*range(1, 10), 10, 10, 10, *range(13, 25)]))
    assert [row[0] for row in shown.tabled.rows][-3:] == [10, 10, 10]
    assert shown.note.startswith("Shown: the first 12.")
    everyone = types(24, [1] * 24)
    assert leading(everyone).tabled is everyone


def test_a_long_question_is_told_in_excerpts_and_kept_whole_in_the_data(app: Flask) -> None:
    with app.app_context():
        number = long(app)
        told = gathering.of_session(db.session.get_one(Session, number), "en", quiet)
        blocks = summary.told(told).blocks
        rounds = json.loads(results.made(told, "json", "", quiet))["sessions"][0]["questions"][0]["rounds"]
    tables = {plain(block.caption): len(block.rows) for block in blocks if isinstance(block, Table)}
    assert tables["Result"] == MANY
    (struck,) = [caption for caption in tables if caption.startswith("Result: ")]
    (types,) = [caption for caption in tables if caption.startswith("Places by type of institution: ")]
    assert struck == f"Result: {tables[struck]} of {MANY} options"
    assert 10 <= tables[struck] < tables[types] < MANY
    charts = {plain(block.caption): block.chart for block in blocks if isinstance(block, Figure)}
    assert len(charts[types]["marks"]) == tables[types]
    notes = [plain(block.words) for block in blocks if isinstance(block, Paragraph)]
    assert sum("The workbook (XLSX) holds every option." in each for each in notes) == 2
    entries = [entry for block in blocks if isinstance(block, Listing) for entry in block.entries]
    (furthest,) = [entry for entry in entries if entry.below]
    assert len(furthest.below) == 5
    assert any(isinstance(block, Break) for block in blocks)

    whole = {grid["name"]: grid for grid in rounds[-1]["tables"]}
    assert len(whole["types"]["rows"]) == len(rounds[0]["tables"][0]["rows"]) == MANY
    gaps = [
        max(row["ministry"], row["research"]) - min(row["ministry"], row["research"])
        for row in whole["types"]["rows"]
    ]
    apart = sum(gap >= 3 for gap in gaps)
    said = [each for each in rounds[-1]["sentences"] if each.startswith("Where they differ")]
    assert len(said) == apart > 10
    assert f"{max(gaps)} places apart" in said[0]
    assert plain(furthest.below[0].words) == said[0]
    assert plain(furthest.words).startswith(f"{apart} options are three or more places apart")


def long(app: Flask) -> int:
    """Hold a session in which a room of two types ranks many options twice."""
    session = factories.session()
    session.promise(named=False, asks_type=True, by_card=False, shared=False)
    people = ["ministry", "research"] * 6
    answered.come_in(session, people)
    options = [dict.fromkeys(("en", "fr", "ar"), f"Option {number}") for number in range(MANY)]
    activity = factories.activity("ranking", options, session=session, seed=7)
    for seed in range(2):
        answered.answer(activity, people, Random(seed))
    db.session.commit()
    return session.id


def quiet(_said: str) -> None:
    """Tell nobody how far it is."""
