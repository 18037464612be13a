"""An empty ballot for the printer: the phone's own form, read as paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from facilitator.documents import form
from facilitator.documents.ballots import Ballot
from facilitator.models.activity import Activity
from facilitator.models.wording import direction
from facilitator.web import institutions

MOST_STEPS = 15


def written(activity: Activity, language: str, types: Sequence[str]) -> Ballot:
    """Write the ballot of a question in a language."""
    session = activity.session
    with force_locale(language):
        pages = [form.read(html) for html in steps(activity, language)]
        return Ballot(
            language=language,
            direction=direction(language),
            workshop=session.workshop.name(language),
            session=session.name(language),
            question=activity.name(language),
            about=[institutions.only_for(activity.answerers)] * bool(activity.answerers) + pages[0][0],
            types=[institutions.named(type_) for type_ in types],
            named=session.named,
            rows=[row for _hints, rows in pages for row in rows if row.answerable],
            words={
                "name": _("Your name"),
                "type": _("Your institution"),
                "blank": _("Blank answer"),
            },
        )


def steps(activity: Activity, language: str) -> Iterator[str]:
    """Give the pages of a ballot: one, or one after the other where each answer brings the next question."""
    kind, options = activity.form_kind, activity.read_options(language)
    read, choice = kind.ballot_form(options, activity.settings), None
    for _step in range(MOST_STEPS):
        html = render_template(
            f"kinds/{kind.name}/ballot.html",
            kind=kind,
            options=options,
            settings=activity.settings,
            marked=kind.filled(choice),
            posted=None,
            locale=language,
            paper=True,
        )
        yield html
        answered = read(MultiDict(form.pressed(html)))
        if not (kind.grows and form.pressed(html) and answered.validate()):
            return
        choice = answered.choice()
