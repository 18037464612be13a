"""Charts: a chart in, an SVG or a PNG out, always the same bytes for the same chart."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from facilitator.documents.chart import Chart, Mark

WIDTH = 160.0
MILLIMETRE = 72 / 25.4
_pen = threading.Lock()  # one font, one size at a time


def drawn(chart: Chart | Mapping[str, Any], format: str, width: float = WIDTH) -> bytes:
    """Draw a chart, as wide as so many millimetres and as high as it needs.

    Formats: "svg", "text" (an SVG for where our fonts are), "png".
    """
    # drawing takes a second to load: only where something is drawn
    from facilitator.documents.plots import bars, maps, parts, paths, pens
    from facilitator.documents.plots.canvas import Canvas

    sorts = {
        "bars": bars.bars,
        "words": bars.bars,
        "ranks": bars.ranks,
        "groups": bars.groups,
        "pairs": maps.pairs,
        "quadrants": maps.quadrants,
        "ratings": parts.ratings,
        "votes": parts.votes,
        "slopes": paths.slopes,
        "cycle": paths.cycle,
    }
    given = read(chart)
    with _pen:
        canvas = Canvas(width * MILLIMETRE - 2 * pens.EDGE, given.language, given.direction)
        if given.marks:
            sorts[given.sort](canvas, given)
        if given.voters:
            canvas.height += 12
            canvas.text(0, canvas.height, given.voters, 8, ink="ink-soft")
        canvas.height += 8
        return {"svg": pens.svg, "text": pens.lettered, "png": pens.png}[format](canvas, described(given))


def read(chart: Chart | Mapping[str, Any]) -> Chart:
    """Read a chart from plain data."""
    if isinstance(chart, Chart):
        return chart
    marks = [mark if isinstance(mark, Mark) else Mark(**mark) for mark in chart["marks"]]
    known = {each.name for each in fields(Chart)}
    return Chart(**{name: value for name, value in chart.items() if name in known} | {"marks": marks})


def described(chart: Chart) -> str:
    """Name what is drawn, for those who read the file instead of seeing it."""
    told = [chart.axis, chart.other_axis, *chart.series, *(mark.label for mark in chart.marks), chart.voters]
    return "; ".join(filter(None, told))
