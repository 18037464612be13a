"""Adoption: yes, yes with changes, no or abstention on each recommendation, against a threshold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

from flask_babel import format_percent
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from facilitator.counting.adoption import VOTES, adoption_standings, adoption_weighing
from facilitator.counting.ballotfile import NO_OPINION
from facilitator.counting.stability import DRAWS
from facilitator.kinds.base import (
    ADOPTION,
    NOT_OFFERED,
    Choice,
    Hand,
    Kind,
    Offered,
    Option,
    Refused,
    Row,
    Settings,
    SettingsForm,
)
from facilitator.kinds.fields import dense_ranks, fondness, posted_by_item
from facilitator.kinds.figured import Decided, Figured, Listed, Named, Picture, Remark, Sentence, mark
from facilitator.kinds.remarks import firmness, number

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from facilitator.counting.standing import Standings
    from facilitator.counting.weighing import Weighing

STEM = "adopt-"
THRESHOLD, LEAST, MOST = 75, 50, 100
RANGE = _l("Write a number from %(least)s to %(most)s.", least=LEAST, most=MOST)
ABSTAINS = 0.07
SCORES = {"yes": 3, "changes": 2, "no": 1}


class AdoptionSettings(SettingsForm):
    """How large a share of yes adopts."""

    threshold = IntegerField(
        _l("Threshold, in percent of those who do not abstain"),
        [InputRequired(RANGE), NumberRange(LEAST, MOST, RANGE)],
        description=_l("It is fixed before voting and shown on phones and wall."),
        default=THRESHOLD,
    )


class AdoptionKind(Kind):
    """Each participant says yes, yes with changes or no to each recommendation, or abstains."""

    name = "adoption"
    label = _l("Adoption")
    hint = _l("Adopt recommendations by a threshold fixed before voting.")
    sentence = _l(
        "Adopted: yes reaches the threshold. Adopted with changes: yes and “with changes” together reach it. "
        "Abstentions do not count."
    )
    settings_form = AdoptionSettings
    least_options = 1
    page_rows = 5
    columns = ("vote",)
    gives = ADOPTION
    unranked = NO_OPINION
    figured = (
        Figured("verdict", _l("Verdict")),
        Figured("yes", _l("Yes"), "count"),
        Figured("changes", _l("With changes"), "count"),
        Figured("no", _l("No"), "count"),
        Figured("abstain", _l("I abstain"), "count"),
        Figured("share", _l("Share of yes"), "share"),
        Figured("with_changes", _l("Share with changes"), "share"),
    )

    def rules(self, settings: Settings) -> Sequence[str]:
        """Say the threshold."""
        threshold = format_percent(settings.get("threshold", THRESHOLD) / 100)
        return (_("Adopted from %(threshold)s yes of those who do not abstain.", threshold=threshold),)

    def read(self, offered: Offered, settings: Settings, posted: MultiDict[str, str]) -> Choice:
        """Read the votes."""
        given = posted_by_item(posted, STEM, offered)
        if not given:
            raise Refused(_l("Vote on at least one option, or send a blank answer."))
        if not set(given.values()) <= set(VOTES):
            raise Refused(NOT_OFFERED)
        return {"votes": [[item, vote] for item, vote in given.items()]}

    def filled(self, choice: Choice | None) -> dict[str, Any]:
        """Give the fields of an answer."""
        given = (choice or {}).get("votes", ())
        return {"blank": choice == {}, "fields": {f"{STEM}{item}": vote for item, vote in given}}

    def ranks(self, choice: Choice) -> Mapping[int, str]:
        """Put yes before “with changes” before no."""
        return dense_ranks({item: SCORES[vote] for item, vote in choice["votes"] if vote in SCORES})

    def values(self, choice: Choice) -> Mapping[int, Row]:
        """Write the votes beside the ranks."""
        return {item: (vote,) for item, vote in choice["votes"]}

    def hands(self, options: Sequence[Option], settings: Settings) -> Sequence[Hand]:
        """Let one hand vote, where there is one thing to vote on."""
        if len(options) != 1:
            return ()
        words = {"yes": _("Yes"), "changes": _("With changes"), "no": _("No"), "abstain": _("I abstain")}
        return [Hand(word, "", {"votes": [[options[0].id, vote]]}) for vote, word in words.items()]

    def imagined(self, options: Sequence[int], settings: Settings, chance: Random) -> list[tuple[str, str]]:
        """Say yes more often to the first options."""
        return [(f"{STEM}{option}", self.leaning(place, chance)) for place, option in enumerate(options)]

    def leaning(self, place: int, chance: Random) -> str:
        """Vote on the option at a place, as someone might who likes the first ones more."""
        if chance.random() < ABSTAINS:
            return "abstain"
        yes = fondness(place)
        return chance.choices(["yes", "changes", "no"], [yes, (1 - yes) / 2, (1 - yes) / 2])[0]

    def tally(
        self,
        options: Sequence[int],
        choices: Iterable[Choice],
        settings: Settings,
        seed: int = 0,
        draws: int = DRAWS,
    ) -> Standings:
        """Order the options by verdict, then by their share of yes."""
        threshold = settings.get("threshold", THRESHOLD)
        return adoption_standings(options, choices, threshold, seed=seed, draws=draws)

    def weighing(self, options: Sequence[int], choices: Iterable[Choice], settings: Settings) -> Weighing:
        """Gather ballots to be counted with other weights."""
        return adoption_weighing(options, choices, settings.get("threshold", THRESHOLD))

    def listed(self, standings: Standings, options: Sequence[Option]) -> Sequence[Listed]:
        """List the recommendations with the words of their verdicts."""
        found = _verdicts(standings)
        lines = super().listed(standings, options)
        return [replace(line, figures={**line.figures, "verdict": found[line.option.id]}) for line in lines]

    def pictured(self, standings: Standings, options: Sequence[Option]) -> Sequence[Picture]:
        """Draw the votes as parts of all that decide, against the threshold."""
        marks = [
            mark(line, [line.figures[vote] for vote in VOTES], str(line.figures["verdict"]))
            for line in self.listed(standings, options)
        ]
        return [
            {
                "sort": "votes",
                "caption": _("Votes"),
                "marks": marks,
                "series": [_("Yes"), _("With changes"), _("No")],
                "cut": standings.remarks["threshold"] / 100,
            }
        ]

    def announced(self, standings: Standings, named: Named) -> Sequence[Sentence]:
        """Count the verdicts."""
        verdicts = [each["verdict"] for each in standings.remarks["verdicts"]]
        adopted, changes, rejected = (
            number(verdicts.count(verdict)) for verdict in ("adopted", "changes", "rejected")
        )
        return (
            " ".join(
                (
                    _("Adopted: %(number)s.", number=adopted),
                    _("With changes: %(number)s.", number=changes),
                    _("Not adopted: %(number)s.", number=rejected),
                )
            ),
        )

    def decided(self, standings: Standings, named: Named) -> Sequence[Decided]:
        """Give each recommendation its verdict, and how firm that is."""
        firm = {each["option"]: firmness(each["word"]) for each in standings.remarks.get("firmness", ())}
        found = _verdicts(standings)
        return [(named[row.option], found[row.option], firm.get(row.option, "")) for row in standings.rows]

    def noted(self, standings: Standings, named: Named) -> Sequence[Remark]:
        """Say the threshold that was fixed before."""
        return self.rules(standings.remarks)


def _verdicts(standings: Standings) -> Mapping[int, str]:
    words = {"adopted": _("Adopted"), "changes": _("Adopted with changes"), "rejected": _("Not adopted")}
    return {each["option"]: words[each["verdict"]] for each in standings.remarks["verdicts"]}
