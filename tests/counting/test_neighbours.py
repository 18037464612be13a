"""Margins between neighbours."""

import pytest

from facilitator.counting.neighbours import margin_word
from facilitator.counting.ranking import rank_standings


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        (34, 12, "clear"),
        (20, 10, "clear"),
        (199, 101, "plain"),
        (55, 45, "plain"),
        (54, 46, "narrow"),
        (5, 5, "narrow"),
        (3, 9, "narrow"),
        (0, 0, "narrow"),
        (1, 0, "clear"),
    ],
)
def test_words(before, after, word):
    assert margin_word(before, after) == word


def test_before_after_and_level():
    cast = (
        [{"order": [[8], [2]]}] * 34
        + [{"order": [[2], [8]]}] * 12
        + [{"order": [[2, 8]]}] * 3
        + [{"order": [[5]]}, {"order": [[8]], "unsure": [2]}, {}]
    )
    found = rank_standings([2, 5, 8], cast, draws=0).remarks["neighbours"]
    assert found[0] == {"upper": 8, "lower": 2, "before": 34, "after": 12, "equal": 4, "word": "clear"}
    assert (found[1]["upper"], found[1]["lower"], len(found)) == (2, 5, 2)


def test_one_option_has_no_neighbour():
    assert rank_standings([2], [{"order": [[2]]}], draws=0).remarks["neighbours"] == []
