"""Letters and addresses: nothing that breaks a file, turns the words around it or leads astray."""

import pytest

from facilitator.documents.document import Break, Document, Figure, Heading, Paragraph, Table
from facilitator.documents.letters import address, letters, pieces
from facilitator.documents.outline import placed
from facilitator.documents.runs import bookmark, region


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\x00b\x1fc\ud800d\ufffee\x85f", "abcde\nf"),
        ("a\r\nb\rc\vd\u2028e", "a\nb\nc\nd\ne"),
        ("\u202eevil", "evil"),
        ("\u2068a", "\u2068a\u2069"),
        ("a\u2069b", "ab"),
        ("\u2068a\u2069\n\u2067b", "\u2068a\u2069\n\u2067b\u2069"),
        ("é ض 😀\t", "é ض 😀\t"),
    ],
)
def test_only_what_can_be_written_is_kept(given, kept):
    assert letters(given) == kept


@pytest.mark.parametrize(
    ("given", "followed"),
    [
        ("https://e.org/a?b=1&c=é d#e", "https://e.org/a?b=1&c=%C3%A9%20d#e"),
        ("HTTP://e.org", "HTTP://e.org"),
        ("mailto:a@e.org", "mailto:a@e.org"),
        (" #a-b ", "#a-b"),
        ("java\x00script:alert(1)", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//e.org", ""),
        ("/desk", ""),
        ("http://", ""),
        ("http://[x", ""),
        ("http://e.org:99999999", ""),
        ("mailto:nobody", ""),
        ("#", ""),
        ('#"><b>', ""),
        ("", ""),
    ],
)
def test_only_harmless_addresses_are_followed(given, followed):
    assert address(given) == followed


def test_text_is_cut_where_its_direction_turns():
    cut = list(pieces("تقرير IOM, OIM 2025 (UN) جديد", "rtl"))
    assert [piece for piece, towards in cut if towards == "ltr"] == ["IOM, OIM 2025", "UN"]
    assert "".join(piece for piece, _ in cut) == "تقرير IOM, OIM 2025 (UN) جديد"
    assert list(pieces("Le mot لجنة وطنية.", "ltr")) == [
        ("Le mot ", "ltr"),
        ("لجنة وطنية", "rtl"),
        (".", "ltr"),
    ]
    assert list(pieces("البصمة 61-06e1", "rtl"))[1:] == [("61-06e1", "ltr")]
    assert list(pieces("2025", "rtl")) == [("2025", "rtl")]


def test_no_level_is_skipped_and_no_anchor_stands_twice():
    levels = [(3, "a"), (3, "a"), (1, "b c"), (4, "é"), (2, ""), (9, "d"), (1, "table-1")]
    blocks = [Heading(level, "x", anchor) for level, anchor in levels]
    found = [(each.level, each.anchor) for each in placed(Document("x", "fr", "ltr", blocks=blocks))]
    assert found == [
        (1, "a"),
        (2, "heading-2"),
        (1, "b-c"),
        (2, "heading-4"),
        (2, "heading-5"),
        (3, "d"),
        (1, "heading-7"),
    ]


def test_tables_and_figures_are_counted_apart():
    blocks = [Table("", [], []), Paragraph(""), Figure("", ""), Break(), Table("", [], [])]
    found = [each.anchor for each in placed(Document("x", "fr", "ltr", blocks=blocks))]
    assert found == ["table-1", "", "figure-1", "", "table-2"]


def test_bookmarks_are_short_and_differ():
    assert bookmark("a-b.c") == "a_a_b_c"
    long = {bookmark("x" * 60 + end) for end in "ab"}
    assert len(long) == 2
    assert max(map(len, long)) <= 40


def test_spelling_is_that_of_a_country():
    assert [region(code) for code in ("fr", "ar", "pt_BR", "xx")] == ["fr-FR", "ar-EG", "pt_BR", "xx"]
