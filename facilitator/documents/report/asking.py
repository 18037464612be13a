"""Telling one activity: its question, its rounds side by side, what the room proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from facilitator.documents import comparisons
from facilitator.documents.institutions import named as institution
from facilitator.documents.report import sentences
from facilitator.documents.report.counting import count
from facilitator.documents.report.facts import Count, Question
from facilitator.documents.standings import Drawn
from facilitator.kinds.figured import Cell, Figured, Named, Option, Sentence, Tabled
from facilitator.models import wording
from facilitator.models.activity import Activity
from facilitator.models.change import before, since_before
from facilitator.models.proposal import MERGED, RELEASED, WAITING, WITHDRAWN, Proposal
from facilitator.models.round import Round

STATES = {RELEASED: _l("released"), MERGED: _l("merged"), WITHDRAWN: _l("withdrawn")}
COLUMNS = (
    Figured("number", _l("Number"), "count"),
    Figured("text", _l("Proposal")),
    Figured("state", _l("What became of it")),
    Figured("into", _l("Merged into"), "count"),
    Figured("item", _l("As it was put to the room")),
)


def read(texts: Mapping[str, str], language: str, fallbacks: Sequence[str], id: int = 0) -> Option:
    """Read a text, and the language it is in."""
    lang = wording.spoken(texts, language, fallbacks)
    return Option(id, texts.get(lang, ""), lang)


def question(activity: Activity, number: int, language: str) -> Question:
    """Tell an activity."""
    options = activity.read_options(language)
    counts = [count(round_, options, language) for round_ in activity.rounds]
    kind, last = activity.form_kind, activity.round
    changed, rounds, slopes = _side_by_side(activity, counts, options, language)
    return Question(
        id=activity.id,
        number=number,
        kind=kind.name,
        prompt=read(activity.prompt, language, activity.session.languages, activity.id),
        label=str(kind.label),
        sentence=str(kind.sentence),
        rules=[str(rule) for rule in kind.rules(activity.settings)],
        only=" · ".join(institution(type_) for type_ in activity.answerers),
        note=activity.note,
        options=options,
        counts=counts,
        changed=changed,
        rounds=rounds,
        slopes=slopes,
        proposals=_proposals(last, language) if last and last.proposals else None,
        waiting=sum(proposal.state == WAITING for proposal in last.proposals) if last else 0,
    )


def _side_by_side(
    activity: Activity, counts: Sequence[Count], options: Sequence[Option], language: str
) -> tuple[list[Sentence], Tabled | None, Drawn | None]:
    """Put the last round beside the one before it, where both are shown."""
    last = activity.round
    earlier = before(last) if last else None
    if last is None or earlier is None or not all(each.tables for each in counts[-2:]):
        return [], None, None
    found = since_before(last)
    if found is None:
        numbers = (earlier.number, last.number)
        return [], activity.form_kind.beside(earlier.standings(), last.standings(), options, numbers), None
    rounds, slopes = comparisons.rounds(found.change, found.numbers, options, language)
    return list(sentences.changed(found, Named(options))), rounds, slopes


def _proposals(round_: Round, language: str) -> Tabled:
    """Tell what the room wrote and what became of each text; those that nobody has read yet stay unread."""
    seen = [proposal for proposal in round_.proposals if proposal.state != WAITING]
    numbers = {proposal.id: number for number, proposal in enumerate(seen, 1)}
    rows: list[list[Cell]] = [
        [
            numbers[proposal.id],
            Option(0, proposal.text, proposal.language),
            str(STATES[proposal.state]),
            numbers.get(proposal.merged_into_id or 0),
            _became(proposal, language),
        ]
        for proposal in seen
    ]
    return Tabled("proposals", str(_("What the room proposed")), COLUMNS, rows)


def _became(proposal: Proposal, language: str) -> Cell:
    item = proposal.stands_for
    languages = proposal.round.activity.session.languages
    return read(item.wording, language, languages, item.id) if item else None
