"""What a second count says that a first one did not: places then and now, and how many think otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass

from facilitator.counting.groups import LEAST, chosen
from facilitator.counting.methods import FIRST
from facilitator.counting.standing import Standings


@dataclass(frozen=True)
class Change:
    """The place of each option then, none where it is new, and who came among the first or left them."""

    size: int
    before: Mapping[int, int | None]
    now: Mapping[int, int]
    entered: tuple[int, ...]
    left: tuple[int, ...]

    @property
    def moved(self) -> int:
        """Count the options that stand at another place now."""
        return sum(self.before[option] != place for option, place in self.now.items())


def between(before: Standings, now: Standings) -> Change:
    """Compare two counts of the same question; ties for the last of the first places contradict nothing."""
    then = {row.option: row.place for row in before.rows}
    (sure, tied), (also_sure, also_tied) = chosen(before), chosen(now)
    options = [row.option for row in now.rows]
    return Change(
        size=max(1, min(FIRST, len(options) - 1)),
        before={option: then.get(option) for option in options},
        now={row.option: row.place for row in now.rows},
        entered=tuple(option for option in options if option in also_sure - sure - tied),
        left=tuple(option for option in options if option in sure - also_sure - also_tied),
    )


def minds(before: Mapping[str, str], now: Mapping[str, str], least: int = LEAST) -> tuple[int, int] | None:
    """Count who answered both times and who of them otherwise; nothing where they are few."""
    both = before.keys() & now.keys()
    if len(both) < least:
        return None
    return len(both), sum(before[key] != now[key] for key in both)
