"""The matrix of the guide as it stands now: challenges, and what answers each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from facilitator.documents.report.asking import read
from facilitator.kinds.figured import Cell, Figured, Tabled
from facilitator.models import glossary
from facilitator.models.content import content
from facilitator.models.guide import Guide

Line = Mapping[str, Any]


def matrix(guide: Guide, language: str) -> Tabled | None:
    """Tell the matrix, a row for each answer to a challenge; nothing where no challenge stands yet."""
    challenges = _standing(content(guide)["parts"]["challenges"])
    rows: list[list[Cell]] = []
    for number, challenge in enumerate(challenges, 1):
        actions = [each for each in _standing(challenge.get("below") or ()) if _text(each)]
        start: list[Cell] = [number, read(_text(challenge), language, guide.languages)]
        answers: list[Line | None] = [*actions] or [None]
        for action in answers:
            told = read(_text(action), language, guide.languages) if action else None
            strategy = action is not None and action["facts"].get("kind") == "strategy"
            rows.append([*start, None if strategy else told, told if strategy else None])
    columns = (
        Figured("number", _("Number"), "count"),
        Figured("challenge", _("Challenge")),
        Figured("action", glossary.term("actions", language)),
        Figured("strategy", glossary.term("strategies", language)),
    )
    return Tabled("matrix", glossary.term("matrix", language), columns, rows) if rows else None


def _standing(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if not line.get("left_out") and (line.get("uid") or line.get("below"))]


def _text(line: Line) -> Mapping[str, str]:
    texts: Mapping[str, str] = (line.get("words") or {}).get("text") or {}
    return texts
