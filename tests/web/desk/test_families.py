"""The families of recommendations: a country calls them otherwise and adds its own."""

import pytest

from facilitator import db
from facilitator.models import beginnings
from facilitator.models.guide import Guide
from tests import factories
from tests.trails import last_acts
from tests.web.desk.asking import errors, send, soup, words

HOSTILE = "<script>alert(1)</script>"
PAGE = "/desk/guides/1/families"


@pytest.fixture
def expert(app, sign_in):
    with app.app_context():
        guide = factories.guide()
        beginnings.offer(guide)
        guide.begin_parts()
        guide.add("recommendations", words={"text": {"en": "Share"}}, facts={"family": "training"})
        db.session.commit()
    return sign_in("expert@example.org", SN="expert")


def families(app):
    with app.app_context():
        return dict(db.session.get_one(Guide, 1).families)


def call(browser, key, **name):
    page = soup(browser.get(PAGE))
    seen = page.find("input", attrs={"name": f"{key or 'new'}-seen"})["value"]
    given = {f"{key or 'new'}-name-{code}": text for code, text in name.items()}
    return send(browser, PAGE, key=key, **{f"{key or 'new'}-seen": seen}, **given)


def test_a_family_is_added_and_recommendations_stand_in_it(app, expert) -> None:
    assert call(expert, "", fr="Sur les droits", en=HOSTILE).status_code == 303
    key = next(key for key in families(app) if key.startswith("own-"))
    assert families(app)[key] == {"fr": "Sur les droits", "en": HOSTILE}
    assert HOSTILE not in expert.get(PAGE).text
    form = soup(expert.get("/desk/guides/1/parts/recommendations")).select_one(f"option[value={key}]")
    assert form.text == HOSTILE


def test_a_family_is_called_otherwise_and_the_trail_says_so(app, expert) -> None:
    before = families(app)["training"]
    assert call(expert, "training", en="On schools").status_code == 303
    # the languages in which this guide is not written keep their words
    assert families(app)["training"] == {"en": "On schools", "es": before["es"], "pt": before["pt"]}
    with app.app_context():
        assert last_acts(1)[0].act == "family"


def test_two_people_do_not_overwrite_each_other(app, expert) -> None:
    stale = {"training-seen": "0", "training-name-en": "Mine", "training-name-fr": "À moi"}
    answer = send(expert, PAGE, key="training", **stale)
    assert answer.status_code == 409
    assert "On training and human resources" in errors(answer)["training-name"]
    assert 'value="Mine"' in answer.text
    assert families(app)["training"]["en"] != "Mine"


def test_a_family_without_a_name_is_refused_at_the_field(app, expert) -> None:
    answer = call(expert, "", fr=" ")
    assert (answer.status_code, list(errors(answer))) == (422, ["new-name"])
    assert len(families(app)) == 5


def test_only_an_empty_family_goes(app, expert) -> None:
    send(expert, f"{PAGE}/training/remove")
    assert "stands in this family" in words(expert.get(PAGE))
    send(expert, f"{PAGE}/cooperation/remove")
    assert "cooperation" not in families(app)
    assert "training" in families(app)
