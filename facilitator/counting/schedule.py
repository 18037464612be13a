"""The plan of a day against the clock: when each step was to begin, and how far behind the room is."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Slot:
    """One step: its planned minutes, and the minute at which it was first opened and last closed."""

    minutes: int = 0
    opened: float | None = None
    closed: float | None = None


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
    slot, over = slots[last], now
    if last == len(slots) - 1 and slot.closed is not None:
        over = slot.closed
    # a step that is still within its minutes is as late as it began; beyond them every minute counts
    return Plan(starts, max(late - starts[last], over - starts[last] - slot.minutes))
