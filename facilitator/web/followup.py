"""How the recommendations of a published guide stand: a page for everyone, and a calendar of their days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from facilitator.documents import calendar
from facilitator.documents.edition import Edition
from facilitator.documents.phrases import say
from facilitator.models import glossary
from facilitator.models.followup import BEGUN, OPEN, FollowUp
from facilitator.models.version import Version
from facilitator.models.wording import Texts, read
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
        "followup/show.html",
        code=code,
        edition=edition,
        lines=followed(version),
        keeper=kept_by(edition),
        **public_pages.words(),
    )


def kept_by(edition: Edition) -> str:
    """Name the institution that keeps the guide up to date, as the edition does."""
    lines = edition.lines("keeper")
    said: Texts = lines[0]["words"].get("institution", {}) if lines else {}
    return read(said, str(get_locale()), edition.languages)


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


@dataclass(frozen=True)
class Followed:
    """A recommendation in the words of the published version, and what was reported of it last."""

    uid: str
    wording: Texts
    follow: FollowUp | None

    def text(self, reader: str) -> str:
        """Read it in a language."""
        return read(self.wording, reader)


def followed(version: Version) -> list[Followed]:
    """List what the published version recommends, in its order and its words: drafts stay inside."""
    known = {line.uid: line.follow for line in version.guide.every_line}
    said = (line for line in version.said["parts"].get("recommendations", ()) if not line["left_out"])
    return [Followed(each["uid"], each["words"].get("text", {}), known.get(each["uid"])) for each in said]


def waiting(line: Followed, reader: str) -> Iterator[calendar.Day]:
    """Name the days on which something is due of a recommendation that is neither done nor dropped."""
    last = line.follow
    if last is None or last.status not in (OPEN, BEGUN):
        return
    text, owner = line.text(reader), last.owned_by(reader)
    about = f"{owner}\n{glossary.term(f'status-{last.status}', reader)}".strip()
    if last.deadline:
        title = say(reader, "deadline_due", what=text)
        yield calendar.Day(f"{line.uid}-deadline", last.deadline, last.at, title, about)
    if last.next_update:
        title = say(reader, "update_due", what=text)
        yield calendar.Day(f"{line.uid}-update", last.next_update, last.at, title, about)
