"""Lettering: texts shaped in our own fonts, how wide they are, and where they break."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

import numpy as np
from matplotlib.font_manager import get_font
from matplotlib.textpath import text_to_path
from numpy.typing import NDArray

from facilitator.documents.printing import fonts

UNIT = float(text_to_path.FONT_SCALE)
FACES = ("NotoSans-{}.ttf", "NotoSansArabic-{}.ttf")
SPACE = 0.26
MARK = "\u200f"
LATIN = re.compile("[ -~\u00a0-\u024f\u2010-\u201e\u2026\u202f]*")
_outlines: dict[str, Any] = {}


Glyphs = Sequence[tuple[str, float, float]]


@dataclass(frozen=True, eq=False)
class Piece:
    """Some signs as glyphs in the order they are seen, in units of the font; how far they reach."""

    glyphs: Glyphs
    points: NDArray[np.float64]
    codes: NDArray[np.uint8]
    width: float
    advance: float


@dataclass(frozen=True, eq=False)
class Run:
    """A line of text: its pieces, each with its start, and how wide it is."""

    text: str
    bold: bool
    pieces: Sequence[tuple[float, Piece]]
    width: float


@cache
def files() -> dict[str, str]:
    """Find our fonts by the names of their files; those of the machine are never used."""
    return {path.name: str(path) for folder in fonts() for path in sorted(Path(folder).glob("*.ttf"))}


@cache
def drawable() -> frozenset[int]:
    """Number the signs that our fonts draw, in every weight."""
    weights: dict[str, list[set[int]]] = {}
    for name, path in files().items():
        weights.setdefault(name.split("-")[0], []).append(set(get_font(path).get_charmap()))
    return frozenset().union(*(set.intersection(*each) for each in weights.values()))


def outlines() -> Mapping[str, Any]:
    """Give the outline of every glyph shaped so far: its points and what they mean."""
    return _outlines


@lru_cache(maxsize=20_000)
def shaped(text: str, bold: bool = False) -> Run:
    """Shape a text word by word, which many texts share; where it turns its direction, as a whole."""
    words = text.split(" ") if LATIN.fullmatch(text) else [text]
    pieces: list[tuple[float, Piece]] = []
    at, end = 0.0, 0.0
    for word in words:
        if word:
            piece = _piece(word, bold)
            pieces.append((at, piece))
            end = at + piece.width
            at += piece.advance
        at += _space(bold)
    return Run(text, bold, pieces, end)


@lru_cache(maxsize=20_000)
def _piece(text: str, bold: bool) -> Piece:
    """Shape signs: ligatures, joined letters, both directions; one that no font has is an empty box."""
    glyphs = _glyphs(f"{text} " if LATIN.fullmatch(text) else text, bold)
    drawn = [(_outlines[name], x, y) for name, x, y in glyphs if len(_outlines[name][0])]
    points = [np.add(found, (x, y)) for (found, _codes), x, y in drawn]
    return Piece(
        glyphs,
        np.concatenate(points) if points else np.empty((0, 2)),
        np.concatenate([codes for (_found, codes), _x, _y in drawn]) if drawn else np.empty(0, np.uint8),
        max((float(each[:, 0].max()) for each in points), default=0.0),
        glyphs[-1][1] if glyphs else 0.0,
    )


@cache
def _space(bold: bool) -> float:
    """Measure the space between two words."""
    glyphs = _glyphs("n n", bold)
    return glyphs[2][1] - glyphs[1][1]


def _glyphs(text: str, bold: bool) -> Glyphs:
    weight = "Bold" if bold else "Regular"
    font = get_font([files()[face.format(weight)] for face in FACES])
    font.set_size(UNIT, text_to_path.DPI)
    known = text.encode("utf-8", "replace").decode()  # halves of signs have no shape
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        placed, _all, _rules = text_to_path.get_glyphs_with_font(font, known, _outlines)
    return [(name, float(x), float(y)) for name, x, y, _size in placed]


def width(text: str, size: float, bold: bool = False) -> float:
    """Measure a text."""
    return shaped(text, bold).width * size / UNIT


def wrapped(text: str, size: float, across: float, bold: bool = False) -> list[str]:
    """Break a text into lines that fit; a word that is longer than a line is broken too."""
    lines: list[str] = []
    left = 0.0
    pieces = [piece for word in text.split() for piece in _broken(word, size, across, bold)]
    for piece in pieces:
        needed = width(piece, size, bold)
        if lines and needed + SPACE * size <= left:
            lines[-1] += f" {piece}"
            left -= needed + SPACE * size
        else:
            lines.append(piece)
            left = across - needed
    if _rightward(text):
        lines = [line if _rightward(line) else MARK + line for line in lines]
    return lines or [""]


def _rightward(text: str) -> bool:
    """Tell whether a text is read from the right: its first letter says so."""
    kinds = (bidirectional(sign) for sign in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def _broken(word: str, size: float, across: float, bold: bool) -> list[str]:
    if width(word, size, bold) <= across or len(word) < 2:
        return [word]
    fits = max(1, int(len(word) * across / width(word, size, bold)) - 1)
    return [word[:fits], *_broken(word[fits:], size, across, bold)]
