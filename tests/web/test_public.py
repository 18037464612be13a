"""Published guides are for everyone, and nothing else of a guide is."""

import datetime as dt
import hashlib
import io
import json
import time
import zipfile

import pytest
from flask.testing import FlaskClient

from facilitator import db
from facilitator.commands.make import Steps, make
from facilitator.models import content as contents
from facilitator.models import glossary
from facilitator.models.version import Version
from facilitator.web import shelf
from facilitator.web.making import Job, Making
from tests import factories
from tests.documents.sample import content
from tests.web.desk.asking import soup

pytestmark = pytest.mark.usefixtures("near")
MOMENT = dt.datetime(2026, 11, 21, 10, tzinfo=dt.UTC)
FORMATS = ("docx", "pdf", "html", "md", "json", "csv", "zip")


def publish(guide, edition=1, said=None, **given):
    """Put a made-up edition on the shelf."""
    told = said or content(edition=edition)
    return factories.kept(
        Version(
            guide=guide,
            number=len(guide.versions) + 1,
            edition=edition,
            content=contents.canonical(told),
            hash=contents.sealed(told),
            submitted_by="Awa Ndiaye",
            **{
                "outcome": "endorsed",
                "decided_by": "Fatou Sow",
                "decided_at": MOMENT,
                "statement": "We endorse it.",
                "published_by": "Awa Ndiaye",
                "published_at": MOMENT,
            }
            | given,
        )
    )


