"""Pages of documents: valid, in their language, closed to what people write."""

import re

import pytest
from bs4 import BeautifulSoup

from facilitator.documents import page
from facilitator.documents.document import Document, Entry, Figure, Heading, Listing, Paragraph, Span
from facilitator.documents.plate import inlined
from tests.documents.whole import HOSTILE, OWN, SVG, said, whole
from tests.pages import check_page

STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)


def soup(document: Document) -> BeautifulSoup:
    return BeautifulSoup(page.fragment(document), "html.parser")


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("hostile", ["", HOSTILE])
def test_pages_are_valid_and_lose_nothing(language, hostile):
    document = whole(language, hostile)
    text = page.html(document)
    check_page(STYLE.sub("", text))
    check_page(str(page.fragment(document)))
    read = BeautifulSoup(text.replace("<br>", "\n"), "html.parser")
    for sign in read("sup"):
        sign.decompose()
    assert (read.html["lang"], read.html["dir"]) == (language, document.direction)
    held = "\n".join(" ".join(line.split()) for line in read.get_text().split("\n"))
    assert [line for line in said(document) if line not in held] == []
    assert [found.name for found in read(["script", "iframe", "object"])] == []
    assert {found["href"] for found in read("a") if not found["href"].startswith("#")} == {
        "https://example.org/a?b=1&c=%C3%A9%20d"
    }


def test_a_page_alone_asks_for_nothing_else():
    read = BeautifulSoup(page.html(whole("fr")), "html.parser")
    assert read(["link", "img", "script"]) == []
    assert "url(" not in read.style.get_text()
    assert [found.get_text() for found in read.nav("a")] == [
        OWN["fr"]["section"],
        *[OWN["fr"]["mapping"]] * 2,
    ]


def test_headings_stand_below_the_page_s_own():
    found = soup(whole("fr"))(re.compile("h[1-6]"))
    assert [(each.name, each.get("id")) for each in found] == [
        ("h2", "first"),
        ("h3", "mapping"),
        ("h2", "heading-3"),
        ("h2", "notes"),
    ]


def test_tables_name_their_rows_and_columns():
    table = soup(whole("fr")).find(id="table-1")
    assert table.caption.get_text() == "Tableau 1 – Cartographie des sources"
    assert [cell["scope"] for cell in table.thead("th")] == ["col"] * 3
    assert [cell["scope"] for cell in table.tbody("th") if "divider" not in cell.get("class", [])] == [
        "row"
    ] * 2
    assert [cell["colspan"] for cell in table("th", class_="divider")] == ["3", "3"]
    assert [len(row(["td", "th"])) for row in table.tbody("tr")] == [1, 3, 1, 3]


def test_notes_lead_there_and_back():
    read = soup(whole("fr"))
    for note in read.find(class_="notes")("li"):
        assert OWN["fr"]["note"] in note.get_text()
        sign = read.find(id=note.a["href"][1:])
        assert sign["href"] == f"#{note['id']}"


def test_words_in_another_language_say_so():
    (found,) = soup(whole("fr"))("bdi")
    assert (found["lang"], found["dir"], found.get_text()) == ("ar", "rtl", OWN["fr"]["other"])
    alike = Document("x", "fr", "ltr", blocks=[Paragraph(Span("a", lang="fr"))])
    assert page.fragment(alike) == "<p>a</p>\n"


def test_drawings_bring_no_script_style_or_name_twice():
    figures = [Figure("", "Deux <barres>", svg=SVG)] * 2
    drawings = soup(Document("x", "fr", "ltr", blocks=figures))("svg")
    assert [drawing["aria-label"] for drawing in drawings] == ["Deux <barres>"] * 2
    for number, drawing in enumerate(drawings, 1):
        assert drawing.find("clippath")["id"] == f"figure-{number}-c"
        bar = drawing.find_all("rect")[-1]
        assert (bar["fill"], bar["stroke"], bar["clip-path"]) == (
            "#0f6a72",
            "none",
            f"url(#figure-{number}-c)",
        )
        assert not {"style", "onclick"} & set(bar.attrs)
        assert [use.attrs for use in drawing("use")] == [{"href": f"#figure-{number}-c"}, {}]


def test_a_drawing_with_an_address_is_shown_from_there_but_not_in_a_page_alone():
    document = Document("x", "fr", "ltr", blocks=[Figure("", 'a "b"', svg=SVG, address="/x.svg?a&b")])
    shown = soup(document).img
    assert (shown["src"], shown["alt"]) == ("/x.svg?a&b", 'a "b"')
    assert "<img" not in page.html(document)
    assert "<svg" in page.html(document)


def test_what_is_no_drawing_is_left_out():
    assert inlined("", "a", "b") == inlined("<svg", "a", "b") == inlined("<p/>", "a", "b") == ""


def test_what_a_drawing_says_of_everything_is_kept():
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><style>*{stroke-linejoin: round}</style><g/></svg>'
    assert inlined(svg, "a", "") == '<svg role="img" aria-label="" stroke-linejoin="round"><g /></svg>'


def test_lists_nest():
    blocks = [Listing([Entry("a", [Entry("b")]), Entry("c")], numbered=True)]
    (outer, inner) = soup(Document("x", "fr", "ltr", blocks=blocks))("ol")
    assert [item.contents[0] for item in outer("li", recursive=False)] == ["a", "c"]
    assert inner.get_text(strip=True) == "b"


def test_contents_list_two_levels_and_nothing_of_nothing():
    blocks = [Heading(1, "a", "a"), Heading(2, "b", "b"), Heading(3, "c", "c")]
    told = page.contents(Document("x", "fr", "ltr", blocks=blocks))
    assert re.findall('class="level-(.)"><a href="#(.)"', told) == [("1", "a"), ("2", "b")]
    assert page.contents(Document("x", "fr", "ltr")) == ""
