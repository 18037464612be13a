"""The canvas: lengths in points from the start of the line and from above; it mirrors itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from babel.numbers import format_decimal, format_percent

from facilitator.documents.plots.lettering import MARK, UNIT, Run, shaped, width
from facilitator.documents.plots.palette import colour

RAISED = 0.35  # of the size: from the middle of a line of text to its baseline
AHEAD = {"start": 0.0, "middle": 0.5, "end": 1.0}
ROUND = 0.5523  # how far the handles of a quarter of a circle reach
Point = tuple[float, float]
Step = tuple[str, Sequence[Point]]


@dataclass(frozen=True)
class Stroke:
    """A path: its steps ("M", "L", "C", "Z"), what fills it, what draws its edge."""

    steps: Sequence[Step]
    fill: str = ""
    edge: str = ""
    thick: float = 0.8
    dashes: Sequence[float] = ()


@dataclass(frozen=True)
class Label:
    """One line of text: where its baseline begins, from the side that is seen first."""

    x: float
    y: float
    run: Run
    size: float
    ink: str


class Canvas:
    """A drawing in the making, as wide as it is told and as high as it becomes."""

    def __init__(self, across: float, language: str, direction: str) -> None:
        self.width, self.language, self.mirrored = across, language, direction == "rtl"
        self.height = 0.0
        self.strokes: list[Stroke] = []
        self.labels: list[Label] = []

    def number(self, value: float, pattern: str = "#,##0.#") -> str:
        """Write a number as the reader does."""
        return str(format_decimal(value, pattern, self.language))

    def percent(self, value: float) -> str:
        """Write a share as the reader does."""
        return str(format_percent(value, locale=self.language))

    def beside(self, *parts: str) -> str:
        """Write figures one after the other, in the direction of the reader."""
        return (MARK if self.mirrored else "") + " · ".join(part for part in parts if part)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 9,
        *,
        bold: bool = False,
        ink: str = "ink",
        at: str = "start",
    ) -> None:
        """Write one line, its middle at a height."""
        run = shaped(words, bold)
        part = 1 - AHEAD[at] if self.mirrored else AHEAD[at]
        start = self._across(x) - part * run.width * size / UNIT
        self.labels.append(Label(start, y + size * RAISED, run, size, colour(ink)))

    def boxes(self, places: Iterable[tuple[float, float, float, float]], fill: str) -> None:
        """Fill boxes, each given by start, top, width and height."""
        steps: list[Step] = []
        for x, y, across, down in places:
            corners = [(x, y), (x + across, y), (x + across, y + down), (x, y + down)]
            steps += self._line(corners)
            steps.append(("Z", ()))
        self._stroke(Stroke(steps, fill))

    def box(self, x: float, y: float, across: float, down: float, fill: str) -> None:
        """Fill one box."""
        self.boxes([(x, y, across, down)], fill)

    def lines(
        self, lines: Iterable[Sequence[Point]], ink: str, thick: float = 0.8, dashes: Sequence[float] = ()
    ) -> None:
        """Draw lines from point to point."""
        steps = [step for line in lines for step in self._line(line)]
        self._stroke(Stroke(steps, "", ink, thick, dashes))

    def shapes(
        self, shapes: Iterable[Sequence[Point]], fill: str, edge: str = "", thick: float = 0.8
    ) -> None:
        """Fill shapes by their corners."""
        steps = [step for points in shapes for step in (*self._line(points), ("Z", ()))]
        self._stroke(Stroke(steps, fill, edge, thick))

    def dots(
        self,
        places: Iterable[Point],
        radius: float,
        fill: str,
        edge: str = "",
        thick: float = 0.8,
        dashes: Sequence[float] = (),
    ) -> None:
        """Draw round dots."""
        steps = [step for x, y in places for step in _circle(self._across(x), y, radius)]
        self._stroke(Stroke(steps, fill, edge, thick, dashes))

    def hatched(self, x: float, y: float, across: float, down: float, ink: str, apart: float = 4) -> None:
        """Lay slanting lines over a box, so that it is told apart without colours."""
        found: list[Sequence[Point]] = []
        start = apart / 2
        while start < across + down:
            low = (min(start, across), max(0.0, start - across))
            high = (max(0.0, start - down), min(start, down))
            found.append(((x + low[0], y + low[1]), (x + high[0], y + high[1])))
            start += apart
        self.lines(found, ink, 0.7)

    def fits(self, words: str, size: float, across: float) -> bool:
        """Tell whether a text has room."""
        return width(words, size) + 4 <= across

    def _line(self, points: Sequence[Point]) -> list[Step]:
        placed = [(self._across(x), y) for x, y in points]
        return [("M", placed[:1]), *(("L", [point]) for point in placed[1:])]

    def _stroke(self, stroke: Stroke) -> None:
        if stroke.steps:
            self.strokes.append(stroke)

    def _across(self, x: float) -> float:
        return self.width - x if self.mirrored else x


def _circle(x: float, y: float, radius: float) -> list[Step]:
    steps: list[Step] = [("M", [(x + radius, y)])]
    for quarter in range(4):
        one, other = quarter * pi / 2, (quarter + 1) * pi / 2
        steps.append(
            (
                "C",
                [
                    (x + radius * (cos(one) - ROUND * sin(one)), y + radius * (sin(one) + ROUND * cos(one))),
                    (
                        x + radius * (cos(other) + ROUND * sin(other)),
                        y + radius * (sin(other) - ROUND * cos(other)),
                    ),
                    (x + radius * cos(other), y + radius * sin(other)),
                ],
            )
        )
    return [*steps, ("Z", ())]
