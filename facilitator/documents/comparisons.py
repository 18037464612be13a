"""Comparisons told: a result by type of institution, and a round beside the one before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from facilitator.documents.standings import Drawn, drawn, written
from facilitator.kinds import compared
from facilitator.kinds.answered import took_part
from facilitator.kinds.figured import Cell, Figured, Named, Option, Tabled
from facilitator.kinds.remarks import OPTION

if TYPE_CHECKING:
    from facilitator.counting.change import Change
    from facilitator.counting.standing import Standings


def by_type(
    groups: Mapping[str, Standings], names: Mapping[str, str], result: Tabled, language: str
) -> tuple[Tabled, Drawn] | None:
    """Tell the place of each option in each group that may be shown, in the order of the whole result.

    `names` are the groups' names; what stands before the options of the result stands before them here.
    """
    told = {group: each for group, each in groups.items() if each.several and each.rows}
    if not told:
        return None
    heads = {group: _head(names[group], told[group].ballots, language) for group in told}
    places = {group: {row.option: row.place for row in each.rows} for group, each in told.items()}
    front = [column.name for column in result.columns].index(OPTION.name)
    rows: list[list[Cell]] = []
    marks = []
    for line in result.rows:
        option = line[front]
        assert isinstance(option, Option)  # noqa: S101 - its column says so
        values = [places[group].get(option.id) for group in told]
        rows.append([*line[: front + 1], *values])
        marks.append({"label": option.text, "values": values, "place": line[0] if front else 0})
    columns = [*result.columns[:front], OPTION]
    columns += [Figured(group, heads[group], "count") for group in told]
    caption = str(_("Places by type of institution"))
    picture = {"sort": "groups", "caption": caption, "marks": marks, "series": list(heads.values())}
    total = sum(each.ballots for each in told.values())
    return Tabled("types", caption, columns, rows), drawn(picture, language, took_part(total))


def rounds(
    change: Change, numbers: tuple[int, int], options: Sequence[Option], language: str
) -> tuple[Tabled, Drawn]:
    """Tell the places in two rounds; `numbers` are theirs."""
    named, tabled = Named(options), compared.rounds(change, numbers, options)
    marks = [
        {"label": named[option].text, "values": [change.before[option], place], "place": place}
        for option, place in change.now.items()
    ]
    heads = [str(column.label) for column in tabled.columns[1:3]]
    picture = {"sort": "slopes", "caption": tabled.caption, "marks": marks, "series": heads}
    return tabled, drawn(picture, language, "")


def _head(name: str, ballots: int, language: str) -> str:
    return f"{name} ({written(ballots, 'count', language)})"
