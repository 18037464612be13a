"""A question while it is written: buttons, lines pasted at once, what is refused and what is only said."""

import pytest
from werkzeug.datastructures import MultiDict

from facilitator.web.desk.draft import MOST_OPTIONS, Draft, Row


def draft(*rows, prompt=None, **given):
    made = [Row(texts=dict(zip(("fr", "en"), row, strict=False))) for row in rows]
    return Draft(("fr", "en"), {"fr": "Q ?", "en": "Q?"} if prompt is None else prompt, made, **given)


@pytest.fixture(autouse=True)
def english(app):
    with app.test_request_context("/?language=en"):
        yield


def texts(written):
    return [(row.texts.get("fr", ""), row.texts.get("en", "")) for row in written.rows]


def test_what_was_posted_is_read_row_by_row():
    form = MultiDict(
        {
            "prompt-fr": " Quel  défi\t? ",
            "option-item": ["7", ""],
            "option-fr": ["A", "B"],
            "option-en": ["a", "b"],
        }
    )
    read = Draft.posted(form, ("fr", "en"))
    assert read.prompt == {"fr": "Quel défi ?", "en": ""}
    assert [(row.item, row.texts) for row in read.rows] == [
        ("7", {"fr": "A", "en": "a"}),
        ("", {"fr": "B", "en": "b"}),
    ]


def test_what_nobody_can_see_is_not_written():
    form = MultiDict({"prompt-fr": "\u202e", "prompt-en": "\u200b\u2069", "option-fr": ["\ufeff", "\u202eB"]})
    read = Draft.posted(form, ("fr", "en"))
    assert set(read.errors()) == {"prompt-fr", "options"}
    assert [row.texts for row in read.filled] == [{"fr": "B"}]


def test_columns_of_different_lengths_lose_nothing():
    form = MultiDict([("option-fr", "A"), ("option-fr", "B"), ("option-en", "a")])
    assert texts(Draft.posted(form, ("fr", "en"))) == [("A", "a"), ("B", "")]


@pytest.mark.parametrize(
    ("button", "left"),
    [
        ("add", [("A", "a"), ("B", "b"), ("C", "c"), ("", "")]),
        ("up:1", [("B", "b"), ("A", "a"), ("C", "c")]),
        ("up:0", [("A", "a"), ("B", "b"), ("C", "c")]),
        ("down:1", [("A", "a"), ("C", "c"), ("B", "b")]),
        ("down:2", [("A", "a"), ("B", "b"), ("C", "c")]),
        ("remove:0", [("B", "b"), ("C", "c")]),
    ],
)
def test_buttons_move_add_and_remove_rows(button, left):
    written = draft(("A", "a"), ("B", "b"), ("C", "c"))
    assert written.press(button)
    assert texts(written) == left


@pytest.mark.parametrize("button", ["save", "", "up:9", "remove:x", "up", "remove:-1", "kind:x", "copy"])
def test_what_is_no_button_of_the_rows_moves_nothing(button):
    written = draft(("A", "a"), ("B", "b"))
    assert not written.press(button)
    assert texts(written) == [("A", "a"), ("B", "b")]


def test_pasted_lines_become_options_beside_each_other():
    written = draft(("A", "a"), ("", ""), pasted={"fr": "Un\n\n Deux \r\nTrois", "en": "One\nTwo\n"})
    assert written.press("paste")
    assert texts(written) == [("A", "a"), ("Un", "One"), ("Deux", "Two"), ("Trois", "")]
    assert written.pasted == {}


def test_thousands_of_pasted_lines_are_refused_in_words():
    written = draft(pasted={"fr": "\n".join(map(str, range(5000))), "en": ""})
    written.press("paste")
    assert len(written.rows) == MOST_OPTIONS + 1
    assert "At most 60 options" in written.errors()["options"]


@pytest.mark.parametrize(
    ("written", "where", "says"),
    [
        (draft(("A", "a"), ("B", "b"), prompt={"fr": "", "en": ""}), "prompt-fr", "Write the question"),
        (
            draft(("A", "a"), ("B", "b"), prompt={"fr": "x" * 10_000}),
            "prompt-fr",
            "10000 characters, at most 500",
        ),
        (draft(), "options", "at least two options"),
        (draft(("A", "a"), ("", "")), "options", "at least two options"),
        (draft(("A", "a"), ("B", "a")), "option-1-en", "The same as option 1."),
        (draft(("Été", "a"), ("x", "b"), ("E\u0301TE\u0301", "c")), "option-2-fr", "The same as option 1."),
        (draft(("A", "a"), ("B", "b" * 10_000)), "option-1-en", "10000 characters, at most 300"),
    ],
)
def test_what_cannot_be_saved_is_said_at_its_field(written, where, says):
    assert says in written.errors()[where]
    assert len(written.errors()) == 1


def test_a_missing_translation_can_be_saved_and_is_named():
    written = draft(("A", "a"), ("B", ""), ("", ""), ("D", ""), prompt={"fr": "Q ?", "en": ""})
    assert written.errors() == {}
    assert written.gaps() == [
        "English is missing for the question.",
        "English is missing for options 2, 4.",
    ]
