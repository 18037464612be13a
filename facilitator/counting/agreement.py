"""Agreement: how alike the room ranks, as Kendall's W with its word."""

from fractions import Fraction
from typing import Any

from facilitator.counting.ballots import UNSURE, Profile
from facilitator.counting.borda import crowd_sizes, doubled_ranks

WORDS = ((Fraction(7, 10), "strong"), (Fraction(1, 2), "moderate"), (Fraction(3, 10), "weak"))


def agreement(profile: Profile) -> dict[str, Any]:
    """Kendall's W, the ballots it stands on (those with an opinion on every option) and its word."""
    w, voices = kendall_w(profile)
    return {"w": w, "n": voices, "word": None if w is None else agreement_word(w)}


def agreement_word(w: Fraction) -> str:
    """The word for a W: strong, moderate, weak or very_weak."""
    return next((word for least, word in WORDS if w >= least), "very_weak")


def kendall_w(profile: Profile) -> tuple[Fraction | None, int]:
    """W corrected for ties and the ballots it stands on; None for one ballot or where all tie everything."""
    complete = (profile.ranks != UNSURE).all(axis=1)
    ranks, weights = profile.ranks[complete], profile.weights[complete]
    voices, options = int(weights.sum()), len(profile.options)
    crowds = crowd_sizes(ranks)
    ties = int(weights @ (crowds**3 - crowds).sum(axis=1))
    possible = voices**2 * (options**3 - options) - voices * ties
    if voices < 2 or not possible:
        return None, voices
    doubled = [int(total) for total in weights @ doubled_ranks(ranks)]
    spread = sum((total - voices * (options + 1)) ** 2 for total in doubled)
    return Fraction(3 * spread, possible), voices
