"""Stability under drawing another room."""

from fractions import Fraction

import numpy as np
import pytest

from facilitator.counting import stability as module
from facilitator.counting.ballots import profile
from facilitator.counting.stability import resamples, stability
from tests.counting.rooms import orders

ROOM = profile([4, 6, 9], [{"order": [[4], [6], [9]]}] * 6)


def rooms(same, places, other, draws=10):
    """A count under which the first `same` of the rooms drawn come out as `places`, the rest as `other`."""
    return lambda weights: np.array([places] * same + [other] * (len(weights) - same))


@pytest.mark.parametrize(
    ("same", "word"), [(10, "firm"), (9, "firm"), (8, "likely"), (7, "likely"), (6, "open")]
)
def test_words(same, word):
    found = stability(ROOM, [1, 2, 3], rooms(same, [1, 2, 3], [2, 1, 3]), seed=5, draws=10)
    share = Fraction(same, 10)
    assert found == {
        "seed": 5,
        "draws": 10,
        "first": {"share": share, "word": word},
        "places": [
            {"option": 4, "place": 1, "share": share, "word": word},
            {"option": 6, "place": 2, "share": share, "word": word},
            {"option": 9, "place": 3, "share": 1, "word": "firm"},
        ],
        "groups": [
            {"size": 1, "share": share, "word": word},
            {"size": 2, "share": 1, "word": "firm"},
        ],
        "firm_group": 1 if word == "firm" else 2,
    }


def test_a_tie_at_the_edge_of_a_group_breaks_it():
    found = stability(ROOM, [1, 2, 3], rooms(4, [1, 2, 3], [1, 2, 2]), seed=5, draws=10)
    assert [group["share"] for group in found["groups"]] == [1, Fraction(4, 10)]
    assert found["firm_group"] == 1


def test_a_tied_first_place_is_kept_only_by_the_same_tie():
    found = stability(ROOM, [1, 1, 3], rooms(3, [1, 1, 3], [1, 2, 3]), seed=5, draws=10)
    assert found["first"] == {"share": Fraction(3, 10), "word": "open"}
    assert found["groups"] == [{"size": 2, "share": 1, "word": "firm"}]


def test_all_tied_has_no_first_group():
    found = stability(ROOM, [1, 1, 1], rooms(0, [], [1, 1, 1]), seed=5, draws=10)
    assert (found["groups"], found["firm_group"]) == ([], None)


def test_nothing_is_said_of_one_ballot_or_without_draws():
    alone = profile([4, 6], [{"order": [[4]]}, {}])
    assert stability(alone, [1, 2], rooms(10, [1, 2], []), seed=5, draws=10) is None
    assert stability(ROOM, [1, 2, 3], rooms(10, [1, 2, 3], []), seed=5, draws=0) is None


def test_the_rooms_of_a_seed_never_change():
    """A printed seed must draw the same rooms in years to come, whatever numpy is installed."""
    drawn = np.concatenate(list(resamples(np.array([3, 1, 2]), seed=2013, draws=4)))
    assert drawn.tolist() == [[4, 1, 1], [1, 2, 3], [0, 3, 3], [5, 0, 1]]


def test_rooms_keep_their_size_and_their_ballots():
    weights = np.array([60, 30, 10])
    drawn = np.concatenate(list(resamples(weights, seed=1, draws=2000)))
    assert drawn.shape == (2000, 3)
    assert (drawn.sum(axis=1) == 100).all()
    assert np.abs(drawn.mean(axis=0) - weights).max() < 0.5
    assert np.abs(drawn.var(axis=0) - [24, 21, 9]).max() < 2


def test_in_parts_as_in_one(monkeypatch):
    weights = np.array([3, 1, 2, 5])
    whole = list(resamples(weights, seed=8, draws=30))
    monkeypatch.setattr(module, "AT_ONCE", 1)
    parts = list(resamples(weights, seed=8, draws=30))
    assert (len(whole), len(parts)) == (1, 30)
    assert (np.concatenate(parts) == np.concatenate(whole)).all()


def test_rooms_too_large_for_short_numbers_use_long_ones(monkeypatch):
    weights = np.array([3, 1])
    short = next(resamples(weights, seed=8, draws=5))
    monkeypatch.setattr(module, "EXACT", 4)
    long = next(resamples(weights, seed=8, draws=5))
    assert (short.dtype, long.dtype) == (np.float32, np.float64)
    assert (short == long).all()


def test_orders_written_short():
    assert orders("2: 0 > 1=2") == [{"order": [[0], [1, 2]], "unsure": []}] * 2
