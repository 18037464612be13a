"""How the recommendations of a published guide stand: a page for everyone, and a calendar of their days."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from facilitator.documents import calendar
from facilitator.documents.phrases import say
from facilitator.models import glossary
from facilitator.models.followup import BEGUN, OPEN
from facilitator.models.line import Line
from facilitator.models.version import Version
from facilitator.web import language, shelf
from facilitator.web import public as public_pages
from facilitator.web.scoped import public

bp = Blueprint("followup", __name__)


@bp.get("/guides/<code>/follow-up")
@public
def show(code: str) -> ResponseReturnValue:
    """Show how each published recommendation of a country stands now."""
    version = shelf.found(code)
    edition = shelf.edition(version)
    language.offer(edition.languages)
    return render_template(
        "followup/show.html", code=code, edition=edition, lines=followed(version), **public_pages.words()
    )


@bp.get("/guides/<code>/follow-up.ics")
@public
def days(code: str) -> ResponseReturnValue:
    """Hand out the days that wait, as a calendar to subscribe to."""
    version = shelf.found(code)
    edition = shelf.edition(version)
    language.offer(edition.languages)
    reader = str(get_locale())
    name = f"{say(reader, 'follow_up')} – {edition.land(reader)}"
    made = calendar.ics(name, [day for line in followed(version) for day in waiting(line, reader)])
    response = Response(made, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{code}-follow-up.ics"'
    return response


def followed(version: Version) -> list[Line]:
    """List the lines of a guide that its published version recommends, in that version's order."""
    said = [line["uid"] for line in version.said["parts"].get("recommendations", ()) if not line["left_out"]]
    known = {line.uid: line for line in version.guide.every_line}
    return [known[uid] for uid in said if uid in known]


def waiting(line: Line, reader: str) -> Iterator[calendar.Day]:
    """Name the days on which something is due of a recommendation that is neither done nor dropped."""
    last = line.follow
    if last is None or last.status not in (OPEN, BEGUN):
        return
    text, owner = line.text("text", reader), last.owned_by(reader)
    about = f"{owner}\n{glossary.term(f'status-{last.status}', reader)}".strip()
    if last.deadline:
        title = say(reader, "deadline_due", what=text)
        yield calendar.Day(f"{line.uid}-deadline", last.deadline, last.at, title, about)
    if last.next_update:
        title = say(reader, "update_due", what=text)
        yield calendar.Day(f"{line.uid}-update", last.next_update, last.at, title, about)
