"""A guide is told whole, in each language; the public is told nothing that is not for it."""

import io
import tomllib
import zipfile

import pytest

from facilitator.documents import guide, markdown, opendata, page, pdf, telling, word
from facilitator.documents.document import Document, Heading, Listing, Paragraph, Table, plain, spans
from facilitator.documents.edition import Edition, Seal
from facilitator.documents.ordinals import nth_challenge
from facilitator.documents.phrases import FOLDER, count, phrases
from facilitator.models import content as contents
from facilitator.models import glossary
from facilitator.models.beginnings import FAMILIES
from facilitator.models.wording import LANGUAGES
from tests.documents.sample import content

ADDRESS = "http://guides.test/guides/sn/1"
SEAL = Seal(
    "ab" * 32, "Fatou Sow", "2026-11-20T10:00:00+00:00", "We endorse it.", "2026-11-21T10:00:00+00:00"
)


def told(said=None, language="fr", **given):
    """Tell a guide."""
    return guide.told(said or content(), language, address=ADDRESS, **{"seal": SEAL} | given)


def headings(document: Document) -> list[Heading]:
    """List the headings in their order."""
    return [block for block in document.blocks if isinstance(block, Heading)]


def entries(listed):
    """Give every entry of a list."""
    for entry in listed:
        yield entry.words
        yield from entries(entry.below)


def words(document: Document) -> str:
    """Give all that a document says, its notes included."""
    said = [document.title, document.subtitle, *(f"{name} {fact}" for name, fact in document.facts)]
    for block in document.blocks:
        match block:
            case Heading(words=told) | Paragraph(words=told):
                parts = [told]
            case Listing(entries=listed):
                parts = list(entries(listed))
            case Table():
                parts = [block.caption, *(cell for row in block.rows for cell in row)]
            case _:
                parts = []
        for part in parts:
            said += [plain(part), *(span.note for span in spans(part))]
    return "\n".join(said)


def texts(said, language):
    """List every text that a content has in a language."""
    if isinstance(said, dict):
        if language in said and isinstance(said[language], str):
            yield said[language]
        else:
            for value in said.values():
                yield from texts(value, language)
    elif isinstance(said, list):
        for value in said:
            yield from texts(value, language)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_nothing_of_a_guide_is_lost(language):
    said = content()
    whole = words(told(said, language))
    kept = {name: part for name, part in said.items() if name != "families"}
    without_workshops = [text for text in texts(kept, language) if not text.startswith("workshop")]
    assert [text for text in without_workshops if text not in whole] == []
    assert len(without_workshops) > 60


def test_it_has_the_sections_of_the_domain_in_their_order():
    titles = [plain(each.words) for each in headings(told(language="en")) if each.level == 1]
    sections = [
        f"{numeral}. {glossary.term(f'section-{n}', 'en')}"
        for n, numeral in enumerate(("I", "II", "III", "IV"), 1)
    ]
    assert [title for title in titles if title in sections] == sections


def test_the_matrix_keeps_actions_and_strategies_apart():
    table = next(
        b
        for b in told(language="en").blocks
        if isinstance(b, Table) and b.caption == glossary.term("matrix", "en")
    )
    firsts = [plain(row[0]) for row in table.rows if len(row) > 1]
    assert firsts[0] == "Corrective action 1.1"
    assert any(first.startswith("Strategy that worked 3") for first in firsts)
    assert plain(table.rows[0][0]).startswith("1st challenge: ")


def test_a_line_says_where_it_comes_from_and_leads_there():
    table = next(
        b
        for b in told(language="en").blocks
        if isinstance(b, Table) and plain(b.columns[0].words) == "Recommendation"
    )
    text, way = [span for span in table.rows[0][0] if span.note or span.link]
    assert "“question 3 in English”, round 1, November 20, 2026, 34 voters" in text.note
    assert "taken into the guide by Awa Ndiaye" in text.note
    anchors = {heading.anchor for heading in headings(told(language="en"))}
    assert way.link.startswith("#")
    assert way.link[1:] in anchors


def test_the_working_copy_leads_to_the_desk_and_holds_what_is_left_out():
    said = content()
    line = said["parts"]["challenges"][1]
    line["left_out"] = "said twice"
    text = line["words"]["text"]["en"]
    inside, outside = (told(said, "en", public=public, seal=None) for public in (False, True))
    links = {
        s.link for b in inside.blocks if isinstance(b, Table) for r in b.rows for c in r for s in spans(c)
    }
    assert "http://guides.test/desk/rounds/1" in links
    assert "said twice" in words(inside)
    assert "hidden@example.org" in words(inside)
    for secret in ("said twice", text, "hidden@example.org"):
        assert secret not in words(outside)


def test_an_empty_part_stands_only_in_the_working_copy():
    said = content()
    said["parts"]["practices"] = []
    title = glossary.term("practices", "fr")
    assert title not in words(told(said))
    assert title in words(told(said, public=False))


def test_a_section_without_anything_is_called_empty_once():
    said = content()
    said["parts"]["recommendations"] = said["parts"]["keeper"] = []
    inside = [plain(block.words) for block in told(said, public=False).blocks if isinstance(block, Paragraph)]
    assert inside.count(phrases("fr")["empty"]) == 1


