"""Word files: what an expert opens, edits and hears read aloud; opened by another word processor too."""

import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as File
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from facilitator.documents import word
from facilitator.documents.document import Document, Entry, Figure, Listing, Paragraph, Span
from tests.conftest import lacking
from tests.documents.whole import HOSTILE, OWN, SVG, WORDS, said, whole

OFFICE = "apt-get install libreoffice-writer-nogui"
MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")


def opened(document: Document) -> File:
    return docx.Document(BytesIO(word.docx(document)))


def parts(document: Document) -> dict[str, bytes]:
    with ZipFile(BytesIO(word.docx(document))) as file:
        return {name: file.read(name) for name in file.namelist()}


def attributes(file: File, tag: str, name: str) -> list[str | None]:
    return [found.get(qn(name)) for found in file.element.body.iter(qn(tag))]


@pytest.fixture(scope="module")
def french() -> File:
    return opened(whole("fr"))


@pytest.fixture(scope="module")
def arabic() -> File:
    return opened(whole("ar"))


def test_headings_are_headings_and_skip_no_level(french):
    styles = [p.style.name for p in french.paragraphs if p.style.name.startswith("Heading")]
    assert styles == ["Heading 1", "Heading 2", "Heading 1"]


def test_every_style_used_is_there(french):
    used = {
        name for tag in ("pStyle", "rStyle", "tblStyle") for name in attributes(french, f"w:{tag}", "w:val")
    }
    assert used - {style.style_id for style in french.styles} == set()
    assert {"Lead", "Quote", "Warning", "Small", "Caption", "Hyperlink", "Strong", "ListBullet3"} <= used


def test_words_are_dressed_by_styles_alone(french):
    own = {child.tag for found in french.element.body.iter(qn("w:rPr")) for child in found}
    # a link that is bold and slanted too is the only thing that no one style can say
    assert own <= {qn(f"w:{name}") for name in ("rStyle", "rtl", "lang", "b", "bCs", "i")}


def test_the_contents_are_filled_in_and_kept_up_to_date(french):
    entries = [p.text for p in french.element.body.iter(qn("w:p")) if (p.style or "").startswith("TOC")]
    headings = ["Section première : sources de données", *["Cartographie des sources"] * 2]
    assert entries == ["Table des matières", *headings]
    codes = [found.text for found in french.element.body.iter(qn("w:instrText"))]
    assert codes[0].split()[:2] == ["TOC", "\\o"]
    assert french.settings.element.find(qn("w:updateFields")).get(qn("w:val")) == "true"
    marks = set(attributes(french, "w:bookmarkStart", "w:name"))
    assert set(filter(None, attributes(french, "w:hyperlink", "w:anchor"))) <= marks


def test_captions_count_themselves(french):
    captions = [p.text for p in french.paragraphs if "Caption" in p.style.name]
    assert captions == [
        "Tableau 1 – Cartographie des sources",
        "Tableau 2",
        "Figure 1 – Cartographie des sources",
        "Tableau 3 – Institut national",
    ]
    codes = [found.text.split()[:2] for found in french.element.body.iter(qn("w:instrText"))]
    assert codes.count(["SEQ", "Table"]) == 3
    assert codes.count(["SEQ", "Figure"]) == 1


def test_tables_repeat_their_head_and_fill_the_page(french):
    for table in french.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table.style.name == "Guide Table"
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert word.WIDTH - len(widths) <= sum(widths) <= word.WIDTH
    assert [len(row.cells) for row in french.tables[0].rows] == [3] * 5
    divider = french.tables[0].rows[1].cells
    assert divider[0]._tc is divider[2]._tc
    assert (
        french.tables[0].rows[2].cells[2].text
        == "Institut national\nLes sources existantes sont présentées ici"
    )


def test_each_numbered_list_begins_again(french):
    used = list(dict.fromkeys(attributes(french, "w:numId", "w:val")))
    numbering = french.part.numbering_part.element
    own = {found.get(qn("w:numId")): found for found in numbering.iter(qn("w:num"))}
    assert len(used) == 2
    assert all(own[number].findall(qn("w:lvlOverride")) for number in used)


def test_notes_are_footnotes():
    made = parts(whole("fr"))
    notes = parse_xml(made["word/footnotes.xml"])
    kinds = [(note.get(qn("w:id")), note.get(qn("w:type"))) for note in notes]
    assert kinds[:2] == [("-1", "separator"), ("0", "continuationSeparator")]
    body = parse_xml(made["word/document.xml"])
    wanted = [found.get(qn("w:id")) for found in body.iter(qn("w:footnoteReference"))]
    assert wanted == [number for number, _ in kinds[2:]] == ["1", "2", "3", "4", "5"]
    assert all(b"Titre" not in part and b"python-docx" not in part for part in made.values())


def test_links_lead_out_only_where_they_may(french):
    targets = [rel.target_ref for rel in french.part.rels.values() if rel.is_external]
    assert targets == ["https://example.org/a?b=1&c=%C3%A9%20d"]


def test_pictures_say_what_they_show():
    made = whole("fr", HOSTILE)
    pictures = [found.get("descr") for found in opened(made).element.body.iter(qn("wp:docPr"))]
    assert pictures == ["".join(sign for sign in next(iter(_alts(made))) if sign.isprintable())]


def _alts(document: Document):
    from facilitator.documents.letters import letters

    yield from (letters(block.alt) for block in document.blocks if isinstance(block, Figure))


