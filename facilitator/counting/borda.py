"""Scores by position: Borda average, modified Borda ("5 to 1") and mean rank, all exact."""

from fractions import Fraction

import numpy as np

from facilitator.counting.ballots import UNSURE, Integers, Profile, Ranks
from facilitator.counting.rating import QUARTER, THREE_QUARTERS, doubled_quantiles


def borda_average(pairs: Integers, opinions: Integers) -> list[Fraction]:
    """For each option, those it beats and half of those it ties with, summed over the ballots."""
    met = opinions - np.diag(np.diagonal(opinions))
    return [Fraction(int(twice), 2) for twice in (pairs - pairs.T + met).sum(axis=1)]


def borda_modified(profile: Profile) -> list[Fraction]:
    """A ballot that ranks m options gives m to 1 down its places; ties share the mean, unranked get 0."""
    ranked = profile.ranked
    ahead, level = standing_among(profile.ranks)
    placed = np.count_nonzero(ranked, axis=1, keepdims=True)
    twice = np.where(ranked, 2 * (placed - ahead) - level + 1, 0)
    return [Fraction(int(total), 2) for total in profile.weights @ twice]


def mean_rank(profile: Profile) -> list[Fraction | None]:
    """The average place over those with an opinion; tied options share the mean of their places."""
    totals = profile.weights @ doubled_ranks(profile.ranks)
    voices = profile.count(profile.ranks != UNSURE)
    return [
        Fraction(int(total), 2 * number) if number else None
        for total, number in zip(totals, voices, strict=True)
    ]


def middle_half(profile: Profile) -> list[tuple[Fraction, Fraction] | None]:
    """The ranks between which the middle half of those with an opinion put each option."""
    if not profile.options:
        return []
    doubled = doubled_ranks(profile.ranks)
    counts = np.zeros((len(profile.options), 2 * len(profile.options) + 1), dtype=np.int64)
    columns = np.broadcast_to(np.arange(len(profile.options)), doubled.shape)
    np.add.at(counts, (columns, doubled), profile.weights[:, np.newaxis])
    low, high = (doubled_quantiles(counts[:, 1:], part).tolist() for part in (QUARTER, THREE_QUARTERS))
    return [(Fraction(a, 4), Fraction(b, 4)) if a else None for a, b in zip(low, high, strict=True)]


def doubled_ranks(ranks: Ranks) -> Integers:
    """Twice the rank of each option on each ballot, 0 for no opinion."""
    ahead, level = standing_among(ranks)
    return np.where(ranks == UNSURE, 0, 2 * ahead + level + 1)


def standing_among(ranks: Ranks) -> tuple[Integers, Integers]:
    """For each option of each ballot, how many stand before it and how many on its place, itself included."""
    crowds = crowd_sizes(ranks)
    before = np.cumsum(crowds, axis=1) - crowds
    return np.take_along_axis(before, ranks.astype(np.int64), 1), np.take_along_axis(
        crowds, ranks.astype(np.int64), 1
    )


def crowd_sizes(ranks: Ranks) -> Integers:
    """How many options each ballot puts on each place; those without opinion are on none."""
    ballots, options = ranks.shape
    width = options + 2
    cells = np.arange(ballots)[:, np.newaxis] * width + ranks
    crowds = np.bincount(cells.ravel(), minlength=ballots * width).reshape(ballots, width)
    crowds[:, UNSURE] = 0
    return crowds
