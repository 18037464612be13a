"""The seal of a round's ballots: the same whoever computes it, from the database or from a file."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence


def seal(ballots: Iterable[Iterable[Sequence[str]]]) -> str:
    """The SHA-256 of ballots in whatever order, each given by its rows; silent rows do not count."""
    written = sorted(
        json.dumps([row for row in rows if any(row[1:])], separators=(",", ":")) for rows in ballots
    )
    return hashlib.sha256("\n".join(written).encode()).hexdigest()


def row(number: str, rank: str, said: Mapping[str, str]) -> Sequence[str]:
    """What a ballot says of an option: the option's number, from "0", its rank, what further columns hold."""
    return [number, rank, *sorted(f"{column}={value}" for column, value in said.items() if value)]
