"""Telling one round: who answered, what was counted, what may not be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import gettext as _
from flask_babel import ngettext

from facilitator.documents import comparisons, ledger, standings
from facilitator.documents.report import sentences
from facilitator.documents.report.facts import Count
from facilitator.kinds import answered
from facilitator.kinds.figured import Named, Option, Sentence
from facilitator.models.ballot import HAND, PAPER, Ballot
from facilitator.models.breakdown import broken_down
from facilitator.models.change import continued
from facilitator.models.round import Round


def count(round: Round, options: Sequence[Option], language: str) -> Count:
    """Tell a round."""
    sources = round.turnout(Ballot.source)
    paper, hands = sources.get(PAPER, 0), sources.get(HAND, 0)
    told = Count(
        id=round.id,
        number=round.number,
        opened=round.opened_at,
        closed=round.closed_at,
        struck=round.struck,
        ballots=sum(sources.values()),
        blank=None,
        paper=paper,
        hands=hands,
        turnout=_turnout(sum(sources.values()), paper, hands),
    )
    if round.is_open:
        return replace(told, message=_("Still open: its figures stand here once it is closed."))
    if continued(round):
        return replace(
            told, message=_("This question was reopened: these answers are part of the next round.")
        )
    return _counted(told, round, options, language)


def _counted(told: Count, round: Round, options: Sequence[Option], language: str) -> Count:
    """Tell what a closed round came to."""
    counted = round.standings()
    found = standings.told(round.activity.form_kind, counted, options, language)
    if message := found.message or _small(round):
        return replace(told, message=message)
    tables, charts, said = list(found.tables), list(found.charts), list(found.sentences)
    apart: list[Sentence] = []
    breakdown = broken_down(round) if round.result and counted.rows else None
    if breakdown:
        names = {type_: sentences.group(type_) for type_ in breakdown.groups}
        if by_type := comparisons.by_type(breakdown.groups, names, tables[0], language):
            tables.append(by_type[0])
            charts.append(by_type[1])
        said += sentences.deciding(breakdown, len(counted.rows))
        apart += sentences.dissent(breakdown, Named(options))
    if counted.blank:
        said.insert(0, answered.blank(counted.blank))
    return replace(
        told,
        digest=round.result.digest if round.result else round.digest(),
        blank=counted.blank,
        tables=tables,
        charts=charts,
        decided=round.activity.form_kind.decided(counted, Named(options)),
        sentences=said,
        dissent=apart,
        ledger=ledger.of(round, language),
    )


def _small(round: Round) -> str:
    """Say that a question for some types alone was answered by too few of them."""
    if not round.small:
        return ""
    return str(_("Fewer than five people of these institutions answered. Their answers are not shown."))


def _turnout(ballots: int, paper: int, hands: int) -> str:
    said = [ngettext("%(num)d answer", "%(num)d answers", ballots) + "."]
    if paper:
        said.append(_("Of which on paper: %(paper)s.", paper=sentences.number(paper)))
    if hands:
        said.append(_("Of which by raised hands: %(hands)s.", hands=sentences.number(hands)))
    return " ".join(said)
