"""The method check."""

import pytest

from facilitator.counting.methods import competition_places, first, method_check


def test_first_with_a_tie_across_the_boundary():
    assert first([5, 6, 7, 8, 9], [1, 2, 3, 3, 5], 3) == {"sure": [5, 6], "tied": [7, 8]}
    assert first([5, 6, 7, 8], [1, 2, 2, 4], 3) == {"sure": [5, 6, 7], "tied": []}
    assert first([5, 6, 7, 8], [1, 1, 1, 1], 3) == {"sure": [], "tied": [5, 6, 7, 8]}


def check(*places):
    found = method_check(range(len(places[0])), {str(number): place for number, place in enumerate(places)})
    return found["same"], found["differ"]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([[1, 2, 3, 4], [3, 2, 1, 4]], (True, [])),
        ([[1, 2, 3, 4], [1, 2, 4, 3]], (False, [2, 3])),
        ([[1, 2, 3, 4], [1, 1, 1, 1]], (True, [])),
        ([[1, 2, 3, 4, 5], [1, 2, 3, 3, 5]], (True, [])),
        ([[1, 2, 3, 4, 5], [1, 2, 4, 4, 3]], (False, [2, 4])),
        # each could be the other's third, together they cannot
        ([[1, 2, 3, 3, 5], [1, 5, 3, 2, 3]], (False, [1])),
        # nothing is in here and out there, yet no three options suit both
        ([[1, 1, 3, 3, 5, 5], [3, 3, 1, 1, 5, 5]], (False, [0, 1, 2, 3])),
        ([[1, 2, 2, 2, 5, 6, 7], [1, 5, 6, 7, 2, 2, 2]], (False, [1, 2, 3, 4, 5, 6])),
    ],
)
def test_same_or_which_differ(places, expected):
    assert check(*places) == expected


@pytest.mark.parametrize(("options", "size"), [(1, 1), (2, 1), (3, 2), (4, 3), (9, 3)])
def test_never_all_options(options, size):
    assert method_check(range(options), {"schulze": list(range(1, options + 1))})["size"] == size


def test_no_options():
    assert method_check([], {"schulze": []})["same"] is False


def test_competition_places():
    assert competition_places([4, 9, 4, 1]) == [2, 1, 2, 4]
