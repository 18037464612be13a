"""What a session asks at its door, and what was answered there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from facilitator.kinds.text import tidied
from facilitator.models.institution import TYPES
from facilitator.models.session import Session
from facilitator.refusals import N_, Refusal
from facilitator.web.desk.draft import too_long

UNSAID = "unsaid"
NAME_LENGTH = 200


class Unanswered(Refusal):
    """A question of the door was left open."""

    status = 422
    message = N_("Something is missing below.")


class InAlready(Refusal):
    """A phone that is in with one card came with another one."""

    message = N_("This phone is in already, with another card. In this session each person needs a phone.")


@dataclass(frozen=True)
class Answers:
    """What a newcomer says of oneself; what the session does not ask for is not kept."""

    type: str = ""
    name: str = ""
    card: str = ""

    @classmethod
    def posted(cls, form: Mapping[str, str]) -> Answers:
        """Read what was sent."""
        card = tidied(form.get("card", "")[:NAME_LENGTH])
        return cls(form.get("type", ""), tidied(form.get("name", "")), card)

    def errors(self, session: Session) -> dict[str, str]:
        """Say what is still missing, by field."""
        found = {}
        if session.by_card and not self.card:
            found["card"] = _("Type what stands below the code on your card.")
        if session.named and not self.name:
            found["name"] = _("Write your name: it is recorded with your vote.")
        elif session.named and len(self.name) > NAME_LENGTH:
            found["name"] = too_long(self.name, NAME_LENGTH)
        if asks_type(session) and self.type not in (*TYPES, UNSAID):
            found["type"] = _("Choose one of these, or “I prefer not to say”.")
        return found

    def kept_type(self, session: Session) -> str | None:
        """Give the type of institution to keep, if the session asks for it and the person has one."""
        return self.type if asks_type(session) and self.type in TYPES else None

    def kept_name(self, session: Session) -> str | None:
        """Give the name to keep, in a named session alone."""
        return self.name if session.named else None


NOTHING = Answers()


def asks_type(session: Session) -> bool:
    """Tell whether people are asked for their type of institution: a card knows it already."""
    return session.asks_type and not session.by_card
