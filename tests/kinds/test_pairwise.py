"""Pairwise: one pair after the other, each post a whole ballot."""

from random import Random

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.datastructures import MultiDict

from facilitator.counting.ballotfile import read
from facilitator.counting.ballots import profile
from facilitator.counting.pairwise import pairwise
from facilitator.kinds.base import BallotForm, Choice, Option
from facilitator.kinds.pairwise import PairwiseKind, PairwiseSettings
from tests.kinds.conftest import Draw
from tests.kinds.test_contract import written

KIND = PairwiseKind()
OPTIONS = [Option(id, f"Option {id}", "en") for id in (3, 5, 7, 12)]


def sent(*posted: tuple[str, str], **decided: int) -> BallotForm:
    return KIND.ballot_form(OPTIONS, decided)(MultiDict(posted))


def taken(*posted: tuple[str, str], **decided: int) -> Choice:
    ballot = sent(*posted, **decided)
    assert ballot.validate(), ballot.errors
    return ballot.choice()


def refused(*posted: tuple[str, str], **decided: int) -> str:
    ballot = sent(*posted, **decided)
    assert not ballot.validate()
    return str(ballot.errors["answer"][0])


def test_reads_earlier_pairs_and_the_new_one(words: Flask) -> None:
    choice = taken(("won", "12-3 5-3"), ("even", "12-7"), ("won", "7-3"))
    assert choice == {"won": [[5, 3], [7, 3], [12, 3]], "even": [[7, 12]]}


def test_the_same_answer_twice_is_one(words: Flask) -> None:
    assert taken(("won", "5-3"), ("won", "5-3 5-3"), ("even", "12-7 7-12")) == {
        "won": [[5, 3]],
        "even": [[7, 12]],
    }


@pytest.mark.parametrize("other", [("won", "3-5"), ("even", "5-3"), ("even", "3-5")])
def test_refuses_two_answers_to_one_pair(other: tuple[str, str], words: Flask) -> None:
    assert "two answers" in refused(("won", "5-3"), other)


@pytest.mark.parametrize(
    "pair", ["5-5", "5", "5-", "-5", "5-99", "5-3-7", "a-b", "5–3", "5,3", "05-3", "5-3\n7-3"]
)
def test_refuses_what_is_no_pair(pair: str, words: Flask) -> None:
    assert "not offered" in refused(("won", pair))


def test_takes_an_answer_back(words: Flask) -> None:
    earlier = ("won", "12-3 5-3"), ("even", "7-12")
    assert taken(*earlier, ("again", "3-5")) == {"won": [[12, 3]], "even": [[7, 12]]}
    assert taken(*earlier, ("again", "12-7")) == {"won": [[5, 3], [12, 3]], "even": []}
    assert taken(("won", "5-3"), ("again", "5-3")) == {}


def test_answers_no_more_pairs_than_settled(words: Flask) -> None:
    assert taken(("won", "5-3"), most=1)
    assert refused(("won", "5-3 7-3"), most=1) == "Answer one pair only."
    assert refused(("won", "5-3 7-3"), ("even", "7-12"), most=2) == "Answer 2 pairs at most."


@pytest.mark.parametrize("most", ["1", "200"])
def test_settles_how_many(most: str, words: Flask) -> None:
    assert PairwiseSettings(MultiDict({"most": most})).validate()


@pytest.mark.parametrize("most", ["0", "201", ""])
def test_refuses_another_number(most: str, words: Flask) -> None:
    assert not PairwiseSettings(MultiDict({"most": most})).validate()


def ballot(
    drawn: Draw, choice: Choice | None, options: list[Option] = OPTIONS, **decided: int
) -> BeautifulSoup:
    content = {"options": options, "settings": decided, "marked": KIND.filled(choice), "locale": "en"}
    return BeautifulSoup(drawn("kinds/pairwise/ballot.html", **content), "html.parser")


def pressed(page: BeautifulSoup, button: int) -> list[tuple[str, str]]:
    """What a phone without script posts when a button is pressed."""
    fields = [(tag["name"], tag["value"]) for tag in page("input")]
    one = page("button")[button]
    return [*fields, (one["name"], one["value"])]


