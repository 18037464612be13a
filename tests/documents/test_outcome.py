"""What a session came to: decisions with how firm they are, takings that were not undone, follow-ups."""

import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import jsonschema
import openpyxl
import pytest
from flask import Flask

from facilitator import db
from facilitator.config import PACKAGE
from facilitator.documents import results
from facilitator.documents.report import gathering, sentences
from facilitator.documents.report.facts import Report
from facilitator.kinds.figured import Cell, Named, Option, Tabled
from facilitator.models import trail
from facilitator.models.breakdown import Breakdown
from facilitator.models.followup import BEGUN, FollowUp
from facilitator.models.session import Session
from facilitator.models.taking import take
from tests import factories
from tests.models.rounds import asked, items

pytestmark = pytest.mark.usefixtures("context")
VOTES = {"Train": ["yes"] * 30, "Share": ["yes"] * 23 + ["no"] * 7, "Wait": ["no"] * 30}
DAY = dt.date(2027, 6, 30)


def quiet(_said: str) -> None:
    """Tell nobody how far it is."""


def report(session: Session) -> Report:
    return gathering.of_session(session, "en", quiet)


def rows(tabled: Tabled | None) -> list[list[Cell]]:
    """The rows of a table, options by their words."""
    assert tabled is not None
    return [[cell.text if isinstance(cell, Option) else cell for cell in row] for row in tabled.rows]


@pytest.fixture
def session() -> Session:
    return factories.session(workshop=factories.workshop(languages=["en"]))


def adoption(session: Session) -> Any:
    advice = items(session, *VOTES, category="recommendation")
    ballots = [
        {"votes": [[item.id, given[voter]] for item, given in zip(advice, VOTES.values(), strict=True)]}
        for voter in range(30)
    ]
    return asked(session, "adoption", advice, ballots, settings={"threshold": 75})


def picks(counts: Sequence[int]) -> Any:
    def ballots(ids: list[int]) -> list[Mapping[str, Any]]:
        pairs = zip(ids, counts, strict=True)
        return [{"options": [option]} for option, count in pairs for _each in range(count)]

    return ballots


def test_each_recommendation_has_its_verdict_and_how_firm_that_is(session: Session) -> None:
    adoption(session)
    assert rows(report(session).sittings[0].decisions) == [
        [1, "Train", "Adopted", "firm"],
        [1, "Share", "Adopted", "open"],
        [1, "Wait", "Not adopted", "firm"],
    ]


@pytest.mark.parametrize(
    ("counts", "decided"),
    [
        ((20, 2, 1), [(1, "first place", "firm")]),
        ((6, 3, 2, 2), [(1, "first place", "likely")]),
        ((13, 12, 1), [(1, "among the first 2", "firm"), (2, "among the first 2", "firm")]),
        ((4, 3, 3, 2, 2), None),
        ((5, 5), None),
        ((1, 0), None),
    ],
)
def test_only_what_stands_out_was_decided(
    session: Session, counts: Sequence[int], decided: list[tuple[int, str, str]] | None
) -> None:
    round_ = factories.closed("choice", picks(counts), session=session, options=len(counts))
    found = report(session).sittings[0].decisions
    if decided is None:
        assert found is None
        return
    names = [item.text("en") for item in round_.activity.options]
    assert rows(found) == [[1, names[place - 1], what, firm] for place, what, firm in decided]


def test_a_circle_decides_nothing(session: Session) -> None:
    def ballots(ids: list[int]) -> list[dict[str, Any]]:
        a, b, c = ids
        orders = [(9, (a, b, c)), (8, (b, c, a)), (7, (c, a, b))]
        return [{"order": [[one] for one in order]} for count, order in orders for _each in range(count)]

    factories.closed("ranking", ballots, session=session, options=3)
    assert report(session).sittings[0].decisions is None


