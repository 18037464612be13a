"""Links: which option answers which target, in the eyes of how many."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from facilitator.counting.ballots import Choice
from facilitator.counting.standing import Figure, Standings, share, standing_rows

CLEAR = Fraction(1, 3)
Target = tuple[int, Mapping[str, str]]


def link_standings(options: Sequence[int], choices: Iterable[Choice], targets: Sequence[Target]) -> Standings:
    """Every option with how many link it to each target; links put options in no order: all share a place.

    A choice is `{"links": [[3, 101], [3, 104]]}`, blank `{}`. Figures: support (how many link the option to
    anything), strongest (how many see its strongest link), share of all ballots; remarks: the matrix.
    """
    cast = list(choices)
    numbers = {option: dict.fromkeys((target for target, _texts in targets), 0) for option in options}
    linking = dict.fromkeys(options, 0)
    blank = 0
    for choice in cast:
        links = [(one, other) for one, other in choice.get("links", ()) if other in numbers.get(one, ())]
        blank += not links
        for option in {one for one, _other in links}:
            linking[option] += 1
        for option, target in links:
            numbers[option][target] += 1
    matrix = [_line(option, counts, len(cast)) for option, counts in numbers.items()]
    figures: dict[int, dict[str, Figure]] = {
        line["option"]: {
            "support": linking[line["option"]],
            "strongest": max(line["counts"], default=0),
            "share": share(max(line["counts"], default=0), len(cast)),
        }
        for line in matrix
    }
    return Standings(
        method="links",
        ballots=len(cast),
        blank=blank,
        rows=standing_rows(options, [options], figures),
        remarks={
            "stability": None,
            "targets": [[target, dict(texts)] for target, texts in targets],
            "matrix": matrix,
        },
    )


def _line(option: int, counts: Mapping[int, int], ballots: int) -> dict[str, Any]:
    """One option's numbers in the order of the targets, and the strongest of them where a third see it."""
    most = max(counts.values(), default=0)
    clear = most > 0 and Fraction(most, ballots) >= CLEAR
    return {
        "option": option,
        "counts": list(counts.values()),
        "strongest": [target for target, number in counts.items() if clear and number == most],
    }
