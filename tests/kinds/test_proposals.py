"""Proposals: texts of one's own, each with its language, and support for those of others."""

from collections.abc import Callable
from random import Random

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.datastructures import MultiDict

from facilitator.kinds.base import BallotForm, Option, Spoken
from facilitator.kinds.proposals import CATEGORIES, COLLECTED, ProposalsKind, ProposalsSettings
from facilitator.models import beginnings

KIND = ProposalsKind()
OPTIONS = [Option(3, "Peu de données", "fr"), Option(5, "No budget", "en")]


def sent(*fields: tuple[str, str], **decided: object) -> BallotForm:
    return KIND.ballot_form(OPTIONS, decided)(MultiDict(fields))


def reason(form: BallotForm) -> str:
    assert not form.validate()
    return str(form.errors["answer"][0])


def test_collects_what_a_guide_has_items_for() -> None:
    assert set(CATEGORIES) == set(beginnings.CATEGORIES)


def test_takes_texts_with_their_numbers_and_languages(words: Flask) -> None:
    form = sent(
        ("text-1", "  Pas de\r\nbudget  "),
        ("language-1", "fr"),
        ("text-3", "لا ميزانية"),
        ("language-3", "ar"),
    )
    assert form.validate()
    assert form.choice() == {
        "options": [],
        "texts": [[1, "Pas de budget", "fr", "challenge"], [3, "لا ميزانية", "ar", "challenge"]],
    }
    assert KIND.said(form.choice())[0] == Spoken(1, "Pas de budget", "fr", "challenge")
    assert KIND.said({}) == []


def test_takes_support_alone_and_beside_texts(words: Flask) -> None:
    form = sent(("option", "5"), ("option", "3"), ("text-1", "un"), ("language-1", "fr"), most=1)
    assert form.validate()
    assert form.choice()["options"] == [3, 5]
    alone = sent(("option", "5"), ("text-1", " \u202e "))
    assert alone.validate()
    assert alone.choice() == {"options": [5], "texts": []}


def test_refuses_support_where_it_is_not_asked_for(words: Flask) -> None:
    assert "not offered" in reason(sent(("option", "3"), supports=False))


def test_keeps_the_words_and_drops_what_nobody_sees(words: Flask) -> None:
    form = sent(("text-1", "a\x00b\u202ec\ud800 é\u0301"), ("language-1", "fr"))
    assert form.validate()
    assert form.choice()["texts"][0][1] == "abc é\u0301"


def test_refuses_a_text_that_is_too_long(words: Flask) -> None:
    assert sent(("text-1", "x" * 300), ("language-1", "fr")).validate()
    assert "300 signs" in reason(sent(("text-1", "x" * 301), ("language-1", "fr")))


@pytest.mark.parametrize("language", ["", "<b>", "FR", "français", "f"])
def test_refuses_a_text_without_its_language(language: str, words: Flask) -> None:
    assert "not offered" in reason(sent(("text-1", "un"), ("language-1", language)))


def test_a_text_beyond_the_most_is_not_one(words: Flask) -> None:
    assert "blank answer" in reason(sent(("text-2", "deux"), ("language-2", "fr"), most=1))


def test_asks_which_of_two_it_is(words: Flask) -> None:
    asked = [("text-1", "un"), ("language-1", "fr")]
    for category in ("action", "strategy"):
        form = sent(*asked, ("category-1", category), collects="either")
        assert form.validate()
        assert form.choice()["texts"] == [[1, "un", "fr", category]]
    assert "not offered" in reason(sent(*asked, ("category-1", "<b>"), collects="either"))


def test_shows_own_texts_again() -> None:
    shown = KIND.filled({"options": [3], "texts": [[2, "un", "fr", "action"]]})
    assert shown["texts"] == {2: Spoken(2, "un", "fr", "action")}
    assert shown["fields"] == {"text-2": "un", "language-2": "fr", "category-2": "action"}
    assert (shown["options"], shown["blank"]) == ({3}, False)


