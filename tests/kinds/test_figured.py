"""What every kind says of its result: figures, sentences, tables and pictures as plain data."""

import json
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest
from flask import Flask

from facilitator.counting.standing import Standings
from facilitator.documents.chart import Sort
from facilitator.kinds import KINDS
from facilitator.kinds.base import Choice, Kind
from facilitator.kinds.figured import Cell, Named, Option, Sentence, Tabled
from tests.kinds.test_contract import DECIDED, ballots
from tests.kinds.test_result import CIRCLE, IDS, LEVEL, OPTIONS, picks, plain, ranks, shown

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
TYPES: dict[str, tuple[type, ...]] = {
    "text": (str, Option),
    "count": (int,),
    "share": (int, Fraction),
    "decimal": (int, Fraction),
    "median": (int, Fraction),
}


def counted(kind: Kind, cast: Iterable[Choice]) -> Standings:
    """Count ballots and read the standings from what is kept of them."""
    return Standings.from_json(kind.tally(IDS, list(cast), DECIDED, seed=7).to_json())


def said(sentence: Sentence) -> str:
    parts = [sentence] if isinstance(sentence, str) else sentence
    return "".join(part.text if isinstance(part, Option) else part for part in parts)


def sentences(kind: Kind, cast: Iterable[Choice]) -> list[str]:
    found = kind.remarked(counted(kind, cast), OPTIONS)
    return [said(each) for each in found if not isinstance(each, Tabled)]


def tables(kind: Kind, cast: Iterable[Choice]) -> dict[str, Tabled]:
    found = kind.remarked(counted(kind, cast), OPTIONS)
    return {each.name: each for each in found if isinstance(each, Tabled)}


def fits(value: Cell, form: str) -> bool:
    return value is None or isinstance(value, TYPES[form])


@every_kind
@pytest.mark.parametrize("number", [0, 1, 2, 30])
def test_names_every_figure_of_its_result(kind: Kind, number: int, words: Flask) -> None:
    lines = kind.listed(counted(kind, [*ballots(kind, 5, number), {}]), OPTIONS)
    names = [each.name for each in kind.figured]
    assert len(set(names)) == len(names) > 1
    assert {each.form for each in kind.figured} <= TYPES.keys()
    assert len({str(each.label) for each in kind.figured}) == len(names)
    assert kind.placed in ("place", "number", "")
    for line in lines:
        assert set(names) <= line.figures.keys()
        assert all(fits(line.figures[each.name], each.form) for each in kind.figured)


@every_kind
def test_speaks_in_the_words_of_the_desk(kind: Kind, drawn: Callable[..., str]) -> None:
    cast = [*ballots(kind, 5, 30), {}]
    desk = plain(shown(drawn, kind, cast, "desk"))
    told = sentences(kind, cast)
    assert told
    assert [each for each in told if " ".join(each.split()) not in desk] == []


@every_kind
def test_tells_tables_whose_cells_fit_their_columns(kind: Kind, words: Flask) -> None:
    for tabled in tables(kind, ballots(kind, 5, 30)).values():
        assert tabled.caption
        assert tabled.rows
        for row in tabled.rows:
            assert all(fits(value, each.form) for value, each in zip(row, tabled.columns, strict=True))


@every_kind
def test_pictures_what_it_lists_as_plain_data(kind: Kind, words: Flask) -> None:
    standings = counted(kind, ballots(kind, 5, 30))
    pictures = kind.pictured(standings, OPTIONS)
    assert pictures
    for picture in pictures:
        assert picture["sort"] in get_args(Sort)
        assert picture["caption"]
        assert json.loads(json.dumps(picture))["marks"]
        assert [mark["label"] for mark in picture["marks"]] == [
            line.option.text for line in kind.listed(standings, OPTIONS)
        ]


@every_kind
@pytest.mark.parametrize("number", [0, 1, 2])
def test_has_words_for_next_to_nothing(kind: Kind, number: int, words: Flask) -> None:
    standings = counted(kind, ballots(kind, 5, number))
    assert "stability" not in tables(kind, ballots(kind, 5, min(number, 1)))
    assert all(said(each) for each in kind.remarked(standings, OPTIONS) if not isinstance(each, Tabled))
    assert len(kind.pictured(standings, OPTIONS)) >= (1 if kind.least_options else 0)


def test_names_an_option_that_is_gone_by_its_number() -> None:
    assert Named([Option(3, "A", "en")])[7] == Option(7, "#7", "")


@pytest.mark.parametrize(
    ("numbers", "announced"),
    [
        ((20, 2, 1), "The first place is firm."),
        ((6, 3, 2, 2), "The first place is likely, not certain."),
        ((13, 12, 1), "The first 2 stand out firmly; which of them comes first is not certain."),
        ((9, 8, 3, 2, 1), "The first 2 probably stand out; which of them comes first is not certain."),
        ((4, 3, 3, 2, 2), "The order is open: a few other answers could change it."),
        ((5, 5), "The first place is shared."),
    ],
)
def test_announces_no_more_than_the_wall(numbers: tuple[int, ...], announced: str, words: Flask) -> None:
    assert sentences(KINDS["choice"], picks(*numbers))[0] == announced


def test_says_nothing_of_firmness_without_redraws(words: Flask) -> None:
    standings = KINDS["choice"].tally(IDS, picks(20, 2), {}, draws=0)
    assert KINDS["choice"].remarked(standings, OPTIONS) == [
        "Shares are of all who answered, blank answers included."
    ]


