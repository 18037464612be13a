"""A report as plain data: what programs read, described by a published schema."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flask_babel import force_locale

from facilitator.documents.report import annex
from facilitator.documents.report.facts import Count, Question, Report, Sitting
from facilitator.documents.standings import plain
from facilitator.kinds.figured import Cell, Option, Tabled

FORMAT = "facilitator-results/1"
SCHEMA = "/results/schema/1.json"


def data(report: Report, base: str = "") -> dict[str, Any]:
    """Give a report as data; `base` is the address of this installation."""
    with force_locale(report.language):
        first, last = report.days
        return {
            "$schema": f"{base}{SCHEMA}",
            "format": FORMAT,
            "of": report.of,
            "id": report.id,
            "language": report.language,
            "made": report.made.isoformat(timespec="seconds"),
            "provisional": list(report.provisional),
            "country": {"code": report.code, "name": report.country},
            "workshop": {
                "title": text(report.workshop),
                "place": report.place,
                "starts_on": first.isoformat(),
                "ends_on": last.isoformat(),
                "timezone": report.zone,
            },
            "sessions": [_sitting(sitting) for sitting in report.sittings],
            "matrix": grid(report.matrix),
            "conventions": annex.conventions(),
        }


def _sitting(sitting: Sitting) -> dict[str, Any]:
    return {
        "id": sitting.id,
        "title": text(sitting.title),
        "date": sitting.day.isoformat(),
        "facilitators": list(sitting.people),
        "joined": sitting.joined,
        "named": sitting.named,
        "how": [list(pair) for pair in sitting.how],
        "methods": [list(pair) for pair in sitting.methods],
        "took_part": grid(sitting.took_part),
        "questions": [_question(question) for question in sitting.questions],
        "parked": grid(sitting.parked),
        "decisions": grid(sitting.decisions),
        "taken": grid(sitting.taken),
        "follow_up": grid(sitting.follow_up),
        "next_steps": list(sitting.next_steps),
    }


def _question(asked: Question) -> dict[str, Any]:
    return {
        "id": asked.id,
        "number": asked.number,
        "kind": asked.kind,
        "label": asked.label,
        "prompt": text(asked.prompt),
        "method": asked.sentence,
        "rules": list(asked.rules),
        "only": asked.only,
        "options": [text(option) for option in asked.options],
        "rounds": [_count(count) for count in asked.counts],
        "side_by_side": grid(asked.rounds),
        "changed": [plain(sentence) for sentence in asked.changed],
        "proposals": grid(asked.proposals),
        "waiting": asked.waiting,
        "note": asked.note,
    }


def _count(count: Count) -> dict[str, Any]:
    return {
        "id": count.id,
        "number": count.number,
        "opened": count.opened.isoformat(timespec="seconds"),
        "closed": count.closed.isoformat(timespec="seconds") if count.closed else None,
        "struck": count.struck,
        "ballots": count.ballots,
        "blank": count.blank,
        "paper": count.paper,
        "hands": count.hands,
        "message": count.message,
        "seal": count.digest,
        "tables": [grid(tabled) for tabled in count.tables],
        "sentences": [plain(sentence) for sentence in count.said],
    }


def text(option: Option) -> dict[str, Any]:
    """Give a text with its language, and its number where it has one."""
    found: dict[str, Any] = {"text": option.text, "language": option.lang}
    return {"id": option.id, **found} if option.id else found


def grid(tabled: Tabled | None) -> dict[str, Any] | None:
    """Give a table: its columns, and each row by their names."""
    if tabled is None:
        return None
    columns = [{"name": each.name, "label": str(each.label), "form": each.form} for each in tabled.columns]
    return {
        "name": tabled.name,
        "caption": tabled.caption,
        "columns": columns,
        "rows": [_row(tabled, row) for row in tabled.rows],
    }


def _row(tabled: Tabled, row: Sequence[Cell]) -> dict[str, Any]:
    return {column.name: value(cell) for column, cell in zip(tabled.columns, row, strict=True)}


def value(cell: Cell) -> Any:
    """Give a value: a fraction with its exact form, so that nothing is lost."""
    if isinstance(cell, Fraction):
        return {"value": float(cell), "exact": f"{cell.numerator}/{cell.denominator}"}
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return text(cell) if isinstance(cell, Option) else cell
