"""Ranking: the room's order by head-to-head majorities, with what keeps it honest."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from facilitator.counting.standing import Standings

DRAWS = 1000


def rank_standings(
    options: Sequence[int], choices: Iterable[Mapping[str, Any]], seed: int = 0, draws: int = DRAWS
) -> Standings:
    """The options in Schulze order (winning votes), ties as ties in the order of `options`.

    choices: `{"order": [[12], [9, 15]], "unsure": [7]}`, blank `{}`. Figures: mean_rank (Fraction or None),
    support (ballots that rank it at all), share (Fraction of all ballots), borda_average (Fraction), unsure.
    Remarks: neighbours [{upper, lower, before, after, equal, word}], agreement {w, n, word},
    stability {seed, draws, first {share, word}, places [{option, place, share, word}],
    groups [{size, share, word}]} or None, smith_set [ids], circle [ids], condorcet_winner id or None,
    methods {size, schulze|mean_rank|approval {sure [ids], tied [ids]}, same, differ [ids]}.
    """
    raise NotImplementedError
