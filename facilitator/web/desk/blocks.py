"""Laying a classic block into a session's running order, and taking it out again."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_login import current_user

from facilitator import db, events
from facilitator.blocks import BLOCKS
from facilitator.blocks.base import FAMILIES, ITEMS, TOPIC, Block
from facilitator.blocks.laying import Topic, lay
from facilitator.kinds import KINDS
from facilitator.models import trail, wording
from facilitator.models.activity import Activity
from facilitator.models.beginnings import FAMILIES as FIRST_FAMILIES
from facilitator.models.session import Session
from facilitator.models.shortlist import shortlist
from facilitator.models.wording import Texts
from facilitator.web import scoped
from facilitator.web.desk import notices
from facilitator.web.desk.acts import Said, acts, hold

MOST, FEW = 10, 3

bp = Blueprint("blocks", __name__, url_prefix="/desk")


@dataclass
class Chosen:
    """What was chosen for a block: the activity and how many of its options, or the families."""

    source: str = ""
    count: str = str(FEW)
    families: list[str] = field(default_factory=list)
    error: str = ""
    shared: bool = False

    @classmethod
    def posted(cls) -> Chosen:
        return cls(
            request.form.get("source", ""),
            request.form.get("count", "").strip(),
            request.form.getlist("family"),
        )

    def topics(self, block: Block, session: Session) -> list[Topic]:
        """Find what the block's passes are about; `error` says what is missing."""
        if block.over == FAMILIES:
            families = known_families(session)
            found = [Topic(families[key], family=key) for key in families if key in self.families]
            self.error = "" if found else _("Choose one family at least.")
            return found
        return self._items(session) if block.over == ITEMS else []

    def _items(self, session: Session) -> list[Topic]:
        known = {str(activity.id): activity for activity in sources(session)}
        if self.source not in known:
            self.error = _("Choose the question whose first options are taken.")
        elif not self.count.isdecimal() or not 1 <= int(self.count[:4]) <= MOST:
            self.error = _("Write a whole number from 1 to %(most)d.", most=MOST)
        else:
            first = shortlist(known[self.source], int(self.count))
            if len(first) <= MOST:
                self.shared = len(first) > int(self.count)
                return [Topic(item.wording, item) for item in first]
            self.error = _(
                "More than %(most)d share these places: let the room put them in order first.", most=MOST
            )
        return []


@bp.route("/sessions/<int:id>/blocks", methods=["GET", "POST"])
def choose(id: int) -> ResponseReturnValue:
    """Choose a classic block and lay it into the running order."""
    session = scoped.session(id, act="run")
    if request.method == "GET":
        return page(session)
    block = BLOCKS.get(request.form.get("block", "")) or abort(404)
    hold(session.id)
    chosen = Chosen.posted()
    topics = chosen.topics(block, session)
    if chosen.error:
        return page(session, block.name, chosen), 422
    if any(topic.family for topic in topics):
        session.workshop.guide.families = known_families(session)
    laid = lay(block, session, str(get_locale()), topics)
    numbers = [activity.id for activity in laid]
    trail.record(current_user, "lay", session, block=block.name, activities=numbers)
    db.session.commit()
    events.hub().announce(session.id, "activity")
    words = ngettext("%(num)d question was added.", "%(num)d questions were added.", len(numbers))
    if chosen.shared:
        words += " " + _("Those that share the last place came along.")
    notices.say(words, url_for("blocks.withdraw", id=session.id), activities=" ".join(map(str, numbers)))
    return redirect(url_for("running.room", id=session.id), 303)


@bp.post("/sessions/<int:id>/blocks/withdraw")
@acts(scoped.session)
def withdraw(session: Session) -> Said:
    """Take what was laid out of the running order again, all of it or nothing."""
    laid = named(session)
    for activity in laid:
        activity.withdraw()
    numbers = [activity.id for activity in laid]
    trail.record(current_user, "withdraw", session, activities=numbers)
    words = ngettext("%(num)d question was removed.", "%(num)d questions were removed.", len(laid))
    return Said(words, url_for("blocks.restore", id=session.id), {"activities": " ".join(map(str, numbers))})


@bp.post("/sessions/<int:id>/blocks/restore")
@acts(scoped.session)
def restore(session: Session) -> Said:
    """Bring withdrawn activities back together."""
    laid = named(session)
    for activity in laid:
        activity.withdrawn = False
    trail.record(current_user, "restore", session, activities=[activity.id for activity in laid])
    return Said(_("They are back in the running order."))


def named(session: Session) -> list[Activity]:
    """List the activities of this session that were posted by their numbers."""
    numbers = request.form.get("activities", "").split()
    return [activity for activity in session.activities if str(activity.id) in numbers]


def known_families(session: Session) -> dict[str, Texts]:
    """Give the families of the guide; one that has none yet starts with those that every guide is offered."""
    return session.workshop.guide.families or {key: dict(texts) for key, texts in FIRST_FAMILIES.items()}


def sources(session: Session) -> list[Activity]:
    """List the questions of the workshop whose options a block can be about: the latest answered first."""
    sittings = [each for each in session.workshop.sessions if not each.withdrawn]
    order = [activity for each in sittings for activity in each.running_order if activity.options]
    return sorted(order, key=lambda activity: (bool(activity.rounds), activity.id), reverse=True)


def page(session: Session, asked: str = "", chosen: Chosen | None = None) -> str:
    """Show the blocks with their steps."""
    language = str(get_locale())
    families = known_families(session)
    return render_template(
        "blocks/choose.html",
        session=session,
        blocks=BLOCKS.values(),
        kinds=KINDS,
        families={key: wording.read(texts, language) for key, texts in families.items()},
        sources={activity.id: label(activity, session, language) for activity in sources(session)},
        asked=asked,
        chosen=chosen or Chosen(families=list(families)),
        read=lambda texts: wording.read(texts, language).replace(TOPIC, "…"),
        most=MOST,
    )


def label(activity: Activity, session: Session, language: str) -> str:
    """Name a question with its number, and with its session when it is another one."""
    number = activity.session.running_order.index(activity) + 1
    name = f"{number}. {activity.name(language)}"
    return name if activity.session is session else f"{activity.session.name(language)} · {name}"
