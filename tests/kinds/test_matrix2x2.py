"""Impact and feasibility: two ratings an option, four quadrants, a cloud."""

import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.datastructures import MultiDict

from facilitator.kinds.base import BallotForm, Choice, Option
from facilitator.kinds.matrix2x2 import MatrixKind
from tests.kinds.test_contract import sheet
from tests.kinds.test_result import plain, shown

KIND = MatrixKind()
OPTIONS = [Option(id, f"Option {id}", "en") for id in (3, 5, 12)]


def sent(posted: list[tuple[str, str]]) -> BallotForm:
    return KIND.ballot_form(OPTIONS, {})(MultiDict(posted))


@pytest.mark.parametrize(
    ("posted", "choice"),
    [
        ([("impact-12", "5"), ("ease-12", "1")], {"ratings": [[12, 5, 1]]}),
        ([("ease-12", "5"), ("impact-3", "1"), ("ease-3", "")], {"ratings": [[3, 1, 0], [12, 0, 5]]}),
    ],
    ids=["both", "no opinion on one scale"],
)
def test_reads_both_ratings(posted: list[tuple[str, str]], choice: Choice, words: Flask) -> None:
    ballot = sent(posted)
    assert ballot.validate(), ballot.errors
    assert ballot.choice() == choice


@pytest.mark.parametrize(
    ("posted", "reason"),
    [
        ([("impact-4", "1")], "not offered"),
        ([("ease-3", "0")], "from 1 to 5"),
        ([("impact-3", "1"), ("ease-3", "6")], "from 1 to 5"),
        ([("impact-3", ""), ("ease-3", "")], "blank answer"),
    ],
)
def test_refuses_what_is_no_rating(posted: list[tuple[str, str]], reason: str, words: Flask) -> None:
    ballot = sent(posted)
    assert not ballot.validate()
    assert [reason in str(said) for said in ballot.errors["answer"]] == [True]


def test_announces_the_cut_before_anyone_answers(drawn: Callable[..., str], words: Flask) -> None:
    assert "the middle of both scales, 3" in KIND.rules({})[0]
    assert KIND.rules({})[0] in sheet(KIND, drawn, None)


def test_writes_both_ratings_beside_ranks() -> None:
    names = {3: "A", 5: "B", 12: "C"}
    assert list(KIND.rows("7", {"ratings": [[3, 2, 3], [5, 4, 0], [12, 4, 4]]}, names)) == [
        ("7", "A", "2", "2", "3"),
        ("7", "B", "-", "4", ""),
        ("7", "C", "1", "4", "4"),
    ]


def test_each_scale_is_named_by_its_option_and_its_axis(drawn: Callable[..., str], words: Flask) -> None:
    page = BeautifulSoup(sheet(KIND, drawn, {"ratings": [[1, 5, 0]]}), "html.parser")
    both = page.select(".scale")[:2]
    assert [group["aria-label"] for group in both] == ["Impact", "Feasibility"]
    assert {page.find(id=group.parent["aria-labelledby"]).get_text() for group in both} == {"Option 1"}
    assert [group.select_one("[checked]")["value"] for group in both] == ["5", ""]


def test_a_long_list_has_menus(drawn: Callable[..., str], words: Flask) -> None:
    assert "<select" not in sheet(KIND, drawn, None, 15)
    page = BeautifulSoup(sheet(KIND, drawn, {"ratings": [[2, 4, 0]]}, 16), "html.parser")
    assert page.select_one("select[name=impact-2] [selected]").get_text() == "4 Large impact"
    assert not page.select("select[name=ease-2] [selected]")


def room(number: int) -> list[Choice]:
    return [
        {"ratings": [[1, 5, 5], [2, 5, 1], [3, 1, 4], [4, 1, 1 if at % 2 else 5]]} for at in range(number)
    ]


def test_names_the_quadrant_of_each(drawn: Callable[..., str]) -> None:
    page = BeautifulSoup(shown(drawn, KIND, room(6)), "html.parser")
    assert [plain(str(row)) for row in page.select(".result-row")] == [
        "Number 1 Poor dissemination Do first impact 5, feasibility 5",
        "Number 2 صعوبة الفهم Plan impact 5, feasibility 1",
        "Number 3 <b>Ownership</b> Easy extra impact 1, feasibility 4",
        "Number 4 Updates Leave impact 1, feasibility 3 contested",
        "Number 5 Use too few opinions to show",
    ]
    assert page.select_one(".result-cloud")["aria-hidden"] == "true"


def spots(page: str) -> dict[str, tuple[str, str]]:
    soup = BeautifulSoup(page, "html.parser")
    return {text.get_text(): (text.parent["x"], text.parent["y"]) for text in soup.select("circle + text")}


def test_mirrors_the_cloud_where_one_reads_from_the_right(drawn: Callable[..., str]) -> None:
    page = shown(drawn, KIND, room(6))
    assert spots(page) == {
        "1": ("86.4%", "13.6%"),
        "2": ("13.6%", "13.6%"),
        "3": ("68.2%", "86.4%"),
        "4": ("50.0%", "86.4%"),
    }
    assert "Feasibility →" in plain(page)
    mirrored = shown(drawn, KIND, room(6), direction="rtl")
    assert spots(mirrored)["1"] == ("13.6%", "13.6%")
    assert "Feasibility ←" in plain(mirrored)


@pytest.mark.parametrize(("number", "dots"), [(2, 0), (4, 0), (5, 20), (6, 24)])
def test_draws_no_dots_in_a_small_room(number: int, dots: int, drawn: Callable[..., str]) -> None:
    page = shown(drawn, KIND, room(number))
    assert len(re.findall(r"M[\d. ]+h0", page)) == dots
    assert ("each is one rating" in page) is bool(dots)
    assert len(spots(page)) == 4


def test_a_large_room_is_drawn_with_dots_for_several(drawn: Callable[..., str]) -> None:
    page = shown(drawn, KIND, room(450))
    assert "each stands for up to 2 ratings" in page
    assert len(re.findall(r"M[\d. ]+h0", page)) <= 905


def test_medians_at_one_place_stand_side_by_side(drawn: Callable[..., str]) -> None:
    page = shown(drawn, KIND, [{"ratings": [[1, 4, 4], [2, 4, 4], [3, 2, 2]]}] * 3)
    assert spots(page)["1"] == spots(page)["2"]
    assert 'cx="-0.85em"' in page
    assert 'cx="0.85em"' in page


def test_a_contested_spot_is_told_apart_without_colour(drawn: Callable[..., str]) -> None:
    page = BeautifulSoup(shown(drawn, KIND, room(6)), "html.parser")
    assert [text.get_text() for text in page.select("circle.contested + text")] == ["4"]


def test_draws_only_the_rows_of_a_page_under_their_own_numbers(drawn: Callable[..., str]) -> None:
    counted = KIND.tally([1, 2, 3, 4, 5], room(6), {})
    page = shown(drawn, KIND, room(6), rows=counted.rows[2:])
    assert list(spots(page)) == ["3", "4"]
    assert "Number 3" in plain(page)
    assert len(re.findall(r"M[\d. ]+h0", page)) == 12
