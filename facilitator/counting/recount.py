"""Recount: any exported ranking counted again, by anyone."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

from facilitator.counting.agreement import kendall_w
from facilitator.counting.ballotfile import read
from facilitator.counting.ballots import profile
from facilitator.counting.borda import borda_average, borda_modified, mean_rank
from facilitator.counting.pairwise import opinions, pairwise
from facilitator.counting.schulze import condorcet_winner, grouped, schulze_places, smith_set

WIDEST = 48


def recount(source: Path | str) -> dict[str, Any]:
    """Every figure of a ballot file, given by its path or as its text; CountingError where it is faulty."""
    file = read(source)
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


def table(report: dict[str, Any]) -> str:
    """A recount as a table for a terminal."""
    names = {item: _shown(item) for item in report["items"]}
    width = max(len("Item"), *map(len, names.values())) if names else len("Item")
    lines = [
        f"{report['ballots']} ballots, {report['blank']} of them blank",
        "",
        f"Place  {'Item':<{width}}  Mean rank  Borda average  Borda 5 to 1",
    ]
    place = 1
    for group in report["schulze"]:
        for item in group:
            figures = (report[key][item] for key in ("mean_rank", "borda_average", "borda_modified"))
            mean, average, modified = map(_rounded, figures)
            mark = f"{place}=" if len(group) > 1 else f"{place} "
            lines.append(f"{mark:>5}  {names[item]:<{width}}  {mean:>9}  {average:>13}  {modified:>12}")
        place += len(group)
    winner = report["condorcet_winner"]
    return "\n".join(
        [
            *lines,
            "",
            f"Beats every other item: {'none' if winner is None else names[winner]}",
            f"Smith set: {', '.join(names[item] for item in report['smith_set'])}",
            f"Kendall's W: {_rounded(report['kendall_w'])}",
        ]
    )


def _figures(items: Iterable[str], figures: Iterable[Fraction | None]) -> dict[str, int | float | None]:
    return {item: _number(figure) for item, figure in zip(items, figures, strict=True)}


def _number(exact: Fraction | None) -> int | float | None:
    if exact is None:
        return None
    return exact.numerator if exact.denominator == 1 else float(exact)


def _rounded(figure: float | None) -> str:
    if figure is None:
        return "-"
    return f"{figure:.3f}".rstrip("0").rstrip(".")


def _shown(item: str) -> str:
    """A name that cannot steer the terminal, cut where it is long."""
    name = "".join(character for character in item if character.isprintable())
    return name if len(name) <= WIDEST else f"{name[: WIDEST - 1]}…"
