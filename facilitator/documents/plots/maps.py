"""Maps: how many put each option before each other one, and impact against feasibility."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from facilitator.documents.chart import Chart, Mark
from facilitator.documents.plots.canvas import Canvas
from facilitator.documents.plots.lettering import wrapped
from facilitator.documents.plots.palette import colour, on
from facilitator.documents.plots.rows import GAP, LABELS, LEADING, Rows, block, laid

NUMBERED = 22  # columns that still have room for a number
SHADES = 10
FEW_SERIES = 8
PARTS = ((FEW_SERIES, LABELS), (NUMBERED, 0.3), (10_000, 0.46))  # of the width, for labels
FIFTH = 5
HEAD = 7.5
EDGE = 0.75
LEVELS = 5
MAP = 300.0
ABREAST = 5


def pairs(canvas: Canvas, chart: Chart) -> None:
    """Draw a table of shades, its numbers in it where there is room; columns are numbered as the rows are."""
    named = 0 < len(chart.series) <= FEW_SERIES
    columns = max(1, len(chart.series or chart.marks))
    labels = next(part for most, part in PARTS if columns <= most)
    start = canvas.width * labels + GAP
    wide = min((canvas.width - start) / columns, 90.0 if chart.series else 34.0)
    numbers = [[canvas.number(at) if _told(at, columns) else ""] for at in range(1, columns + 1)]
    lines = [wrapped(head, HEAD, wide - 4) for head in chart.series] if named else numbers
    canvas.height += max(map(len, lines)) * HEAD * LEADING + 4
    size = HEAD if wide > 2 * HEAD or named else 6.5
    for at, each in enumerate(lines):
        middle = canvas.height - 3 - len(each) * HEAD * LEADING / 2
        block(canvas, start + (at + 0.5) * wide, middle, each, size, at="middle", bold=not named)
    rows = laid(canvas, chart, [], labels)
    _shaded(canvas, chart, rows, start, wide)
    canvas.height = rows.bottom
    if chart.series and not named:
        _key(canvas, [(canvas.number(at), head) for at, head in enumerate(chart.series, 1)])


def _told(at: int, columns: int) -> bool:
    return columns <= NUMBERED or at == 1 or at % FIFTH == 0


def _shaded(canvas: Canvas, chart: Chart, rows: Rows, start: float, wide: float) -> None:
    most = max((value or 0.0 for mark in chart.marks for value in mark.values), default=0.0) or 1.0
    cells: dict[int, list[tuple[float, float, float, float]]] = {}
    said = []
    for at, mark in enumerate(chart.marks):
        top, high = rows.middles[at] - rows.heights[at] / 2, rows.heights[at]
        for other, value in enumerate(mark.values):
            if value is None:
                continue
            part = value / most if chart.series else _part(chart.marks, at, other)
            shade = round(part * SHADES)
            cells.setdefault(shade, []).append((start + other * wide, top, wide - 0.6, high - 0.6))
            said.append((start + (other + 0.5) * wide, rows.middles[at], value, shade))
    for shade, places in sorted(cells.items()):
        canvas.boxes(places, _shade(shade))
    if len(chart.series or chart.marks) <= NUMBERED:
        for x, y, value, shade in said:
            canvas.text(x, y, canvas.number(value), min(7.5, wide * 0.45), ink=on(_shade(shade)), at="middle")


def _part(marks: Sequence[Mark], at: int, other: int) -> float:
    """How large a part of those who tell two options apart put the one before the other."""
    before = marks[at].values[other] or 0.0
    after = (marks[other].values[at] if at < len(marks[other].values) else None) or 0.0
    return before / (before + after) if before + after else 0.5


def _shade(shade: int) -> str:
    return colour("data-1", 0.06 + 0.94 * shade / SHADES)


def quadrants(canvas: Canvas, chart: Chart) -> None:
    """Draw the map, the room's ratings as small dots, the medians as numbered spots, and who they are."""
    side = min(MAP, canvas.width * 0.8)
    left, top = (canvas.width - side) / 2, canvas.height + 4
    middle = chart.cut if chart.cut is not None else (LEVELS + 1) / 2

    def at(ease: float, impact: float) -> tuple[float, float]:
        across, up = ((level - 1 + EDGE) / (LEVELS - 1 + 2 * EDGE) for level in (ease, impact))
        return left + across * side, top + (1 - up) * side

    edge = colour("line-strong")
    corners = [(left, top), (left + side, top), (left + side, top + side), (left, top + side)]
    canvas.shapes([corners], "#ffffff", edge, 1)
    x, y = at(middle, middle)
    canvas.lines([((x, top), (x, top + side)), ((left, y), (left + side, y))], edge, 1)
    canvas.dots([at(ease, impact) for ease, impact, _each in chart.cloud], 1.1, colour("data-6", 0.6))
    places = (
        (left + 5, top + 9, "start"),
        (left + side - 5, top + 9, "end"),
        (left + 5, top + side - 9, "start"),
        (left + side - 5, top + side - 9, "end"),
    )
    for words, (across, down, side_) in zip(chart.series, places, strict=False):
        canvas.text(across, down, words, 9, bold=True, ink="ink-soft", at=side_)
    _spots(canvas, chart, at)
    canvas.text(left - 6, top + 6, chart.other_axis, 8.5, ink="ink-soft", at="end")
    canvas.text(left + side, top + side + 9, chart.axis, 8.5, ink="ink-soft", at="end")
    canvas.height = top + side + 20
    _key(canvas, [(canvas.number(mark.place), canvas.beside(mark.label, mark.told)) for mark in chart.marks])


def _spots(canvas: Canvas, chart: Chart, at: Callable[[float, float], tuple[float, float]]) -> None:
    spots: dict[tuple[float, float], list[Mark]] = {}
    for mark in chart.marks:
        ease, impact = (*mark.values, None, None)[:2]
        if ease is not None and impact is not None:
            spots.setdefault((ease, impact), []).append(mark)
    radius = 7.0 if len(chart.marks) <= NUMBERED else 5.5
    for place, members in spots.items():
        x, y = at(*place)
        lines = [members[start : start + ABREAST] for start in range(0, len(members), ABREAST)]
        for line, few in enumerate(lines):
            for number, mark in enumerate(few):
                across = x + (number - (len(few) - 1) / 2) * 2.1 * radius
                down = y + (line - (len(lines) - 1) / 2) * 2.1 * radius
                hollow = bool(mark.told)
                fill, edge = ("#ffffff", colour("ink")) if hollow else (colour("ink"), "#ffffff")
                canvas.dots([(across, down)], radius, fill, edge, 1, (2, 1.6) if hollow else ())
                canvas.text(
                    across,
                    down,
                    canvas.number(mark.place),
                    radius * 1.1,
                    bold=True,
                    ink="ink" if hollow else "white",
                    at="middle",
                )


def _key(canvas: Canvas, entries: Sequence[tuple[str, str]]) -> None:
    """Say what the numbers stand for, in two columns."""
    size, column = 8.0, canvas.width / 2 - 8
    texts = [(number, wrapped(words, size, column - 18)) for number, words in entries]
    half = -(-len(texts) // 2)
    start = canvas.height + 6
    for at, part in enumerate((texts[:half], texts[half:])):
        y = start
        for number, lines in part:
            middle = y + len(lines) * size * LEADING / 2
            canvas.text(at * (column + 16) + 13, y + size * LEADING / 2, number, size, bold=True, at="end")
            block(canvas, at * (column + 16) + 18, middle, lines, size)
            y += len(lines) * size * LEADING + 2
        canvas.height = max(canvas.height, y)
