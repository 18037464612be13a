"""What a second count changed against a first one."""

from hypothesis import given
from hypothesis import strategies as st

from facilitator.counting import change
from facilitator.counting.approval import support_standings
from facilitator.counting.standing import Standings

OPTIONS = (1, 2, 3, 4, 5)
counts = st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=40)


def counted(*picks: int, options: tuple[int, ...] = OPTIONS) -> Standings:
    """Count single picks."""
    return support_standings(options, [{"options": [pick]} for pick in picks], draws=0)


def test_the_same_count_changes_nothing() -> None:
    same = counted(1, 1, 2)
    found = change.between(same, same)
    assert (found.moved, found.entered, found.left, found.size) == (0, (), (), 3)


def test_places_then_and_now_and_who_came_among_the_first() -> None:
    before = counted(1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5)
    now = counted(4, 4, 4, 4, 4, 1, 1, 1, 1, 2, 2, 2, 3, 3, 5)
    found = change.between(before, now)
    assert (found.before[4], found.now[4]) == (4, 1)
    assert (found.before[3], found.now[3]) == (3, 4)
    assert (found.entered, found.left, found.moved) == ((4,), (3,), 4)


def test_an_option_that_was_not_there_has_no_place_before() -> None:
    found = change.between(counted(1, 1, 2, options=(1, 2)), counted(1, 1, 2, 3, 3, 3, options=(1, 2, 3)))
    assert (found.before[3], found.now[3]) == (None, 1)
    assert found.moved == 3


@given(counts, counts)
def test_what_enters_and_what_leaves_is_never_the_same(first: list[int], second: list[int]) -> None:
    found = change.between(counted(*first), counted(*second))
    assert not set(found.entered) & set(found.left)
    assert all(found.now[option] <= found.size for option in found.entered)
    assert set(found.before) == set(found.now)


def test_minds_are_counted_only_among_five_who_answered_both_times() -> None:
    before = {str(n): "a" for n in range(6)}
    assert change.minds(before, {str(n): "b" for n in range(2, 8)}) is None
    assert change.minds(before, {str(n): "b" if n == 1 else "a" for n in range(1, 6)}) == (5, 1)
