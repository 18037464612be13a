"""Where the dots of a cloud stand."""

from math import dist

from hypothesis import given
from hypothesis import strategies as st

from facilitator.counting.cloud import dots

CELLS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(1, 40)), max_size=8)


def test_one_rating_stands_at_its_place():
    assert dots([(5, 2, 1)], 10) == ([(2.0, 5.0)], 1)


def test_nothing_is_drawn_of_nothing():
    assert dots([], 10) == ([], 1)


def test_a_dot_stands_for_several_where_there_are_too_many():
    found, each = dots([(5, 2, 30), (1, 1, 3)], 11)
    assert (each, len(found)) == (3, 11)


@given(CELLS, st.randoms(use_true_random=False))
def test_the_same_ratings_give_the_same_dots(cells, random):
    assert dots(cells, 900) == dots(random.sample(cells, len(cells)), 900)


@given(CELLS)
def test_every_dot_is_seen_and_stays_in_its_cell(cells):
    found, each = dots(cells, 900)
    assert each == 1
    assert len(found) == sum(number for *_levels, number in cells)
    assert {(round(impact), round(ease)) for ease, impact in found} == {tuple(cell[:2]) for cell in cells}
    assert all(dist(one, other) > 0.01 for at, one in enumerate(found) for other in found[:at])
