"""Several questions open at once, for those who watch the room: each with how many have answered."""

from __future__ import annotations

from typing import Any

from facilitator.models import wording
from facilitator.models.round import Round
from facilitator.web import turnout

FIGURES = ("answered", "expected", "by_phone", "paper", "hands")


def asked(round_: Round | None, reader: str) -> list[dict[str, Any]]:
    """List the questions that are open with a round, their words and their answers; alone none."""
    return [
        {
            "prompt": each.activity.name(reader),
            "lang": wording.spoken(each.activity.prompt, reader, each.activity.session.languages),
            "only": each.activity.answerers,
            **{name: turnout.of(each.activity, each)[name] for name in FIGURES},
        }
        for each in (round_.together if round_ else [])
    ]
