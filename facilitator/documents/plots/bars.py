"""Bars, mean places with whiskers, and dots by group."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from facilitator.documents.chart import Chart, Mark
from facilitator.documents.plots.canvas import Canvas, Point
from facilitator.documents.plots.palette import SERIES, colour
from facilitator.documents.plots.rows import Sign, axis, laid, legend

AXIS = 14.0
HALF = 0.5
SIZE = 3.6
SHAPES: Sequence[Sequence[Point]] = (
    (),  # round
    ((-SIZE, -SIZE), (SIZE, -SIZE), (SIZE, SIZE), (-SIZE, SIZE)),
    ((0, -SIZE - 1), (SIZE + 1, SIZE), (-SIZE - 1, SIZE)),
    ((0, -SIZE - 1.4), (SIZE + 1.4, 0), (0, SIZE + 1.4), (-SIZE - 1.4, 0)),
)
Signs = Callable[[Sequence[Point]], None]


def bars(canvas: Canvas, chart: Chart) -> None:
    """Draw counts or shares as bars, each with its figures at the end."""
    shares = any(len(mark.values) > 1 and mark.values[1] is not None for mark in chart.marks)
    sizes = [_value(mark, int(shares)) or 0.0 for mark in chart.marks]
    whole = _whole(max(sizes, default=0.0)) if shares else max(sizes, default=0.0) or 1.0
    canvas.height += AXIS if shares else 0
    rows = laid(canvas, chart, [_figures(canvas, mark) for mark in chart.marks])
    told = canvas.percent if shares else canvas.number
    parts = (0, HALF, 1) if shares else (0,)
    axis(
        canvas,
        rows,
        [(rows.start + part * rows.across, told(part * whole) if shares else "") for part in parts],
    )
    thick = rows.thick
    for middle, size in zip(rows.middles, sizes, strict=True):
        canvas.box(rows.start, middle - thick / 2, rows.across * size / whole, thick, colour("data-1"))


def ranks(canvas: Canvas, chart: Chart) -> None:
    """Draw mean places as dots, the middle half of all places as whiskers, the first at the start."""
    last = max(2, len(chart.marks))
    means = [_value(mark, 0) for mark in chart.marks]
    canvas.height += AXIS
    rows = laid(canvas, chart, [canvas.number(mean, "0.0") if mean else "–" for mean in means])

    def at(place: float) -> float:
        return rows.start + 5 + (place - 1) * (rows.across - 10) / (last - 1)

    axis(canvas, rows, [(at(place), canvas.number(place)) for place in _round(last)])
    for mark, middle, mean in zip(chart.marks, rows.middles, means, strict=True):
        low, high = _value(mark, 1), _value(mark, 2)
        if low is not None and high is not None:
            canvas.box(at(low) - 1, middle - 2, at(high) - at(low) + 2, 4, colour("data-1", 0.34))
        if mean is not None:
            canvas.dots([(at(mean), middle)], 3.6, colour("data-1"), "#ffffff", 0.8)


def groups(canvas: Canvas, chart: Chart) -> None:
    """Draw one sign for each group along every row: shares, or places with the first at the start."""
    values = [value for mark in chart.marks for value in mark.values if value is not None]
    places = max(values, default=0.0) > 1
    most = max(values, default=1.0)
    low, high = (1.0, max(2.0, most)) if places else (0.0, _whole(most))
    signs = [_sign(canvas, number) for number in range(len(chart.series))]
    legend(canvas, [(words, _one(sign)) for words, sign in zip(chart.series, signs, strict=True)])
    canvas.height += AXIS
    rows = laid(canvas, chart, [])

    def at(value: float) -> float:
        return rows.start + 6 + (value - low) * (rows.across - 12) / (high - low)

    tick_values = [float(place) for place in _round(round(high))] if places else [0.0, high / 2, high]
    axis(canvas, rows, [(at(v), canvas.number(v) if places else canvas.percent(v)) for v in tick_values])
    lines: list[Sequence[Point]] = []
    found: list[list[Point]] = [[] for _ in signs]
    for mark, middle in zip(chart.marks, rows.middles, strict=True):
        ends = [None if value is None else at(value) for value in mark.values]
        known = [end for end in ends if end is not None]
        if known:
            lines.append(((min(known), middle), (max(known), middle)))
        for series, standing in zip(found, _apart(ends, middle, min(5.0, rows.thick / 2)), strict=False):
            series += standing
    canvas.lines(lines, colour("line-strong"), 1)
    for sign, series in zip(signs, found, strict=True):
        sign(series)


def _one(signs: Signs) -> Sign:
    return lambda x, y: signs([(x, y)])


def _apart(places: Sequence[float | None], middle: float, apart: float) -> Iterator[list[Point]]:
    """Find where each sign of a row stands, those at one place above each other; none where none is drawn."""
    for number, place in enumerate(places):
        if place is None:
            yield []
            continue
        before = places[:number].count(place)
        yield [(place, middle + before * apart - (places.count(place) - 1) * apart / 2)]


def _sign(canvas: Canvas, number: int) -> Signs:
    """Make the sign of a group: its colour and its shape, either of which is enough."""
    fill = colour(SERIES[number % len(SERIES)])

    def signs(places: Sequence[Point]) -> None:
        if number % len(SHAPES):
            corners = SHAPES[number % len(SHAPES)]
            shapes = [[(x + across, y + down) for across, down in corners] for x, y in places]
            canvas.shapes(shapes, fill, "#ffffff", 0.6)
        else:
            canvas.dots(places, SIZE, fill, "#ffffff", 0.6)
        if number >= len(SHAPES):
            canvas.dots(places, 1.2, "#ffffff")

    return signs


def _figures(canvas: Canvas, mark: Mark) -> str:
    """Write what stands at the end of a bar."""
    if mark.told:
        return canvas.beside(mark.told)
    count, share = _value(mark, 0), _value(mark, 1)
    return canvas.beside(
        canvas.number(count) if count is not None else "", canvas.percent(share) if share is not None else ""
    )


def _value(mark: Mark, number: int) -> float | None:
    return mark.values[number] if number < len(mark.values) else None


def _whole(most: float) -> float:
    """Choose how far an axis of shares goes."""
    return next((end for end in (0.1, 0.2, 0.5) if most <= end), 1.0)


def _round(last: int) -> list[int]:
    """Choose some places for an axis from 1."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, last) if last / step <= 8)
    return (
        sorted({1, *range(step, last + 1, step)} - ({2} if step == 2 else set()))
        if step > 1
        else [*range(1, last + 1)]
    )