@pytest.mark.parametrize(("language", "turned"), [("ar", ["fr", "fr", ""]), ("fr", ["", "", "ar"])])
def test_a_statement_in_several_languages_stands_line_by_line(language: str, turned: list[str]):
    """The full stop of a line stands behind it."""
    said = content() | {"languages": ["fr", "en", "ar"]}
    statement = "\n".join(("Nous l’approuvons.", "We endorse it.", "نوافق."))
    seal = Seal("ab" * 32, "Fatou Sow", "2026-11-20T10:00:00+00:00", statement)
    document = told(said, language, seal=seal)
    (block,) = [each for each in document.blocks if isinstance(each, Paragraph) and each.style == "quote"]
    assert plain(block.words) == statement
    assert [span.lang for span in block.words if span.text != "\n"] == turned


def test_the_place_the_room_gave_stays_visible():
    said = content()
    said["parts"]["challenges"].reverse()
    assert "ordre de la salle : 3" in words(told(said))
    assert "ordre de la salle" not in words(told())


def test_families_stand_in_the_order_of_the_domain_and_those_of_the_country_after():
    said = content()
    said["families"] = {"zz": {"en": "Our own"}} | {
        key: said["families"][key] for key in sorted(said["families"])
    }
    said["parts"]["recommendations"][0]["facts"]["family"] = "zz"
    anchors = [each.anchor for each in headings(told(said)) if each.anchor.startswith("family-")]
    assert anchors == [f"family-{key}" for key in (*FAMILIES, "zz") if f"family-{key}" in anchors]
    assert anchors[-1] == "family-zz"


def test_a_text_in_another_language_is_marked():
    said = content()
    said["parts"]["practices"][0]["words"]["text"] = {"en": "Only in English"}
    listed = [
        e.words[0]
        for b in told(said, "ar").blocks
        if isinstance(b, Listing)
        for e in b.entries
        if not isinstance(e.words, str)
    ]
    assert [span.lang for span in listed if span.text == "Only in English"] == ["en"]


def test_its_hash_is_that_of_the_public_file():
    public = contents.public(content())
    whole = words(told())
    assert contents.sealed(public) in whole
    assert SEAL.hash in whole
    assert f"{ADDRESS}.json" in whole


HOSTILE = '<script>alert(1)</script>\x00\x0b#eval("1") $x$ *b* =1+1 \u202e\u2066 ]]> &amp; {{7*7}} {0} %(x)s'


def test_a_contact_that_agreed_stands_in_the_public_edition():
    said = content()
    said["parts"]["sources"][0]["facts"] |= {"contact": "open@example.org", "open": True}
    said["parts"]["sources"][1]["facts"] |= {"contact": "own@example.org"}
    shown = words(told(contents.public(said)))
    assert "open@example.org" in shown
    assert "own@example.org" not in shown
    table = opendata.package(Edition(ADDRESS, contents.public(said), SEAL), b"{}")
    assert b"open@example.org" in zipfile.ZipFile(io.BytesIO(table)).read("data/sources.csv")
    assert contents.sealed(contents.public(said)) in shown


def test_votes_of_the_same_words_are_not_one():
    said = contents.public(content())
    one, other = (line["provenance"][0] for line in said["parts"]["challenges"][:2])
    other |= one
    alike = len(telling.Telling(said, "fr", ADDRESS).votes)
    other |= {"ballots": one["ballots"] + 1}
    assert len(telling.Telling(said, "fr", ADDRESS).votes) == alike + 1


def test_its_edition_is_named_with_the_signs_of_its_language():
    assert told(language="fr").subtitle == "Sénégal, édition 1"
    assert told(language="ar").subtitle == "السنغال، الطبعة 1"


def test_hostile_words_are_only_words_in_every_format():
    document = told(content(2, 3, 2, HOSTILE))
    html = page.html(document)
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>" not in page.fragment(document)
    assert "\\<script\\>" in markdown.markdown(document)
    assert word.docx(document)[:2] == b"PK"
    assert pdf.pdf(document)[:5] == b"%PDF-"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_phrase_with_its_blanks(language):
    ours, source = phrases(language), phrases("en")
    assert set(ours) == set(source)
    for key, said in source.items():
        if isinstance(said, str):
            assert blanks(ours[key]) == blanks(said), key
        elif isinstance(said, dict) and key != "voters":
            assert set(ours[key]) == set(said)
    assert tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def blanks(said):
    """List what a phrase leaves to be filled in."""
    return sorted(part.partition("}")[0] for part in said.split("{")[1:])


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, ["1st challenge", "1er défi", "1.º desafio", "1.er desafío", "التحدي الأول"]),
        (2, ["2nd challenge", "2e défi", "2.º desafio", "2.º desafío", "التحدي الثاني"]),
        (12, ["12th challenge", "12e défi", "12.º desafio", "12.º desafío", "التحدي الثاني عشر"]),
        (21, ["21st challenge", "21e défi", "21.º desafio", "21.er desafío", "التحدي الحادي والعشرون"]),
        (30, ["30th challenge", "30e défi", "30.º desafio", "30.º desafío", "التحدي الثلاثون"]),
        (111, ["111th challenge", "111e défi", "111.º desafio", "111.º desafío", "التحدي رقم 111"]),
    ],
)
def test_challenges_are_counted_as_each_language_does(number, expected):
    assert [nth_challenge(number, language) for language in ("en", "fr", "pt", "es", "ar")] == expected


def test_voters_are_counted_in_the_plurals_of_arabic():
    said = [count("ar", "voters", number) for number in (1, 2, 5, 34)]
    assert said == ["مصوّت واحد", "مصوّتان", "5 مصوّتين", "34 مصوّتاً"]