def test_what_was_taken_into_the_guide_is_listed_until_it_is_undone(session: Session) -> None:
    person, round_ = factories.person(name="Moussa Diallo"), adoption(session)
    before = report(session).sittings[0]
    assert (before.taken, before.follow_up) == (None, None)
    assert any("take these results" in step for step in before.next_steps)
    made = take(round_, person)
    assert made is not None
    now = report(session).sittings[0]
    today = made.at.astimezone(session.workshop.zone).date()
    assert rows(now.taken) == [[1, 1, "Recommendations", 3, today, "Moussa Diallo"]]
    assert not any("take these results" in step for step in now.next_steps)
    made.undo(person)
    db.session.flush()
    undone = report(session).sittings[0]
    assert (undone.taken, undone.follow_up) == (None, None)


def test_next_steps_say_who_sees_to_each_recommendation_until_when(session: Session) -> None:
    take(adoption(session), None)
    guide = session.workshop.guide
    FollowUp.report(guide.lines("recommendations")[0], None, owner={"en": "Border police"}, status=BEGUN)
    FollowUp.report(guide.lines("recommendations")[0], None, deadline=DAY)
    told = report(session)
    assert rows(told.sittings[0].follow_up) == [
        ["Train", "Border police", DAY, "Under way", None],
        ["Share", None, None, None, None],
    ]
    written = json.loads(results.made(told, "json", "", quiet))
    jsonschema.validate(written, json.loads((PACKAGE / "documents/report/schema-1.json").read_text()))
    assert written["sessions"][0]["follow_up"]["rows"][0]["deadline"] == "2027-06-30"
    book = openpyxl.load_workbook(io.BytesIO(results.made(told, "xlsx", "", quiet)))
    assert DAY in {
        cell.value.date()
        for row in book.worksheets[-1].iter_rows()
        for cell in row
        if isinstance(cell.value, dt.datetime)
    }
    page = results.made(told, "page", "", quiet).decode()
    assert "Border police" in page
    assert "Jun 30, 2027" in page


def test_a_session_that_goes_on_is_provisional(session: Session) -> None:
    """Between two questions none is open, and yet it is not over."""
    factories.closed("choice", picks((5, 1)), session=session, options=2)
    session.workshop.ends_on = db.now().date() + dt.timedelta(days=1)
    assert report(session).provisional == []
    factories.activity(session=session)
    db.session.expire(session)
    assert report(session).provisional == ["1 question was not put to the room."]
    session.workshop.ends_on = db.now().date() - dt.timedelta(days=2)
    told = report(session)
    assert told.provisional == []
    assert "1 question was not put to the room." in told.sittings[0].next_steps


def test_facilitated_by_those_who_ran_the_questions_in_their_order(session: Session) -> None:
    names = ("Fatou <Sarr>", "Awa Diop", "Moussa", "Kofi")
    fatou, awa, moussa, kofi = (
        factories.person(name=name, email=f"{number}@example.org") for number, name in enumerate(names)
    )
    first = factories.closed("choice", picks((5, 1)), session=session, options=2)
    other = factories.closed("choice", picks((5, 1)), options=2)
    acts = [(awa, "open", first), (fatou, "close", first), (awa, "reveal", first), (None, "close", first)]
    acts += [(moussa, "open", other), (kofi, "paper", first)]
    for person, act, round_ in acts:
        trail.record(person, act, round_)
    told = report(session)
    assert told.sittings[0].people == ["Awa Diop", "Fatou <Sarr>"]
    page = results.made(told, "page", "", quiet).decode()
    assert "Awa Diop, Fatou &lt;Sarr&gt;" in page


def test_where_types_differ_is_one_sentence_with_the_option_in_it(app: Flask) -> None:
    option, places = Option(3, "صعوبة الفهم", "ar"), {"ministry": 4, "others": 1}
    found = Breakdown(dict.fromkeys(places), {3: places}, (), False)
    with app.test_request_context():
        (said,) = sentences.dissent(found, Named([option]))
    assert said == [
        "Where they differ: ",
        option,
        " – 3 places apart (Ministry 4 · Others, taken together 1)",
    ]
