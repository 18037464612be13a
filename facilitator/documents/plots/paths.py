"""Paths: places from one round to the next, and the steps of a cycle."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import cos, pi, sin

from facilitator.documents.chart import Chart, Mark
from facilitator.documents.plots.canvas import Canvas
from facilitator.documents.plots.lettering import wrapped
from facilitator.documents.plots.palette import colour
from facilitator.documents.plots.rows import LEADING, block, size_of

SIDE = 0.37
BOX = 0.29
PAD = 6.0


def slopes(canvas: Canvas, chart: Chart) -> None:
    """Draw each option's way from its place before to its place now: up is strong, down is dashed."""
    size, across = size_of(chart.marks), canvas.width * SIDE
    left, right = across + 4, canvas.width - across - 4
    for words, x, side in zip(chart.series, (across, canvas.width - across), ("end", "start"), strict=False):
        canvas.text(x, canvas.height + 6, words, 9, bold=True, at=side)
    canvas.height += 18
    then = sorted((mark for mark in chart.marks if mark.values[0] is not None), key=_place(0))
    now = sorted(chart.marks, key=_place(1))
    top, label = canvas.height, across - 3 * size
    heights = {id(mark): len(wrapped(mark.label, size, label)) * size * LEADING + 3 for mark in chart.marks}
    places = [_below(order, heights, top) for order in (then, now)]
    for mark in sorted(chart.marks, key=_moved):
        if id(mark) in places[0]:
            _slope(canvas, mark, (left, places[0][id(mark)]), (right, places[1][id(mark)]))
        else:
            canvas.dots([(right, places[1][id(mark)])], 2.6, "#ffffff", colour("data-1"), 1.2)
    for order, known, number in ((then, places[0], 0), (now, places[1], 1)):
        for mark in order:
            _end(canvas, mark, known[id(mark)], number, across, size)
    canvas.height = top + sum(heights.values())


def _place(number: int) -> Callable[[Mark], float]:
    return lambda mark: mark.values[number] or 0.0


def _below(order: Sequence[Mark], heights: Mapping[int, float], top: float) -> dict[int, float]:
    """Lay marks below each other and tell the middle of each."""
    found = {}
    for mark in order:
        found[id(mark)] = top + heights[id(mark)] / 2
        top += heights[id(mark)]
    return found


def _moved(mark: Mark) -> float:
    before, now = mark.values[0], mark.values[1]
    return 0.0 if before is None or now is None else abs(before - now)


def _slope(canvas: Canvas, mark: Mark, start: tuple[float, float], end: tuple[float, float]) -> None:
    before, now = mark.values[0] or 0.0, mark.values[1] or 0.0
    ink, thick = colour("data-6"), 1.0
    dashes: tuple[float, ...] = ()
    if now < before:
        ink, thick = colour("data-1"), 2.0
    elif now > before:
        ink, thick, dashes = colour("data-2"), 1.5, (5.0, 3.0)
    canvas.lines([(start, end)], ink, thick, dashes)
    canvas.dots([start, end], 2.6, ink)


def _end(canvas: Canvas, mark: Mark, y: float, number: int, across: float, size: float) -> None:
    place = canvas.number(mark.values[number] or 0)
    lines = wrapped(mark.label, size, across - 3 * size)
    if number:
        canvas.text(canvas.width - across + 2 + 1.6 * size, y, place, size, bold=True, at="end")
        block(canvas, canvas.width - across + 2 + 2.2 * size, y, lines, size)
    else:
        canvas.text(across - 2, y, place, size, bold=True, at="end")
        block(canvas, across - 2 - 2.2 * size, y, lines, size, at="end")


def cycle(canvas: Canvas, chart: Chart) -> None:
    """Draw steps around a circle, in the direction of reading, each with those who act in it."""
    count = len(chart.marks)
    wide = canvas.width * (BOX if count > 3 else 0.4)
    texts = [(_lines(mark.label, wide, True), _lines("\n".join(mark.below), wide)) for mark in chart.marks]
    heights = [
        2 * PAD + 9 * LEADING * len(title) + 8 * LEADING * len(actors) + (4 if actors else 0)
        for title, actors in texts
    ]
    angles = [2 * pi * at / count - pi / 2 for at in range(count)]
    across = (canvas.width - wide) / 2 / max(abs(cos(angle)) for angle in angles) if count > 1 else 0.0
    down = _reach(angles, heights, across, wide)
    high = max(-down * sin(angle) + height / 2 for angle, height in zip(angles, heights, strict=True))
    x, y = canvas.width / 2, canvas.height + high + 4
    ring = [(x + across * 0.93 * cos(turn * pi / 90), y + down * sin(turn * pi / 90)) for turn in range(181)]
    canvas.lines([ring], colour("data-1", 0.34), 5)
    for angle in angles if count > 1 else ():
        _arrow(canvas, x, y, across * 0.93, down, angle + pi / count)
    for at, (angle, height) in enumerate(zip(angles, heights, strict=True)):
        middle = y + down * sin(angle)
        _box(
            canvas,
            x + across * cos(angle) - wide / 2,
            middle - height / 2,
            wide,
            height,
            texts[at],
            canvas.number(at + 1),
        )
    low = max(down * sin(angle) + height / 2 for angle, height in zip(angles, heights, strict=True))
    canvas.height = y + low + 4


def _lines(text: str, wide: float, bold: bool = False) -> list[str]:
    size = 9 if bold else 8
    return [
        line
        for part in text.split("\n")
        if part.strip()
        for line in wrapped(part, size, wide - 2 * PAD - (16 if bold else 0), bold)
    ]


def _reach(angles: list[float], heights: list[float], across: float, wide: float) -> float:
    """Choose how high the circle is, so that no two boxes meet."""
    down = across * 0.55
    for one in range(len(angles)):
        for other in range(one):
            beside = abs(across * (cos(angles[one]) - cos(angles[other])))
            apart = abs(sin(angles[one]) - sin(angles[other]))
            if beside < wide + 10 and apart > 0.01:
                down = max(down, ((heights[one] + heights[other]) / 2 + 22) / apart)
    return down


def _arrow(canvas: Canvas, x: float, y: float, across: float, down: float, angle: float) -> None:
    tip = (x + across * cos(angle), y + down * sin(angle))
    ahead = (-across * sin(angle), down * cos(angle))
    length = (ahead[0] ** 2 + ahead[1] ** 2) ** 0.5 or 1.0
    dx, dy = ahead[0] / length, ahead[1] / length
    corners = [(7, 0), (-6, 6.5), (-6, -6.5)]
    canvas.shapes(
        [[(tip[0] + a * dx - b * dy, tip[1] + a * dy + b * dx) for a, b in corners]], colour("data-1")
    )


def _box(
    canvas: Canvas,
    x: float,
    y: float,
    wide: float,
    high: float,
    texts: tuple[list[str], list[str]],
    number: str,
) -> None:
    title, actors = texts
    corners = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]
    canvas.shapes([corners], "#ffffff", colour("data-1"), 1.2)
    head = 2 * PAD + len(title) * 9 * LEADING - 3
    canvas.box(x, y, wide, head, colour("accent-soft"))
    canvas.text(x + PAD, y + PAD + 9 * LEADING / 2 - 1, number, 9, bold=True, ink="accent")
    block(canvas, x + PAD + 14, y + head / 2, title, 9, bold=True)
    if actors:
        middle = y + head + (high - head) / 2
        block(canvas, x + PAD, middle, actors, 8)
