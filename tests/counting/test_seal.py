"""The seal of ballots: anyone computes it from the file."""

import csv
import hashlib
import io
import json
from itertools import groupby

import pytest
from flask import Flask
from flask_babel import force_locale

from facilitator import db
from facilitator.counting.ballotfile import COLUMNS, UNSEALED, read
from facilitator.documents import ledger, results
from facilitator.documents.report import annex, gathering
from facilitator.kinds import KINDS
from facilitator.models.session import Session
from facilitator.models.wording import LANGUAGES
from tests.answered import held

HEAD = "ballot_id,item,rank\r\n"
ASIDE = {"ballot_id", "item", "rank", "source", "institution_type", "name"}


def by_hand(text: str) -> str:
    """Follow the recipe of the README, and nothing else."""
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    items = dict.fromkeys(row["item"] for row in rows if row["item"])
    numbers = {item: str(number) for number, item in enumerate(items)} | {"": ""}
    ballots = []
    for _ballot, own in groupby(rows, key=lambda row: row["ballot_id"]):
        said = []
        for row in own:
            more = sorted(f"{name}={value}" for name, value in row.items() if value and name not in ASIDE)
            if row["rank"] or more:
                said.append([numbers[row["item"]], row["rank"], *more])
        ballots.append(json.dumps(said, separators=(",", ":")))
    return hashlib.sha256("\n".join(sorted(ballots)).encode()).hexdigest()


def test_a_file_bears_the_seal_of_its_round_in_every_kind_and_language(app: Flask) -> None:
    number, seals = held(app), set()
    with app.app_context():
        session = db.session.get_one(Session, number)
        told = gathering.of_session(session, "en", lambda _said: None)
        whole = results.ballots(told, "", lambda _said: None).decode("utf-8-sig")
        for place, activity in enumerate(session.running_order, 1):
            seal = activity.round.result.digest
            seals.add(seal)
            assert read(whole, question=str(place)).seal == seal, activity.kind
            for language in ("fr", "en"):
                kept = ledger.of(activity.round, language)
                assert kept is not None
                assert read(kept.csv()).seal == by_hand(kept.csv()) == seal, activity.kind
    assert len(seals) == len(KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_recipe_names_every_column_that_does_not_count(app: Flask, language: str) -> None:
    with app.test_request_context(), force_locale(language):
        said = annex.by_hand()
    assert all(name in said for name in {*UNSEALED, "ASCII", "SHA-256"} - {*COLUMNS})


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("2,B,1\r\n2,A,2\r\n1,A,1\r\n1,B,\r\n", False),  # the options stand in another order
        ("7,A,2\r\n7,B,1\r\n9,A,1\r\n9,B,\r\n", True),  # other numbers, other order of ballots
        ("1,A,1\r\n1,B,2\r\n2,A,2\r\n2,B,1\r\n", False),
        ("1,A,1\r\n1,B,\r\n", False),
    ],
)
def test_only_the_same_ballots_bear_the_same_seal(other: str, same: bool) -> None:
    seal = read(HEAD + "1,A,1\r\n1,B,\r\n2,A,2\r\n2,B,1\r\n").seal
    assert (read(HEAD + other).seal == seal) is same


def test_where_a_ballot_comes_from_is_not_sealed() -> None:
    plain = read("ballot_id,item,rank\n1,A,1\n")
    more = read(
        "question,round,ballot_id,item,rank,source,institution_type,name\n1,1,1,A,1,paper,ministry,Awa\n"
    )
    assert plain.seal == more.seal != read("ballot_id,item,rank,points\n1,A,1,3\n").seal
