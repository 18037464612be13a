"""Pairwise: which of two matters more, pair after pair, until one stops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import repeat
from random import Random
from typing import TYPE_CHECKING, Any

from flask_babel import format_percent, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from facilitator.counting.ballotfile import NO_OPINION
from facilitator.counting.duels import drawn, duel_standings, duel_weighing
from facilitator.counting.stability import DRAWS
from facilitator.kinds import remarks
from facilitator.kinds.base import (
    BLANK,
    NOT_OFFERED,
    Choice,
    Kind,
    Offered,
    Option,
    Refused,
    Settings,
    SettingsForm,
    Slip,
    liked,
)
from facilitator.kinds.figured import Figured, Listed, Named, Picture, Remark, mark

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from facilitator.counting.standing import Standings
    from facilitator.counting.weighing import Weighing

Pair = tuple[int, int]
USUAL, MOST = 20, 200
RANGE = _l("Write a number from 1 to %(most)s.", most=MOST)
SOME = 0.1


class PairwiseSettings(SettingsForm):
    """How many pairs one participant may answer."""

    most = IntegerField(
        _l("How many pairs at most"),
        [InputRequired(RANGE), NumberRange(1, MOST, RANGE)],
        description=_l("Each participant may stop earlier. 20 pairs take about three minutes."),
        default=USUAL,
    )


@dataclass(frozen=True)
class Answered:
    """The pairs that a phone has answered; it is asked the others in its own order."""

    pairs: frozenset[frozenset[int]]

    def __len__(self) -> int:
        return len(self.pairs)

    def next(self, options: Sequence[Option]) -> tuple[Option, Option] | None:
        """Draw the first pair that is not answered, from options in the phone's own order."""
        return next((pair for pair in drawn(options) if not self.has(pair)), None)

    def last(self, options: Sequence[Option]) -> tuple[Option, Option] | None:
        """Find the pair that was answered last."""
        return next((pair for pair in reversed(list(drawn(options))) if self.has(pair)), None)

    def has(self, pair: tuple[Option, Option]) -> bool:
        """Tell whether a pair is answered."""
        return frozenset((pair[0].id, pair[1].id)) in self.pairs


