"""Linking: what answers what."""

import json

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from facilitator.kinds.base import BallotForm, Choice, Option
from facilitator.kinds.linking import LinkingKind, LinkingSettings
from tests.kinds.conftest import Draw

KIND = LinkingKind()
OPTIONS = [Option(id, f"Action {id}", "en") for id in (3, 5, 12)]
A, B, C = [101, {"en": "Access", "fr": "Accès"}], [102, {"fr": "Budget"}], [103, {"ar": "حدود"}]
SETTINGS = {"targets": [A, B, C]}


def sent(*posted: tuple[str, str]) -> BallotForm:
    return KIND.ballot_form(OPTIONS, SETTINGS)(MultiDict(posted))


def test_reads_several_links_of_one_option(words: Flask) -> None:
    ballot = sent(
        ("link-12", "102"), ("link-12", "101"), ("link-3", "103"), ("link-12", "102"), ("link-5", "")
    )
    assert ballot.validate()
    assert ballot.choice() == {"links": [[3, 103], [12, 101], [12, 102]]}


@pytest.mark.parametrize("posted", [("link-3", "104"), ("link-4", "101"), ("link-3", "٣"), ("link-", "101")])
def test_refuses_what_is_no_option_or_no_target(posted: tuple[str, str], words: Flask) -> None:
    ballot = sent(("link-3", "101"), posted)
    assert not ballot.validate()
    assert "not offered" in str(ballot.errors["answer"][0])


def test_writes_links_beside_the_options() -> None:
    rows = list(KIND.rows("7", {"links": [[3, 103], [12, 101], [12, 102]]}, {3: "A", 5: "B", 12: "C"}))
    assert rows == [("7", "A", "1", "103"), ("7", "B", "", ""), ("7", "C", "1", "101 102")]


def test_imagines_nothing_where_nothing_can_be_linked_to() -> None:
    assert KIND.imagined([1, 2], {}, None) == []


def posted(*targets: object) -> MultiDict[str, str]:
    return MultiDict([("targets", json.dumps(target)) for target in targets])


def test_settles_targets_as_they_are_ticked(words: Flask) -> None:
    decided = LinkingSettings(posted(A, C, A))
    assert decided.validate(), decided.errors
    assert decided.data == {"targets": [A, C]}


def test_settles_no_more_than_forty(words: Flask) -> None:
    decided = LinkingSettings(posted(*([number, {"en": "x"}] for number in range(1, 42))))
    assert not decided.validate()
    assert list(map(str, decided.errors["targets"])) == ["Choose 40 at most."]


@pytest.mark.parametrize("targets", [(), (A,)])
def test_too_few_can_be_kept_but_not_opened(targets: tuple[object, ...], words: Flask) -> None:
    decided = LinkingSettings(posted(*targets))
    assert decided.validate()
    (gap,) = map(str, KIND.gaps(decided.data))
    assert gap == "Choose two things or more that the options can be linked to."
    assert KIND.gaps(SETTINGS) == KIND.gaps({"targets": [A, B]}) == ()


@pytest.mark.parametrize(
    "strange",
    [
        "x",
        "[]",
        "[1]",
        "7",
        "null",
        '["1", {"en": "x"}]',
        '[true, {"en": "x"}]',
        '[0, {"en": "x"}]',
        '[99999999999, {"en": "x"}]',
        '[1.5, {"en": "x"}]',
        "[1, {}]",
        '[1, ["en"]]',
        '[1, {"en": 5}]',
        '[1, {"english": "x"}]',
        '[1, {"en": "a\\u202eb"}]',
        '[1, {"en": "\\ud800"}]',
        "[" * 100_000,
    ],
)
def test_settles_nothing_strange(strange: str, words: Flask) -> None:
    decided = LinkingSettings(MultiDict([("targets", json.dumps(A)), ("targets", strange)]))
    assert not decided.validate()
    assert "cannot be linked" in str(decided.errors["targets"][0])


