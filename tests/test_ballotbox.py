"""The ballot box: durable before it answers, idempotent, closed for good."""

import sqlite3
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from facilitator import ballotbox, db
from facilitator.models.ballot import Ballot
from facilitator.models.round import Round
from facilitator.refusals import Closed, NotOpen, Refusal, StorageBusy, StorageFull
from tests import factories


@pytest.fixture
def open_round(context) -> tuple[int, int]:
    """Open a round and give its number and its session's."""
    activity = factories.activity()
    made = activity.open()
    numbers = made.id, activity.session_id
    db.session.commit()
    return numbers


def ballots(round_id: int) -> dict[str, tuple[str, int]]:
    """Read all that is kept of a round."""
    db.session.rollback()
    return {
        b.key: (b.choice, b.revision) for b in db.session.scalars(select(Ballot).filter_by(round_id=round_id))
    }


def cast(where: tuple[int, int], key: str, choice: str, revision: int | None = None) -> None:
    ballotbox.box().cast(*where, key, choice, revision).wait()


def test_a_receipt_means_that_another_connection_sees_the_ballot(open_round):
    cast(open_round, "a", "one", 1)
    assert ballots(open_round[0]) == {"a": ("one", 1)}


def test_a_retry_changes_nothing_and_a_late_one_never_overwrites(open_round):
    cast(open_round, "a", "one", 1)
    cast(open_round, "a", "two", 2)
    cast(open_round, "a", "one", 1)
    cast(open_round, "a", "two", 2)
    assert ballots(open_round[0]) == {"a": ("two", 2)}


def test_a_plain_form_follows_what_the_phone_sent_before(open_round):
    for choice, revision in (("one", None), ("two", None), ("three", 7), ("four", None)):
        cast(open_round, "a", choice, revision)
    assert ballots(open_round[0]) == {"a": ("four", 8)}


def test_retries_shuffled_in_one_batch_leave_one_ballot_each(open_round):
    box = ballotbox.box()
    sent = [(f"phone {n}", f"choice {r}", r) for n in range(50) for r in (2, 1, 3, 2, 1, 3)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda ballot: box.cast(*open_round, *ballot).wait(), sent))
    assert ballots(open_round[0]) == {f"phone {n}": ("choice 3", 3) for n in range(50)}


def test_closing_comes_behind_every_ballot_and_before_none(open_round):
    box = ballotbox.box()
    early = [box.cast(*open_round, f"early {n}", "x", 1) for n in range(300)]
    closing = box.close(*open_round)
    late = [box.cast(*open_round, f"late {n}", "x", 1) for n in range(50)]
    closing.wait()
    for receipt in early:
        receipt.wait()
    for receipt in late:
        with pytest.raises(Closed):
            receipt.wait()
    assert len(ballots(open_round[0])) == 300
    assert not db.session.get(Round, open_round[0]).is_open


def test_two_closings_at_once_succeed_once(open_round):
    box = ballotbox.box()
    first, second = box.close(*open_round), box.close(*open_round)
    first.wait()
    with pytest.raises(NotOpen):
        second.wait()


def test_a_ballot_for_no_round_is_refused_and_spoils_no_other(open_round):
    box = ballotbox.box()
    lost, good = box.cast(9999, open_round[1], "a", "x", 1), box.cast(*open_round, "b", "y", 1)
    good.wait()
    with pytest.raises(Closed):
        lost.wait()


def test_ballots_are_announced_after_they_are_kept(open_round, app):
    seen: list[tuple[str, int]] = []
    told = threading.Event()
    box = ballotbox.box()

    def announce(session_id: int, topic: str) -> None:
        with app.app_context():
            seen.append((topic, len(ballots(open_round[0]))))
        told.set()

    box.announce = announce
    cast(open_round, "a", "x", 1)
    assert told.wait(60)
    assert seen == [("ballots", 1)]


