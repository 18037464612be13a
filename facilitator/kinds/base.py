"""What every kind of activity has: settings, a ballot form, a tally and rows for a recount."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import Form
from wtforms.i18n import get_translations

from facilitator.counting.stability import DRAWS
from facilitator.counting.weighing import level_weighing
from facilitator.kinds import answered, compared, remarks
from facilitator.kinds.figured import Decided, Figured, Listed, Named, Picture, Remark, Sentence, Tabled, mark
from facilitator.kinds.figured import Option as Option

if TYPE_CHECKING:
    from flask_babel import LazyString
    from werkzeug.datastructures import MultiDict

    from facilitator.counting.standing import Standings
    from facilitator.counting.weighing import Weighing

Choice = Mapping[str, Any]
Settings = Mapping[str, Any]
Offered = Mapping[str, int]
Row = tuple[str, ...]
Line = tuple[str, str, Row]  # of one item: its name, its rank, the kind's own columns
Slip = tuple[str, Iterable[Line]]

BLANK: Choice = {}
# what a result gives to the guide
ORDER, ADOPTION, PRIORITY, LINKS, NOTHING = "order", "adoption", "priority", "links", ""
_written = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode
NOT_OFFERED = _l("Something in this answer is not offered here. Please answer again.")


@dataclass(frozen=True)
class Hand:
    """What one raised hand can say: its words, their language, and the ballot that it makes."""

    text: str
    lang: str
    choice: Choice


@dataclass(frozen=True)
class Spoken:
    """A text from the room: the number its author gave it, its words, their language, what it is about."""

    number: int
    text: str
    language: str
    category: str = ""


def canonical(choice: Choice) -> str:
    """Write a choice in the one form that is stored."""
    return _written(choice)


def liked(options: Sequence[int], chance: Random) -> list[int]:
    """Order options as someone might who likes the first ones more."""
    draws = {option: chance.random() ** (1 + rank / 2) for rank, option in enumerate(options)}
    return sorted(options, key=draws.__getitem__, reverse=True)


class Refused(Exception):
    """An answer that cannot be a ballot, with the reason for the reader."""


class SettingsForm(Form):
    """What the facilitator decides about one activity; its `data` are the settings."""

    class Meta:
        """WTForms' own messages, in the reader's language."""

        def get_translations(self, form: Form) -> Any:
            """Take the reader's language at each request."""
            return get_translations([str(get_locale() or "en")])

    def offer(self, items: Iterable[tuple[int, Mapping[str, str]]]) -> None:
        """Take what the session's other questions ask about, where a kind can refer to it."""


class BallotForm:
    """One participant's answer to one activity, as posted by a phone."""

    def __init__(
        self,
        read: Callable[[MultiDict[str, str]], Choice],
        posted: MultiDict[str, str],
    ) -> None:
        self.read, self.posted = read, posted
        self.errors: dict[str, list[Any]] = {}
        self._choice: Choice = BLANK

    def validate(self) -> bool:
        """Turn what was posted into a choice, or say in `errors` why it is none."""
        try:
            self._choice = BLANK if any(self.posted.getlist("blank")) else self.read(self.posted)
        except Refused as refused:
            self.errors = {"answer": [refused.args[0]]}
        return not self.errors

    def choice(self) -> Choice:
        """Give the validated choice, canonical."""
        return self._choice


