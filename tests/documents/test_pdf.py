"""Print: tagged, in its language, in our own letters, with every word of the document."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from facilitator.documents import pdf
from facilitator.documents.document import (
    Break,
    Column,
    Document,
    Entry,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Span,
    Table,
)
from tests.documents.whole import HOSTILE, OWN, said, whole


def opened(document: Document) -> PdfReader:
    return PdfReader(BytesIO(pdf.pdf(document)))


def elements(reader: PdfReader) -> list[DictionaryObject]:
    """List the elements of the structure that a screen reader walks."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        each = waiting.pop()
        each = each.get_object() if isinstance(each, IndirectObject) else each
        if isinstance(each, list):
            waiting.extend(reversed(each))
        elif isinstance(each, DictionaryObject):
            found.append(each)
            waiting.append(each.get("/K"))
    return found


def tags(reader: PdfReader) -> list[str]:
    return [str(each["/S"]) for each in elements(reader) if "/S" in each]


@pytest.fixture(scope="module")
def french() -> PdfReader:
    return opened(whole("fr"))


@pytest.fixture(scope="module")
def arabic() -> PdfReader:
    return opened(whole("ar"))


def test_a_screen_reader_finds_its_way(french):
    root = french.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    found = tags(french)
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure", "/Caption", "/Note"} <= set(
        found
    )
    assert found.count("/Table") == 3
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_drawings_say_what_they_show(french):
    (figure,) = [each for each in elements(french) if each.get("/S") == "/Figure"]
    assert figure["/Alt"] == OWN["fr"]["text"]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_it_says_its_title_and_language(language, request):
    reader = request.getfixturevalue("french" if language == "fr" else "arabic")
    assert reader.trailer["/Root"]["/Lang"] == language
    assert reader.metadata.title == OWN[language]["title"]
    assert reader.metadata.author == OWN[language]["name"]
    assert [entry["/Title"] for entry in flat(reader.outline)] == [
        OWN[language][name] for name in ("section", "mapping", "mapping")
    ]


def flat(outline) -> list:
    return [each for entry in outline for each in (flat(entry) if isinstance(entry, list) else [entry])]


def test_only_our_own_letters_are_used_and_they_are_inside(arabic):
    fonts = [
        font.get_object() for page in arabic.pages for font in page["/Resources"].get("/Font", {}).values()
    ]
    names = {str(font["/BaseFont"]).partition("+")[2].partition("-")[0] for font in fonts}
    assert names == {"NotoSans", "Vazirmatn"}
    for font in fonts:
        (inner,) = font["/DescendantFonts"]
        assert {"/FontFile2", "/FontFile3"} & set(inner.get_object()["/FontDescriptor"])
        assert "/ToUnicode" in font


def test_every_letter_of_arabic_is_itself(arabic):
    # a letter drawn as a stroke and its dots would be read as two letters
    drawn = {
        sign
        for page in arabic.pages
        for font in page["/Resources"].get("/Font", {}).values()
        if "Vazirmatn" in str(font.get_object()["/BaseFont"])
        for sign in re.findall(rb"<[0-9A-F]{4}> <([0-9A-F]+)>", font.get_object()["/ToUnicode"].get_data())
    }
    assert b"0628" in drawn
    text = arabic.pages[0].extract_text()
    for letters in ("مستخدم", "بيانات"):
        assert letters in text or letters[::-1] in text


def test_no_word_is_lost(french):
    text = " ".join(page.extract_text() for page in french.pages)
    wanted = {word for line in said(whole("fr")) for word in re.findall(r"[^\W_]+", line)}
    latin = {word for word in wanted if len(word) < 40 and not re.search("[\u0600-\u06ff]", word)}
    assert {word for word in latin if word not in text} == set()


@pytest.mark.parametrize("language", ["french", "arabic"])
def test_a_long_code_is_broken_but_whole(language, request):
    text = request.getfixturevalue(language).pages[0].extract_text()
    assert "0123456789abcdef" * 4 in re.sub(r"[\s\u2066-\u2069]", "", text)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_what_people_write_is_only_ever_text(language):
    reader = opened(whole(language, HOSTILE))
    assert reader.pages[0].mediabox.width > 590
    text = re.sub(r"\s", "", " ".join(page.extract_text() for page in reader.pages))
    for sign in ("<script>alert(1)</script>", "#setpage(width:1pt)", "{{7*7}}", "=1+1"):
        assert sign in text or language == "ar"
    links = [
        note.get_object()["/A"]["/URI"]
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    ]
    assert set(links) == {"https://example.org/a?b=1&c=%C3%A9%20d"}


