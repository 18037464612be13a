"""Counting again with other weights: the same places as if those ballots had been counted alone."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from random import Random
from typing import Any

import numpy as np
import pytest

from facilitator.counting.adoption import VOTES, adoption_standings, adoption_weighing
from facilitator.counting.approval import support_standings, support_weighing
from facilitator.counting.ballots import Choice
from facilitator.counting.duels import duel_standings, duel_weighing
from facilitator.counting.points import point_standings, point_weighing
from facilitator.counting.quadrants import quadrant_standings, quadrant_weighing
from facilitator.counting.ranking import rank_standings, rank_weighing
from facilitator.counting.rating import rating_standings, rating_weighing
from facilitator.counting.standing import Standings
from facilitator.counting.weighing import Weighing, by_group, level_weighing

OPTIONS = [30, 4, 12, 9, 21]
METHODS: dict[str, tuple[Callable[..., Standings], Callable[..., Weighing]]] = {
    "options": (support_standings, support_weighing),
    "points": (point_standings, point_weighing),
    "order": (rank_standings, rank_weighing),
    "won": (duel_standings, duel_weighing),
    "ratings": (rating_standings, rating_weighing),
    "maps": (quadrant_standings, quadrant_weighing),
    "votes": (partial(adoption_standings, threshold=60), partial(adoption_weighing, threshold=60)),
}


def cast(method: str, chance: Random) -> dict[str, Any]:
    """Answer in a way that a method counts; one in six is blank, and nobody judges the last option."""
    if chance.random() < 1 / 6:
        return {}
    some = chance.sample(OPTIONS[:-1], 3)
    return {
        "options": {"options": some},
        "points": {"points": [[option, chance.randint(1, 5)] for option in some]},
        "order": {"order": [some[:1], some[1:]], "unsure": [OPTIONS[-1]]},
        "won": {"won": [some[:2], some[1:], some[::2]], "even": [[some[0], some[1]]]},
        "ratings": {"ratings": [[option, chance.randint(1, 5)] for option in some]},
        "maps": {"ratings": [[option, chance.randint(1, 5), chance.randint(1, 5)] for option in some]},
        "votes": {"votes": [[option, chance.choice(VOTES)] for option in some]},
    }[method]


def places(found: Standings) -> tuple[int, int, list[tuple[int, int, bool]]]:
    return found.ballots, found.blank, [(row.option, row.place, row.tied) for row in found.rows]


@pytest.mark.parametrize("size", [1, 40])
@pytest.mark.parametrize("method", METHODS)
def test_each_group_alone_each_group_left_out_and_all_on_one_level(method: str, size: int) -> None:
    chance = Random(size)
    count, weighing = METHODS[method]
    choices = [cast(method, chance) for _ in range(size)]
    given = [chance.choice("abb") for _ in choices]
    names = sorted(set(given))
    found = by_group(weighing(OPTIONS, choices), OPTIONS, given, names)

    def alone(wanted: Callable[[str], int]) -> Standings:
        ballots: Iterable[Choice] = (
            choice for choice, name in zip(choices, given, strict=True) for _ in range(wanted(name))
        )
        return count(OPTIONS, list(ballots), draws=0)

    for name in names:
        assert places(found.groups[name]) == places(alone(lambda each, name=name: int(each == name)))
        assert places(found.without[name]) == places(alone(lambda each, name=name: int(each != name)))
    sizes = {name: given.count(name) for name in names}
    whole = np.lcm.reduce(list(sizes.values()))
    assert places(found.level) == places(alone(lambda each: int(whole) // sizes[each]))


def test_what_puts_options_in_no_order_leaves_all_at_one_place() -> None:
    choices: Sequence[Choice] = [{"links": [[4, 101]]}, {}, {}]
    (found,) = level_weighing(OPTIONS, choices).standings(OPTIONS, np.array([[1, 1, 0]]))
    assert places(found) == (2, 1, [(option, 1, True) for option in OPTIONS])


def test_a_kind_may_say_itself_which_ballots_are_blank() -> None:
    choices: Sequence[Choice] = [{"texts": ["x"]}, {}]
    room = support_weighing(OPTIONS, choices)
    weights = np.array([[1, 1]])
    assert [
        each.standings(OPTIONS, weights)[0].blank for each in (room, room.counting_blank([False, True]))
    ] == [2, 1]
