"""A figure as a drawing for pages and print, or as a picture for a word processor."""

import json
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from facilitator.config import beside
from facilitator.documents import pool
from facilitator.documents.document import Figure
from facilitator.documents.printing import fonts

FINE = 200
_ready: dict[tuple[str, str], bytes] = {}


def prepare(figures: Sequence[Figure], form: str, step: Callable[[str], None]) -> None:
    """Draw the charts of a document, many of them on all cores; they are kept until those of another come."""
    keys = [_key(figure) for figure in figures if figure.chart]
    for old in [each for each in _ready if each[0] not in keys]:
        del _ready[old]
    for key, made in pool.spread(
        partial(_drawn, form=form), [key for key in keys if (key, form) not in _ready]
    ):
        _ready[key, form] = made
        step("draw")


def drawn(figure: Figure) -> str:
    """Draw a figure as SVG; nothing where it holds no drawing."""
    return _charted(_key(figure), "svg").decode() if figure.chart else figure.svg


def lettered(figure: Figure) -> str:
    """Draw a figure as SVG for where our fonts are; nothing where it holds no drawing."""
    return _charted(_key(figure), "text").decode() if figure.chart else figure.svg


def pictured(figure: Figure) -> bytes:
    """Draw a figure as PNG, fine enough for print; nothing where it holds no drawing."""
    if figure.chart:
        return _charted(_key(figure), "png")
    return _rastered(figure.svg) if figure.svg else b""


def _key(figure: Figure) -> str:
    return json.dumps(figure.chart, sort_keys=True)


def _charted(key: str, form: str) -> bytes:
    return _ready.get((key, form)) or _drawn(key, form)


@lru_cache(maxsize=8)
def _drawn(key: str, form: str) -> bytes:
    from facilitator.documents import charts  # drawing takes a second to load: only where there is a chart

    return charts.drawn(json.loads(key), form)


def _rastered(svg: str) -> bytes:
    import typst  # takes memory: only where a finished drawing is set

    root = beside("templates") / "documents"
    pages = typst.compile(
        str(root / "figure.typ"),
        root=str(root),
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"svg": svg},
        format="png",
        ppi=float(FINE),
    )
    return bytes(pages)
