"""Linking: which option answers which target, several allowed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.fields.choices import Choice as Tick
from wtforms.fields.choices import SelectFieldBase
from wtforms.widgets import CheckboxInput

from facilitator.counting.links import Target, link_standings
from facilitator.counting.stability import DRAWS
from facilitator.kinds import compared
from facilitator.kinds.base import (
    LINKS,
    NOT_OFFERED,
    Choice,
    Kind,
    Offered,
    Refused,
    Row,
    Settings,
    SettingsForm,
)
from facilitator.kinds.figured import Figured, Listed, Named, Picture, Remark, Sentence, Tabled, mark
from facilitator.kinds.remarks import OPTION

if TYPE_CHECKING:
    from flask_babel import LazyString
    from werkzeug.datastructures import MultiDict

    from facilitator.counting.standing import Standings
    from facilitator.kinds.base import Option

STEM = "link-"
LEAST, MOST = 2, 40
LARGEST = 2**31
FAULTY = _l("This cannot be linked to. Please choose again.")
OFTEN, SOME = 0.8, 0.2


class TargetsField(SelectFieldBase):
    """What options can be linked to, ticked among what `offer` was given: each `[id, {language: text}]`.

    A tick carries the whole target, so that a form keeps its wording wherever it came from.
    """

    option_widget = CheckboxInput()

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        self.offered: list[Target] = []
        super().__init__(label, validators, **kwargs)

    def offer(self, targets: Iterable[Target]) -> None:
        """Give what may be ticked besides what is."""
        self.offered = list(targets)

    def iter_choices(self) -> Iterator[Tick]:
        """List what may be ticked, and what is ticked though no longer offered."""
        ticked = {target for target, _texts in self.data or ()}
        known = {target: dict(texts) for target, texts in (*(self.data or ()), *self.offered)}
        for target, texts in known.items():
            written = json.dumps([target, texts], ensure_ascii=False)
            yield Tick(value=written, label=shown(texts), selected=target in ticked, render_kw={})

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the ticked targets, each once."""
        self.data = [[target, texts] for target, texts in dict(map(target_of, valuelist)).items()]

    def pre_validate(self, form: SettingsForm) -> None:
        """Refuse too many; too few are still to be chosen."""
        if len(self.data or ()) > MOST:
            raise ValidationError(_l("Choose %(most)s at most.", most=MOST))


def target_of(written: str) -> tuple[int, dict[str, str]]:
    """Read one target as a tick carries it."""
    try:
        target, texts = json.loads(written)
        if type(target) is int and 0 < target < LARGEST and texts and all(map(_worded, texts.items())):
            return target, texts
    except (ValueError, TypeError, AttributeError, RecursionError):
        pass
    raise ValueError(FAULTY)


def _worded(wording: tuple[str, Any]) -> bool:
    return isinstance(wording[1], str) and len(wording[0]) <= 3 and wording[1].isprintable()


def shown(texts: Mapping[str, str]) -> str:
    """Give a target in the reader's language, or in the first it has."""
    return texts.get(str(get_locale())) or next(iter(texts.values()), "")


class LinkingSettings(SettingsForm):
    """What the options can be linked to."""

    targets = TargetsField(
        _l("What the options are linked to"),
        description=_l("For example the challenges that the actions answer."),
        default=[],
    )

    def offer(self, items: Iterable[tuple[int, Mapping[str, str]]]) -> None:
        """Let what other questions ask about be ticked."""
        self.targets.offer((item, dict(texts)) for item, texts in items)


