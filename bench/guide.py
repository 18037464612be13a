"""A large guide as page, print and Word file: how long each takes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from facilitator.documents import copies
from facilitator.documents.edition import Edition, Seal
from facilitator.models import content as contents
from tests.documents.sample import content

SIZE = (60, 200, 100)  # challenges, actions, recommendations
LANGUAGES = ("fr", "en", "ar")
FORMATS = ("page", "pdf", "docx")
ROUNDS = 3
SEAL = Seal("0" * 64, "Fatou Sow", "2026-11-20T10:00:00+00:00", "We endorse it.", "2026-11-21T10:00:00+00:00")


def guide_ms() -> dict[str, float]:
    """Measure a guide in each format; the slowest of its languages counts."""
    said = contents.public(content(*SIZE))
    shown = Edition("https://guides.example/guides/sn/1", said, SEAL)
    found: dict[str, float] = {}
    for format in FORMATS:
        copies.of_edition(shown, format, LANGUAGES[0])  # what writes is loaded once
        taken = [_ms(copies.of_edition, shown, format, language) for language in LANGUAGES]
        found[f"{format}_ms"] = max(taken)
    return found


def _ms(work: Callable[..., Any], *given: Any) -> float:
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work(*given)
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)
