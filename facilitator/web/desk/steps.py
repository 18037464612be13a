"""The steps people took in a guide: revisions put together as they were made, and what each changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select, tuple_

from facilitator import db
from facilitator.models import glossary
from facilitator.models.guide import Guide
from facilitator.models.revision import CUT, NEW, SAME, Piece, Revision, State, differences, flat, pieces
from facilitator.models.wording import read
from facilitator.web.desk import tags
from facilitator.web.desk.lineform import LABELS

PAGE = 50
# revisions read for a page of steps: what is written saves itself every few seconds
READ = 4 * PAGE
AT_ONE_GO = dt.timedelta(minutes=10)
NAMES = LABELS | {
    "left_out": _l("Left out because"),
    "present": _l("Stands in the guide"),
    "position": _l("Place"),
    "room_place": _l("Place in the room’s order"),
    "adoption": _l("Adoption"),
    "priority": _l("Priority"),
}
NOTHING: State = {"part": "", "key": ""}

Change = tuple[object, str, list[Piece]]
Told = tuple[Revision, list[Change]]


@dataclass(frozen=True)
class Step:
    """What one person did to a line at one go: the revision it ended with, and the one it began with."""

    made: Revision
    first: Revision

    def far(self, before: Revision | None) -> int:
        """Tell by how many places the line moved."""
        return abs(self.made.state["position"] - before.state["position"]) if before else 0


def told(latest: Sequence[Revision]) -> tuple[list[Told], int | None]:
    """Tell revisions, newest first, as steps; and after which revision there are more."""
    found = list(steps(latest))
    here = found[:PAGE]
    pairs = {(each.first.line_id, each.first.number - 1) for each in here}
    asked = select(Revision).where(tuple_(Revision.line_id, Revision.number).in_(pairs))
    known = {(each.line_id, each.number): each for each in db.session.scalars(asked)} if pairs else {}

    def before(step: Step) -> Revision | None:
        return known.get((step.first.line_id, step.first.number - 1))

    shown: list[Told] = []
    for moved, run in groupby(here, key=lambda each: stroke(each.made)):
        together = list(run)
        for each in [max(together, key=lambda step: step.far(before(step)))] if moved else together:
            earlier = before(each)
            shown.append((each.made, list(changes(each.made, earlier.state if earlier else NOTHING))))
    return shown, here[-1].first.id if len(found) > PAGE else None


def steps(latest: Iterable[Revision]) -> Iterator[Step]:
    """Put what one person wrote into one line within some minutes into one step."""
    step: Step | None = None
    for each in latest:
        if step and goes_on(each, step.first):
            step = Step(step.made, each)
            continue
        if step:
            yield step
        step = Step(each, each)
    if step:
        yield step


def goes_on(earlier: Revision, later: Revision) -> bool:
    """Tell whether a writer only wrote on: what went away again is a step of its own, to be restored."""
    same = (earlier.line_id, earlier.person_id, earlier.act) == (later.line_id, later.person_id, "change")
    if not same or later.act != "change" or later.at - earlier.at >= AT_ONE_GO:
        return False
    then, now = flat(earlier.state), flat(later.state)
    return all(longer(str(then[name]), str(now.get(name, ""))) for name in then if name.startswith("words."))


def longer(then: str, now: str) -> bool:
    """Tell whether a text kept all its words, but one that was not finished yet."""
    found = pieces(then, now)
    after = [*found[1:], (SAME, "")]
    return all(
        op != CUT or (new == NEW and came.startswith(text))
        for (op, text), (new, came) in zip(found, after, strict=True)
    )


def stroke(made: Revision) -> object:
    """Name the press of a button that moved lines: one goes, others make room."""
    return (made.person, made.at) if made.act == "order" else None


def changes(made: Revision, before: State) -> Iterator[Change]:
    """Say what a revision changed, the words before what is noted beside them."""
    guide, seen = made.line.guide, set[str]()
    facts: list[Change] = []
    for language in guide.languages:
        for name, found in differences(before, made.state, language):
            if name in made.state.get("words", {}) or name in before.get("words", {}):
                yield NAMES.get(name, name), language, found
            elif name not in seen and not goes_without_saying(name, made, before):
                seen.add(name)
                named = [(op, called(name, text, guide)) for op, text in found]
                facts.append((NAMES.get(name, name), "", named))
    yield from facts


def goes_without_saying(name: str, made: Revision, before: State) -> bool:
    """Tell what nobody needs to read: the place of lines that were not moved, that a new one stands."""
    return (name == "position" and made.act != "order") or (name == "present" and "present" not in before)


def called(name: str, value: str, guide: Guide) -> str:
    """Call a noted value what people call it."""
    language = str(get_locale())
    if name in ("present", "coordinator", "open"):
        return _("yes")
    if name == "position" and value.isdigit():
        return str(int(value) + 1)
    if name == "parent":
        over = guide.line(value)
        return over.text("text", language) if over else value
    if name == "family" and value in guide.families:
        return read(guide.families[value], language, guide.languages)
    if name == "tags":
        return ", ".join(str(tags.NAMES.get(tag, tag)) for tag in value.split(", "))
    return glossary.term(value, language) if value in glossary.TERMS else value