def test_tells_of_a_circle_and_who_wins_one_to_one(words: Flask) -> None:
    kind = KINDS["ranking"]
    told = sentences(kind, CIRCLE)
    circle = "Poor dissemination · صعوبة الفهم · <b>Ownership</b>"
    assert told[0] == f"A circle: each of these comes behind another of them. {circle}"
    assert "No option comes before every other one to one." in told
    straight = sentences(kind, ranks((9, [[1], [2], [3], [4], [5]])))
    assert "Comes before every other, one to one: Poor dissemination" in straight
    assert "Agreement in the room: strong (W = 1.00, n = 9)." in straight


def test_checks_the_method_and_admits_what_cannot_be_measured(words: Flask) -> None:
    split = [*ranks((6, [[1], [2], [3], [4], [5]])), *ranks((5, [[5], [4]]))]
    assert any(
        "do not give the same first 3. Worth discussing: " in told
        for told in sentences(KINDS["ranking"], split)
    )
    unjudged = sentences(KINDS["ranking"], ranks((4, [[1], [2], [3], [4]]), unsure=[5]))
    assert "Agreement cannot be measured with these answers." in unjudged


def test_tells_margins_in_words_where_they_are_not_even(words: Flask) -> None:
    margins = tables(KINDS["ranking"], LEVEL)["margins"]
    assert [row[-1] for row in margins.rows] == ["", "clear", "clear", "clear"]
    alone = KINDS["ranking"].tally([1], ranks((4, [[1]])), {})
    assert not [
        each
        for each in KINDS["ranking"].remarked(alone, OPTIONS)
        if isinstance(each, Tabled) and each.name == "margins"
    ]


def test_draws_an_earlier_result_without_pairs(words: Flask) -> None:
    """What was kept before pairs were still has its means."""
    kind = KINDS["ranking"]
    standings = counted(kind, ranks((9, [[1], [2], [3], [4], [5]])))
    assert [each["sort"] for each in kind.pictured(standings, OPTIONS)] == ["ranks", "pairs"]
    del standings.remarks["pairs"]
    for row in standings.rows:
        del row.figures["low"], row.figures["high"]
    (picture,) = kind.pictured(standings, OPTIONS)
    assert picture["marks"][0]["values"] == [1.0, None, None]


def test_tells_no_share_of_too_few_pairs(words: Flask) -> None:
    kind = KINDS["pairwise"]
    standings = counted(kind, [{"won": [[1, 2]], "even": []}] * 6 + [{"won": [[3, 4]], "even": []}])
    figures = {line.option.id: line.figures for line in kind.listed(standings, OPTIONS)}
    assert figures[1] == {"share": 1, "duels": 6, "note": ""}
    assert (figures[3]["share"], figures[3]["note"]) == (None, "too few to compare")
    (picture,) = kind.pictured(standings, OPTIONS)
    marks = {mark["label"]: mark for mark in picture["marks"]}
    assert marks["Poor dissemination"]["told"] == "100% · of 6 comparisons"
    assert marks["Updates"]["values"] == [None, None]
    assert marks["Updates"]["told"] == "too few to compare · of 1 comparison"


def test_leaves_a_proposal_of_one_without_a_first_place(words: Flask) -> None:
    kind = KINDS["proposals"]
    shares = "Shares are of all who answered, blank answers included."
    assert sentences(kind, [{"options": [1]}, {"texts": [[1, "A", "en", "need"]]}]) == [shares]
    nothing = kind.tally([], [{"texts": [[1, "A", "en", "need"]]}] * 2, {})
    assert kind.remarked(nothing, []) == ["Nothing is on the wall yet.", shares]


def test_keeps_the_opinions_of_few_to_themselves(words: Flask) -> None:
    rated = counted(KINDS["rating"], [{"ratings": [[1, 5], [2, 4]]}, {"ratings": [[1, 3]]}])
    (picture,) = KINDS["rating"].pictured(rated, OPTIONS)
    assert [(mark["values"], mark["told"]) for mark in picture["marks"][:2]] == [
        ([0, 0, 1, 0, 1], ""),
        ([], "too few opinions to show"),
    ]
    placed = counted(KINDS["matrix2x2"], [{"ratings": [[1, 5, 5]]}] * 3)
    quadrants = [line.figures["quadrant"] for line in KINDS["matrix2x2"].listed(placed, OPTIONS)]
    assert quadrants[:2] == ["Do first", "too few opinions to show"]


def test_kinds_import_nothing_of_documents() -> None:
    folder = Path(__file__).resolve().parents[2] / "facilitator" / "kinds"
    assert not [path.name for path in folder.glob("*.py") if "facilitator.documents" in path.read_text()]


def test_says_what_was_left_out_of_an_open_question(drawn: Callable[..., str]) -> None:
    kind, cast = KINDS["words"], [{"text": "Data", "language": "en"}] * 3
    standings = kind.tally([], cast, {"hidden": ["data"]})
    told = [said(each) for each in kind.remarked(standings, []) if not isinstance(each, Tabled)]
    assert told == [
        "Shares are of all who answered, blank answers included.",
        "1 line is left out by the facilitator.",
    ]
    page = plain(
        drawn("kinds/words/result.html", kind=kind, standings=standings, options=[], place="wall", joined=3)
    )
    assert all(each in page for each in told)
    assert "No word was written" not in page
