"""Ballots as numbers: the distinct rankings of a room and how many people cast each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log2
from typing import Any

import numpy as np
from numpy.typing import NDArray

Choice = Mapping[str, Any]
Integers = NDArray[np.int64]
Ranks = NDArray[np.int16]

UNSURE = 0


@dataclass(frozen=True, eq=False)
class Profile:
    """The rankings of a room, over options in ascending order.

    A row of `ranks` is one distinct ballot: places from 1, `unranked` below them all, 0 for no opinion.
    `sheets` names the row of each ballot as it came, -1 where it is blank.
    """

    options: tuple[int, ...]
    ranks: Ranks
    weights: Integers
    sheets: Integers
    ballots: int
    blank: int

    @property
    def unranked(self) -> int:
        """The place below everything a ballot ranks."""
        return len(self.options) + 1

    @property
    def ranked(self) -> NDArray[np.bool_]:
        """Where a ballot gives an option a place."""
        placed: NDArray[np.bool_] = (self.ranks != UNSURE) & (self.ranks < self.unranked)
        return placed

    def count(self, marks: NDArray[np.bool_]) -> list[int]:
        """How many people's ballots carry a mark, option by option."""
        return [int(number) for number in self.weights @ marks]


def profile(options: Iterable[int], choices: Iterable[Choice]) -> Profile:
    """Gather choices such as `{"order": [[12], [9, 15]], "unsure": [7]}`; `{}` is a blank ballot."""
    cast = list(choices)
    known = np.array(sorted(set(options)), dtype=np.int64)
    ranks = _ranks(known, [choice.get("order", ()) for choice in cast])
    _forget(ranks, known, [choice.get("unsure", ()) for choice in cast])
    spoken = ((ranks != UNSURE) & (ranks <= known.size)).any(axis=1)
    distinct, weights, rows = _distinct(ranks[spoken])
    return Profile(
        options=tuple(known.tolist()),
        ranks=distinct,
        weights=weights,
        sheets=sheets(spoken, rows),
        ballots=len(cast),
        blank=len(cast) - int(spoken.sum()),
    )


def sheets(spoken: NDArray[np.bool_], rows: Integers) -> Integers:
    """The row of each ballot, -1 where it says nothing."""
    found = np.full(len(spoken), -1, dtype=np.int64)
    found[spoken] = rows.ravel()
    return found


def _ranks(known: Integers, orders: Sequence[Sequence[Sequence[int]]]) -> Ranks:
    """Places from 1 without gaps; an option that is not counted leaves none."""
    groups = list(chain.from_iterable(orders))
    owner = _owners(orders)
    items, group = _flat(groups), _owners(groups)
    offered = np.isin(items, known)
    items, group = items[offered], group[offered]
    running = np.cumsum(np.bincount(group, minlength=len(groups)) > 0)
    first_group = np.searchsorted(owner, np.arange(len(orders)))
    place = running - np.append(0, running)[first_group][owner]
    ranks = np.full((len(orders), known.size), known.size + 1, dtype=np.int16)
    ranks[owner[group], np.searchsorted(known, items)] = place[group]
    return ranks


def _forget(ranks: Ranks, known: Integers, unsure: Sequence[Sequence[int]]) -> None:
    items, owner = _flat(unsure), _owners(unsure)
    offered = np.isin(items, known)
    ranks[owner[offered], np.searchsorted(known, items[offered])] = UNSURE


def _flat(rows: Sequence[Sequence[int]]) -> Integers:
    return np.fromiter(chain.from_iterable(rows), dtype=np.int64)


def _owners(rows: Sequence[Sequence[Any]]) -> Integers:
    """For each member of each row, the number of the row."""
    return np.repeat(np.arange(len(rows)), np.fromiter(map(len, rows), dtype=np.int64, count=len(rows)))


def _distinct(ranks: Ranks) -> tuple[Ranks, Integers, Integers]:
    """Distinct rows in an order that does not depend on who came first, how often each was cast, by whom."""
    number, options = ranks.shape
    digits = int(63 / log2(options + 2))
    words = [_packed(ranks[:, at : at + digits], options + 2) for at in range(0, max(options, 1), digits)]
    order = np.lexsort(words)
    changes = np.any([np.diff(word[order]) != 0 for word in words], axis=0)
    begins = np.append(True, changes)[:number]
    starts, rows = np.flatnonzero(begins), np.empty(number, dtype=np.int64)
    rows[order] = np.cumsum(begins) - 1
    return ranks[order[starts]], np.diff(np.append(starts, number)), rows


def _packed(ranks: Ranks, base: int) -> Integers:
    word = np.zeros(len(ranks), dtype=np.int64)
    for column in ranks.T:
        word = word * base + column
    return word