class PairwiseKind(Kind):
    """Each participant says which of two options matters more, for as many pairs as they like."""

    name = "pairwise"
    label = _l("Pair by pair")
    hint = _l("Which of two matters more? For long lists.")
    sentence = _l(
        "The option that won the largest share of its comparisons stands first; "
        "“can’t decide” counts as half for each of the two."
    )
    settings_form = PairwiseSettings
    grows = True
    figured = (
        Figured("share", _l("Share won"), "share"),
        Figured("duels", _l("Comparisons"), "count"),
        Figured("note", _l("Note")),
    )

    def read(self, offered: Offered, settings: Settings, posted: MultiDict[str, str]) -> Choice:
        """Read the pairs answered so far, and the one answered or taken back now."""
        won = set(pairs(posted.getlist("won"), offered))
        even = {(min(pair), max(pair)) for pair in pairs(posted.getlist("even"), offered)}
        again = {frozenset(pair) for pair in pairs(posted.getlist("again"), offered)}
        if len({frozenset(pair) for pair in won | even}) < len(won) + len(even):
            raise Refused(_l("One pair has two answers. Please give it one."))
        kept = {
            name: sorted(list(pair) for pair in found if frozenset(pair) not in again)
            for name, found in (("won", won), ("even", even))
        }
        number, most = len(kept["won"]) + len(kept["even"]), settings.get("most", USUAL)
        if number > most:
            raise Refused(_ln("Answer one pair only.", "Answer %(num)s pairs at most.", most))
        if not number and not again:
            raise Refused(_l("Answer at least one pair, or send a blank answer."))
        return kept if number else BLANK

    def filled(self, choice: Choice | None) -> dict[str, Any]:
        """Give the fields of an answer, and the pairs that are answered."""
        duels = {name: (choice or {}).get(name, ()) for name in ("won", "even")}
        return {
            "blank": choice == {},
            "fields": {
                name: " ".join(f"{one}-{other}" for one, other in found)
                for name, found in duels.items()
                if found
            },
            "answered": Answered(frozenset(map(frozenset, (*duels["won"], *duels["even"])))),
        }

    def ranks(self, choice: Choice) -> Mapping[int, str]:
        """A handful of pairs puts options in no order: see `slips`."""
        return {}

    def slips(self, ballot: str, choice: Choice, names: Mapping[int, str]) -> Iterator[Slip]:
        """Write each pair as a slip of its own on two options, so that a recount finds the same pairs."""
        if not choice:
            yield ballot, [("", "", ())]
        for number, ranks in placed(ballot, choice):
            told = map(ranks.get, names, repeat(NO_OPINION))
            yield number, zip(names.values(), told, repeat(()), strict=False)

    def said_slips(self, ballot: str, choice: Choice, names: Mapping[int, str]) -> Iterator[Slip]:
        """Write of each pair the two options it is about."""
        if not choice:
            yield ballot, [("", "", ())]
        for number, ranks in placed(ballot, choice):
            yield number, [(names[item], rank, ()) for item, rank in ranks.items() if item in names]

    def imagined(self, options: Sequence[int], settings: Settings, chance: Random) -> list[tuple[str, str]]:
        """Answer some pairs for the better liked, now and then undecided."""
        order = {option: place for place, option in enumerate(liked(options, chance))}
        most = settings.get("most", USUAL)
        asked = list(drawn(chance.sample(list(options), len(options))))
        answers = []
        for pair in asked[: chance.randint(max(1, most // 2), most)]:
            one, other = sorted(pair, key=order.__getitem__)
            answers.append(("even" if chance.random() < SOME else "won", f"{one}-{other}"))
        return answers

    def tally(
        self,
        options: Sequence[int],
        choices: Iterable[Choice],
        settings: Settings,
        seed: int = 0,
        draws: int = DRAWS,
    ) -> Standings:
        """Order the options by the share of their pairs that they won."""
        return duel_standings(options, choices, seed=seed, draws=draws)

    def weighing(self, options: Sequence[int], choices: Iterable[Choice], settings: Settings) -> Weighing:
        """Gather ballots to be counted with other weights."""
        return duel_weighing(options, choices)

    def listed(self, standings: Standings, options: Sequence[Option]) -> Sequence[Listed]:
        """List the options; where few pairs were answered, no share is told."""
        enough = standings.remarks["enough"]
        return [
            replace(line, figures={**line.figures, "note": ""})
            if (line.figures["duels"] or 0) >= enough
            else replace(line, figures={**line.figures, "share": None, "note": _("too few to compare")})
            for line in super().listed(standings, options)
        ]

    def pictured(self, standings: Standings, options: Sequence[Option]) -> Sequence[Picture]:
        """Draw the shares of comparisons won."""
        marks = [
            mark(line, (None, line.figures["share"]), told(line)) for line in self.listed(standings, options)
        ]
        return [{"sort": "bars", "caption": _("Share won"), "marks": marks}]

    def noted(self, standings: Standings, named: Named) -> Sequence[Remark]:
        """Say how much was compared."""
        found = standings.remarks
        made = ngettext(
            "%(duels)s comparison was made;",
            "%(duels)s comparisons were made;",
            found["duels"],
            duels=remarks.number(found["duels"]),
        )
        pairs = ngettext(
            "%(compared)s of %(pairs)s pair was compared at least once.",
            "%(compared)s of %(pairs)s pairs were compared at least once.",
            found["pairs"],
            compared=remarks.number(found["compared"]),
            pairs=remarks.number(found["pairs"]),
        )
        return (f"{made} {pairs}",)


def placed(ballot: str, choice: Choice) -> Iterator[tuple[str, Mapping[int, str]]]:
    """Number the pairs of a ballot, each with the ranks of its two options."""
    won = [{one: "1", other: "2"} for one, other in choice.get("won", ())]
    even = [dict.fromkeys(pair, "1") for pair in choice.get("even", ())]
    for number, ranks in enumerate([*won, *even], 1):
        yield f"{ballot}.{number}", ranks


def told(line: Listed) -> str:
    """Say what stands beside a bar: the share won, and of how many comparisons."""
    share, duels = line.figures["share"], line.figures["duels"]
    assert isinstance(duels, int)  # noqa: S101 - as it was counted
    of = ngettext("of %(duels)s comparison", "of %(duels)s comparisons", duels, duels=remarks.number(duels))
    won = format_percent(float(share)) if isinstance(share, Fraction) else str(line.figures["note"])
    return f"{won} · {of}"


def pairs(posted: Iterable[str], offered: Offered) -> Iterator[Pair]:
    """Read pairs such as "3-5 12-7"."""
    for written in " ".join(posted).split(" "):
        if not written:
            continue
        one, _dash, other = written.partition("-")
        if one == other or one not in offered or other not in offered:
            raise Refused(NOT_OFFERED)
        yield offered[one], offered[other]