def test_asks_pair_after_pair_until_there_is_none(drawn: Draw) -> None:
    choice, asked = None, []
    for turn in range(6):
        page = ballot(drawn, choice)
        names = {text.get_text() for text in page.select(".text")}
        assert len(names) == 2
        asked.append(frozenset(names))
        choice = taken(*pressed(page, turn % 3))
        assert len(choice["won"]) + len(choice["even"]) == turn + 1
    assert len(set(asked)) == 6
    page = ballot(drawn, choice)
    assert not page.select(".pair")
    assert "That was the last pair." in page.get_text()
    assert len(choice["even"]) == 2
    assert [button["name"] for button in page("button")] == ["again"]


def test_stops_asking_where_enough_are_answered(drawn: Draw) -> None:
    assert ballot(drawn, {"won": [[5, 3]], "even": []}, most=2).select(".pair")
    page = ballot(drawn, {"won": [[5, 3], [7, 3]], "even": []}, most=2)
    assert not page.select(".pair")
    assert "2 pairs answered." in page.get_text()


def test_another_order_of_options_asks_other_pairs(drawn: Draw) -> None:
    turned = [OPTIONS[2], OPTIONS[0], OPTIONS[3], OPTIONS[1]]
    first, second = ballot(drawn, None), ballot(drawn, None, turned)
    assert {t.get_text() for t in first.select(".text")} != {t.get_text() for t in second.select(".text")}


def test_takes_back_the_answer_that_came_last(drawn: Draw) -> None:
    page = ballot(drawn, None)
    first = taken(*pressed(page, 0))
    second = taken(*pressed(ballot(drawn, first), 1))
    page = ballot(drawn, second)
    back = page.find("button", attrs={"name": "again"})
    assert taken(*pressed(page, page("button").index(back))) == first


def test_offers_a_blank_answer_only_before_the_first_pair(drawn: Draw) -> None:
    assert "begun" not in ballot(drawn, None).fieldset["class"]
    assert "begun" not in ballot(drawn, {}).fieldset["class"]
    assert "begun" in ballot(drawn, {"won": [[5, 3]], "even": []}).fieldset["class"]


def test_a_recount_finds_the_same_pairs() -> None:
    names = {3: "A", 5: "B", 7: "C"}
    cast: list[Choice] = [{"won": [[5, 3], [5, 7]], "even": []}, {"won": [[3, 5]], "even": [[3, 7]]}, {}]
    recounted = read(written(KIND, cast, names))
    assert recounted.items == ("A", "B", "C")
    assert pairwise(profile(range(3), recounted.choices)).tolist() == [[0, 1, 0], [1, 0, 1], [0, 0, 0]]


def test_imagines_as_many_pairs_as_settled() -> None:
    for seed in range(20):
        answers = KIND.imagined(range(1, 9), {"most": 3}, Random(seed))
        assert 1 <= len(answers) <= 3


def draw_result(drawn: Draw, cast: list[Choice], place: str) -> str:
    content = {"kind": KIND, "options": OPTIONS, "joined": 9, "place": place}
    page = drawn(
        "kinds/pairwise/result.html", **content, standings=KIND.tally([3, 5, 7, 12], cast, {}, seed=7)
    )
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


def test_tells_share_and_number_and_what_is_too_few(drawn: Draw) -> None:
    cast: list[Choice] = [{"won": [[5, 3]], "even": []}] * 5 + [{"won": [[7, 3]], "even": []}]
    words = draw_result(drawn, cast, "wall")
    assert "Place 1 Option 5 100% of 5 comparisons" in words
    assert "Place 2 Option 3 0% of 6 comparisons" in words
    assert "Place 3 tied Option 7 of 1 comparison · too few to compare" in words
    assert "6 comparisons were made; 2 of 6 pairs were compared at least once." in words
    assert "redraws" in draw_result(drawn, cast, "desk")


def test_a_brief_table_names_only_the_two_of_each_pair() -> None:
    names = {3: "Three", 5: "Five", 7: "Seven"}
    choice = {"won": [[5, 3], [12, 3]], "even": [[5, 7]]}
    brief = [(number, name) for number, lines in KIND.said_slips("1", choice, names) for name, *_ in lines]
    assert set(brief) <= {(number, name) for number, name, _rank in KIND.rows("1", choice, names)}
    assert sorted(name for _number, name in brief) == ["Five", "Five", "Seven", "Three", "Three"]
    assert list(KIND.said_slips("1", {}, names)) == [("1", [("", "", ())])]
