"""A large guide as page, print and Word file: how long each takes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from facilitator.documents import copies, guide
from facilitator.documents.document import Document
from facilitator.documents.edition import Seal
from tests.documents.sample import content

SIZE = (60, 200, 100)  # challenges, actions, recommendations
LANGUAGES = ("fr", "en", "ar")
FORMATS = ("page", "pdf", "docx")
ROUNDS = 3
SEAL = Seal("0" * 64, "Fatou Sow", "2026-11-20T10:00:00+00:00", "We endorse it.", "2026-11-21T10:00:00+00:00")


def guide_ms() -> dict[str, float]:
    """Measure a guide in each format; the slowest of its languages counts."""
    said = content(*SIZE)

    def told(language: str) -> Document:
        return guide.told(said, language, address="https://guides.example/guides/sn/1", seal=SEAL)

    found: dict[str, float] = {}
    for format in FORMATS:
        copies.written(told(LANGUAGES[0]), format)  # what writes is loaded once
        found[f"{format}_ms"] = max(
            _ms(lambda each=each, format=format: copies.written(told(each), format)) for each in LANGUAGES
        )
    return found


def _ms(work: Callable[..., Any]) -> float:
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)
