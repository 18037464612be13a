"""Parts of a whole: how often each level was given, and votes against a threshold."""

from __future__ import annotations

from collections.abc import Sequence

from facilitator.documents.chart import Chart
from facilitator.documents.plots.canvas import Canvas
from facilitator.documents.plots.palette import colour, on, steps
from facilitator.documents.plots.rows import axis, laid, legend, swatch

AXIS = 14.0
DECIDED = 3


def ratings(canvas: Canvas, chart: Chart) -> None:
    """Draw how often each level was given: low ones towards the start, high ones towards the end."""
    fills = steps(len(chart.series))
    words = [f"{canvas.number(number)} · {word}" for number, word in enumerate(chart.series, 1)]
    legend(canvas, [(word, swatch(canvas, fill)) for word, fill in zip(words, fills, strict=True)])
    counts = [[value or 0.0 for value in mark.values] for mark in chart.marks]
    ends = [
        mark.told or f"n = {canvas.number(sum(each))}" for mark, each in zip(chart.marks, counts, strict=True)
    ]
    rows = laid(canvas, chart, ends)
    before = [_low(each) / (sum(each) or 1) for each in counts]
    reach = max(before, default=0.0) + max((1 - part for part in before), default=0.0)
    middle = rows.start + rows.across * max(before, default=0.0) / reach
    axis(canvas, rows, [(middle, "")])
    for each, part, y in zip(counts, before, rows.middles, strict=True):
        across = rows.across / reach
        _strip(canvas, each, fills, middle - part * across, y - rows.thick / 2, across, rows.thick)


def votes(canvas: Canvas, chart: Chart) -> None:
    """Draw yes, with changes and no as parts of all that decided, and where the threshold lies."""
    fills = steps(DECIDED)
    hatches = ["", colour("ink"), ""]
    signs = [swatch(canvas, fill, hatch) for fill, hatch in zip(fills, hatches, strict=True)]
    legend(canvas, list(zip(chart.series, signs, strict=False)))
    canvas.height += AXIS
    rows = laid(canvas, chart, [mark.told for mark in chart.marks])
    places = [(0.0, ""), (1.0, "")]
    axis(canvas, rows, [(rows.start + part * rows.across, words) for part, words in places])
    for mark, y in zip(chart.marks, rows.middles, strict=True):
        counts = [value or 0.0 for value in mark.values[:DECIDED]]
        _strip(canvas, counts, fills, rows.start, y - rows.thick / 2, rows.across, rows.thick, hatches)
    if chart.cut is not None:
        x = rows.start + chart.cut * rows.across
        canvas.lines([((x, rows.top - 1), (x, rows.bottom))], colour("bad"), 1.6, (4, 2.5))
        canvas.text(x, rows.top - 7, canvas.percent(chart.cut), 8, bold=True, at="middle")


def _low(counts: Sequence[float]) -> float:
    """Count what lies below the middle of a scale, half of what lies on it."""
    half = len(counts) // 2
    return sum(counts[:half]) + (counts[half] / 2 if len(counts) % 2 else 0)


def _strip(
    canvas: Canvas,
    counts: Sequence[float],
    fills: Sequence[str],
    start: float,
    top: float,
    across: float,
    thick: float,
    hatches: Sequence[str] = (),
) -> None:
    """Draw the parts of one whole beside each other, their numbers in them where there is room."""
    x = start
    for at, (count, fill) in enumerate(zip(counts, fills, strict=False)):
        wide = across * count / (sum(counts) or 1)
        if not count:
            continue
        canvas.box(x, top, max(wide - 0.8, 0.4), thick, fill)
        if hatches and hatches[at]:
            canvas.hatched(x, top, max(wide - 0.8, 0.4), thick, fill if not hatches[at] else colour("data-1"))
        size = min(7.5, thick * 0.8)
        words = canvas.number(count)
        if canvas.fits(words, size, wide):
            if hatches and hatches[at]:
                canvas.box(x + wide / 2 - 6, top, 12, thick, fill)
            canvas.text(x + wide / 2, top + thick / 2, words, size, ink=on(fill), at="middle")
        x += wide
