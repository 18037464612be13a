"""Hostile text, posted through every form of the guide, reaches its pages and outputs as text only."""

import json

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from facilitator import db
from facilitator.documents import copies
from facilitator.models.guide import Guide
from facilitator.models.part import PARTS
from facilitator.models.version import Version
from tests import factories
from tests.web.desk.asking import send, soup
from tests.web.desk.test_everything import filled

MARK = "zq9"
HOSTILE = (
    f"<script>{MARK}()</script><img src=x onerror={MARK}()>\"'><svg onload={MARK}()> "
    f"[go](javascript:{MARK}()) ![x](data:text/html,{MARK}) <javascript:{MARK}()> "
    "{{ 7*7 }} {% raw %} %(x)s %s </textarea></title> \u202e =1+1"
)
PAGES = ("matrix", "recommendations", "history", "gaps", "review", "endorsement", "follow-up", "takings")


@pytest.fixture
def guide(app, admin):
    app.test_client_class = FlaskClient
    with app.app_context():
        made = factories.guide()
        made.begin_parts()
        db.session.commit()
        return made.id


def spoil(form):
    """Fill all text of a form with hostile words."""
    data = filled(form)
    written = form.select("textarea[name], input[name]:not([type=hidden], [type=checkbox])")
    for name in (str(each["name"]) for each in written):
        if not name.endswith(("deadline", "next_update")):
            data[name] = HOSTILE
    return data


def harmless(page: str, where: str) -> None:
    """Refuse a page in which hostile words are anything else than words."""
    found = BeautifulSoup(page, "html5lib")
    for tag in found.find_all(True):
        assert not any(name.startswith("on") for name in tag.attrs), (where, str(tag)[:200])
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            value = str(tag.get(name, "")).strip().lower()
            assert not value.startswith(("javascript:", "data:", "vbscript:")), (where, value)
        if tag.name == "script" and not tag.get("src"):
            # data for machines: it may not end the script early
            assert json.loads(tag.string or "null") is not None, where
    assert "{{ 7*7 }}" in page.replace("&#39;", "'") or MARK not in page, where
    assert not found.select("title svg, img[src=x], svg[onload]")


def test_hostile_text_in_every_form_stays_text(app, client, admin, sign_in, guide) -> None:
    base = f"/desk/guides/{guide}"
    for part in PARTS:
        page = soup(admin.get(f"{base}/parts/{part}"))
        for form in page.select("main form.form[method=post]"):
            address = form.get("action") or f"{base}/parts/{part}"
            answer = admin.post(address, data=spoil(form))
            assert answer.status_code in (303, 422), (part, answer.text[:300])
            harmless(answer.text, part)
        harmless(admin.get(f"{base}/parts/{part}").text, part)
    with app.app_context():
        found = db.session.get_one(Guide, guide)
        lines = {line.part: line.id for line in found.every_line if line.number > 1 or not line.key}
        assert {"members", "challenges", "recommendations", "foreword"} <= lines.keys()
    advice = lines["recommendations"]
    for address in (f"/desk/lines/{advice}/comments", f"/desk/lines/{advice}/follow-up", f"{base}/review"):
        form = soup(admin.get(address)).select_one("main form.form[method=post]")
        assert admin.post(address, data=spoil(form)).status_code == 303, address
        harmless(admin.get(address).text, address)
    send(admin, f"/desk/lines/{lines['challenges']}/leave-out", reason=HOSTILE)
    harmless(send(admin, f"{base}/preview", text=HOSTILE, language=HOSTILE).text, "preview")
    send(admin, f"{base}/submit", text=HOSTILE)
    authority = sign_in("authority@example.org", SN="authority")
    send(authority, "/desk/versions/1/return", text=HOSTILE)
    send(admin, f"{base}/submit", text=HOSTILE)
    send(authority, "/desk/versions/2/endorse", text=HOSTILE)
    for page in PAGES:
        harmless(admin.get(f"{base}/{page}").text, page)
    harmless(admin.get(f"/desk/lines/{advice}/history").text, "history of a line")
    send(authority, "/desk/versions/2/publish")
    with app.app_context():
        version = db.session.get_one(Version, 2)
        for language in ("en", "ar"):
            page = copies.of_version(version, "html", language, "https://guides.example").decode()
            assert MARK in page
            harmless(page, f"edition in {language}")
    for address in ("/guides/sn/1", "/guides/sn/follow-up"):
        harmless(client.get(address).text, address)
    days = client.get("/guides/sn/follow-up.ics").text
    assert all(line[:1] == " " or line.partition(":")[0] for line in days.splitlines())
