"""The house's colours, read from where wall and desk have them."""

from __future__ import annotations

import re
from functools import cache

from facilitator.config import PACKAGE

PROPERTY = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})\b")
SERIES = ("data-1", "data-2", "data-3", "data-4", "data-5", "data-6")
STEPS = {  # how strong each part of a whole is, as on the wall: told apart by lightness alone
    3: (1.0, 0.52, 0.16),
    5: (0.16, 0.34, 0.52, 0.74, 1.0),
}
SRGB = ((0.2126, 0), (0.7152, 1), (0.0722, 2))


@cache
def colours() -> dict[str, str]:
    """Read the light palette: the first rule of the tokens."""
    text = (PACKAGE / "static" / "tokens.css").read_text(encoding="utf-8")
    return dict(PROPERTY.findall(text[: text.index("}")]))


def colour(name: str, strength: float = 1.0) -> str:
    """Give a colour, mixed with white below full strength; "white" is none."""
    parts = _parts("#ffffff" if name == "white" else colours()[name])
    return "#" + "".join(f"{round(255 - strength * (255 - part)):02x}" for part in parts)


def lightness(code: str) -> float:
    """Tell how light a colour prints in black and white: 0 black, 100 white."""
    linear = [(part / 255) ** 2.2 for part in _parts(code)]
    return float(116 * sum(weight * linear[at] for weight, at in SRGB) ** (1 / 3) - 16)


def steps(count: int) -> list[str]:
    """Give the colours of a scale, told apart by lightness."""
    strengths = STEPS.get(count) or [0.16 + 0.84 * step / max(1, count - 1) for step in range(count)]
    return [colour("data-1", strength) for strength in strengths]


def on(code: str) -> str:
    """Name the colour in which one writes on another."""
    return "white" if lightness(code) < 55 else "ink"


def _parts(code: str) -> list[int]:
    return [int(code[at : at + 2], 16) for at in (1, 3, 5)]