def test_a_listener_that_fails_loses_no_ballot(open_round):
    box = ballotbox.box()

    def deaf(_session: int, _topic: str) -> None:
        raise RuntimeError("deaf")

    box.announce = deaf
    cast(open_round, "a", "x", 1)
    cast(open_round, "b", "y", 1)
    assert set(ballots(open_round[0])) == {"a", "b"}


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ("database or disk is full", StorageFull),
        ("database is locked", StorageBusy),
        ("gone away", StorageBusy),
    ],
)
def test_a_failing_disk_is_told_in_words_and_recovers(open_round, monkeypatch, said, refusal):
    box = ballotbox.box()
    with monkeypatch.context() as broken:

        def fail(*_: object) -> set[int]:
            raise OperationalError("INSERT", {}, sqlite3.OperationalError(said))

        broken.setattr(box, "_write", fail)
        receipt = box.cast(*open_round, "a", "x", 1)
        with pytest.raises(refusal):
            receipt.wait()
        assert isinstance(receipt.refusal, Refusal)
    cast(open_round, "a", "x", 1)
    assert ballots(open_round[0]) == {"a": ("x", 1)}


def test_a_fault_of_the_program_answers_everyone_who_waits(open_round, monkeypatch):
    box = ballotbox.box()

    def fail(*_: object) -> set[int]:
        raise KeyError("a fault")

    monkeypatch.setattr(box, "_write", fail)
    with pytest.raises(StorageBusy):
        box.cast(*open_round, "a", "x", 1).wait()


def test_only_a_ballot_that_follows_company_waits_for_more(open_round, monkeypatch):
    box, sizes, late, waits = ballotbox.box(), [], [], []
    write = box._write

    def counted(connection, slips):
        sizes.append(len(slips))
        return write(connection, slips)

    def meanwhile(seconds):
        waits.append(seconds)
        late.append(box.cast(*open_round, "late", "x", 1))

    monkeypatch.setattr(box, "_write", counted)
    monkeypatch.setattr(ballotbox, "time", SimpleNamespace(sleep=meanwhile))
    cast(open_round, "a", "x", 1)
    cast(open_round, "b", "x", 1)
    box.stop()
    box.waiting.put(ballotbox.Slip(*open_round, "c", "x", 1))
    cast(open_round, "d", "x", 1)
    cast(open_round, "e", "x", 1)
    late[0].wait()
    assert sizes == [1, 1, 2, 2]
    assert waits == [ballotbox.GATHER]
    assert ballots(open_round[0]).keys() == {"a", "b", "c", "d", "e", "late"}


def test_a_settled_receipt_lets_go_of_who_waited():
    class Call:
        def __init__(self):
            self.receipt = ballotbox.Receipt()
            self.receipt.then(self.heard)

        def heard(self, _receipt):
            pass

    call = Call()
    gone = weakref.ref(call)
    call.receipt.settle()
    del call
    assert gone() is None


def test_waiting_has_an_end(open_round, monkeypatch):
    box = ballotbox.box()
    hold = threading.Event()
    real = box._write

    def slow(*given):
        hold.wait(10)
        return real(*given)

    monkeypatch.setattr(box, "_write", slow)
    receipt = box.cast(*open_round, "a", "x", 1)
    with pytest.raises(StorageBusy):
        receipt.wait(0.05)
    assert receipt.refusal is None
    hold.set()
    receipt.wait()


def test_stopping_writes_what_waits(open_round):
    box = ballotbox.box()
    receipts = [box.cast(*open_round, f"{n}", "x", 1) for n in range(100)]
    box.stop()
    assert all(receipt.done() and receipt.refusal is None for receipt in receipts)
    cast(open_round, "after", "x", 1)
    assert len(ballots(open_round[0])) == 101


def test_a_locked_database_is_waited_for(open_round, app, database):
    if database != "sqlite":
        return
    other = sqlite3.connect(app.config["DATA"] / "facilitator.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    receipt = ballotbox.box().cast(*open_round, "a", "x", 1)
    with pytest.raises(StorageBusy):
        receipt.wait(0.2)
    other.rollback()
    other.close()
    receipt.wait()
    assert set(ballots(open_round[0])) == {"a"}
