"""Guides as open data: a package of tables, a description for machines, a catalogue, a feed."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from facilitator.documents.edition import MEDIA, WHOLE, Edition
from facilitator.documents.letters import letters
from facilitator.documents.phrases import phrases, say
from facilitator.documents.tabular import Sheet, sheets

ATOM = "http://www.w3.org/2005/Atom"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
# addresses by which catalogues name a language and the form of a file
LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
LANGUAGES = {"en": "ENG", "fr": "FRA", "pt": "POR", "es": "SPA", "ar": "ARA"}
MEDIA_TYPE = "https://www.iana.org/assignments/media-types/"
ISO = "ISO 3166-1 alpha-2"
Data = dict[str, Any]


def package(edition: Edition, guide: bytes) -> bytes:
    """Pack an edition's tables with their description; the same edition gives the same file."""
    made = {f"data/{sheet.name}.csv": sheet.csv() for sheet in sheets(edition)} | {"guide.json": guide}
    described = datapackage(edition, made)
    files = {"datapackage.json": json.dumps(described, ensure_ascii=False, indent=2).encode(), **made}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def datapackage(edition: Edition, made: Mapping[str, bytes]) -> Data:
    """Describe an edition's tables in the words of Data Package."""
    main = edition.languages[0]
    described = {
        "profile": "data-package",
        "name": f"guide-{edition.country.lower()}-{edition.number}",
        "id": edition.address,
        "title": edition.name(main),
        "description": say(main, "guide_of", country=edition.land(main)),
        "homepage": edition.address,
        "version": str(edition.number),
        "created": edition.seal.published_at,
        "contributors": [{"title": edition.seal.endorsed_by, "role": "publisher"}],
        "country": edition.country,
        "languages": edition.languages,
        "hash": edition.seal.hash,
        "resources": [_resource(sheet, made[f"data/{sheet.name}.csv"]) for sheet in sheets(edition)],
    }
    if edition.licence:
        name = edition.content["licence"]
        described["licenses"] = [{"name": name, "path": edition.licence, "title": _licence(edition, main)}]
    return described


def _licence(edition: Edition, language: str) -> str:
    name = edition.content["licence"]
    return str(phrases(language)["licences"].get(name, name))


def _resource(sheet: Sheet, data: bytes) -> Data:
    schema: Data = {
        "fields": [
            {"name": name, "type": type_} | ({"description": ISO} if name == "country" else {})
            for name, type_ in sheet.columns.items()
        ]
    }
    if "uid" in sheet.columns:
        schema["primaryKey"] = "uid"
    if "under" in sheet.columns:
        reference = {"resource": "challenges", "fields": "uid"}
        schema["foreignKeys"] = [{"fields": "under", "reference": reference}]
    return {
        "profile": "tabular-data-resource",
        "name": sheet.name,
        "path": f"data/{sheet.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": schema,
    }


def files(edition: Edition) -> list[tuple[str, str, str]]:
    """List an edition's downloads: format, language if it has one, address."""
    return [
        (format, language, edition.file(format, language))
        for format in MEDIA
        for language in ([""] if format in WHOLE else edition.languages)
    ]


def described(edition: Edition, language: str) -> Data:
    """Describe an edition in the words of schema.org, for who reads its page by machine."""
    said: Data = {
        "@context": "https://schema.org",
        "@type": ["Report", "Dataset"],
        "@id": edition.address,
        "url": edition.address,
        "name": edition.name(language),
        "description": say(language, "guide_of", country=edition.land(language)),
        "inLanguage": edition.languages,
        "version": str(edition.number),
        "datePublished": edition.seal.published_at,
        "identifier": f"sha256:{edition.seal.hash}",
        "publisher": {"@type": "Person", "name": edition.seal.endorsed_by},
        "spatialCoverage": {
            "@type": "Country",
            "identifier": edition.country,
            "name": edition.land(language),
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": MEDIA[format],
                "contentUrl": address,
                **({"inLanguage": spoken} if spoken else {}),
            }
            for format, spoken, address in files(edition)
        ],
    }
    return said | ({"license": edition.licence} if edition.licence else {})


def catalogue(editions: Sequence[Edition], address: str, title: str) -> Data:
    """List editions in the words of DCAT."""
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": address,
        "@type": "dcat:Catalog",
        "dct:title": title,
        "dcat:dataset": [_dataset(edition) for edition in editions],
    }


def _dataset(edition: Edition) -> Data:
    licence = {"dct:license": {"@id": edition.licence}} if edition.licence else {}
    return licence | {
        "@id": edition.address,
        "@type": "dcat:Dataset",
        "dct:identifier": edition.address,
        "dct:title": [{"@value": edition.name(code), "@language": code} for code in edition.languages],
        "dct:description": [
            {"@value": say(code, "guide_of", country=edition.land(code)), "@language": code}
            for code in edition.languages
        ],
        "dct:issued": {"@value": edition.seal.published_at, "@type": "xsd:dateTime"},
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": edition.seal.endorsed_by},
        "dct:spatial": {"@type": "dct:Location", "skos:notation": edition.country},
        "dct:language": [_language(code) for code in edition.languages],
        "dcat:version": str(edition.number),
        "dcat:landingPage": {"@id": edition.address},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:accessURL": {"@id": edition.address},
                "dcat:downloadURL": {"@id": address},
                "dcat:mediaType": {"@id": MEDIA_TYPE + MEDIA[format]},
                **({"dct:language": _language(language)} if language else {}),
                **licence,
            }
            for format, language, address in files(edition)
        ],
    }


def _language(code: str) -> Data:
    return {"@id": LANGUAGE + LANGUAGES[code]}


def feed(editions: Sequence[Edition], address: str, title: str, language: str) -> bytes:
    """List editions as an Atom feed, the newest first."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed")

    def say_(parent: ElementTree.Element, name: str, text: str = "", **given: str) -> ElementTree.Element:
        made = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", given)
        made.text = letters(text) or None
        return made

    newest = sorted(editions, key=lambda edition: edition.seal.published_at, reverse=True)
    say_(root, "id", address)
    say_(root, "title", title)
    say_(root, "updated", newest[0].seal.published_at if newest else "1970-01-01T00:00:00Z")
    say_(root, "link", rel="self", href=address)
    for edition in newest:
        entry = say_(root, "entry")
        spoken = language if language in edition.languages else edition.languages[0]
        say_(entry, "id", edition.address)
        say_(
            entry,
            "title",
            f"{edition.land(spoken)}{say(spoken, 'colon')}{edition.name(spoken)} ({edition.number})",
        )
        say_(entry, "updated", edition.seal.published_at)
        say_(entry, "link", href=edition.address)
        say_(say_(entry, "author"), "name", edition.seal.endorsed_by or edition.land(spoken))
        say_(entry, "category", term=edition.country)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
