"""Pages of a result: nine bars at most, and every wording whole."""

import pytest

from facilitator.counting.standing import Standing, Standings
from facilitator.kinds.base import Option
from facilitator.web import bars


def standings(count: int) -> Standings:
    rows = tuple(Standing(id, id, False, {}) for id in range(1, count + 1))
    return Standings("support", 0, 0, rows, {})


def options(*signs: int) -> list[Option]:
    return [Option(id, "x" * length, "en") for id, length in enumerate(signs, 1)]


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        ([], [[]]),
        ([0] * 9, [[1, 2, 3, 4, 5, 6, 7, 8, 9]]),
        ([44] * 10, [[1, 2, 3, 4, 5, 6, 7, 8, 9], [10]]),
        ([90] * 8, [[1, 2, 3, 4, 5, 6, 7], [8]]),
        ([91] * 4, [[1, 2, 3], [4]]),
        ([10_000, 1], [[1], [2]]),
        ([1, 10_000], [[1], [2]]),
    ],
    ids=["none", "nine", "ten", "two lines", "long", "longest first", "longest last"],
)
def test_fills_pages(signs: list[int], expected: list[list[int]]) -> None:
    pages = [
        bars.page(standings(len(signs)), options(*signs), number) for number in range(1, len(expected) + 1)
    ]
    assert [[row.option for row in page.rows] for page in pages] == expected
    assert {page.count for page in pages} == {len(expected)}


def test_a_long_wording_leaves_room_where_the_rows_are_high_anyway() -> None:
    rows = [len(bars.page(standings(9), options(*[signs] * 9), most=5).rows) for signs in (40, 80, 130)]
    assert rows == [5, 4, 2]


@pytest.mark.parametrize(("asked", "given"), [(-1, 1), (0, 1), (1, 1), (2, 2), (3, 2)])
def test_stays_within_the_pages(asked: int, given: int) -> None:
    assert bars.page(standings(10), options(*[1] * 10), asked).number == given
