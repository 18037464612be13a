"""What is fixed before anyone answers stands on wall and phone; the file keeps what was answered."""

import csv
import io
import json

import pytest
from bs4 import BeautifulSoup

from facilitator import db
from facilitator.models.activity import Activity
from facilitator.models.ballot import Ballot
from facilitator.web import bars
from tests import factories
from tests.web.rooms import CODE, join

RULES = [
    (
        "points",
        {"budget": 7, "most": 3},
        "Each of us has 7 points. At most 3 on one option; some may be left.",
    ),
    ("rating", {"scale": "quality"}, "1: Very poor · 2: Poor · 3: Acceptable · 4: Good · 5: Very good"),
    ("matrix2x2", {}, "The lines are cut at the middle of both scales, 3: only above it is high."),
    ("adoption", {"threshold": 60}, "Adopted from 60% yes of those who do not abstain."),
    ("ranking", {"top": 3}, "Rank 3 options at most."),
]


@pytest.fixture
def asked(app):
    """Put a question of a kind on the wall, and open it where that is wanted."""

    def ask(kind, settings, options=5, opened=False) -> None:
        with app.app_context():
            session = factories.session(code=CODE, wall="wall")
            activity = factories.activity(kind, session=session, settings=settings, options=options)
            session.show(activity)
            if opened:
                activity.open()
            db.session.commit()

    return ask


@pytest.mark.parametrize(("kind", "settings", "rule"), RULES, ids=[rule[0] for rule in RULES])
def test_the_wall_and_the_phone_say_the_rules(app, client, asked, kind, settings, rule) -> None:
    asked(kind, settings, opened=True)
    wall = BeautifulSoup(client.get("/screen/wall/now?language=en").text, "html.parser")
    assert wall.select_one(".rules").get_text() == rule
    phone = BeautifulSoup(join(app).get(f"/p/{CODE}?language=en").text, "html.parser")
    assert rule in " ".join(phone.select_one("legend").get_text(" ").split())


def test_the_wall_says_the_rules_before_the_question_opens(client, asked) -> None:
    asked("adoption", {"threshold": 80})
    assert "Adopted from 80% yes" in client.get("/screen/wall/now?language=en").text


def test_a_question_without_rules_says_none(client, asked) -> None:
    asked("ranking", {})
    assert 'class="rules"' not in client.get("/screen/wall/now?language=en").text


def test_the_file_keeps_what_was_given_beside_the_ranks(app, admin, asked) -> None:
    asked("points", {}, opened=True)
    with app.app_context():
        activity = db.session.get_one(Activity, 1)
        first, second = (item.id for item in activity.options[:2])
        for key, number in (("a", 5), ("b", 1)):
            choice = json.dumps({"points": [[first, number], [second, 3]]})
            db.session.add(Ballot(round_id=activity.round.id, key=key, choice=choice, revision=1))
        activity.round.closed_at = db.now()
        activity.round.keep_result()
        db.session.commit()
    lines = list(
        csv.DictReader(io.StringIO(admin.get("/desk/rounds/1/ballots.csv").data.decode("utf-8-sig")))
    )
    given = [(line["ballot_id"], line["rank"], line["points"]) for line in lines if line["points"]]
    assert given == [("1", "1", "5"), ("1", "2", "3"), ("2", "2", "1"), ("2", "1", "3")]


@pytest.mark.parametrize(("most", "sizes"), [(9, [5]), (2, [2, 2, 1])])
def test_a_kind_says_how_many_rows_fill_a_page(app, asked, most, sizes) -> None:
    asked("matrix2x2", {}, opened=True)
    with app.app_context():
        activity = db.session.get_one(Activity, 1)
        standings, options = activity.form_kind.tally([1, 2, 3, 4, 5], [], {}), activity.read_options("en")
        pages = [bars.page(standings, options, number, most) for number in range(1, len(sizes) + 1)]
    assert [len(page.rows) for page in pages] == sizes
