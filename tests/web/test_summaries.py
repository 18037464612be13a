"""Results to read and to take away."""

import csv
import io
import zipfile
from collections.abc import Iterator

import jsonschema
import pytest
from bs4 import BeautifulSoup
from flask import Flask

from facilitator.commands.make import Steps, make
from facilitator.counting.recount import recount
from facilitator.web import making
from facilitator.web.making import Job, Making
from tests.answered import held


@pytest.fixture
def near(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Make documents in this process, which is quicker; note which."""
    formats = []

    def press(self: Making, job: Job) -> bool:
        formats.append(job.order.format)
        with self.app.app_context():
            step, order = Steps(told=False), job.order
            job.place.write_bytes(make(order.what, order.id, order.format, order.language, order.base, step))
        return True

    monkeypatch.setattr(Making, "press", press)
    return formats


@pytest.fixture
def number(app: Flask) -> int:
    return held(app, "choice", "ranking")


def test_a_page_shows_what_a_session_came_to(admin, number: int, near: list[str]) -> None:
    page = admin.get(f"/results/sessions/{number}?language=fr")
    assert page.status_code == 200
    assert "Difficiles à comprendre" in page.text
    assert 'lang="fr"' in page.text


def test_the_json_keeps_to_its_schema(client, admin, number: int, near: list[str]) -> None:
    schema = client.get("/results/schema/1.json").get_json(force=True)
    told = admin.get(f"/results/sessions/{number}.json?language=en").get_json()
    jsonschema.validate(told, schema)
    assert told["sessions"][0]["joined"] == 23


def test_anyone_can_recount_the_csv(admin, number: int) -> None:
    """Made in a process of its own, as on a server."""
    told = admin.get(f"/results/sessions/{number}.json?language=en").get_json()
    table = told["sessions"][0]["questions"][1]["rounds"][0]["tables"][0]
    text = admin.get(f"/results/sessions/{number}.csv?language=en").get_data(as_text=True)
    found = recount(text, question="2")
    assert text.startswith("\ufeff")
    places = {row["option"]["text"]: row["place"] for row in table["rows"]}
    groups = [{name for name in places if places[name] == place} for place in sorted({*places.values()})]
    assert groups == [set(group) for group in found["schulze"]]
    means = {row["option"]["text"]: row["mean_rank"]["value"] for row in table["rows"]}
    assert means == pytest.approx(found["mean_rank"])


def test_strangers_and_other_countries_find_nothing(client, sign_in, number: int) -> None:
    other = sign_in("kofi@example.org", GH="facilitator")
    places = ("", ".csv", "/make?format=csv", "/charts/1.svg")
    for place in (*(f"sessions/{number}{end}" for end in places), "workshops/1", "countries/SN"):
        assert client.get(f"/results/{place}").status_code == 302
        assert other.get(f"/results/{place}").status_code == 404


def test_small_types_are_folded_in_raw_files(admin, number: int, near: list[str]) -> None:
    text = admin.get(f"/results/sessions/{number}.csv?language=en").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {row["institution_type"] for row in rows} == {"ministry", "statistics", "other"}


def test_what_was_made_is_handed_out_again(admin, number: int, near: list[str]) -> None:
    for _again in range(2):
        admin.get(f"/results/sessions/{number}.csv?language=en")
    assert near == ["csv"]


def test_a_failure_is_told_in_words(admin, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Making, "press", lambda self, job: False)
    page = admin.get(f"/results/sessions/{number}.csv")
    assert page.status_code == 500
    assert "could not be made" in page.text


def test_what_failed_leaves_nothing_and_is_made_again(
    admin, number: int, near: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    places, well = [], Making.press

    def full(self: Making, job: Job) -> bool:
        places.append(job.place)
        job.place.write_bytes(b"half of it")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Making, "press", full)
    for _again in range(2):
        assert admin.get(f"/results/sessions/{number}.csv").status_code == 500
    assert [place.exists() for place in places] == [False]
    monkeypatch.setattr(Making, "press", well)
    monkeypatch.setattr(making, "FAILED", 0.0)
    assert admin.get(f"/results/sessions/{number}.csv").status_code == 200


def test_progress_leads_to_the_file(admin, number: int, near: list[str]) -> None:
    address = f"/results/sessions/{number}/make?format=csv&language=fr"
    admin.get(f"/results/sessions/{number}.csv?language=fr")
    assert f"/results/sessions/{number}.csv?language=fr" in admin.get(address).text
    assert admin.get(address.replace("csv", "exe")).status_code == 404


def test_a_document_in_another_language_leaves_the_desk_in_ones_own(
    admin, number: int, near: list[str]
) -> None:
    page = admin.get(f"/results/sessions/{number}?language=en")
    links = [link["href"] for link in BeautifulSoup(page.text, "html.parser").select(".downloads a")]
    place = next(link for link in links if "format=csv" in link and link.endswith("in=fr"))
    admin.get(f"/results/sessions/{number}.csv?language=fr")
    made = admin.get(place)
    assert f"/results/sessions/{number}.csv?language=fr" in made.text
    assert 'lang="en"' in made.text
    assert 'lang="en"' in admin.get("/desk/").text


def test_a_file_bears_the_right_name(admin, number: int, near: list[str]) -> None:
    name = admin.get(f"/results/sessions/{number}.csv?language=fr").headers["Content-Disposition"]
    assert 'filename="sn-atelier-national-defis-' in name
    assert name.endswith('-fr.csv"')


@pytest.mark.parametrize("role", ["reader", "expert", "authority"])
def test_every_role_of_the_country_may_see_and_download(
    sign_in, number: int, near: list[str], role: str
) -> None:
    browser = sign_in(f"{role}@example.org", SN=role)
    assert browser.get(f"/results/sessions/{number}").status_code == 200
    assert browser.get("/results/countries/SN").status_code == 200
    assert browser.get(f"/results/sessions/{number}.csv").mimetype == "text/csv"


def test_a_chart_is_handed_out_as_a_picture(admin, number: int, near: list[str]) -> None:
    address = f"/results/sessions/{number}/charts/1"
    assert admin.get(f"{address}.png").data.startswith(b"\x89PNG")
    assert admin.get(f"{address}.svg").mimetype == "image/svg+xml"
    assert admin.get(f"{address}.gif").status_code == 404
    assert admin.get(f"/results/sessions/{number}/charts/99.png").status_code == 404
    assert set(near) == {"charts"}


def test_a_country_hands_out_all_its_workshops(admin, number: int, near: list[str]) -> None:
    page = BeautifulSoup(admin.get("/results/countries/SN").text, "html.parser")
    offered = [link["href"] for link in page.select("a[href*=make]")]
    assert offered == [f"/results/countries/SN/make?format=zip&in={code}" for code in ("en", "fr", "ar")]
    with zipfile.ZipFile(io.BytesIO(admin.get("/results/countries/SN.zip").data)) as bundle:
        names = bundle.namelist()
    assert any(name.endswith("-national-workshop/results.docx") for name in names)
    assert admin.get("/results/countries/GH").status_code == 404


def test_too_many_orders_are_refused_in_words(admin, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "MOST", 0)
    page = admin.get(f"/results/sessions/{number}.csv")
    assert page.status_code == 503
    assert "try again in a minute" in page.text
