"""Cases with a known outcome: textbook ones always, the published collection where it lies at hand."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from facilitator.counting.recount import recount

BESIDE = Path(__file__).parents[3] / "shared" / "rankings"
FOLDER = Path(os.environ.get("FACILITATOR_RANKINGS", BESIDE))


def text(*ballots: tuple[int, str]) -> str:
    """A ballot file from "A>B=C" and how many cast it; an empty order is blank."""
    lines = ["ballot_id,item,rank"]
    number = 0
    for times, order in ballots:
        for _ in range(times):
            number += 1
            lines += [
                f"{number},{item},{rank if item else ''}"
                for rank, level in enumerate(order.split(">"), 1)
                for item in level.split("=")
            ]
    return "\n".join(lines)


# name, ballots, Condorcet winner, Smith set, Schulze order
TEXTBOOK = [
    (
        "four cities, centre wins",
        text((42, "A>B>C>D"), (26, "B>C>D>A"), (15, "C>D>B>A"), (17, "D>C>B>A")),
        "B",
        "B",
        ["B", "C", "D", "A"],
    ),
    (
        "five options in a circle",
        text(
            (5, "A>C>B>E>D"),
            (5, "A>D>E>C>B"),
            (8, "B>E>D>A>C"),
            (3, "C>A>B>E>D"),
            (7, "C>A>E>B>D"),
            (2, "C>B>A>D>E"),
            (7, "D>C>E>B>A"),
            (8, "E>B>A>D>C"),
        ),
        None,
        "ABCDE",
        ["E", "A", "C", "B", "D"],
    ),
    ("Condorcet's circle of three", text((1, "A>B>C"), (1, "B>C>A"), (1, "C>A>B")), None, "ABC", ["ABC"]),
    ("everything tied", text((3, "A=B=C")), None, "ABC", ["ABC"]),
    ("short and blank ballots", text((2, "A"), (1, "B>A"), (2, ""), (1, "C")), "A", "A", ["A", "BC"]),
    ("majority against Borda", text((3, "A>B>C"), (2, "B>C>A")), "A", "A", ["A", "B", "C"]),
]


@pytest.mark.parametrize(
    ("name", "file", "winner", "smith", "order"), TEXTBOOK, ids=[case[0] for case in TEXTBOOK]
)
def test_textbook(name, file, winner, smith, order):
    found = recount(file)
    assert found["condorcet_winner"] == winner
    assert "".join(found["smith_set"]) == smith
    assert ["".join(group) for group in found["schulze"]] == order


def test_majority_against_borda():
    found = recount(TEXTBOOK[-1][1])
    assert found["borda_average"] == {"A": 6, "B": 7, "C": 2}
    assert found["mean_rank"] == {"A": 1.8, "B": 1.6, "C": 2.6}


def published() -> list[dict[str, Any]]:
    """The cases of the collection, or none."""
    listed = FOLDER / "expected.json"
    return json.loads(listed.read_text(encoding="utf-8"))["cases"] if listed.exists() else []


def near(figures: Any) -> Any:
    """The same figures, to six digits."""
    return {item: pytest.approx(figure, rel=1e-6) for item, figure in figures.items()}


def test_published_collection():
    """One test over all, so that without the collection nothing counts as skipped."""
    for case in published():
        found = recount(FOLDER / case["file"])
        for key in ("ballots", "blank", "condorcet_winner"):
            assert found[key] == case[key], (case["id"], key)
        assert sorted(found["smith_set"]) == case["smith_set"], case["id"]
        assert [sorted(group) for group in found["schulze"]] == list(map(sorted, case["schulze"])), case["id"]
        for key in ("borda_average", "borda_modified", "mean_rank"):
            assert case[key] is None or found[key] == near(case[key]), (case["id"], key)
        if case["kendall_w"] is not None:
            assert found["kendall_w"] == pytest.approx(case["kendall_w"], rel=1e-6), case["id"]
