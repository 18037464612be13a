"""Rating: five levels with words, and no opinion."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.datastructures import MultiDict

from facilitator.kinds.base import BallotForm, Choice, Option
from facilitator.kinds.rating import SCALES, RatingKind, RatingSettings
from tests.kinds.test_contract import sheet
from tests.kinds.test_result import plain, shown

KIND = RatingKind()
OPTIONS = [Option(id, f"Option {id}", "en") for id in (3, 5, 12)]


def sent(posted: list[tuple[str, str]]) -> BallotForm:
    return KIND.ballot_form(OPTIONS, {})(MultiDict(posted))


@pytest.mark.parametrize(
    ("posted", "choice"),
    [
        ([("rate-12", "5"), ("rate-3", "1")], {"ratings": [[3, 1], [12, 5]]}),
        ([("rate-12", "5"), ("rate-3", "")], {"ratings": [[12, 5]]}),
        ([("rate-12", "٤")], {"ratings": [[12, 4]]}),
    ],
    ids=["rated", "no opinion", "digits of any script"],
)
def test_reads_ratings(posted: list[tuple[str, str]], choice: Choice, words: Flask) -> None:
    ballot = sent(posted)
    assert ballot.validate(), ballot.errors
    assert ballot.choice() == choice


@pytest.mark.parametrize(
    ("posted", "reason"),
    [
        ([("rate-4", "1")], "not offered"),
        ([("rate-3", "0")], "from 1 to 5"),
        ([("rate-3", "6")], "from 1 to 5"),
        ([("rate-3", "high")], "from 1 to 5"),
        ([("rate-3", "1"), ("rate-3", "2")], "two answers"),
        ([("rate-3", "")], "blank answer"),
    ],
)
def test_refuses_what_is_no_rating(posted: list[tuple[str, str]], reason: str, words: Flask) -> None:
    ballot = sent(posted)
    assert not ballot.validate()
    assert [reason in str(said) for said in ballot.errors["answer"]] == [True]


def test_every_scale_has_five_words(words: Flask) -> None:
    assert {len({str(word) for word in scale}) for _label, scale in SCALES.values()} == {5}
    assert KIND.rules({"scale": "quality"})[0].startswith("1: Very poor · 2: Poor")
    assert KIND.rules({})[0].endswith("5: Very important")


@pytest.mark.parametrize(("scale", "good"), [("agreement", True), ("beauty", False), ("", False)])
def test_settles_a_scale(scale: str, good: bool, words: Flask) -> None:
    assert RatingSettings(MultiDict({"scale": scale})).validate() is good


def test_writes_ratings_beside_ranks_and_a_dash_for_no_opinion() -> None:
    names = {3: "A", 5: "B", 12: "C"}
    assert list(KIND.rows("7", {"ratings": [[3, 2], [12, 4]]}, names)) == [
        ("7", "A", "2", "2"),
        ("7", "B", "-", ""),
        ("7", "C", "1", "4"),
    ]


def test_every_button_says_its_level_and_its_word(drawn: Callable[..., str], words: Flask) -> None:
    page = BeautifulSoup(sheet(KIND, drawn, {"ratings": [[1, 5]]}, scale="quality"), "html.parser")
    group = page.select_one(".scale")
    assert [label.get_text(" ", strip=True) for label in group("label")] == [
        "1 Very poor",
        "2 Poor",
        "3 Acceptable",
        "4 Good",
        "5 Very good",
        "– No opinion",
    ]
    assert page.find(id=group["aria-labelledby"]).get_text() == "Option 1"
    assert group.select_one("[checked]")["value"] == "5"
    assert page.select(".scale")[1].select_one("[checked]")["value"] == ""


def test_a_long_list_has_menus(drawn: Callable[..., str], words: Flask) -> None:
    assert 'type="radio"' in sheet(KIND, drawn, None, 30)
    page = BeautifulSoup(sheet(KIND, drawn, {"ratings": [[2, 4]]}, 31), "html.parser")
    assert not page.select("[type=radio]")
    menu = page.select_one("select[name=rate-2]")
    assert menu.select_one("[selected]").get_text() == "4 Important"
    assert page.find(id=menu["aria-labelledby"]).get_text() == "Option 2"


def test_gives_median_mean_spread_and_number(drawn: Callable[..., str]) -> None:
    cast = [{"ratings": [[1, level], [2, 3]]} for level in (5, 5, 4, 1)] + [{"ratings": [[3, 5]]}]
    page = shown(drawn, KIND, cast)
    words = plain(page)
    assert "Place 1 Poor dissemination median 4.5 mean 3.8 · spread 2.5 · n = 4" in words
    assert "median 3 Moderately important mean 3.0 · spread 0 · n = 4" in words
    assert words.count("too few opinions to show") == 3
    assert page.count("<svg") == 3 + 1
    assert 'class="part-5-1" width="25.00%"' in page


def test_shows_the_desk_how_often_each_level_was_given(drawn: Callable[..., str]) -> None:
    cast = [{"ratings": [[1, level]]} for level in (5, 5, 4)] + [{"ratings": [[2, 1]]}]
    page = BeautifulSoup(shown(drawn, KIND, cast, "desk"), "html.parser")
    table = next(table for table in page.find_all("table") if "All ratings" in table.caption.text)
    rows = [[cell.get_text(" ", strip=True) for cell in row(["th", "td"])] for row in table.tbody("tr")]
    assert rows[0] == ["Poor dissemination", "0", "0", "0", "1", "2", "1"]
    assert rows[1][1:] == ["–"] * 5 + ["3"]


def test_keeps_the_words_of_its_scale_with_the_result(drawn: Callable[..., str]) -> None:
    counted = KIND.tally([1, 2], [{"ratings": [[1, 5]]}] * 2, {"scale": "agreement"})
    assert counted.remarks["scale"] == "agreement"
    content = {"kind": KIND, "standings": counted, "options": OPTIONS_OF_TWO, "joined": 4, "place": "wall"}
    page = drawn("kinds/rating/result.html", **content)
    assert "Strongly agree" in page


OPTIONS_OF_TWO = [Option(1, "One", "en"), Option(2, "Two", "en")]
