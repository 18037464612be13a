"""Work shared out among forks: all of it is done, whoever ends."""

import os
from dataclasses import asdict

import pytest

from facilitator.documents import charts, drawing, pool
from facilitator.documents.document import Figure
from tests.documents.test_charts import chart

WANTED = [f"{number}" for number in range(20)]
HERE = os.getpid()


def where(_each: str) -> bytes:
    """Tell which process works."""
    return f"{os.getpid()}".encode()


def gone(each: str) -> bytes:
    """Work here; end a fork at one of its tasks."""
    if os.getpid() != HERE and int(each) > 4:
        os._exit(1)
    return each.encode()


@pytest.fixture(autouse=True)
def cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.mark.parametrize("wanted", [WANTED, [*WANTED, *WANTED]])
def test_much_work_is_done_by_two_forks(wanted: list[str]) -> None:
    found = list(pool.spread(where, wanted))
    assert sorted(each for each, _made in found) == sorted(WANTED)
    assert len({made for _each, made in found[1:]} - {where("")}) == 2


def test_little_work_is_done_here() -> None:
    assert dict(pool.spread(where, WANTED[:3])) == dict.fromkeys(WANTED[:3], where(""))


def test_what_a_fork_leaves_is_done_here() -> None:
    assert dict(pool.spread(gone, WANTED)) == {each: each.encode() for each in WANTED}


def test_work_begun_ahead_is_done_by_forks_or_here() -> None:
    assert where("") not in dict(pool.ahead(where, WANTED)).values()
    assert dict(pool.ahead(gone, WANTED)) == {each: each.encode() for each in WANTED}


def test_work_beside_that_of_this_process_is_done_by_one_fork_or_here() -> None:
    (fork,) = set(dict(pool.beside(where, WANTED)).values())
    assert fork != where("")
    assert dict(pool.beside(gone, WANTED)) == {each: each.encode() for each in WANTED}


def test_heavy_work_is_done_apart_and_here_where_that_fails() -> None:
    assert pool.apart(lambda: where("")) != where("")
    assert pool.apart(lambda: gone("7")) == b"7"


def test_charts_are_the_same_wherever_they_are_drawn() -> None:
    figures = [Figure(f"{count}", "", chart=asdict(chart("bars", count, "fr"))) for count in range(2, 12)]
    told: list[str] = []
    drawing.prepare(figures, "text", told.append)
    assert told == ["draw"] * 10
    assert [drawing.lettered(figure) for figure in figures] == [
        charts.drawn(figure.chart, "text").decode() for figure in figures
    ]
    drawing.prepare(figures[:1], "png", told.append)
    drawing.prepare(figures[:1], "text", told.append)
    assert told == ["draw"] * 11
