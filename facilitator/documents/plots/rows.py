"""Rows: places and labels down the start of a chart, figures at its end, room to draw between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from facilitator.documents.chart import Chart, Mark
from facilitator.documents.plots.canvas import Canvas
from facilitator.documents.plots.lettering import width, wrapped
from facilitator.documents.plots.palette import colour

MANY = 24
LARGE, SMALL = 9.0, 7.0
LEADING = 1.25
GAP = 8.0
LABELS, WIDE = 0.36, 0.5  # of the width; wide where there are many, so that each is one line
Sign = Callable[[float, float], None]


@dataclass(frozen=True)
class Rows:
    """Where the rows lie: their middles and heights, and the room between labels and figures."""

    start: float
    end: float
    middles: Sequence[float]
    heights: Sequence[float]
    size: float

    @property
    def across(self) -> float:
        """Tell how much room there is to draw in."""
        return self.end - self.start

    @property
    def thick(self) -> float:
        """Tell how high a bar is."""
        return min(12.0, min(self.heights) * 0.62)

    @property
    def top(self) -> float:
        """Tell where the first row begins."""
        return self.middles[0] - self.heights[0] / 2

    @property
    def bottom(self) -> float:
        """Tell where the last row ends."""
        return self.middles[-1] + self.heights[-1] / 2


def size_of(marks: Sequence[Mark]) -> float:
    """Choose how large the letters are: smaller where there are many."""
    return SMALL if len(marks) > MANY else LARGE


def labels_of(marks: Sequence[Mark]) -> float:
    """Choose which part of the width is for labels."""
    return WIDE if len(marks) > MANY else LABELS


def laid(canvas: Canvas, chart: Chart, figures: Sequence[str], labels: float = 0.0) -> Rows:
    """Write places, labels and figures, and find where the rows lie."""
    size, labels = size_of(chart.marks), labels or labels_of(chart.marks)
    numbered = 2.6 * size if any(mark.place for mark in chart.marks) else 0.0
    label = canvas.width * labels - numbered
    ending = max((width(figure, size, True) for figure in figures), default=0.0)
    lines = [wrapped(mark.label, size, label) for mark in chart.marks]
    pad = 3.0 if len(chart.marks) > MANY else 8.0
    heights = [len(each) * size * LEADING + pad for each in lines]
    middles = [canvas.height + sum(heights[:at]) + heights[at] / 2 for at in range(len(heights))]
    for mark, each, middle in zip(chart.marks, lines, middles, strict=True):
        if mark.place:
            place = canvas.number(mark.place) + (" =" if mark.tied else "")
            canvas.text(0, middle, place, size, bold=True)
        block(canvas, numbered, middle, each, size)
    _tied(canvas, chart.marks, middles, heights, numbered - 3)
    end = canvas.width - (ending + GAP if ending else 0)
    for figure, middle in zip(figures, middles, strict=False):
        canvas.text(canvas.width, middle, figure, size, bold=True, at="end")
    return Rows(canvas.width * labels + GAP, end, middles, heights, size)


def block(
    canvas: Canvas,
    x: float,
    middle: float,
    lines: Sequence[str],
    size: float,
    *,
    at: str = "start",
    bold: bool = False,
    ink: str = "ink",
) -> None:
    """Write lines below each other around a height."""
    first = middle - (len(lines) - 1) * size * LEADING / 2
    for number, line in enumerate(lines):
        canvas.text(x, first + number * size * LEADING, line, size, at=at, bold=bold, ink=ink)


def _tied(
    canvas: Canvas, marks: Sequence[Mark], middles: Sequence[float], heights: Sequence[float], x: float
) -> None:
    """Bind those that share a place by a line."""
    found: dict[int, list[int]] = {}
    for at, mark in enumerate(marks):
        if mark.tied:
            found.setdefault(mark.place, []).append(at)
    for members in found.values():
        first, last = members[0], members[-1]
        top, bottom = middles[first] - heights[first] * 0.38, middles[last] + heights[last] * 0.38
        canvas.lines([((x, top), (x, bottom))], colour("line-strong"), 1.2)


def legend(canvas: Canvas, entries: Sequence[tuple[str, Sign]]) -> None:
    """Say what colours and signs mean, in as many lines as it takes."""
    size, x = 8.0, 0.0
    y = canvas.height + size
    for words, sign in entries:
        lines = wrapped(words, size, canvas.width - 16)
        across = 16 + max(width(line, size) for line in lines) + 12
        if x and x + across > canvas.width:
            x, y = 0.0, y + size * 1.5
        sign(x + 5, y)
        block(canvas, x + 14, y + (len(lines) - 1) * size * LEADING / 2, lines, size, ink="ink-soft")
        y += (len(lines) - 1) * size * LEADING
        x += across
    canvas.height = y + size * 1.2


def swatch(canvas: Canvas, fill: str, hatch: str = "") -> Sign:
    """Make a sign of a colour."""

    def sign(x: float, y: float) -> None:
        canvas.box(x - 5, y - 4, 10, 8, fill)
        if hatch:
            canvas.hatched(x - 5, y - 4, 10, 8, hatch)

    return sign


def axis(canvas: Canvas, rows: Rows, places: Sequence[tuple[float, str]]) -> None:
    """Draw the fine lines of an axis, their numbers above the rows."""
    lines = [((x, rows.top), (x, rows.bottom)) for x, _words in places]
    canvas.lines(lines, colour("line"), 0.6)
    for x, words in places:
        canvas.text(x, rows.top - 6, words, 7.5, ink="ink-soft", at="middle")
    canvas.height = rows.bottom
