"""How the cost of counting grows with the ballots."""

from __future__ import annotations

import random
import statistics
import time

from facilitator.kinds import KINDS

SIZES = (1_000, 10_000, 100_000)
ITEMS = 10


def tally_ms() -> dict[str, float]:
    """Count rankings of ten items, some partial, by the number of ballots, in milliseconds."""
    chance = random.Random(7)
    items = list(range(1, ITEMS + 1))

    def ranking() -> dict[str, object]:
        order = chance.sample(items, chance.randint(3, ITEMS))
        return {"order": [[item] for item in order], "unsure": []}

    choices = [ranking() for _ in range(SIZES[-1])]
    KINDS["ranking"].tally(items, choices[:100], {}, 1)
    taken = {}
    for size in SIZES:
        times = []
        for _ in range(3 if size < SIZES[-1] else 1):
            started = time.perf_counter()
            KINDS["ranking"].tally(items, choices[:size], {}, 1)
            times.append((time.perf_counter() - started) * 1000)
        taken[str(size)] = statistics.median(times)
    return taken
