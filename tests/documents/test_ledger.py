"""The ballots handed out: all that serves a recount, nothing that shows what few people answered."""

from random import Random

import pytest
from flask import Flask
from sqlalchemy import select, update

from facilitator import db
from facilitator.documents import ledger
from facilitator.documents.report import gathering
from facilitator.models.activity import Activity
from facilitator.models.ballot import HAND, PAPER, Ballot
from facilitator.models.breakdown import broken_down
from facilitator.models.session import Session
from tests.answered import answer, held

MINISTRIES = {"ministry": 20}
BOTH = {"ministry": 20, "statistics": 6}


def kept(app: Flask, types: dict[str, int], **promises: bool) -> Activity:
    """Hold a session with one question."""
    return db.session.get_one(Session, held(app, "choice", types=types, **promises)).activities[0]


def on_paper(activity: Activity, number: int, source: str = PAPER, type_: str = "ministry") -> None:
    """Let some answers of a type have come in another way."""
    of_round = Ballot.round_id == activity.round.id
    asked = select(Ballot.key).where(of_round, Ballot.type == type_, Ballot.source == "phone").limit(number)
    keys = db.session.scalars(asked).all()
    db.session.execute(update(Ballot).where(of_round, Ballot.key.in_(keys)).values(source=source))


def columns(activity: Activity) -> list[str]:
    """Name what stands beside the answers."""
    found = ledger.of(activity.round, "en")
    assert found is not None
    return list(found.columns[3:])


@pytest.mark.parametrize(
    ("types", "papers", "shown"),
    [
        (MINISTRIES, {}, ["institution_type"]),
        (MINISTRIES, {PAPER: 5}, ["source", "institution_type"]),
        (MINISTRIES, {PAPER: 4}, ["institution_type"]),
        (MINISTRIES, {PAPER: 16}, ["institution_type"]),
        (MINISTRIES, {PAPER: 7, HAND: 1}, ["institution_type"]),
        (BOTH, {PAPER: 5}, ["source", "institution_type"]),
    ],
)
def test_where_answers_come_from_stands_beside_them_where_none_is_of_few(
    app: Flask, types: dict[str, int], papers: dict[str, int], shown: list[str]
) -> None:
    with app.app_context():
        activity = kept(app, types)
        for source, number in papers.items():
            on_paper(activity, number, source)
        assert columns(activity) == shown


def test_few_of_a_type_on_paper_are_not_told_apart(app: Flask) -> None:
    with app.app_context():
        activity = kept(app, BOTH)
        on_paper(activity, 5)
        on_paper(activity, 1, type_="statistics")
        assert columns(activity) == ["institution_type"]


def test_in_a_named_session_everything_stands_beside_an_answer(app: Flask) -> None:
    with app.app_context():
        activity = kept(app, {"ministry": 3, "civil": 1}, named=True)
        on_paper(activity, 1)
        assert columns(activity) == ["source", "institution_type", "name"]


def test_a_struck_round_tells_no_types_which_the_next_would_take_apart(app: Flask) -> None:
    """Six of a type before and seven after: the difference would be one person."""
    with app.app_context():
        activity = kept(app, BOTH)
        on_paper(activity, 5)
        struck = activity.round
        assert broken_down(struck) is not None
        answer(activity, ["ministry"] * 20 + ["statistics"] * 7, Random(1))
        found = ledger.of(struck, "en")
        assert found is not None
        assert found.columns[3:] == ()
        assert broken_down(struck) is None
        assert columns(activity) == ["institution_type"]


@pytest.mark.parametrize(
    ("said", "blank", "there"), [(0, 3, True), (1, 0, False), (1, 9, False), (2, 0, True)]
)
def test_one_answer_among_blank_ones_is_kept_back(app: Flask, said: int, blank: int, there: bool) -> None:
    with app.app_context():
        activity = kept(app, {"ministry": said + blank})
        keys = db.session.scalars(select(Ballot.key).limit(blank)).all()
        db.session.execute(update(Ballot).where(Ballot.key.in_(keys)).values(choice="{}"))
        assert (ledger.of(activity.round, "en") is not None) is there


@pytest.mark.parametrize(("act", "told"), [("reopen", False), ("open", False), ("rerun", True)])
def test_what_a_reopened_round_took_over_is_not_told_beside_it(app: Flask, act: str, told: bool) -> None:
    """The difference would be the answer of whoever came late."""
    with app.app_context():
        activity = kept(app, MINISTRIES)
        first = activity.round
        later = activity.open(keep=act != "rerun")
        later.closed_at = db.now()
        later.keep_result()
        db.session.flush()
        found = gathering.of_session(activity.session, "en", lambda _said: None).sittings[0].questions[0]
        assert (ledger.of(first, "en") is not None) is told
        assert bool(found.counts[0].tables) is told
        assert found.counts[0].message == (
            "" if told else "This question was reopened: these answers are part of the next round."
        )