def test_the_file_says_what_it_is(french, arabic):
    assert french.core_properties.title.startswith("Guide de l’utilisateur")
    assert french.core_properties.language == "fr"
    assert french.core_properties.author == "Institut national"
    assert french.core_properties.comments == ""
    for file, name, code in ((french, "w:val", "fr-FR"), (arabic, "w:bidi", "ar-EG")):
        lang = next(file.styles.element.iter(qn("w:lang")))
        assert lang.get(qn(name)) == code


def test_arabic_goes_from_the_right_in_everything(arabic):
    body, notes = arabic.element.body, parse_xml(parts(whole("ar"))["word/footnotes.xml"])
    for paragraph in (*body.iter(qn("w:p")), *notes.iter(qn("w:p")), *_footer(arabic)):
        assert paragraph.pPr.find(qn("w:bidi")) is not None
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in arabic.tables)
    section = arabic.sections[0]._sectPr
    assert section.find(qn("w:bidi")) is not None
    assert section.find(qn("w:rtlGutter")) is not None
    style = arabic.styles["Normal"].element
    assert style.pPr.find(qn("w:bidi")) is not None


def _footer(file: File):
    return [paragraph._p for paragraph in file.sections[0].footer.paragraphs]


def test_latin_words_in_arabic_go_from_the_left(arabic):
    runs = {run.text: run for run in arabic.element.body.iter(qn("w:r")) if run.text}
    turned = {text for text, run in runs.items() if run.rPr is None or run.rPr.find(qn("w:rtl")) is None}
    assert {"IOM", "\u200eHaut-Commissariat (2025)!\u200e"} <= turned
    assert not [text for text in turned if re.search("[\u0600-\u06ff]", text)]
    assert runs["\u200eHaut-Commissariat (2025)!\u200e"].rPr.find(qn("w:lang")).get(qn("w:val")) == "fr-FR"


def test_arabic_words_in_french_go_from_the_right(french):
    turned = [run.text for run in french.element.body.iter(qn("w:r")) if run.findall(f".//{qn('w:rtl')}")]
    assert turned == [f"\u200f{OWN['fr']['other']}\u200f"]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_what_people_write_is_only_ever_text(language):
    document = whole(language, HOSTILE)
    made = parts(document)
    for name, part in made.items():
        if name.endswith((".xml", ".rels")):
            parse_xml(part)
    held = "".join(_texts(made, "word/document.xml", "word/footnotes.xml", "word/footer.xml"))
    assert [line for line in said(document) if line not in held] == []
    assert not re.search("[\x00\x07\u202e\ufffe]", held)


def _texts(made: dict[str, bytes], *names: str):
    for name in names:
        for paragraph in parse_xml(made[name]).iter(qn("w:p")):
            signs = (
                found.text or "" if found.tag == qn("w:t") else "\n"
                for found in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
            )
            lines = MARKS.sub("", "".join(signs)).split("\n")
            yield "\n".join(" ".join(line.split()) for line in lines) + "\n"


def test_a_short_document_has_no_title_page(french):
    short = replace(whole("fr"), contents=False)
    file = opened(short)
    assert not file.sections[0].different_first_page_header_footer
    assert french.sections[0].different_first_page_header_footer
    assert not [p for p in file.element.body.iter(qn("w:p")) if (p.style or "").startswith("TOC")]


def test_an_empty_document_is_a_document():
    assert opened(Document("", "en", "ltr")).paragraphs
    undrawn = Document("x", "en", "ltr", blocks=[Figure("c", "a"), Listing([Entry("")]), Paragraph(Span(""))])
    assert opened(undrawn).paragraphs[-3].text == "Figure 1 – c"


def test_a_tall_drawing_stays_on_its_page():
    tall = Document(
        "x", "en", "ltr", blocks=[Figure("c", "a", svg=SVG.replace("0 0 400 100", "0 0 100 400"))]
    )
    (extent,) = opened(tall).element.body.iter(qn("wp:extent"))
    assert int(extent.get("cy")) <= word.TALLEST * word.EMU


@pytest.fixture(scope="module")
def read_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give the text that another word processor prints of our files."""
    for program, how in (("soffice", OFFICE), ("pdftotext", "apt-get install poppler-utils")):
        if shutil.which(program) is None:
            lacking(program, how)
    folder = tmp_path_factory.mktemp("office")
    for language in WORDS:
        (folder / f"{language}.docx").write_bytes(word.docx(whole(language)))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / f"{language}.docx") for language in WORDS]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=400)
    return {language: _printed(folder / f"{language}.pdf") for language in WORDS}


def _printed(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, timeout=120)
    return done.stdout.decode()


@pytest.mark.office
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_another_word_processor_loses_nothing(read_elsewhere, language):
    # lines break, and print writes lam-alif as one sign: words are compared by their letters
    printed = {_bare(each) for each in re.findall(r"\w+", read_elsewhere[language])}
    wanted = {_bare(each) for line in said(whole(language)) for each in re.findall(r"\w+", line)}
    wanted |= {_bare(each) for each in re.findall(r"\w+", " ".join(WORDS[language].values()))}
    wanted.discard(_bare(WORDS[language]["notes"]))
    assert {each for each in wanted if len(each) < 40} - printed == set()


def _bare(text: str) -> str:
    return "".join(sorted(text))