class Kind(ABC):
    """A way to put a question to the room and to count the answers."""

    name: ClassVar[str]
    label: ClassVar[LazyString]
    hint: ClassVar[LazyString]
    sentence: ClassVar[LazyString]
    settings_form: ClassVar[type[SettingsForm]]
    least_options: ClassVar[int] = 2
    moderated: ClassVar[bool] = False
    shown_live: ClassVar[bool] = True
    page_rows: ClassVar[int] = 9
    columns: ClassVar[tuple[str, ...]] = ()
    unranked: ClassVar[str] = ""
    grows: ClassVar[bool] = False
    gives: ClassVar[str] = ORDER
    figured: ClassVar[Sequence[Figured]] = ()
    line_head: ClassVar[LazyString] = _l("Option")
    placed: ClassVar[str] = "place"  # what stands before a line of its result: "place", "number" or nothing
    took_part = staticmethod(answered.took_part)
    blank = staticmethod(answered.blank)
    hidden = staticmethod(answered.hidden)
    rounds = staticmethod(compared.rounds)
    moved = staticmethod(compared.moved)

    def ballot_form(self, options: Sequence[Option], settings: Settings) -> Callable[..., BallotForm]:
        """Make the form of one activity: call it with what a phone posted, for each ballot."""
        offered = {str(option.id): option.id for option in options}
        return partial(BallotForm, partial(self.read, offered, settings))

    def rules(self, settings: Settings) -> Sequence[str]:
        """Say what is fixed before anyone answers, on the ballot and on the wall."""
        return ()

    def gaps(self, settings: Settings) -> Sequence[LazyString]:
        """Say what must still be settled before it can be opened."""
        return ()

    def refers(self, settings: Settings) -> Sequence[int]:
        """Name the items that settings refer to besides the options."""
        return ()

    @abstractmethod
    def read(self, offered: Offered, settings: Settings, posted: MultiDict[str, str]) -> Choice:
        """Read a canonical choice from what was posted, or raise Refused."""

    @abstractmethod
    def filled(self, choice: Choice | None) -> dict[str, Any]:
        """Say what a participant's own earlier answer marks on the ballot; None: no answer yet."""

    @abstractmethod
    def ranks(self, choice: Choice) -> Mapping[int, str]:
        """Give the rank that a choice writes beside each item in a recount file."""

    def values(self, choice: Choice) -> Mapping[int, Row]:
        """Give what a choice writes beside each item in the columns of its kind."""
        return {}

    def hands(self, options: Sequence[Option], settings: Settings) -> Sequence[Hand]:
        """List what hands can be raised for, where one hand says a whole ballot."""
        return ()

    def said(self, choice: Choice) -> Sequence[Spoken]:
        """Give the texts of a choice that wait for a person before anyone else sees them."""
        return ()

    @abstractmethod
    def imagined(self, options: Sequence[int], settings: Settings, chance: Random) -> list[tuple[str, str]]:
        """Fill in the ballot as someone might who likes the first options more."""

    @abstractmethod
    def tally(
        self,
        options: Sequence[int],
        choices: Iterable[Choice],
        settings: Settings,
        seed: int = 0,
        draws: int = DRAWS,
    ) -> Standings:
        """Count ballots into standings; without draws nothing is said of their stability."""

    def weighing(self, options: Sequence[int], choices: Iterable[Choice], settings: Settings) -> Weighing:
        """Gather ballots to be counted with other weights; by itself a kind puts options in no order."""
        return level_weighing(options, choices)

    def slips(self, ballot: str, choice: Choice, names: Mapping[int, str]) -> Iterator[Slip]:
        """Write a ballot as numbered slips, each with what it says of every item of `names`."""
        nothing = ("",) * len(self.columns)
        if not choice:
            yield ballot, [("", "", nothing)]
            return
        ranks, values = self.ranks(choice), self.values(choice)
        placed = map(ranks.get, names, repeat(self.unranked))
        yield ballot, zip(names.values(), placed, map(values.get, names, repeat(nothing)), strict=True)

    def said_slips(self, ballot: str, choice: Choice, names: Mapping[int, str]) -> Iterator[Slip]:
        """Write the slips of a ballot where lines that are silent need not be there."""
        return self.slips(ballot, choice, names)

    def silent(self, line: Line) -> bool:
        """Tell whether a line says nothing of its item."""
        name, rank, more = line
        return bool(name) and rank in ("", self.unranked) and not any(more)

    def rows(self, ballot: str, choice: Choice, names: Mapping[int, str]) -> Iterator[Row]:
        """Write a ballot as `ballot_id, item, rank` and the kind's own columns: every item of `names`."""
        for number, lines in self.slips(ballot, choice, names):
            for name, rank, more in lines:
                yield number, name, rank, *more

    def listed(self, standings: Standings, options: Sequence[Option]) -> Sequence[Listed]:
        """List a result best first, each line with the figures that `figured` names."""
        named = Named(options)
        return [Listed(named[row.option], row.place, row.tied, row.figures) for row in standings.rows]

    def pictured(self, standings: Standings, options: Sequence[Option]) -> Sequence[Picture]:
        """Say what is drawn of a result, as plain fields of a chart; by itself how many support what."""
        marks = [
            mark(line, (line.figures["support"], line.figures["share"]))
            for line in self.listed(standings, options)
        ]
        return [{"sort": "bars", "caption": str(self.figured[0].label), "marks": marks}]

    def remarked(self, standings: Standings, options: Sequence[Option]) -> Sequence[Remark]:
        """Say in sentences and tables what keeps a result honest."""
        named = Named(options)
        firmness = remarks.stability(standings, named)
        return [*self.announced(standings, named), *self.noted(standings, named), *firmness]

    def tables(self, standings: Standings, options: Sequence[Option]) -> Sequence[Tabled]:
        """Give the tables beside a result."""
        return [each for each in self.remarked(standings, options) if isinstance(each, Tabled)]

    def opening(self, standings: Standings, options: Sequence[Option]) -> Sequence[Sentence]:
        """Say above a result what can be announced."""
        return self.announced(standings, Named(options))

    def notes(self, standings: Standings, options: Sequence[Option], place: str) -> Sequence[Sentence]:
        """Say below a result what this kind adds; the wall calls options by their places."""
        named = Named(options) if place == "desk" else remarks.places(standings)
        return [each for each in self.noted(standings, named) if not isinstance(each, Tabled)]

    def beside(
        self, then: Standings, now: Standings, options: Sequence[Option], numbers: tuple[int, int]
    ) -> Tabled | None:
        """Put two rounds beside each other, where they are not compared by places."""
        return None

    def leading(self, standings: Standings) -> int:
        """Count how many stand out as the first."""
        return remarks.leading(standings)

    def announced(self, standings: Standings, named: Named) -> Sequence[Sentence]:
        """Say what can be announced."""
        return remarks.announced(standings, named)

    def decided(self, standings: Standings, named: Named) -> Sequence[Decided]:
        """Name what a result decides: what surely or likely stands first; nothing where that is open."""
        return remarks.chosen(standings, named) if self.gives == ORDER and not self.grows else []

    @abstractmethod
    def noted(self, standings: Standings, named: Named) -> Sequence[Remark]:
        """Say what this kind adds."""