@pytest.fixture
def near(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make documents in this process, which is quicker."""

    def press(self: Making, job: Job) -> bool:
        order = job.order
        with self.app.app_context():
            db.only_read()
            made = make(order.what, order.id, order.format, order.language, order.base, Steps(told=False))
        return bool(job.place.write_bytes(made))

    monkeypatch.setattr(Making, "press", press)


@pytest.fixture
def guide(context):
    """Make a guide with one published edition."""
    made = factories.guide()
    publish(made)
    db.session.commit()
    return made


def text(response):
    """Read an answer."""
    return response.get_data(as_text=True)


@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("en", "ltr"), ("ar", "rtl")])
def test_everyone_reads_it_in_each_of_its_languages(client: FlaskClient, guide, language, direction):
    page = client.get(f"/guides/sn?language={language}")
    assert page.status_code == 200
    read = soup(page)
    assert (read.html["lang"], read.html["dir"]) == (language, direction)
    assert content()["parts"]["practices"][0]["words"]["text"][language] in text(page)
    assert {link["hreflang"] for link in read.select("head link[hreflang]")} == {"fr", "en", "ar"}
    assert soup(client.get(f"/guides/sn/1?language={language}")).article == read.article


def test_who_comes_to_the_door_finds_the_published_guides(client: FlaskClient) -> None:
    for door in ("/", "/sign-in"):
        assert soup(client.get(door)).select("a[href='/guides']"), door


def test_the_page_describes_itself_to_machines(client: FlaskClient, guide):
    block = soup(client.get("/guides/sn")).find("script", type="application/ld+json")
    told = json.loads(block.string)
    assert told["@type"] == ["Report", "Dataset"]
    assert told["spatialCoverage"]["identifier"] == "SN"
    assert all(client.get(each["contentUrl"]).status_code == 200 for each in told["distribution"][-3:])


def test_the_cycle_is_drawn_in_the_language_of_the_page(client: FlaskClient, guide):
    page = soup(client.get("/guides/sn?language=ar"))
    (picture,) = page.select("article figure img")
    drawn = client.get(picture["src"])
    assert drawn.mimetype == "image/svg+xml"
    assert "script-src" not in drawn.headers["Content-Security-Policy"]
    assert glossary.term("cycle-needs", "ar") in text(drawn)
    assert picture["alt"]


def test_nothing_private_leaves_the_house(client: FlaskClient, guide):
    pages = ["/guides", "/guides/sn", "/guides/sn/1", "/catalog.jsonld", "/feed.xml"]
    for address in [*pages, *(f"/guides/sn.{format}" for format in ("html", "md", "json", "csv"))]:
        answer = client.get(address)
        assert answer.status_code == 200
        assert b"hidden@example.org" not in answer.data


def test_what_is_not_published_is_not_there(client: FlaskClient, context):
    guide = factories.guide()
    publish(guide, outcome="", published_at=None)
    publish(guide, 2, published_at=None)
    db.session.commit()
    for address in (
        "/guides/sn",
        "/guides/sn/1",
        "/guides/sn/2",
        *(f"/guides/sn.{each}" for each in FORMATS),
    ):
        assert client.get(address).status_code == 404
    assert "SN" not in text(client.get("/catalog.jsonld"))
    assert "/guides/sn" not in text(client.get("/guides")) + text(client.get("/feed.xml"))


@pytest.mark.parametrize(
    "address",
    [
        "/guides/xx",
        "/guides/sn/2",
        "/guides/sn.exe",
        "/guides/sn/1.fragment",
        "/guides/sn-demo",
        "/guides/%00",
        "/guides/sn/99999999999999999999",
        "/guides/sn/0.json",
        "/guides/..",
        "/guides/sn/1/cycle.png",
    ],
)
def test_what_does_not_exist_is_not_found(client: FlaskClient, guide, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_address_gives_every_format(client: FlaskClient, guide, format):
    latest, stable = (client.get(f"/guides/{place}.{format}?language=ar") for place in ("sn", "sn/1"))
    assert latest.status_code == 200
    assert latest.data == stable.data
    assert f".{format}" in latest.headers["Content-Disposition"]
    start = {
        "docx": b"PK",
        "pdf": b"%PDF-",
        "html": b"<!DOCTYPE html>",
        "zip": b"PK",
        "csv": b"\xef\xbb\xbfcountry",
        "json": b'{"',
    }
    assert latest.data.startswith(start.get(format, b""))


def test_the_json_file_bears_the_hash_that_the_guide_prints(client: FlaskClient, guide):
    digest = hashlib.sha256(client.get("/guides/sn/1.json").data).hexdigest()
    assert digest in text(client.get("/guides/sn/1"))


def test_data_may_be_read_by_pages_of_others(client: FlaskClient, guide):
    for address in ("/guides/sn.json", "/guides/sn.csv", "/guides/sn.zip", "/catalog.jsonld", "/feed.xml"):
        headers = client.get(address).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Origin" not in client.get("/guides/sn").headers


def test_an_unchanged_page_is_not_sent_twice(client: FlaskClient, guide):
    for address in ("/guides/sn?language=fr", "/guides/sn/1.pdf?language=fr", "/guides/sn.zip", "/feed.xml"):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
    assert client.get("/guides/sn").last_modified == MOMENT


def test_an_older_edition_stays_and_names_the_newer(client: FlaskClient, guide):
    said = content(edition=2)
    said["parts"]["practices"][0]["words"]["text"]["en"] = "Only in the second edition"
    publish(guide, 2, said)
    db.session.commit()
    old, new = (client.get(f"/guides/sn/{number}?language=en") for number in (1, 2))
    assert "Only in the second edition" not in text(old)
    assert soup(old).select_one(".note a")["href"] == "/guides/sn/2"
    assert "Only in the second edition" in text(new)
    assert not soup(new).select(".note")
    assert soup(client.get("/guides/sn?language=en")).article == soup(new).article


def test_a_demo_has_its_own_code_and_stands_back_behind_real_guides(client: FlaskClient, context):
    demo = factories.guide(demo=True)
    publish(demo)
    db.session.commit()
    assert client.get("/guides/sn").status_code == 404
    assert "/guides/sn-demo" in text(client.get("/guides"))
    for page in ("/guides/sn-demo", "/guides/sn-demo/follow-up"):
        assert soup(client.get(page)).find("meta", attrs={"name": "robots"}), page
    publish(factories.guide("CI"), said=content(country="CI"))
    db.session.commit()
    assert "/guides/sn-demo" not in text(client.get("/guides")) + text(client.get("/catalog.jsonld"))
    assert "/guides/ci" in text(client.get("/guides"))


def test_hostile_words_do_nothing_on_the_page(client: FlaskClient, context):
    publish(factories.guide(), said=content(2, 3, 2, "</script><script>alert(1)</script>"))
    db.session.commit()
    read = soup(client.get("/guides/sn?language=fr"))
    assert [script.get("type") for script in read.find_all("script")] == ["application/ld+json"]
    assert json.loads(read.find("script").string)["name"].endswith("</script>")


def test_the_package_names_the_address_it_came_from(client: FlaskClient, guide):
    with zipfile.ZipFile(io.BytesIO(client.get("/guides/sn.zip").data)) as archive:
        described = json.loads(archive.read("datapackage.json"))
        assert json.loads(archive.read("guide.json"))["country"] == "SN"
    assert described["homepage"].endswith("/guides/sn/1")
    assert described["contributors"] == [{"title": "Fatou Sow", "role": "publisher"}]


def test_the_drawings_of_a_new_edition_are_made_before_its_first_readers_come(
    app, client: FlaskClient, guide
):
    app.config["TESTING"] = False
    with app.test_request_context("/"):
        shelf.prepare(guide.versions[0])
    made, patience = app.config["DATA"] / "made", time.monotonic() + 120
    while len(list(made.glob("*.svg"))) < len(guide.languages) and time.monotonic() < patience:
        time.sleep(0.05)
    assert {path.stem[-2:] for path in made.glob("*.svg")} == set(guide.languages)
    app.extensions["making"].jobs.clear()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Making, "press", lambda *_: pytest.fail("made twice"))
        assert client.get("/guides/sn/1/cycle.svg?language=ar").data.startswith(b"<")
        assert client.get("/guides/sn?language=ar").status_code == 200
