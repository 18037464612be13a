"""Pens: a canvas as SVG, each glyph drawn once and used often, or as PNG, fine enough for print."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray
from PIL import Image

from facilitator.documents.plots.canvas import Canvas, Label, Stroke
from facilitator.documents.plots.lettering import LATIN, UNIT, outlines

POINTS = 72
FINE = 200
COLOURS, PACKED = 128, 4
WHITE = 0xFFFFFFFF
Names = dict[str, str]
EDGE = 2  # points beside the drawing, so that no line is cut
TALL = 1.42  # times as high as wide: what still stands on one page; beyond it there is room at both sides
CODES: dict[str, list[Any]] = {
    "M": [Path.MOVETO],
    "L": [Path.LINETO],
    "C": [Path.CURVE4] * 3,
    "Z": [Path.CLOSEPOLY],
}
LETTERS = {int(Path.MOVETO): ("M", 1), int(Path.LINETO): ("L", 1), int(Path.CURVE3): ("Q", 2)}


def svg(canvas: Canvas, told: str) -> bytes:
    """Write a drawing as SVG that needs no font."""
    return _drawing(canvas, told, _label)


def lettered(canvas: Canvas, told: str) -> bytes:
    """Write a drawing as SVG whose Latin words are text, for where our fonts are: an eighth of the size."""
    return _drawing(canvas, told, _words)


def _drawing(canvas: Canvas, told: str, written: Callable[[Label, Names], str]) -> bytes:
    names: Names = {}
    labels = [written(label, names) for label in canvas.labels]
    glyphs = [f'<path id="{short}" d="{_outline(name)}"/>' for name, short in names.items()]
    beside = _beside(canvas)
    start, across, down = _n(-beside), _n(canvas.width + 2 * beside), _n(canvas.height)
    size = f'width="{across}pt" height="{down}pt" viewBox="{start} 0 {across} {down}"'
    said = "".join(sign for sign in told if sign.isprintable())
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
        f"<desc>{escape(said)}</desc>",
        f'<rect x="{start}" width="{across}" height="{down}" fill="#ffffff"/>',
        f"<defs>{''.join(glyphs)}</defs>",
        *map(_path, canvas.strokes),
        *labels,
        "</svg>",
    ]
    return "\n".join(parts).encode()


def png(canvas: Canvas, told: str) -> bytes:
    """Draw a drawing as PNG."""
    scale = FINE / POINTS
    beside = _beside(canvas)
    across, down = round((canvas.width + 2 * beside) * scale), round(canvas.height * scale)
    begin: Any = RendererAgg
    renderer = begin(across, down, FINE)
    pixels = np.asarray(renderer.buffer_rgba())
    pixels.fill(255)
    place = Affine2D().scale(scale, -scale).translate(beside * scale, down)
    for stroke in canvas.strokes:
        _drawn(renderer, stroke, place)
    for ink in dict.fromkeys(label.ink for label in canvas.labels):
        outline = _outlines([label for label in canvas.labels if label.ink == ink])
        _filled(renderer, outline, place, ink)
    kept = io.BytesIO()
    _few(pixels).save(kept, "png", dpi=(FINE, FINE), compress_level=PACKED)
    return kept.getvalue()


def _few(pixels: NDArray[np.uint8]) -> Image.Image:
    """Paint with few colours, which takes a third of the room: those found most among what is not white."""
    inked = np.flatnonzero(pixels.view(np.uint32).ravel() != WHITE)
    parts = pixels.reshape(-1, 4)[inked, :3]
    high = (parts >> 4).astype(np.int64)
    keys = high[:, 0] << 8 | high[:, 1] << 4 | high[:, 2]
    sizes = np.bincount(keys, minlength=16**3)
    used = np.flatnonzero(sizes)
    sums = [np.bincount(keys, part, 16**3)[used] for part in parts.T]
    means = np.stack(sums, axis=-1) / sizes[used, np.newaxis]
    colours = means[np.argsort(-sizes[used], kind="stable")[:COLOURS]]
    apart = ((means[:, np.newaxis] - colours) ** 2).sum(axis=-1)
    nearest = np.zeros(16**3, np.uint8)
    nearest[used] = 1 + apart.argmin(axis=-1) if used.size else 0
    found = np.zeros(pixels.shape[:2], np.uint8)
    found.ravel()[inked] = nearest[keys]
    image = Image.fromarray(found, "P")
    image.putpalette([255] * 3 + colours.round().astype(np.uint8).ravel().tolist())
    return image


def _beside(canvas: Canvas) -> float:
    return max(EDGE, (canvas.height / TALL - canvas.width) / 2)


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _label(label: Label, names: Names) -> str:
    known = outlines()
    uses = []
    glyphs = ((name, at + x, y) for at, piece in label.run.pieces for name, x, y in piece.glyphs)
    for name, x, y in glyphs:
        if len(known[name][0]):
            short = names.setdefault(name, f"g{len(names)}")
            up = f' y="{_n(y)}"' if y else ""
            uses.append(f'<use href="#{short}" x="{_n(x)}"{up}/>')
    scale = f"{label.size / UNIT:.4f}"
    place = f"translate({_n(label.x)} {_n(label.y)}) scale({scale} -{scale})"
    return f'<g fill="{label.ink}" transform="{place}">{"".join(uses)}</g>'


def _words(label: Label, names: Names) -> str:
    run = label.run
    if not LATIN.fullmatch(run.text):
        return _label(label, names)
    weight = ' font-weight="700"' if run.bold else ""
    place = f'x="{_n(label.x)}" y="{_n(label.y)}" font-size="{_n(label.size)}"'
    return f'<text {place} font-family="Noto Sans"{weight} fill="{label.ink}">{escape(run.text)}</text>'


def _outline(name: str) -> str:
    points, codes = outlines()[name]
    return "".join(_walk([(float(x), float(y)) for x, y in points], [int(code) for code in codes]))


def _walk(points: Sequence[tuple[float, float]], codes: Sequence[int]) -> Iterator[str]:
    at = 0
    while at < len(codes):
        letter, length = LETTERS.get(codes[at], ("Z", 0))
        yield letter + " ".join(f"{_n(x)} {_n(y)}" for x, y in points[at : at + length])
        at += max(1, length)


def _path(stroke: Stroke) -> str:
    path = "".join(
        letter + " ".join(f"{_n(x)} {_n(y)}" for x, y in points) for letter, points in stroke.steps
    )
    looks = f'fill="{stroke.fill or "none"}"'
    if stroke.edge:
        looks += f' stroke="{stroke.edge}" stroke-width="{_n(stroke.thick)}"'
    if stroke.dashes:
        looks += f' stroke-dasharray="{" ".join(map(_n, stroke.dashes))}"'
    return f'<path d="{path}" {looks}/>'


def _drawn(renderer: Any, stroke: Stroke, place: Any) -> None:
    points: list[tuple[float, float]] = []
    codes: list[Any] = []
    for letter, given in stroke.steps:
        points += given or [points[-1]]
        codes += CODES[letter]
    pen = renderer.new_gc()
    pen.set_linewidth(stroke.thick if stroke.edge else 0)
    pen.set_foreground(stroke.edge or "white")
    if stroke.dashes:
        pen.set_dashes(0, list(stroke.dashes))
    fill = to_rgb(stroke.fill) if stroke.fill else None
    renderer.draw_path(pen, Path(points, codes), place, fill)


def _outlines(labels: Sequence[Label]) -> Path:
    """Join all letters of one colour into one path."""
    found, codes = [], []
    for label in labels:
        scale = label.size / UNIT
        for at, piece in label.run.pieces:
            found.append(piece.points * (scale, -scale) + (label.x + at * scale, label.y))
            codes.append(piece.codes)
    return Path(np.concatenate(found), np.concatenate(codes)) if found else Path(np.empty((0, 2)))


def _filled(renderer: Any, path: Path, place: Any, ink: str) -> None:
    pen = renderer.new_gc()
    pen.set_linewidth(0)
    renderer.draw_path(pen, path, place, to_rgb(ink))
