"""One question put to the room."""

import json
import random
import secrets
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, Text, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator import db
from facilitator.counting.renumbered import renumbered
from facilitator.kinds import KINDS
from facilitator.kinds.base import Kind, Option
from facilitator.models import wording
from facilitator.models.ballot import Ballot
from facilitator.models.item import Item, given
from facilitator.models.round import Round
from facilitator.models.shortlist import shortlist
from facilitator.refusals import (
    AlreadyOpen,
    Frozen,
    MissingWording,
    OpenNow,
    TooFewOptions,
    Unsettled,
    WordsSettled,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facilitator.models.person import Person
    from facilitator.models.session import Session


class Offered(db.Base):
    """An item's place among the options of an activity."""

    __tablename__ = "offered"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[int] = mapped_column(
        ForeignKey("item.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int]
    item: Mapped[Item] = relationship()


class Activity(db.Base):
    """A question of some kind over some options; each time it is opened makes a round."""

    __tablename__ = "activity"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(30))
    prompt: Mapped[dict[str, str]] = mapped_column(JSON)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    seed: Mapped[int] = mapped_column(default=lambda: secrets.randbelow(2**31))
    withdrawn: Mapped[bool] = mapped_column(default=False)
    minutes: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="")
    block: Mapped[str] = mapped_column(String(60), default="")
    answerers: Mapped[list[str]] = mapped_column(JSON, default=list)
    source_id: Mapped[int | None]
    about_id: Mapped[int | None]
    session: Mapped["Session"] = relationship(back_populates="activities")
    offered: Mapped[list[Offered]] = relationship(cascade="all, delete-orphan", order_by=Offered.position)
    rounds: Mapped[list[Round]] = relationship(
        back_populates="activity", cascade="all, delete-orphan", order_by=Round.number
    )

    @property
    def form_kind(self) -> Kind:
        """Name the kind of question this is."""
        return KINDS[self.kind]

    @property
    def options(self) -> list[Item]:
        """List the items to choose among, in the facilitator's order."""
        return [offer.item for offer in self.offered]

    @property
    def round(self) -> Round | None:
        """Name the latest round."""
        return self.rounds[-1] if self.rounds else None

    @property
    def sisters(self) -> list["Activity"]:
        """List the questions that collect the same about the same as this one, itself included."""
        if not self.settings.get("collects") or self.withdrawn:
            return [self]
        asked = self.settings["collects"], self.about_id
        order = self.session.running_order
        found = [each for each in order if (each.settings.get("collects"), each.about_id) == asked]
        taken = {each.source_id for each in found}  # these lists are in those of others already
        return [
            each for each in found if each is self or (each.id not in taken and each.source_id != self.id)
        ]

    @property
    def sources(self) -> list["Activity"]:
        """List the questions whose lists this one took: the last one, and those of the other options."""
        source = db.session.get(Activity, self.source_id) if self.source_id else None
        if source is None or source.withdrawn:
            return []
        found, order = [source], self.session.running_order
        rest = set(self.options).difference(source.options)
        for each in order[: order.index(self)] if self in order else ():
            if rest.intersection(each.options):
                found.append(each)
                rest.difference_update(each.options)
        return sorted(found, key=lambda each: (each.session.position, each.position))

    @property
    def block_mates(self) -> list["Activity"]:
        """List the questions that may be open at once with this one, itself included; alone none."""
        mates = [each for each in self.session.running_order if self.block and each.block == self.block]
        return mates if self in mates and len(mates) > 1 else []

    @property
    def frozen(self) -> bool:
        """Tell whether anyone has voted on this wording."""
        voted = exists().where(Ballot.round_id == Round.id, Round.activity_id == self.id)
        return bool(db.session.scalar(select(voted)))

    def name(self, language: str) -> str:
        """Give the question in a language."""
        return wording.read(self.prompt, language, self.session.languages)

    def missing_languages(self) -> list[str]:
        """List the workshop's languages in which the question or an option is not written.

        What the room said stands in the language it was said in.
        """
        texts = [self.prompt, *(item.wording for item in self.options if item.round_id is None)]
        gaps = {gap for text in texts for gap in wording.missing(text, self.session.languages)}
        return [language for language in self.session.languages if language in gaps]

    def read_options(self, language: str) -> list[Option]:
        """Read the options in one language, in the facilitator's order."""
        fallbacks = self.session.languages
        return [
            Option(item.id, item.text(language, fallbacks), wording.spoken(item.wording, language, fallbacks))
            for item in self.options
        ]

    def choices_shown(self, language: str, key: str) -> list[Option]:
        """Read the options in one phone's own random order, always the same for that phone."""
        shown = self.read_options(language)
        random.Random(f"{self.seed}:{key}").shuffle(shown)  # noqa: S311 - an order, not a secret
        return shown

    def open(self, *, keep: bool = False, person: "Person | None" = None) -> Round:
        """Begin a round: empty, or going on with the ballots of the one before."""
        last = self.round
        if last and last.is_open:
            raise AlreadyOpen
        if gaps := self.missing_languages():
            raise MissingWording(languages=gaps)
        if len(self.offered) < self.form_kind.least_options:
            raise TooFewOptions
        if unsettled := self.form_kind.gaps(self.settings):
            raise Unsettled(gaps=unsettled)
        made = Round(number=last.number + 1 if last else 1, goes_on=bool(keep and last))
        made.opened_by = (person.name or "") if person else ""
        self.rounds.append(made)
        try:
            db.session.flush()
        except IntegrityError:
            db.session.rollback()
            raise AlreadyOpen from None
        if keep and last:
            made.take_over(last)
        return made

    def edit(
        self,
        kind: str,
        prompt: wording.Texts,
        settings: dict[str, Any],
        options: "Sequence[tuple[int | None, wording.Texts]]",
    ) -> None:
        """Change the question and its options, as long as nobody has voted on them."""
        self.refuse_if_settled()
        self.kind, self.prompt, self.settings = kind, prompt, settings
        known = {item.id: item for item in self.options}
        items = [self._worded(known.get(item_id or 0), texts) for item_id, texts in options]
        db.session.add_all(items)
        db.session.flush()
        kept = {offer.item_id: offer for offer in self.offered}
        self.offered = [kept.get(item.id) or Offered(item_id=item.id, item=item) for item in items]
        for position, offer in enumerate(self.offered):
            offer.position = position

    def leave_out(self, words: str, *, out: bool = True) -> None:
        """Leave words of the room off the list, or list them again; kept results are counted anew."""
        hidden = [each for each in self.settings.get("hidden", ()) if each != words]
        self.settings = {**self.settings, "hidden": [*hidden, words] if out else hidden}
        for round_ in self.rounds:
            if round_.result:
                round_.keep_result()

    def refuse_if_settled(self) -> None:
        """Refuse a change while ballots can come or once one has."""
        locked = select(Round).where(Round.activity_id == self.id).with_for_update()
        if any(round_.is_open for round_ in db.session.scalars(locked)):
            raise OpenNow
        if self.frozen:
            raise Frozen

    def offer(self, item: Item) -> None:
        """Add an item to the options, also while the room answers."""
        if item not in self.options:
            last = max((offer.position for offer in self.offered), default=-1)
            self.offered.append(Offered(item_id=item.id, item=item, position=last + 1))

    def stop_offering(self, item: Item) -> None:
        """Take an item from the options; what was said of it stays in the ballots."""
        self.offered = [offer for offer in self.offered if offer.item is not item]

    def reword(self, item: Item, texts: wording.Texts) -> None:
        """Change the words of an item from the room, as long as nobody has answered on them."""
        asked = (
            select(Ballot.choice).join(Round, Round.id == Ballot.round_id).where(Round.activity_id == self.id)
        )
        elsewhere = exists().where(Offered.item_id == item.id, Offered.activity_id != self.id)
        supported = any(
            item.id in json.loads(choice).get("options", ()) for choice in db.session.scalars(asked)
        )
        if supported or db.session.scalar(select(elsewhere)):
            raise WordsSettled
        item.wording = texts

    def take_from(self, source: "Activity", best: int | None = None) -> None:
        """Offer what another activity came to: its best options in the room's order, or all of them."""
        for item in shortlist(source, best):
            self.offer(item)
        self.source_id = source.id

    def duplicate(self) -> "Activity":
        """Make the same question again, right after this one."""
        twin = self.copied_to(self.session)
        db.session.flush()
        twin.move(self.session.running_order.index(self) + 1)
        return twin

    def copied_to(self, session: "Session") -> "Activity":
        """Put the same question, over the same items, into a session."""
        guide = session.workshop.guide
        became = given({self.about_id or 0, *self.form_kind.refers(self.settings)}, guide)
        twin = Activity(
            position=len(session.activities),
            kind=self.kind,
            prompt=dict(self.prompt),
            settings=renumbered(self.settings, became),
            minutes=self.minutes,
            block=self.block,
            answerers=list(self.answerers),
            source_id=self.source_id if session is self.session else None,
            about_id=became.get(self.about_id or 0),
        )
        session.activities.append(twin)
        twin.offered = [
            Offered(item=item.given_to(guide), position=position)
            for position, item in enumerate(self.options)
        ]
        return twin

    def move(self, to: int) -> None:
        """Put the activity at a place of the running order."""
        order = [activity for activity in self.session.running_order if activity is not self]
        order.insert(max(0, min(to, len(order))), self)
        for position, activity in enumerate(order):
            activity.position = position
        self.session.activities.sort(key=lambda activity: (activity.withdrawn, activity.position))

    def withdraw(self) -> None:
        """Take the question out of the running order; it can come back."""
        self.refuse_if_settled()
        self.withdrawn = True

    def _worded(self, item: Item | None, texts: wording.Texts) -> Item:
        if item is None:
            return Item(guide=self.session.workshop.guide, wording=texts)
        if texts == item.wording:
            return item
        elsewhere = exists().where(Offered.item_id == item.id, Offered.activity_id != self.id)
        if db.session.scalar(select(elsewhere)):
            return item.reworded(texts)
        item.wording = texts
        return item
