"""A phone's page: a shell rendered once for each language, filled with what this phone sees now."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask import Response, current_app, render_template, request, url_for
from flask_babel import get_locale
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from facilitator import events, keys
from facilitator.models import wording
from facilitator.models.ballot import Ballot
from facilitator.models.written import NO_MARKS, Marks
from facilitator.web import language
from facilitator.web.scene import OPEN, Scene

SHORT = 500  # bytes not worth packing
SHELLS = 200
SPREAD_LEAST, SPREAD_EACH, SPREAD_MOST = 250, 1.6, 8000  # milliseconds over which phones look again
WAITING = '<noscript><meta http-equiv="refresh" content="10"></noscript>'
NOW, WAIT = Markup("<!--now-->"), Markup("<!--wait-->")


@dataclass(frozen=True)
class Visit:
    """A phone that is in a session, at this moment of it."""

    scene: Scene
    secret: str
    key: str
    marks: Marks = NO_MARKS

    def at(self, activity: str | None) -> Visit:
        """Look at one question of several that are open at once."""
        shown = self.scene.at(activity)
        return self if shown is self.scene else replace(self, scene=shown)

    def on(self, round_id: int) -> Visit:
        """Look at the question of several that a ballot is for."""
        shown = self.scene.on(round_id)
        return self if shown is self.scene else replace(self, scene=shown)

    @property
    def lists(self) -> bool:
        """Tell whether several questions are open and none of them is chosen."""
        return bool(self.scene.block) and not self.scene.within

    @cached_property
    def paced(self) -> Sequence[tuple[Visit, Ballot | None]]:
        """Give each of several open questions with this phone's own answer to it."""
        each_alone = [replace(self, scene=each) for each in self.scene.block]
        return [(each, each.answer()) for each in each_alone]

    def ballot_key(self) -> str:
        """Derive this phone's key for the question of the moment."""
        activity = self.scene.activity
        return keys.ballot_key(activity.id, self.secret) if activity else ""

    @property
    def barred(self) -> Sequence[str]:
        """Name the types the question of the moment is for, where this phone has none of them."""
        answerers = self.scene.activity.answerers if self.scene.activity else []
        return [] if self.marks.type in answerers else answerers

    def answer(self) -> Ballot | None:
        """Find this phone's own answer to the question of the moment."""
        return self.scene.answer(self.ballot_key())

    @property
    def goes_on(self) -> bool:
        """Tell whether an answer is never the last one, so that the ballot stays on the page."""
        return self.scene.activity is not None and self.scene.activity.form_kind.grows


@dataclass(frozen=True)
class Said:
    """What the page says about a form that was just sent, and what was in it."""

    error: str = ""
    note: str = ""
    posted: MultiDict[str, str] | None = None


NOTHING = Said()


def whole(here: Visit, said: Said = NOTHING, status: int = 200) -> Response:
    """Give the page."""
    language.offer(here.scene.session.languages)
    answer = None if here.lists else here.answer()
    kept = answer is not None and said is NOTHING and "change" not in request.args and not here.goes_on
    start, middle, end = _shell(here.scene)
    asked = here.scene.state == OPEN and not here.barred and not here.lists
    waiting = "" if asked and not kept else WAITING
    response = Response("".join((start, waiting, middle, _filled(here, answer, said, kept), end)), status)
    if said is NOTHING and here.scene.left is None:
        response.set_etag(f"{_seal(here, answer)}-{kept}-{zlib.crc32((start + end).encode())}", weak=True)
    return packed(response)


def part(here: Visit) -> Response:
    """Give only what may have changed, or word that nothing has."""
    language.offer(here.scene.session.languages)
    answer = None if here.lists else here.answer()
    seal = _seal(here, answer)
    same = request.if_none_match.contains_weak(seal)
    response = Response(status=304) if same else Response(_filled(here, answer, NOTHING, False))
    response.set_etag(seal, weak=True)
    return packed(response)


def packed(response: Response) -> Response:
    """Send less: nothing to a phone that has it, and small to one that can unpack."""
    response.vary.update(("Accept-Encoding", "Accept-Language", "Cookie"))
    response.cache_control.private = response.cache_control.no_cache = True
    response.make_conditional(request)
    body = response.get_data()
    if len(body) > SHORT and request.accept_encodings.quality("gzip"):
        response.set_data(gzip.compress(body, 6, mtime=0))
        response.content_encoding = "gzip"
    return response


def _seal(here: Visit, answer: Ballot | None) -> str:
    # another person may answer on the same phone: the page of one is never that of another
    given = [ballot.revision if ballot else "" for _each, ballot in here.paced] if here.lists else []
    revision = "-".join(map(str, given)) if here.lists else answer.revision if answer else ""
    return f"{here.scene.digest}-{get_locale()}-{revision}-{here.key[:4]}"


def _filled(here: Visit, answer: Ballot | None, said: Said, kept: bool) -> str:
    connected = events.hub().connected(here.scene.session.id)
    spread = min(max(SPREAD_LEAST, connected * SPREAD_EACH), SPREAD_MOST)
    return render_template(
        "phone/_list.html" if here.lists else "phone/now.html",
        here=here,
        scene=here.scene,
        seal=_seal(here, answer),
        spread=round(spread),
        answer=answer,
        kept=kept,
        said=said,
        barred=here.barred,
        **_asked(here, answer),
    )


def _asked(here: Visit, answer: Ballot | None) -> dict[str, Any]:
    activity, reader = here.scene.activity, str(get_locale())
    if activity is None:
        return {}
    return {
        "prompt": activity.name(reader),
        "prompt_language": wording.spoken(activity.prompt, reader, here.scene.session.languages),
        "ballot": f"kinds/{activity.kind}/ballot.html",
        "options": activity.choices_shown(reader, here.ballot_key()),
        "settings": activity.settings,
        "kind": activity.form_kind,
        "marked": activity.form_kind.filled(answer.chosen if answer else None),
        "decided": here.scene.fates.get(here.ballot_key(), {}),
        "token": keys.token(here.secret),
    }


def _shell(shown: Scene) -> tuple[str, str, str]:
    shells: dict[Any, tuple[str, str, str]] = current_app.extensions.setdefault("shells", {})
    reader, session = str(get_locale()), shown.session
    name = reader, session.code, session.name(reader), tuple(session.languages), session.shared
    if name not in shells:
        if len(shells) >= SHELLS:
            shells.clear()
        address = url_for("phone.page", code=session.code)
        html = render_template("phone/page.html", session=session, address=address, now=NOW, waiting=WAIT)
        start, _, rest = html.partition(WAIT)
        middle, _, end = rest.partition(NOW)
        shells[name] = start, middle, end
    return shells[name]
