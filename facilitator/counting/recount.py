"""Recount: any exported ranking counted again, by anyone."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

from facilitator.counting.agreement import kendall_w
from facilitator.counting.ballotfile import BallotFile, read
from facilitator.counting.ballots import profile
from facilitator.counting.borda import borda_average, borda_modified, mean_rank
from facilitator.counting.pairwise import opinions, pairwise
from facilitator.counting.schulze import condorcet_winner, grouped, schulze_places, smith_set
from facilitator.refusals import N_

WIDEST = 48
FIGURES = ("mean_rank", "borda_average", "borda_modified")
HEADS = (N_("Place"), N_("Item"), N_("Mean rank"), N_("Borda average"), N_("Borda 5 to 1"))


def recount(source: Path | str, question: str = "", round: str = "") -> dict[str, Any]:
    """Every figure of a ballot file, given by its path or as its text; CountingError where it is faulty."""
    return counted(read(source, question, round))


def counted(file: BallotFile) -> dict[str, Any]:
    """Every figure of ballots that were read."""
    items = file.items
    room = profile(range(len(items)), file.choices)
    pairs, voices = pairwise(room), opinions(room)
    winner = condorcet_winner(pairs)
    order = grouped(room.options, [int(place) for place in schulze_places(pairs)])
    return {
        "ballots": room.ballots,
        "blank": room.blank,
        "items": list(items),
        "condorcet_winner": None if winner is None else items[winner],
        "smith_set": [items[column] for column in smith_set(pairs)],
        "schulze": [[items[column] for column in group] for group in order],
        "borda_average": _figures(items, borda_average(pairs, voices)),
        "borda_modified": _figures(items, borda_modified(room)),
        "mean_rank": _figures(items, mean_rank(room)),
        "kendall_w": _number(kendall_w(room)[0]),
    }


def table(report: dict[str, Any], say: Callable[[str], str] = str, point: str = ".") -> str:
    """A recount as a table for a terminal, its headings said by `say`."""
    heads = [say(head) for head in HEADS]
    names = {item: _shown(item) for item in report["items"]}
    width = max(map(len, (heads[1], *names.values())))
    ballots = say(N_("Ballots: %(ballots)s, of them blank: %(blank)s"))
    lines = [ballots % report, "", f"{heads[0]}  {heads[1]:<{width}}  {'  '.join(heads[2:])}"]
    place = 1
    for group in report["schulze"]:
        for item in group:
            mark = f"{place}=" if len(group) > 1 else f"{place} "
            figures = (_rounded(report[key][item], point) for key in FIGURES)
            cells = "  ".join(f"{each:>{len(head)}}" for each, head in zip(figures, heads[2:], strict=True))
            lines.append(f"{mark:>{len(heads[0])}}  {names[item]:<{width}}  {cells}")
        place += len(group)
    winner = report["condorcet_winner"]
    return "\n".join(
        [
            *lines,
            "",
            say(N_("Beats every other item: %s")) % (say(N_("none")) if winner is None else names[winner]),
            say(N_("Smith set: %s")) % ", ".join(names[item] for item in report["smith_set"]),
            say(N_("Kendall’s W: %s")) % _rounded(report["kendall_w"], point),
        ]
    )


def _figures(items: Iterable[str], figures: Iterable[Fraction | None]) -> dict[str, int | float | None]:
    return {item: _number(figure) for item, figure in zip(items, figures, strict=True)}


def _number(exact: Fraction | None) -> int | float | None:
    if exact is None:
        return None
    return exact.numerator if exact.denominator == 1 else float(exact)


def _rounded(figure: float | None, point: str) -> str:
    if figure is None:
        return "-"
    return f"{figure:.3f}".rstrip("0").rstrip(".").replace(".", point)


def _shown(item: str) -> str:
    """A name that cannot steer the terminal, cut where it is long."""
    name = "".join(character for character in item if character.isprintable())
    return name if len(name) <= WIDEST else f"{name[: WIDEST - 1]}…"