def test_who_wrote_is_not_blank_and_nothing_on_the_wall_can_be_counted() -> None:
    cast = [{"options": [], "texts": [[1, "un", "fr", "need"]]}, {"options": [3], "texts": []}, {}]
    standings = KIND.tally([3, 5], cast, {})
    assert (standings.ballots, standings.blank) == (3, 1)
    assert [(row.option, row.figures["support"]) for row in standings.rows] == [(3, 1), (5, 0)]
    empty = KIND.tally([], cast, {}, seed=7)
    assert (empty.ballots, empty.blank, empty.rows) == (3, 1, ())


def test_imagines_a_text_where_there_is_nothing_to_support(words: Flask) -> None:
    for options, decided in (([], {}), ([3], {"supports": False})):
        fields = KIND.imagined(options, decided, Random(1))
        assert {name for name, _value in fields} == {"text-1", "language"}
        assert sent(*fields, **decided).validate()


def test_says_who_reads_first(words: Flask) -> None:
    assert KIND.rules({}) == (
        "Up to 3 proposals each.",
        "They appear on the screen once the facilitator has read them.",
    )
    assert KIND.rules({"most": 1, "at_once": True}) == (
        "One proposal each.",
        "They appear on the screen as they come.",
    )


def test_settles_what_is_collected(words: Flask) -> None:
    decided = ProposalsSettings(MultiDict({"collects": "either", "most": "2", "supports": "y"}))
    assert decided.validate()
    said = {"collects": "either", "family": "", "most": 2, "supports": True, "at_once": False}
    assert decided.data == said
    assert ProposalsSettings().data == {
        "collects": "challenge",
        "family": "",
        "most": 3,
        "supports": True,
        "at_once": False,
    }
    for wrong in ({"collects": "<b>", "most": "2"}, {"collects": "need", "most": "11"}):
        assert not ProposalsSettings(MultiDict(wrong)).validate()
    assert set(COLLECTED) - set(CATEGORIES) == {"either"}


def ballot(drawn: Callable[..., str], **content: object) -> BeautifulSoup:
    given = {"kind": KIND, "settings": {}, "options": OPTIONS, "locale": "en", "marked": KIND.filled(None)}
    return BeautifulSoup(drawn("kinds/proposals/ballot.html", **given | content), "html.parser")


def test_the_ballot_asks_and_offers(drawn: Callable[..., str]) -> None:
    page = ballot(drawn)
    assert [box["name"] for box in page.find_all("textarea")] == ["text-1", "text-2", "text-3"]
    assert [box["value"] for box in page.select("[name=language]")] == ["en"]
    assert [box["value"] for box in page.select("[type=checkbox]")] == ["3", "5"]
    assert not ballot(drawn, settings={"supports": False}).select("[type=checkbox]")


def test_the_ballot_says_what_became_of_own_texts(drawn: Callable[..., str]) -> None:
    texts = [[number, f"text {number}", "fr", "need"] for number in (1, 2, 3, 4)]
    marked = KIND.filled({"options": [], "texts": texts})
    fates = {1: ("released", 3), 2: ("merged", 3), 3: ("withdrawn", None)}
    page = ballot(drawn, settings={"most": 4}, marked=marked, decided=fates)
    said = [line.get_text(" ", strip=True) for line in page.select(".own p")]
    assert said == [
        "On the screen ✓ Peu de données",
        "Merged into: Peu de données",
        "Not on the screen",
        "Waiting for the facilitator",
    ]
    assert [box.has_attr("readonly") for box in page.find_all("textarea")] == [True, True, True, False]
    assert [box["value"] for box in page.select("[type=checkbox]")] == ["5"]


def test_the_ballot_keeps_what_was_refused(drawn: Callable[..., str]) -> None:
    posted = MultiDict([("text-1", "un"), ("language-1", "fr"), ("category-1", "strategy"), ("option", "5")])
    page = ballot(drawn, settings={"collects": "either"}, posted=posted)
    assert page.find("textarea").get_text() == "un"
    assert page.find("textarea")["lang"] == "fr"
    assert page.select_one("select [selected]")["value"] == "strategy"
    assert [box["value"] for box in page.select("[checked]")] == ["5"]
