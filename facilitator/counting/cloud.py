"""Cloud: where the dots of a room's ratings stand, the same dots always at the same place."""

from collections.abc import Iterable, Sequence
from math import cos, pi, sin, sqrt

TURN = pi * (3 - sqrt(5))  # the angle from one seed of a sunflower to the next: none hides another
APART = 0.055  # levels between neighbours, as long as there is room in the cell
WIDEST = 0.42

Place = tuple[float, float]


def dots(cells: Iterable[Sequence[int]], most: int) -> tuple[list[Place], int]:
    """Dots for `impact, ease, number` cells as (ease, impact), and how many ratings one dot stands for."""
    crowd: dict[tuple[int, int], int] = {}
    for impact, ease, number in cells:
        crowd[ease, impact] = crowd.get((ease, impact), 0) + number
    each = max(1, -(-sum(crowd.values()) // most))
    found: list[Place] = []
    for (ease, impact), number in sorted(crowd.items()):
        count = -(-number // each)
        reach = min(WIDEST, APART * sqrt(count))
        for seed in range(count):
            far, angle = reach * sqrt(seed / count), seed * TURN
            found.append((ease + far * cos(angle), impact + far * sin(angle)))
    return found, each
