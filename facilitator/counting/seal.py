"""The seal of a round's ballots: the same whoever computes it, from the database or from a file."""

import hashlib
import json
from collections.abc import Iterable, Sequence


def seal(ballots: Iterable[Iterable[Sequence[str]]]) -> str:
    """The SHA-256 of ballots in whatever order, each given by its rows.

    A row is the number of an option (the first of the file is "0"), its rank, and what else is said of it;
    rows that say nothing count for nothing.
    """
    written = sorted(
        json.dumps([list(row) for row in rows if any(row[1:])], separators=(",", ":")) for rows in ballots
    )
    return hashlib.sha256("\n".join(written).encode()).hexdigest()
