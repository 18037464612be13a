"""Open question: texts are made safe, wait for a person, and only what several wrote is listed."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from facilitator.kinds.base import BallotForm, Choice, Option, Spoken
from facilitator.kinds.text import tidied
from facilitator.kinds.words import LONGEST, MOST, WordsKind, WordsSettings
from tests.kinds.conftest import Draw

KIND = WordsKind()


def sent(text: str, language: str = "fr") -> BallotForm:
    return KIND.ballot_form([], {})(MultiDict({"text": text, "language": language}))


def taken(text: str, language: str = "fr") -> Choice:
    ballot = sent(text, language)
    assert ballot.validate(), ballot.errors
    return ballot.choice()


def test_keeps_one_line_with_its_language(words: Flask) -> None:
    assert taken(" Des données\r\n  fiables\t") == {"text": "Des données fiables", "language": "fr"}
    assert taken("x", "<script>")["language"] == taken("x", "FR")["language"] == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\u202eb\u2066c\u200f", "abc"),
        ("\ud800x\ue000", "x"),
        ("a\x00b\x1bc", "abc"),
        ("a\u2028b\u2029c\xa0d", "a b c d"),
        ("e\u0301", "é"),
        ("عمر\u200cخيص", "عمر\u200cخيص"),
        ("\u200d \u200c", ""),
        ("\u200b\ufeff", ""),
    ],
)
def test_keeps_only_visible_signs(typed: str, kept: str) -> None:
    assert tidied(typed) == kept


@given(st.text())
def test_a_text_is_one_line_and_stays_so(text: str) -> None:
    kept = tidied(text)
    assert tidied(kept) == kept
    assert not set(kept) & set("\n\r\t\0\u2028\x7f\u202e")


def test_takes_as_much_as_fits(words: Flask) -> None:
    assert taken("x" * LONGEST)["text"] == "x" * LONGEST
    assert taken(" x" * (LONGEST // 2) + "  ")
    ballot = sent("x" * (LONGEST + 1))
    assert not ballot.validate()
    assert str(ballot.errors["answer"][0]) == "Please shorten your text: 300 signs fit."


@pytest.mark.parametrize("text", ["", " ", "\u202e", "\x00"])
def test_refuses_nothing_visible(text: str, words: Flask) -> None:
    ballot = sent(text)
    assert not ballot.validate()
    assert "blank answer" in str(ballot.errors["answer"][0])


def test_says_its_text_to_the_person_who_reads_it() -> None:
    assert KIND.said({"text": "Oui", "language": "fr"}) == (Spoken(1, "Oui", "fr"),)
    assert KIND.said({}) == ()


def test_writes_the_text_in_a_column() -> None:
    assert list(KIND.rows("7", {"text": "Oui", "language": "fr"}, {})) == [("7", "", "", "Oui")]
    assert list(KIND.rows("8", {}, {})) == [("8", "", "", "")]
    assert KIND.ranks({"text": "Oui", "language": "fr"}) == {}


def test_settles_what_is_not_shown(words: Flask) -> None:
    decided = WordsSettings(MultiDict({"hidden": "one\r\n two  words \n\n\u202e\none"}))
    assert decided.validate()
    assert decided.data == {"hidden": ["one", "two words"]}
    assert ">\r\none\ntwo words<" in str(decided.hidden())


@pytest.mark.parametrize("hidden", ["x" * (LONGEST + 1), "\n".join(map(str, range(MOST + 1)))])
def test_refuses_to_strike_out_too_much(hidden: str, words: Flask) -> None:
    decided = WordsSettings(MultiDict({"hidden": hidden}))
    assert not decided.validate()
    assert "fit" in str(decided.errors["hidden"][0])


def result(drawn: Draw, texts: list[str], place: str = "wall", hidden: tuple[str, ...] = ()) -> BeautifulSoup:
    cast = [{"text": text, "language": "fr"} for text in texts]
    content = {"kind": KIND, "options": [], "joined": 40, "place": place}
    standings = KIND.tally([], cast, {"hidden": list(hidden)})
    return BeautifulSoup(drawn("kinds/words/result.html", **content, standings=standings), "html.parser")


def lines(page: BeautifulSoup) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in page.select(".result-row")]


def test_lists_words_and_answers_with_bars(drawn: Draw) -> None:
    page = result(drawn, ["Manque de <b>budget", "manque de budget", "budget", "seul"])
    assert lines(page)[:2] == ["budget 3 75%", "manque 2 50%"]
    assert "seul" not in page.get_text()
    assert len(page.select("svg")) == len(lines(page))
    assert all(bdi["lang"] == "fr" for bdi in page("bdi"))


def test_shows_nothing_that_was_struck_out(drawn: Draw) -> None:
    assert "nul" not in result(drawn, ["nul", "nul", "Nul !"], hidden=("nul",)).get_text()


@pytest.mark.parametrize("place", ["wall", "desk"])
def test_says_that_no_word_came_twice(place: str, drawn: Draw) -> None:
    page = result(drawn, ["un", "budget", "frontière"], place)
    assert "No word was written by two people." in page.get_text()
    assert lines(page) == []


def test_the_wall_holds_what_can_be_read_and_the_desk_all(drawn: Draw) -> None:
    many = [f"mot{letter}{letter}" for letter in "abcdefghijklmnopqrstuvwxy"]
    texts = [" ".join(many), " ".join(many)]
    wall, desk = result(drawn, texts), result(drawn, texts, "desk")
    assert (len(lines(wall)), len(lines(desk))) == (18, 25)
    assert "7 more lines are on the desk." in wall.get_text()
    assert "on the desk" not in desk.get_text()


def test_words_and_whole_answers_are_one_list(drawn: Draw) -> None:
    texts = [f"réponse numéro {letter}" for letter in "abcdefghijklm" for _ in range(2)]
    wall = result(drawn, texts)
    assert len(lines(wall)) == 2 + 13
    assert lines(wall)[:3] == ["numéro 26 100%", "réponse 26 100%", "réponse numéro a 2 8%"]
    assert len(wall.select("ol")) == 2


def test_the_ballot_keeps_what_was_refused(drawn: Draw) -> None:
    posted = MultiDict({"text": "x" * 400, "language": "ar"})
    content = {"kind": KIND, "options": [Option(1, "One", "en")], "settings": {}, "locale": "en"}
    page = BeautifulSoup(
        drawn("kinds/words/ballot.html", **content, posted=posted, marked=KIND.filled(None)), "html.parser"
    )
    assert page.textarea.get_text() == "x" * 400
    assert page.find("input", attrs={"name": "language"})["value"] == "ar"
    assert page.textarea["maxlength"] == str(LONGEST)
