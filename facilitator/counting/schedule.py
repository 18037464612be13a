"""The plan of a day against the clock: when each step was to begin, and how far behind the room is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

AT_ONCE = 1  # minute


@dataclass(frozen=True)
class Slot:
    """One step: its planned minutes, the minute at which it was first opened and last closed, its block."""

    minutes: int = 0
    opened: float | None = None
    closed: float | None = None
    block: str = ""


@dataclass(frozen=True)
class Plan:
    """The minute at which each step is planned to begin; none before anything was opened."""

    starts: tuple[float, ...]
    behind: float | None


def reckon(slots: Sequence[Slot], now: float) -> Plan:
    """Reckon the plan from the step that was opened first: by then the room had begun."""
    offsets = [float(sum(slot.minutes for slot in slots[:place])) for place in range(len(slots))]
    begun = [(slot.opened, place) for place, slot in enumerate(slots) if slot.opened is not None]
    if not begun:
        return Plan((), None)
    opened, first = min(begun)
    starts = tuple(opened + offset - offsets[first] for offset in offsets)
    late, last = max(begun)
    step = [place for place, slot in enumerate(slots) if place == last or _at_once(slot, slots[last])]
    start, minutes, over = starts[step[0]], sum(slots[place].minutes for place in step), now
    closings = [at for place in step if (at := slots[place].closed) is not None]
    if step[-1] == len(slots) - 1 and len(closings) == len(step):
        over = max(closings)
    # a step that is still within its minutes is as late as it began; beyond them every minute counts
    return Plan(starts, max(late - start, over - start - minutes))


def covered(spans: Iterable[tuple[float, float]]) -> float:
    """Count the minutes that lie in any of some spans, each once."""
    whole, reached = 0.0, float("-inf")
    for begin, end in sorted(spans):
        whole += max(0.0, end - max(begin, reached))
        reached = max(reached, end)
    return whole


def _at_once(slot: Slot, other: Slot) -> bool:
    if not slot.block or slot.block != other.block or slot.opened is None or other.opened is None:
        return False
    return abs(other.opened - slot.opened) < AT_ONCE
