"""Preparing activities: write, order, duplicate, take out and bring back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_login import current_user

from facilitator import db, events, refusals
from facilitator.kinds import KINDS
from facilitator.kinds.base import Kind, SettingsForm
from facilitator.models import trail
from facilitator.models.activity import Activity
from facilitator.models.session import Session
from facilitator.web import institutions, scoped
from facilitator.web.desk import notices
from facilitator.web.desk.acts import Said, acts
from facilitator.web.desk.draft import Draft
from facilitator.web.errors import sentence


class Rewritten(refusals.Refusal):
    """Someone else has changed an activity since this person began to rewrite it."""

    message = refusals.N_(
        "Someone else has changed this question since you opened it. Yours is below and not saved yet; "
        "save again to replace theirs."
    )


NONE: Mapping[str, str] = {}

bp = Blueprint("activities", __name__, url_prefix="/desk")


@bp.route("/sessions/<int:id>/activities/new", methods=["GET", "POST"])
def new(id: int) -> ResponseReturnValue:
    """Write an activity of a session."""
    session = scoped.session(id, act="run")
    if request.method == "GET":
        kind = KINDS.get(request.args.get("kind", "")) or first_kind()
        return Page("new", session, kind).show(Draft.blank(session.languages), kind.settings_form())
    return written(Page("new", session, posted_kind()))


@bp.route("/activities/<int:id>/edit", methods=["GET", "POST"])
def edit(id: int) -> ResponseReturnValue:
    """Rewrite an activity as long as nobody has voted on it."""
    activity = scoped.activity(id, act="run")
    if request.method == "POST":
        return written(Page("edit", activity.session, posted_kind(), activity))
    try:
        activity.refuse_if_settled()
    except refusals.Refusal as refusal:
        words, frozen = sentence(refusal), isinstance(refusal, refusals.Frozen)
        told = {"activity": activity, "session": activity.session, "words": words, "frozen": frozen}
        return render_template("activities/_settled.html", **told), refusal.status
    kind = activity.form_kind
    draft, settings = (
        Draft.of(activity, activity.session.languages),
        kind.settings_form(data=activity.settings),
    )
    return Page("edit", activity.session, kind, activity).show(draft, settings)


@bp.post("/activities/<int:id>/duplicate")
@acts(scoped.activity)
def duplicate(activity: Activity) -> Said:
    """Put the same question again into the running order, free to be reworded."""
    twin = activity.duplicate()
    trail.record(current_user, "duplicate", activity, to=twin.id)
    return Said(_("Duplicated. The copy stands right below."), url_for("activities.remove", id=twin.id))


@bp.post("/activities/<int:id>/move")
@acts(scoped.activity)
def move(activity: Activity) -> Said:
    """Put an activity at another place of the running order."""
    before = activity.session.running_order.index(activity) if not activity.withdrawn else 0
    position = request.form.get("position", "")
    if activity.withdrawn or not position.isdecimal() or len(position) > 4:
        raise refusals.Refusal
    activity.move(int(position))
    trail.record(current_user, "move", activity, before=before, now=int(position))
    return Said()


@bp.post("/activities/<int:id>/remove")
@acts(scoped.activity)
def remove(activity: Activity) -> Said:
    """Take an activity that nobody has voted on out of the running order; it can come back."""
    activity.withdraw()
    trail.record(current_user, "withdraw", activity)
    name = activity.name(str(get_locale()))
    return Said(_("Removed: %(question)s", question=name), url_for("activities.restore", id=activity.id))


@bp.post("/activities/<int:id>/restore")
@acts(scoped.activity)
def restore(activity: Activity) -> Said:
    """Bring a removed activity back."""
    activity.withdrawn = False
    trail.record(current_user, "restore", activity)
    return Said(_("It is back in the running order."))


@dataclass
class Page:
    """The form of an activity that is new or is being rewritten."""

    template: str
    session: Session
    kind: Kind
    activity: Activity | None = None

    def show(
        self, draft: Draft, settings: SettingsForm, errors: Mapping[str, str] = NONE, trouble: str = ""
    ) -> str:
        """Show what was written, and what is wrong with it."""
        draft.spare(self.activity)
        settings.offer(self.elsewhere())
        return render_template(
            f"activities/{self.template}.html",
            page=self,
            session=self.session,
            draft=draft,
            kind=self.kind,
            kinds=KINDS.values(),
            settings=settings,
            types=institutions.NAMES,
            errors=errors,
            trouble=trouble,
            mark=mark(self.activity),
            pressed=request.form.get("press", ""),
        )

    def elsewhere(self) -> Iterator[tuple[int, dict[str, str]]]:
        """List what the other questions of the workshop ask about, those of this session first."""
        for each in self.session.questions_at_hand:
            if each is not self.activity:
                yield from ((item.id, item.wording) for item in each.options)


def written(page: Page) -> ResponseReturnValue:
    """Do what the pressed button says with what was written: arrange it, or save it."""
    draft = Draft.posted(request.form, page.session.languages)
    press = request.form.get("press", "save")
    if press.startswith("kind:") or draft.press(press):
        same = request.form.get("kind") == page.kind.name
        return page.show(draft, page.kind.settings_form(request.form if same else None))
    settings = page.kind.settings_form(request.form)
    errors = draft.errors(page.kind.least_options if not fed(page) else 0)
    if not settings.validate() or errors:
        return page.show(draft, settings, errors), 422
    if press == "copy":
        page.activity = None
    try:
        return saved(page, draft, settings.data)
    except refusals.Refusal as refusal:
        db.session.rollback()
        return page.show(draft, settings, trouble=sentence(refusal)), refusal.status


def saved(page: Page, draft: Draft, settings: dict[str, Any]) -> ResponseReturnValue:
    """Keep what was written; a missing translation is said now and refused at opening."""
    session, activity = page.session, page.activity
    if activity and request.form.get("mark") != mark(activity):
        raise Rewritten
    act = "change" if activity else "create"
    if activity is None:
        activity = Activity(session=session, position=len(session.activities), kind=page.kind.name, prompt={})
        db.session.add(activity)
        db.session.flush()
    options = draft.options(activity)
    activity.edit(page.kind.name, draft.question(activity), settings, options)
    activity.answerers, activity.minutes = draft.answerers, draft.planned
    activity.block = draft.block
    detail: dict[str, Any] = {
        "prompt": activity.prompt,
        "options": [texts for _item, texts in options],
        "settings": settings,
    }
    detail |= {"answerers": draft.answerers, "minutes": draft.planned, "block": draft.block}
    trail.record(current_user, act, activity, kind=page.kind.name, **detail)
    db.session.commit()
    events.hub().announce(session.id, "activity")
    kept = ngettext("Saved with %(num)d option.", "Saved with %(num)d options.", len(options))
    draft.spare(activity)
    gaps = [*draft.gaps(), *map(str, page.kind.gaps(settings))]
    notices.say(" ".join([kept, _("Still to do before it can be opened:"), *gaps]) if gaps else kept)
    return redirect(url_for("running.room", id=session.id), 303)


def mark(activity: Activity | None) -> str:
    """Tell one state of an activity from another, so that two people never overwrite each other unseen."""
    if activity is None:
        return ""
    options = [item.wording for item in activity.options]
    content: list[Any] = [activity.kind, activity.prompt, activity.settings, options, activity.answerers]
    content += [activity.minutes, activity.block]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def fed(page: Page) -> bool:
    """Tell whether the options come from another question later on."""
    return page.activity is not None and page.activity.source_id is not None


def posted_kind() -> Kind:
    """Name the kind that the form is for, or that was just chosen in it."""
    press = request.form.get("press", "")
    chosen = press.removeprefix("kind:") if press.startswith("kind:") else request.form.get("kind", "")
    return KINDS.get(chosen) or first_kind()


def first_kind() -> Kind:
    """Name the kind a new activity starts with."""
    return next(iter(KINDS.values()))
