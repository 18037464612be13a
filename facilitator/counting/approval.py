"""Support: how many chose each option."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from facilitator.counting.standing import Standings

DRAWS = 1000


def support_standings(
    options: Sequence[int], choices: Iterable[Mapping[str, Any]], seed: int = 0, draws: int = DRAWS
) -> Standings:
    """The options by the number of ballots that chose them.

    choices: `{"options": [3, 5]}`, blank `{}`. Figures: support (int), share (Fraction of all ballots).
    Remarks: stability (None without ballots or with draws=0).
    """
    raise NotImplementedError
