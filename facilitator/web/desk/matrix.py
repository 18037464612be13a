"""The problem/solution matrix and the recommendations: the guide's order beside the room's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from facilitator.models import glossary, wording
from facilitator.models.beginnings import STRATEGY
from facilitator.models.guide import Guide
from facilitator.models.line import Line
from facilitator.models.order import differing
from facilitator.web import scoped
from facilitator.web.desk import parts
from facilitator.web.desk.mates import places

bp = Blueprint("matrix", __name__, url_prefix="/desk/guides")


@dataclass(frozen=True)
class Group:
    """Lines that are ordered together, with their heading and the challenge they stand under."""

    heading: str
    lines: list[Line]
    over: Line | None = None
    term: str = ""


@bp.get("/<int:id>/matrix")
def show(id: int) -> ResponseReturnValue:
    """See the matrix: each challenge with its corrective actions and past strategies."""
    guide = scoped.guide(id)
    challenges, actions = guide.lines("challenges", left_out=True), guide.lines("actions", left_out=True)
    here = {line.id for line in challenges}
    loose = [line for line in actions if line.parent_id not in here]
    return render_template(
        "matrix/show.html",
        rows=[(line, apart([each for each in actions if each.parent_id == line.id])) for line in challenges],
        loose=apart(loose),
        places=dict(places([*challenges, *(line for line in actions if line.parent_id in here)])),
        **beside_the_room(guide, "challenges", "actions"),
        **parts.around(guide, "matrix"),
    )


@bp.get("/<int:id>/recommendations")
def recommendations(id: int) -> ResponseReturnValue:
    """See the recommendations by family, with what the room said of each."""
    guide = scoped.guide(id)
    around: dict[str, Any] = parts.around(guide, "families")
    lines, language = guide.lines("recommendations", left_out=True), around["language"]
    named = {key: wording.read(texts, language, guide.languages) for key, texts in guide.families.items()}
    groups = [
        Group(name, [line for line in lines if line.fact("family") == key]) for key, name in named.items()
    ]
    rest = [line for line in lines if line.fact("family") not in named]
    return render_template(
        "matrix/recommendations.html",
        groups=[*groups, Group(glossary.term("no-family", language), rest)],
        places=dict(places(lines)),
        **beside_the_room(guide, "recommendations"),
        **around,
    )


def beside_the_room(guide: Guide, *parts: str) -> dict[str, Any]:
    """Find where the guide's order is another than the room's, under its heading, and which lines moved."""
    orders = [ordered for part in parts for ordered in differing(guide, part)]
    return {
        "orders": [(heading(ordered.lines[0]), ordered) for ordered in orders],
        "moved": {number for ordered in orders for number in ordered.moved},
    }


def heading(line: Line) -> str:
    """Say what the lines ordered with a line stand under: a challenge, a family, or the whole part."""
    guide, language = line.guide, str(get_locale())
    if line.parent:
        return line.parent.text("text", language)
    if texts := guide.families.get(line.fact("family") or ""):
        return wording.read(texts, language, guide.languages)
    return glossary.term(line.kind_of.term, language)


def apart(lines: Iterable[Line]) -> list[Group]:
    """Keep corrective actions and past strategies apart."""
    found = list(lines)
    return [
        Group("", [line for line in found if line.fact("kind") != STRATEGY], term="actions"),
        Group("", [line for line in found if line.fact("kind") == STRATEGY], term="strategies"),
    ]


def page_of(line: Line, back: str) -> str:
    """Give the page on which a person acted on a line."""
    if back == "matrix":
        page = "recommendations" if line.part == "recommendations" else "show"
        return url_for(f"matrix.{page}", id=line.guide_id, _anchor=f"line-{line.id}")
    if back == "history":
        return url_for("history.line", id=line.id)
    return parts.address(line)
