"""A document in which every block stands, in French and in Arabic, with words that mean harm."""

from collections.abc import Iterator

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
    Words,
    plain,
    spans,
)
from facilitator.documents.letters import letters

HOSTILE = (
    "<script>alert(1)</script> &amp; \"'> ]]> <!-- #set page(width: 1pt) $x$ *a* __b__ `c` [l](javascript:x)"
    " ![i](http://h) | {{7*7}} {body} {section} {notes} {alt} {down}"
    " \\ # =1+1 @x \u202eevil\x00\x07\ud800\ufffe <w:p/> ~t~ [^1]"
)
SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 400 100'><defs><clipPath id='c'><rect width='9'"
    " height='9'/></clipPath></defs><rect width='300' height='30' style='fill: #0f6a72; stroke:none'"
    " clip-path='url(#c)' onclick='x()'/><script>x()</script><use href='#c'/><use href='http://h/x'/></svg>"
)
OWN = {
    "fr": {
        "title": "Guide de l’utilisateur des données sur les migrations",
        "fact": "Empreinte",
        "section": "Section première : sources de données",
        "mapping": "Cartographie des sources",
        "text": "Les sources existantes sont présentées ici",
        "note": "Séance 2, tour 1, 18 novembre 2026, 42 votants",
        "name": "Institut national",
        "other": "المندوبية السامية (2025)!",
    },
    "ar": {
        "title": "دليل مستخدم بيانات الهجرة",
        "fact": "البصمة",
        "section": "القسم الأول – مصادر البيانات",
        "mapping": "رسم خريطة المصادر",
        "text": "نقدم هنا المصادر القائمة (2025–2026) للمنظمة IOM والمعهد",
        "note": "الجلسة 2، الجولة 1، 18 نوفمبر 2026، 42 شخصا",
        "name": "المعهد الوطني",
        "other": "Haut-Commissariat (2025)!",
    },
}
WORDS = {
    "fr": {
        "contents": "Table des matières",
        "notes": "Notes",
        "page": "Page",
        "table": "Tableau",
        "figure": "Figure",
    },
    "ar": {
        "contents": "المحتويات",
        "notes": "الملاحظات",
        "page": "صفحة",
        "table": "الجدول",
        "figure": "الشكل",
    },
}


def whole(language: str = "fr", hostile: str = "") -> Document:
    """Give a document with every block; each of its texts may carry something more."""
    own = {name: f"{text} {hostile}".strip() for name, text in OWN[language].items()}
    name, text, note = own["name"], own["text"], own["note"]
    deep = [Entry(name, [Entry(text, [Entry(name, [Entry(text)])])]), Entry([Span(text, strong=True)])]
    rows: list[list[Words]] = [
        [name],
        [Span(text, note=note), "1", Span(f"{name}\n{text}", soft=True)],
        [text],
        [Span(text, note=note), "2"],
    ]
    return Document(
        own["title"],
        language,
        "rtl" if language == "ar" else "ltr",
        subtitle=name,
        facts=[(own["fact"], "0123456789abcdef" * 4), (name, text)],
        mark="sha256 0123456789abcdef",
        footer=own["title"],
        authors=[name],
        words=WORDS[language],
        blocks=[
            Heading(2, [Span(own["section"], note=note)], "first"),
            Paragraph(text, "lead"),
            Paragraph(
                [
                    Span(text, note=note),
                    Span(" "),
                    Span(name, strong=True, soft=True, link="https://example.org/a?b=1&c=é d"),
                    Span(" – "),
                    Span(own["other"], lang="fr" if language == "ar" else "ar"),
                    Span(" – "),
                    Span(own["mapping"], link="#mapping"),
                    Span(" – "),
                    Span("piège", link="javascript:alert(1)"),
                ]
            ),
            Heading(4, own["mapping"], "mapping"),
            Table(own["mapping"], [Column(name, 3), Column(text, 1, number=True), Column(name, 2)], rows),
            Table("", [Column(name)], [[text]]),
            Listing(deep),
            Listing(deep, numbered=True),
            Listing([Entry(Span(text, note=note))], numbered=True),
            Paragraph(text, "quote"),
            Paragraph(text, "warning"),
            Paragraph(text, "small"),
            Figure(own["mapping"], text, svg=SVG, width=0.8),
            Break(),
            Heading(1, own["mapping"], "mapping"),
            Table(name, [Column(name)], []),
        ],
    )


def said(document: Document) -> Iterator[str]:
    """List every line of text in a document."""
    texts = [document.title, document.subtitle, document.footer, document.mark]
    texts += [text for fact in document.facts for text in fact]
    for block in document.blocks:
        for words in _words(block):
            texts += [plain(words), *(span.note for span in spans(words))]
    for text in texts:
        yield from filter(None, (" ".join(line.split()) for line in letters(text).split("\n")))


def _words(block: object) -> Iterator[Words]:
    match block:
        case Heading(words=words) | Paragraph(words=words):
            yield words
        case Listing(entries=entries):
            yield from _entries(entries)
        case Table(caption=caption, columns=columns, rows=rows):
            yield from (
                caption,
                *(column.words for column in columns),
                *(cell for row in rows for cell in row),
            )
        case Figure(caption=caption):
            yield caption


def _entries(entries) -> Iterator[Words]:
    for entry in entries:
        yield entry.words
        yield from _entries(entry.below)
