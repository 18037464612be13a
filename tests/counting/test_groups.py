"""Groups within a room: nobody is shown who is nearly alone."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from facilitator.counting import groups
from facilitator.counting.approval import support_standings

sizes = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), max_size=8)


@given(sizes)
def test_neither_a_shown_group_nor_the_rest_of_the_room_is_small(sizes):
    shown = groups.shown(sizes)
    rest = sum(sizes.values()) - sum(sizes[group] for group in shown)
    assert all(sizes[group] >= groups.LEAST for group in shown)
    assert rest == 0 or rest >= groups.LEAST or not shown


@given(sizes)
def test_no_more_is_hidden_than_must_be(sizes):
    shown = groups.shown(sizes)
    large = [group for group, size in sizes.items() if size >= groups.LEAST]
    if all(size >= groups.LEAST or size == 0 for size in sizes.values()):
        assert set(shown) == set(large)
    assert len(large) - len(shown) <= 1


def test_the_smallest_shown_group_goes_when_a_smaller_one_would_follow():
    assert groups.shown({"ministry": 20, "agency": 6, "civil": 3}) == ["ministry"]
    assert groups.shown({"ministry": 20, "agency": 6, "civil": 3, "private": 4}) == ["ministry", "agency"]
    assert groups.shown({"ministry": 6, "civil": 1}) == []
    assert groups.shown({}) == []


@given(sizes, st.randoms(use_true_random=False))
def test_the_same_groups_are_shown_in_whatever_order_they_come(sizes, chance):
    shuffled = chance.sample(sorted(sizes.items()), len(sizes))
    assert groups.shown(dict(shuffled)) == groups.shown(sizes)


def counted(*supports: int):
    choices = [{"options": [option]} for option, times in enumerate(supports, 1) for _ in range(times)]
    return support_standings(list(range(1, len(supports) + 1)), choices, draws=0)


def test_dissent_names_options_three_places_apart():
    one, other = counted(9, 7, 5, 3), counted(3, 7, 5, 9)
    assert groups.dissent({"a": one, "b": other}) == {1: {"a": 1, "b": 4}, 4: {"a": 4, "b": 1}}
    assert groups.dissent({"a": one, "b": one}) == {}
    assert groups.dissent({}) == {}


def test_the_chosen_are_the_same_unless_one_is_surely_in_here_and_surely_out_there():
    assert groups.same_chosen(counted(9, 8, 7, 1), counted(7, 9, 8, 1))
    assert not groups.same_chosen(counted(9, 8, 7, 1), counted(1, 8, 9, 7))
    assert groups.same_chosen(counted(9, 8, 7, 1), counted(9, 8, 5, 5))
    assert groups.chosen(counted(9, 8, 5, 5)) == ({1, 2}, {3, 4})
    assert groups.chosen(counted(3)) == ({1}, set())


@given(st.lists(st.integers(1, 60), max_size=8))
def test_every_group_weighs_the_same(sizes):
    weights = groups.equal_weights(sizes)
    totals = [Fraction(size * weight) for size, weight in zip(sizes, weights, strict=True)]
    assert all(abs(total / max(totals) - 1) < Fraction(1, 60) for total in totals)
