"""Agreement of the room."""

from fractions import Fraction

import pytest
from hypothesis import given

from facilitator.counting.agreement import agreement, agreement_word
from facilitator.counting.ballots import profile
from tests.counting.rooms import Ranks, choices, orders, rooms, slow_w, spoken


def found(options, *written):
    return agreement(profile(range(options), orders(*written)))


def test_all_alike_and_all_against():
    assert found(3, "4: 1 > 0 > 2") == {"w": Fraction(1), "n": 4, "word": "strong"}
    assert found(2, "4: 1 > 0", "4: 0 > 1") == {"w": Fraction(0), "n": 8, "word": "very_weak"}


def test_ties_are_corrected_for():
    """Alike with ties is still alike: 1, where the formula without correction gives 3/4."""
    assert found(3, "3: 0 > 1=2")["w"] == 1


def test_a_hand_calculation():
    """Rank sums 4, 6, 8 around 6: 12 times 8, over 9 times 24."""
    assert found(3, "1: 0 > 1 > 2", "1: 0 > 2 > 1", "1: 1 > 0 > 2")["w"] == Fraction(4, 9)


@pytest.mark.parametrize("written", [["1: 0 > 1 > 2"], ["5: 0=1=2"]])
def test_undefined(written):
    assert found(3, *written)["w"] is None
    assert found(3, *written)["word"] is None


def test_blank_ballots_and_ballots_with_no_opinion_are_left_out():
    full = orders("2: 0 > 1 > 2", "1: 2 > 1 > 0")
    partial = {"order": [[2], [0]], "unsure": [1]}
    assert agreement(profile(range(3), [*full, {}, {}, partial])) == agreement(profile(range(3), full))
    assert agreement(profile(range(3), full))["n"] == 3


@pytest.mark.parametrize(
    ("w", "word"),
    [
        (0, "very_weak"),
        (0.29, "very_weak"),
        (0.3, "weak"),
        (0.49, "weak"),
        (0.5, "moderate"),
        (0.69, "moderate"),
        (0.7, "strong"),
        (1, "strong"),
    ],
)
def test_words(w, word):
    assert agreement_word(Fraction(str(w))) == word


@given(rooms(most=4))
def test_as_counted_by_hand(room: list[Ranks]):
    counted = agreement(profile(range(len(room[0])), choices(room)))
    assert counted["w"] == slow_w(room)
    assert counted["n"] == sum(0 not in ranks for ranks in spoken(room))
    assert counted["w"] is None or 0 <= counted["w"] <= 1