class LinkingKind(Kind):
    """Each participant links options to what they answer or rest on."""

    name = "linking"
    label = _l("Linking")
    hint = _l("Which action answers which challenge?")
    sentence = _l(
        "Beside each option stands what most of us link it to; "
        "where fewer than a third of us see the same link, none is clear."
    )
    settings_form = LinkingSettings
    columns = ("links",)
    gives = LINKS
    page_rows = 7
    placed = ""
    figured = (
        Figured("clearest", _l("Clearest link")),
        Figured("strongest", _l("Seen by"), "count"),
        Figured("share", _l("Share"), "share"),
        Figured("support", _l("Linked by"), "count"),
    )

    def gaps(self, settings: Settings) -> Sequence[LazyString]:
        """Ask for something to link to."""
        enough = len(settings.get("targets") or ()) >= LEAST
        return () if enough else (_l("Choose two things or more that the options can be linked to."),)

    def refers(self, settings: Settings) -> Sequence[int]:
        """Name the targets."""
        return [target for target, _texts in settings.get("targets", ())]

    def ballot_form(self, options: Sequence[Option], settings: Settings) -> Any:
        """Make the form of one activity, its targets looked up once."""
        known = {str(target): target for target, _texts in settings.get("targets", ())}
        return super().ballot_form(options, {"known": known})

    def read(self, offered: Offered, settings: Settings, posted: MultiDict[str, str]) -> Choice:
        """Read the ticked targets of each option."""
        links, known = set(), settings["known"]
        for field, values in posted.lists():
            given = {value for value in values if value} if field.startswith(STEM) else ()
            if not given:
                continue
            option = offered.get(field[len(STEM) :])
            if option is None or not given <= known.keys():
                raise Refused(NOT_OFFERED)
            links |= {(option, known[target]) for target in given}
        if not links:
            raise Refused(_l("Link at least one option, or send a blank answer."))
        return {"links": sorted(map(list, links))}

    def filled(self, choice: Choice | None) -> dict[str, Any]:
        """Give the fields of an answer."""
        fields: dict[str, list[str]] = {}
        for option, target in (choice or {}).get("links", ()):
            fields.setdefault(f"{STEM}{option}", []).append(str(target))
        return {"blank": choice == {}, "fields": fields}

    def ranks(self, choice: Choice) -> Mapping[int, str]:
        """Put what is linked to anything in first place, the rest nowhere."""
        return {option: "1" for option, _target in choice["links"]}

    def values(self, choice: Choice) -> Mapping[int, Row]:
        """Write the numbers of the linked targets."""
        linked: dict[int, str] = {}
        for option, target in choice["links"]:
            linked[option] = f"{linked[option]} {target}" if option in linked else str(target)
        return {option: (targets,) for option, targets in linked.items()}

    def imagined(self, options: Sequence[int], settings: Settings, chance: Random) -> list[tuple[str, str]]:
        """Link most options to one target that most people see, some to another one too."""
        targets = self.refers(settings)
        answers = []
        for place, option in enumerate(options if targets else ()):
            seen = targets[place % len(targets)]
            if not place or chance.random() < OFTEN:
                answers.append((f"{STEM}{option}", str(seen)))
            if chance.random() < SOME and (other := chance.choice(targets)) != seen:
                answers.append((f"{STEM}{option}", str(other)))
        return answers

    def tally(
        self,
        options: Sequence[int],
        choices: Iterable[Choice],
        settings: Settings,
        seed: int = 0,
        draws: int = DRAWS,
    ) -> Standings:
        """Count how many link each option to each target."""
        return link_standings(options, choices, settings.get("targets", ()))

    def listed(self, standings: Standings, options: Sequence[Option]) -> Sequence[Listed]:
        """List the options with what most link them to."""
        targets = {target: shown(texts) for target, texts in standings.remarks["targets"]}
        clearest = {
            line["option"]: " · ".join(targets[target] for target in line["strongest"])
            for line in standings.remarks["matrix"]
        }
        return [
            replace(
                line,
                figures={**line.figures, "clearest": clearest[line.option.id] or _("no clear link")},
            )
            for line in super().listed(standings, options)
        ]

    def pictured(self, standings: Standings, options: Sequence[Option]) -> Sequence[Picture]:
        """Draw how many see each link, as a table of shades."""
        counts = {line["option"]: line["counts"] for line in standings.remarks["matrix"]}
        marks = [mark(line, counts[line.option.id]) for line in self.listed(standings, options)]
        targets = [shown(texts) for _target, texts in standings.remarks["targets"]]
        return [{"sort": "pairs", "caption": _("All links"), "marks": marks, "series": targets}]

    def beside(
        self, then: Standings, now: Standings, options: Sequence[Option], numbers: tuple[int, int]
    ) -> Tabled | None:
        """Put what most link each option to beside what most linked it to."""
        before = {line.option.id: line.figures["clearest"] for line in self.listed(then, options)}
        rows = [
            (line.option, before.get(line.option.id), line.figures["clearest"])
            for line in self.listed(now, options)
        ]
        return compared.beside(numbers, OPTION, "text", rows)

    def announced(self, standings: Standings, named: Named) -> Sequence[Sentence]:
        """Links put options in no order."""
        return ()

    def noted(self, standings: Standings, named: Named) -> Sequence[Remark]:
        """Say what the shares are of, and tell all links."""
        targets = [
            Figured(f"target-{target}", shown(texts), "count")
            for target, texts in standings.remarks["targets"]
        ]
        support = {row.option: row.figures["support"] for row in standings.rows}
        rows = [
            (named[line["option"]], *line["counts"], support[line["option"]])
            for line in standings.remarks["matrix"]
        ]
        columns = (OPTION, *targets, Figured("support", _l("Linked by"), "count"))
        return (
            _("Shares are of all who answered, blank answers included."),
            Tabled("links", _("All links"), columns, rows),
        )
