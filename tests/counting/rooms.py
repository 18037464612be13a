"""Rooms of imaginary people, and the slow, literal way to count them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

Ranks = tuple[int, ...]


def choice(ranks: Ranks, options: Sequence[int] | None = None) -> dict[str, Any]:
    """The canonical choice of a ballot given as places: 0 no opinion, more than options unranked."""
    names = options or range(len(ranks))
    last = len(ranks)
    levels = sorted({place for place in ranks if 0 < place <= last})
    order = [[name for name, place in zip(names, ranks, strict=True) if place == level] for level in levels]
    return {"order": order, "unsure": [name for name, place in zip(names, ranks, strict=True) if place == 0]}


def choices(room: Sequence[Ranks], options: Sequence[int] | None = None) -> list[dict[str, Any]]:
    """The canonical choices of a room."""
    return [choice(ranks, options) for ranks in room]


def orders(*written: str) -> list[dict[str, Any]]:
    """Ballots written as "3: 0 > 1=2": three people rank 0 first, then 1 and 2 on one place."""
    found = []
    for line in written:
        number, _, text = line.partition(":")
        order = [[int(option) for option in level.split("=")] for level in text.split(">")]
        found += [{"order": order, "unsure": []}] * int(number)
    return found


@st.composite
def rooms(
    draw: st.DrawFn,
    least: int = 1,
    most: int = 5,
    unsure: bool = True,
    unranked: bool = True,
    smallest: int = 1,
) -> list[Ranks]:
    """Any small room: the places that each of its people gives to the same few options."""
    size = draw(st.integers(least, most))
    place = st.integers(0 if unsure else 1, size + unranked)
    return draw(st.lists(st.tuples(*[place] * size), min_size=smallest, max_size=9))


@st.composite
def strict_rooms(draw: st.DrawFn, partial: bool = False) -> list[Ranks]:
    """Rooms where nobody gives one place twice; partial: not everybody ranks everything."""
    size = draw(st.integers(2, 6))
    room = draw(st.lists(st.permutations(range(1, size + 1)), min_size=1, max_size=12))
    if not partial:
        return [tuple(ranks) for ranks in room]
    kept = [draw(st.integers(1, size)) for _ in room]
    return [
        tuple(place if place <= last else size + 1 for place in ranks)
        for ranks, last in zip(room, kept, strict=True)
    ]


def spoken(room: Sequence[Ranks]) -> list[Ranks]:
    """The ballots that rank something."""
    return [ranks for ranks in room if any(0 < place <= len(ranks) for place in ranks)]


def slow_pairs(room: Sequence[Ranks]) -> list[list[int]]:
    """How many put the row's option before the column's, one ballot after the other."""
    size = len(room[0])
    return [
        [
            sum(0 < ranks[row] < ranks[other] for ranks in spoken(room)) if row != other else 0
            for other in range(size)
        ]
        for row in range(size)
    ]


def slow_rank(ranks: Ranks, option: int) -> Fraction:
    """The place of an option on one ballot, those level sharing the mean of their places."""
    opined = [place for place in ranks if place]
    ahead = sum(place < ranks[option] for place in opined)
    level = sum(place == ranks[option] for place in opined)
    return ahead + Fraction(level + 1, 2)


def slow_mean_rank(room: Sequence[Ranks], option: int) -> Fraction | None:
    """The mean place of an option over those who have an opinion on it."""
    found = [slow_rank(ranks, option) for ranks in spoken(room) if ranks[option]]
    return sum(found, Fraction(0)) / len(found) if found else None


def slow_borda_average(room: Sequence[Ranks], option: int) -> Fraction:
    """Options beaten and half of those tied with, ballot by ballot."""
    total = Fraction(0)
    for ranks in spoken(room):
        for other, place in enumerate(ranks):
            if other != option and place and ranks[option]:
                total += 1 if ranks[option] < place else Fraction(ranks[option] == place, 2)
    return total


def slow_borda_modified(room: Sequence[Ranks], option: int) -> Fraction:
    """m to 1 down the places of a ballot that ranks m options."""
    total = Fraction(0)
    for ranks in room:
        placed = [place for place in ranks if 0 < place <= len(ranks)]
        if ranks[option] in placed:
            ahead = sum(place < ranks[option] for place in placed)
            level = placed.count(ranks[option])
            total += Fraction(sum(len(placed) - ahead - step for step in range(level)), level)
    return total


def slow_w(room: Sequence[Ranks]) -> Fraction | None:
    """W as the textbook's variance of rank sums over the largest one possible, given the ties."""
    voices = [ranks for ranks in spoken(room) if 0 not in ranks]
    if len(voices) < 2:
        return None
    size = len(voices[0])
    sums = [sum((slow_rank(ranks, option) for ranks in voices), Fraction(0)) for option in range(size)]
    mean = Fraction(len(voices) * (size + 1), 2)
    ties = sum(ranks.count(place) ** 3 - ranks.count(place) for ranks in voices for place in set(ranks))
    possible = len(voices) ** 2 * (size**3 - size) - len(voices) * ties
    return 12 * sum((total - mean) ** 2 for total in sums) / possible if possible else None


def slow_smith(pairs: Sequence[Sequence[int]]) -> set[int]:
    """The smallest set that wins against all outside, found by trying every set."""
    everything = range(len(pairs))
    return next(
        set(inside)
        for size in range(1, len(pairs) + 1)
        for inside in combinations(everything, size)
        if all(
            pairs[one][other] > pairs[other][one]
            for one in inside
            for other in everything
            if other not in inside
        )
    )


def renamed(found: Mapping[int, Any], names: Mapping[int, int]) -> dict[int, Any]:
    """The same findings under the options' new names."""
    return {names[option]: value for option, value in found.items()}
