"""Impact and feasibility: two ratings an option, and a map of four quadrants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from facilitator.counting.ballotfile import NO_OPINION
from facilitator.counting.cloud import dots
from facilitator.counting.quadrants import MIDDLE, quadrant_standings, quadrant_weighing
from facilitator.counting.rating import LEVELS
from facilitator.counting.stability import DRAWS
from facilitator.kinds.base import PRIORITY, Choice, Kind, Offered, Refused, Row, Settings, SettingsForm
from facilitator.kinds.fields import dense_ranks, leaning, posted_by_item
from facilitator.kinds.figured import Figured, Listed, Named, Picture, Remark, Sentence, mark
from facilitator.kinds.rating import level, too_few

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from facilitator.counting.standing import Figure, Standing, Standings
    from facilitator.counting.weighing import Weighing
    from facilitator.kinds.base import Option

IMPACT, EASE = "impact-", "ease-"
DOTS = 900
STRIDE = 3
MARGIN = 0.75  # levels between the edge of the map and its outermost spots, for the names in the corners


class MatrixSettings(SettingsForm):
    """Nothing to decide: both scales and their cut lines are always the same."""


class MatrixKind(Kind):
    """Each participant rates the impact and the feasibility of each option."""

    name = "matrix2x2"
    label = _l("Impact and feasibility")
    hint = _l("Rate impact and feasibility: what to do first, plan, add or leave.")
    sentence = _l(
        "Each option stands at its median impact and median feasibility. "
        "The order: do first, plan, easy extras, leave; then the sum of both medians."
    )
    settings_form = MatrixSettings
    page_rows = 6
    columns = ("impact", "ease")
    gives = PRIORITY
    impact = (
        _l("Very small impact"),
        _l("Small impact"),
        _l("Medium impact"),
        _l("Large impact"),
        _l("Very large impact"),
    )
    ease = (
        _l("Very difficult"),
        _l("Difficult"),
        _l("Neither easy nor difficult"),
        _l("Easy"),
        _l("Very easy"),
    )
    unranked = NO_OPINION
    placed = "number"
    figured = (
        Figured("quadrant", _l("Field")),
        Figured("impact", _l("Impact"), "median"),
        Figured("impact_spread", _l("Spread of impact"), "median"),
        Figured("impact_n", _l("n of impact"), "count"),
        Figured("ease", _l("Feasibility"), "median"),
        Figured("ease_spread", _l("Spread of feasibility"), "median"),
        Figured("ease_n", _l("n of feasibility"), "count"),
        Figured("contested", _l("Contested")),
    )

    def rules(self, settings: Settings) -> Sequence[str]:
        """Say where the cut lines are."""
        return (
            _(
                "The lines are cut at the middle of both scales, %(middle)s: only above it is high.",
                middle=MIDDLE,
            ),
        )

    def read(self, offered: Offered, settings: Settings, posted: MultiDict[str, str]) -> Choice:
        """Read both ratings of each option; either may be left without opinion."""
        impact, ease = (posted_by_item(posted, stem, offered) for stem in (IMPACT, EASE))
        if not impact and not ease:
            raise Refused(_l("Rate at least one option, or send a blank answer."))
        rated = sorted(impact.keys() | ease.keys())
        return {
            "ratings": [
                [item, *(level(of[item]) if item in of else 0 for of in (impact, ease))] for item in rated
            ]
        }

    def filled(self, choice: Choice | None) -> dict[str, Any]:
        """Give the fields of an answer."""
        fields = {
            f"{stem}{item}": str(number)
            for item, *levels in (choice or {}).get("ratings", ())
            for stem, number in zip((IMPACT, EASE), levels, strict=True)
            if number
        }
        return {"blank": choice == {}, "fields": fields}

    def ranks(self, choice: Choice) -> Mapping[int, str]:
        """Put the highest sum of both ratings in first place; what lacks one has none."""
        return dense_ranks(
            {item: impact + ease for item, impact, ease in choice["ratings"] if impact and ease}
        )

    def values(self, choice: Choice) -> Mapping[int, Row]:
        """Write both ratings beside the ranks."""
        return {item: (str(impact or ""), str(ease or "")) for item, impact, ease in choice["ratings"]}

    def imagined(self, options: Sequence[int], settings: Settings, chance: Random) -> list[tuple[str, str]]:
        """Rate the first options higher in impact, and every third one easier than the next."""
        return [
            (f"{stem}{option}", str(leaning(number, chance)))
            for place, option in enumerate(options)
            for stem, number in ((IMPACT, place), (EASE, STRIDE * place % len(options)))
        ]

    def tally(
        self,
        options: Sequence[int],
        choices: Iterable[Choice],
        settings: Settings,
        seed: int = 0,
        draws: int = DRAWS,
    ) -> Standings:
        """Order the options by quadrant, then by both medians."""
        return quadrant_standings(options, choices, seed=seed, draws=draws)

    def weighing(self, options: Sequence[int], choices: Iterable[Choice], settings: Settings) -> Weighing:
        """Gather ballots to be counted with other weights."""
        return quadrant_weighing(options, choices)

    def cloud(self, standings: Standings, rows: Sequence[Standing], mirrored: bool) -> dict[str, Any]:
        """Place rows on a square of a hundred: their spots, the room's dots, what one dot stands for."""

        def at(ease: float, impact: float) -> tuple[str, str]:
            across, up = ((level - 1 + MARGIN) * 100 / (LEVELS - 1 + 2 * MARGIN) for level in (ease, impact))
            return f"{100 - across if mirrored else across:.1f}", f"{100 - up:.1f}"

        shown = {row.option for row in rows}
        crowd, each = dots([cell for option, *cell in standings.remarks["cloud"] if option in shown], DOTS)
        contested = {found["option"] for found in standings.remarks["quadrants"] if found["contested"]}
        spots: dict[tuple[Figure, Figure], list[tuple[int, bool]]] = {}
        for number, row in enumerate(standings.rows, 1):
            if row.option in shown and row.figures["impact"] and row.figures["ease"]:
                place = row.figures["ease"], row.figures["impact"]
                spots.setdefault(place, []).append((number, row.option in contested))
        return {
            "each": each,
            "path": "".join(f"M{x} {y}h0" for x, y in (at(*place) for place in crowd)),
            "spots": [
                (*at(float(ease or 0), float(impact or 0)), keys) for (ease, impact), keys in spots.items()
            ],
        }

    def listed(self, standings: Standings, options: Sequence[Option]) -> Sequence[Listed]:
        """List the options with the names of their quadrants."""
        names = {"first": _("Do first"), "plan": _("Plan"), "extra": _("Easy extra"), "leave": _("Leave")}
        found = {
            each["option"]: {
                "quadrant": names.get(each["quadrant"]) or too_few(),
                "contested": _("contested") if each["contested"] else "",
            }
            for each in standings.remarks["quadrants"]
        }
        lines = super().listed(standings, options)
        return [replace(line, figures={**line.figures, **found[line.option.id]}) for line in lines]

    def pictured(self, standings: Standings, options: Sequence[Option]) -> Sequence[Picture]:
        """Draw the map: the medians, and the room's ratings as a cloud."""
        marks = [
            mark(line, (line.figures["ease"], line.figures["impact"]), str(line.figures["contested"]))
            for line in self.listed(standings, options)
        ]
        crowd, each = dots([cell for _option, *cell in standings.remarks["cloud"]], DOTS)
        return [
            {
                "sort": "quadrants",
                "caption": _("Impact and feasibility"),
                "marks": marks,
                "axis": _("Feasibility"),
                "other_axis": _("Impact"),
                "series": [_("Plan"), _("Do first"), _("Leave"), _("Easy extras")],
                "cloud": [(ease, impact, each) for ease, impact in crowd],
                "cut": float(MIDDLE),
            }
        ]

    def announced(self, standings: Standings, named: Named) -> Sequence[Sentence]:
        """The map says it."""
        return ()

    def noted(self, standings: Standings, named: Named) -> Sequence[Remark]:
        """Say where the lines are, and what contested means."""
        return (
            *self.rules({}),
            _("Contested: the middle half of the ratings lies 2 steps or more apart."),
        )