def test_offers_what_may_be_ticked_and_keeps_what_is(drawn: Draw) -> None:
    form = LinkingSettings(data={"targets": [A]})
    form.targets.offer([A, B])
    page = BeautifulSoup(drawn("kinds/linking/settings.html", form=form), "html.parser")
    ticks = [(json.loads(box["value"]), box.has_attr("checked")) for box in page("input")]
    assert ticks == [(A, True), (B, False)]
    assert [label.get_text(strip=True) for label in page("label")] == ["Access", "Budget"]
    with force_locale("fr"):
        assert [tick.label for tick in form.targets.iter_choices()] == ["Accès", "Budget"]


def ballot(
    drawn: Draw, choice: Choice | None, posted: MultiDict[str, str] | None = None, language: str = "en"
):
    content = {"options": OPTIONS, "settings": SETTINGS, "marked": KIND.filled(choice), "locale": language}
    page = drawn("kinds/linking/ballot.html", language, **content, posted=posted)
    return BeautifulSoup(page, "html.parser")


def test_opens_the_options_that_have_links(drawn: Draw) -> None:
    many = [Option(id, f"Action {id}", "en") for id in range(1, 9)]
    content = {"options": many, "settings": SETTINGS, "locale": "en"}
    page = drawn("kinds/linking/ballot.html", **content, marked=KIND.filled({"links": [[4, 102]]}))
    unfolded = [
        details for details in BeautifulSoup(page, "html.parser")("details") if details.has_attr("open")
    ]
    assert [details.summary.get_text(strip=True) for details in unfolded] == ["Action 4"]


def test_shows_what_was_ticked_and_what_was_just_sent(drawn: Draw) -> None:
    page = ballot(drawn, {"links": [[3, 101], [3, 103]]})
    assert [(box["name"], box["value"]) for box in page("input", checked=True)] == [
        ("link-3", "101"),
        ("link-3", "103"),
    ]
    page = ballot(drawn, {"links": [[3, 101]]}, MultiDict([("link-5", "102")]))
    assert [(box["name"], box["value"]) for box in page("input", checked=True)] == [("link-5", "102")]


def test_reads_targets_in_the_readers_language(drawn: Draw) -> None:
    texts = ballot(drawn, None, language="fr").select(".ticks .text")[:3]
    assert [(text.get_text(), text.get("lang")) for text in texts] == [
        ("Accès", None),
        ("Budget", None),
        ("حدود", "ar"),
    ]


def draw_result(drawn: Draw, cast: list[Choice], place: str) -> BeautifulSoup:
    content = {"kind": KIND, "options": OPTIONS, "joined": 9, "place": place, "locale": "en"}
    standings = KIND.tally([3, 5, 12], cast, SETTINGS)
    return BeautifulSoup(drawn("kinds/linking/result.html", **content, standings=standings), "html.parser")


CAST: list[Choice] = [{"links": [[3, 101], [5, 101], [5, 102]]}] * 3 + [{"links": [[12, 103]]}] + [{}]


def test_names_the_strongest_link_of_each_option(drawn: Draw) -> None:
    page = draw_result(drawn, CAST, "wall")
    rows = [" ".join(row.get_text(" ").split()) for row in page.select(".result-row")]
    assert rows == [
        "Action 3 3 60% Access",
        "Action 5 3 60% Access · Budget tied",
        "Action 12 1 20% no clear link",
    ]
    assert not page("table")
    assert "seed" not in page.get_text()


def test_shows_the_desk_all_links(drawn: Draw) -> None:
    table = draw_result(drawn, CAST, "desk").table
    rows = [[" ".join(cell.get_text(" ").split()) for cell in row(["th", "td"])] for row in table("tr")]
    assert rows[0] == ["Option", "Access", "Budget", "حدود", "Linked by"]
    assert rows[2] == ["Action 5", "3 60%", "3 60%", "0 0%", "3"]
    assert [cell.get_text() for cell in table("strong")] == ["3", "3", "3"]
    assert table.find("bdi", lang="ar")