def test_notes_of_a_table_stand_below_it():
    note = "Tour 2"
    cells = [[Span("a", note=note), "1"], [Span("b", note=note), "2"], [Span("c", note="Tour 3"), "3"]]
    blocks = [Table("t", [Column("x"), Column("y")], cells), Listing([Entry(Span("d", note=note))])]
    told = pdf.told(Document("t", "fr", "ltr", blocks=blocks))["blocks"]
    assert [each["notes"] for each in told] == [[["a", "Tour 2"], ["b", "Tour 3"]], [["a", "Tour 2"]]]
    assert [row[0][0]["mark"] for row in told[0]["rows"]] == ["a", "a", "b"]


def test_notes_never_run_out_of_signs():
    notes = [[Span("x", note=str(number))] for number in range(60)]
    for direction, first in (("ltr", "a"), ("rtl", "\u0623")):
        document = Document("t", "fr", direction, blocks=[Table("t", [Column("x")], notes)])
        signs = [sign for sign, _ in pdf.told(document)["blocks"][0]["notes"]]
        assert signs[0] == first
        assert len(set(signs)) == 60


def test_headings_with_notes_are_listed_without_them():
    blocks = [Heading(1, Span("Titre", note="Une remarque")), Paragraph("x")]
    reader = opened(Document("t", "fr", "ltr", blocks=blocks))
    assert "remarque" not in reader.pages[1].extract_text()
    assert "remarque" in reader.pages[2].extract_text()


@pytest.mark.parametrize(
    "document",
    [
        Document("", "en", "ltr"),
        Document("x", "en", "ltr", contents=False),
        Document(
            "x",
            "pt",
            "ltr",
            blocks=[Heading(1, "y"), Heading(2, Span("")), Heading(3, " \n"), Paragraph("z")],
        ),
        Document("x", "fr_FR", "ltr", blocks=[Figure("", ""), Listing([]), Table("", [], []), Paragraph("")]),
        replace(whole("ar"), contents=False),
    ],
)
def test_a_poor_document_is_printed_too(document):
    assert opened(document).pages


def test_signs_that_our_letters_lack_are_told_another_way_or_marked():
    signs = "A → B ① é 😀 中 \u20e3 👨\u200d👩\ufe0f العربية ≥ 1"
    blocks = [Heading(1, signs), Paragraph(Span(signs, note=signs, strong=True)), Figure(signs, signs)]
    blocks += [Table(signs, [Column(signs)], [[signs]]), Listing([Entry(signs)])]
    document = Document(signs, "fr", "ltr", signs, [(signs, signs)], mark=signs, footer=signs, blocks=blocks)
    text = re.sub(r"\s", "", opened(document).pages[2].extract_text())
    assert "A->B1é\ufffd\ufffd\ufffd" in text
    assert text.count("\ufffd") == 5 * text.count("->")
    assert "😀" not in text


def test_a_row_stays_on_its_page_unless_it_is_longer():
    rows = [["\n".join(["xx", *"123456789", "zz"]), ""] for _ in range(20)]
    long = [[" ".join(f"w{number}" for number in range(3000)), "end"]]
    columns = [Column("a"), Column("b")]
    blocks = [Table("t", columns, rows), Table("u", columns, long)]
    pages = [page.extract_text() for page in opened(Document("t", "fr", "ltr", blocks=blocks)).pages]
    assert sum(page.count("xx") for page in pages) == 20
    assert [page.count("xx") for page in pages] == [page.count("zz") for page in pages]
    assert "w2999" in "".join(pages)


def test_a_code_begins_at_the_left_in_arabic_too(arabic):
    found: list[tuple[float, float, str]] = []

    def visit(text, page, place, *_):
        if re.fullmatch("[0-9a-f]+", text.strip()):
            found.append((-page[5] - place[5], page[4] + place[4], text))

    arabic.pages[0].extract_text(visitor_text=visit)
    assert min(found)[2].startswith("0")


def test_a_caption_is_on_the_page_of_its_first_row():
    blocks = []
    for lines in range(24, 60):
        rows = [["row begins " + "and goes on " * (20 * (lines % 3))], ["then another"]]
        blocks += [Break(), *([Paragraph("A line.")] * lines), Table("told", [Column("Head")], rows)]
    pages = [
        page.extract_text()
        for page in opened(Document("Captions", "en", "ltr", blocks=blocks, contents=False)).pages
    ]
    for page in pages:
        assert page.count("told") == page.count("row begins"), page
    assert sum(page.count("told") for page in pages) == 36
