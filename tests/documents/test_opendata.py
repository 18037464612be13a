"""Guides as open data hold what is public, whole, in forms that others check."""

import csv
import io
import json
import zipfile
from xml.etree import ElementTree

import pytest
from frictionless import Package

from facilitator.documents import opendata, tabular
from facilitator.documents.edition import Edition, Seal
from facilitator.models import content as contents
from facilitator.models.wording import LANGUAGES
from tests.documents.sample import content
from tests.documents.test_guide import ADDRESS, HOSTILE, SEAL


def edition(*sizes, **given):
    """Publish a made-up guide."""
    return Edition(ADDRESS, contents.public(content(*sizes, **given)), SEAL)


@pytest.mark.usefixtures("csv_limit")
@pytest.mark.parametrize("spice", ["", HOSTILE])
def test_the_data_package_is_valid(tmp_path, spice):
    packed = opendata.package(edition(spice=spice), b"{}")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(tmp_path)
        names = set(archive.namelist())
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "note"])
    assert {"data/challenges.csv", "data/actions.csv", "data/recommendations.csv", "data/votes.csv"} < names
    described = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert described["licenses"][0]["path"] == "https://creativecommons.org/licenses/by/4.0/"
    assert described["country"] == "SN"


def test_the_same_edition_gives_the_same_package():
    assert opendata.package(edition(), b"{}") == opendata.package(edition(), b"{}")


def test_the_long_table_holds_matrix_and_recommendations_in_all_languages():
    sheet = tabular.long(edition(3, 6, 5)).csv(marked=True).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert [row["part"] for row in rows] == ["challenges"] * 3 + ["actions"] * 6 + ["recommendations"] * 5
    assert {row["kind"] for row in rows[3:9]} == {"action", "strategy"}
    assert {row["under"] for row in rows[3:9]} == {row["uid"] for row in rows[:3]}
    last = rows[-1]
    assert last["text_ar"].endswith("بالعربية")
    assert {(row["country"], row["edition"]) for row in rows} == {("SN", "1")}
    assert (last["voters"], last["adoption"], last["deadline"]) == ("34", "adopted", "2027-06-30")


def test_no_text_becomes_a_formula():
    said = content()
    for code in said["languages"]:
        said["parts"]["challenges"][0]["words"]["text"][code] = "=HYPERLINK(1)"
    sheet = tabular.long(Edition(ADDRESS, contents.public(said), SEAL)).csv().decode()
    assert "'=HYPERLINK(1)" in sheet
    assert ",=HYPERLINK" not in sheet


def test_nothing_private_is_in_any_data():
    shown = edition()
    for made in (
        opendata.package(shown, contents.canonical(shown.content).encode()),
        json.dumps([opendata.described(shown, "fr"), opendata.catalogue([shown], "", "")]).encode(),
    ):
        assert b"hidden@example.org" not in made
    with zipfile.ZipFile(io.BytesIO(opendata.package(shown, b"{}"))) as archive:
        assert not any(b"hidden@example.org" in archive.read(name) for name in archive.namelist())


def test_the_catalogue_names_every_download():
    told = opendata.catalogue([edition()], "http://guides.test/catalog.jsonld", "Catalogue")
    (dataset,) = told["dcat:dataset"]
    addresses = [each["dcat:downloadURL"]["@id"] for each in dataset["dcat:distribution"]]
    assert f"{ADDRESS}.zip" in addresses
    assert f"{ADDRESS}.docx?language=ar" in addresses
    assert dataset["dct:spatial"]["skos:notation"] == "SN"
    assert [title["@language"] for title in dataset["dct:title"]] == ["fr", "en", "ar"]
    said = {each["@language"]: each["@value"] for each in dataset["dct:description"]}
    assert said["fr"].endswith("Sénégal")


def test_the_catalogue_names_things_by_address_as_dcat_asks():
    (dataset,) = opendata.catalogue([edition()], "http://guides.test/catalog.jsonld", "Catalogue")[
        "dcat:dataset"
    ]
    assert [each["@id"].rsplit("/", 1)[1] for each in dataset["dct:language"]] == ["FRA", "ENG", "ARA"]
    for each in dataset["dcat:distribution"]:
        assert each["dcat:mediaType"]["@id"].startswith("https://www.iana.org/assignments/media-types/")
        assert each["dct:license"] == dataset["dct:license"]
        assert each.get("dct:language", dataset["dct:language"][0])["@id"].startswith("http://publications")


def test_every_language_of_a_guide_has_its_name_in_catalogues():
    assert set(opendata.LANGUAGES) == set(LANGUAGES)


def test_every_table_says_whose_its_rows_are():
    for sheet in tabular.sheets(edition()):
        assert {(row["country"], row["edition"]) for row in sheet.rows} == {("SN", 1)}, sheet.name


def test_the_feed_is_an_atom_feed_newest_first():
    later = Seal("cd" * 32, "Fatou Sow", "2027-01-01T00:00:00+00:00", "", "2027-01-02T00:00:00+00:00")
    old, new = (
        edition(spice="<b>\x00"),
        Edition(f"{ADDRESS[:-1]}2", contents.public(content(edition=2)), later),
    )
    root = ElementTree.fromstring(opendata.feed([old, new], "http://guides.test/feed.xml", "Guides", "fr"))  # noqa: S314
    atom = f"{{{opendata.ATOM}}}"
    assert [entry.find(f"{atom}id").text for entry in root.findall(f"{atom}entry")] == [
        new.address,
        old.address,
    ]
    assert root.find(f"{atom}updated").text == later.published_at
    assert all(
        entry.find(f"{atom}author/{atom}name").text == "Fatou Sow" for entry in root.iter(f"{atom}entry")
    )
