"""Markdown: what people write is read as blocks; what we write reads back as it was."""

import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from facilitator.documents.document import (
    Block,
    Column,
    Document,
    Entry,
    Heading,
    Listing,
    Paragraph,
    Span,
    Table,
    plain,
)
from facilitator.documents.letters import letters
from facilitator.documents.markdown import markdown, read
from tests.documents.whole import HOSTILE, whole


def one(text: str, **given) -> Block:
    (block,) = read(text, **given)
    return block


def test_headings_stand_below_the_level_given():
    assert [block.level for block in read("# a\n\n### b", under=2)] == [3, 4]
    assert one("a\n=").level == 1


def test_words_keep_their_dress_and_only_safe_links():
    text = "a **b** *c* `<d>` [e](https://e.org) [f](javascript:f) [g](mailto:g@g.org) [h](/h)  \nend"
    assert one(text).words == [
        Span("a "),
        Span("b", strong=True),
        Span(" "),
        Span("c", soft=True),
        Span(" <d> "),
        Span("e", link="https://e.org"),
        Span(" [f](javascript:f) "),
        Span("g", link="mailto:g@g.org"),
        Span(" h\nend"),
    ]


def test_html_is_only_text():
    assert plain(one("<b onclick=x>a</b> <!-- c -->").words) == "<b onclick=x>a</b> <!-- c -->"
    assert plain(one("<script>\nx\n</script>").words) == "<script> x </script>"


def test_pictures_become_what_they_show():
    assert plain(one("see ![a *map*](http://x/y.png)").words) == "see a map"


def test_lists_nest_and_hold_paragraphs():
    block = one("* a\n\n  more\n  1. b\n* c")
    assert [plain(entry.words) for entry in block.entries] == ["a\nmore", "c"]
    assert plain(block.entries[0].below[0].words) == "b"
    assert one("1. a").numbered
    assert not block.numbered


def test_tables_and_quotes_and_code():
    table = one("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert [(plain(column.words), column.number) for column in table.columns] == [("a", False), ("b", True)]
    assert [[plain(cell) for cell in row] for row in table.rows] == [["1", "2"]]
    assert one("> a") == Paragraph([Span("a")], "quote")
    assert one("    code\n    more") == Paragraph([Span("code\nmore")])
    assert read("a\n\n---\n\nb") == [Paragraph([Span("a")]), Paragraph([Span("b")])]


def test_words_say_their_language():
    assert one("a", language="ar").words == [Span("a", lang="ar")]


@pytest.mark.parametrize("text", ["", "\x00", "[a]: http://b", "> " * 500, "* " * 200, "[" * 500, "|" * 500])
def test_strange_texts_do_no_harm(text):
    assert isinstance(read(text), list)


def test_what_we_write_reads_back():
    said = [
        Heading(1, [Span("Titre")]),
        Paragraph([Span("a "), Span("b", strong=True), Span(" "), Span("c", soft=True), Span(" d\n1. e")]),
        Paragraph([Span("lien", link="https://e.org/a(b)")]),
        Listing([Entry([Span("x")], [Entry([Span("y")], [])]), Entry([Span("z")], [])]),
        Listing([Entry([Span("v")], [])]),
        Listing([Entry([Span("w")], [])], numbered=True),
        Table("", [Column([Span("k")]), Column([Span("n")], number=True)], [[[Span("a|b")], [Span("1")]]]),
        Paragraph([Span("q")], "quote"),
    ]
    back = read(markdown(Document("D", "fr", "ltr", blocks=said)))
    table = back.pop(-3)
    assert plain(table.words) == "Table 1"
    assert back == [Heading(1, [Span("D")]), replace(said[0], level=2), *said[1:]]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_what_people_write_is_only_ever_text(language):
    text = markdown(whole(language, HOSTILE))
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    assert set(re.findall(r"</?([a-z0-9]+)", rendered)) <= {
        *("h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "br", "blockquote"),
        *("a", "table", "thead", "tbody", "tr", "th", "td"),
    }
    assert set(re.findall(r'href="([^"]*)"', rendered)) == {"https://example.org/a?b=1&amp;c=%C3%A9%20d"}
    assert "".join(HOSTILE.split())[:30].replace("<", "&lt;").replace(">", "&gt;") in "".join(
        rendered.split()
    )


@pytest.mark.parametrize(
    "text",
    [
        "# a",
        "- a",
        "+ a",
        "1. a",
        "1) a",
        "> a",
        "=",
        "---",
        "a_b_c",
        "&lt;",
        "    a",
        "* * *",
        "<a@b.c>",
        ":a",
    ],
)
def test_no_line_begins_anything(text):
    (_title, block) = read(markdown(Document("D", "fr", "ltr", blocks=[Paragraph(text)])))
    assert block == Paragraph([Span(letters(text).strip())])


def test_notes_are_numbered_and_told_at_the_end():
    text = markdown(Document("D", "fr", "ltr", blocks=[Paragraph(Span("a", note="x\ny"))]))
    assert text == "# D\n\na[^1]\n\n[^1]: x y\n"
