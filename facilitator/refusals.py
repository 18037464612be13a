"""What the product refuses to do, each with its HTTP status and a sentence for the person concerned."""

from collections.abc import Iterable
from typing import Any


def N_(text: str) -> str:
    """Mark a sentence for the catalogues."""
    return text


class Refusal(Exception):
    """Something that was asked for and is not done."""

    status = 409
    message = N_("This cannot be done.")
    meanwhile = ""  # to a page that tries again by itself
    retry_after: int | None = None

    def __init__(self, **details: Any) -> None:
        super().__init__(self.message % details if details else self.message)
        self.details = details


class Closed(Refusal):
    """A ballot came after the closing."""

    message = N_("This vote is closed. Your last received answer counts.")


class NotOpen(Refusal):
    """There is no open vote to act on."""

    message = N_("This question is not open any more. The page now shows how things stand.")


class AlreadyOpen(Refusal):
    """The activity has an open round already."""

    message = N_("This question is already open, perhaps by another facilitator.")


class Frozen(Refusal):
    """The wording of an activity was asked to change after the first vote."""

    message = N_(
        "People have voted on this question, so its wording can no longer change. Duplicate it to reword it."
    )


class OpenNow(Refusal):
    """An open activity was asked to change or to go."""

    message = N_("This question is open. Close it first.")


class UnreadYet(Refusal):
    """Words from the room were to be shown before anyone could read them."""

    message = N_("What people wrote is shown once the question is closed, so that you can read it first.")


class MissingWording(Refusal):
    """An activity was asked to open without all its translations."""

    status = 422
    message = N_("This question cannot be opened yet: its wording is missing in %(languages)s.")


class Unsettled(Refusal):
    """An activity was asked to open before everything about it is settled."""

    status = 422
    message = N_("This question cannot be opened yet. %(gaps)s")

    def __init__(self, gaps: Iterable[Any]) -> None:
        super().__init__()
        self.details = {"gaps": gaps}  # said in the reader's language, so not before there is one


class TooFewOptions(Refusal):
    """An activity was asked to open with fewer than two options."""

    status = 422
    message = N_("This question cannot be opened yet: it needs at least two options.")


class SessionWithdrawn(Refusal):
    """Someone acted on a session that was taken out of its workshop."""

    message = N_("This session is withdrawn: phones and projector no longer find it. Bring it back first.")


class SessionLocked(Refusal):
    """A newcomer knocked at a locked session."""

    status = 403
    message = N_("Joining is locked: nobody new can join now. Ask the facilitator to unlock it.")


class SessionFull(Refusal):
    """A newcomer knocked at a full session."""

    status = 403
    message = N_("This session is full (%(capacity)s places). Ask the facilitator for more places.")


class CardUnknown(Refusal):
    """No card of this session has this token."""

    status = 404
    message = N_("This card does not belong to this session. Check its letters and digits.")


class CardUsed(Refusal):
    """A card that another phone uses."""

    message = N_("Another phone uses this card. The facilitator can release it.")


class CardsWhileOpen(Refusal):
    """A card was to be replaced while the room answers."""

    message = N_("A card can be replaced once no question is open: who used it may have answered already.")


class CardVoid(Refusal):
    """A card that was replaced."""

    status = 410
    message = N_("This card was replaced by a new one.")


class MergedAlready(Refusal):
    """A proposal was to be merged where it cannot be."""

    message = N_(
        "This proposal cannot be merged there: choose one of the same question that stands for itself."
    )


class WordsSettled(Refusal):
    """The words of a proposal were to change after others had answered on them."""

    message = N_(
        "Others have answered on these words already, so they stay. You can merge the proposal into one "
        "with better words."
    )


class RoomEntered(Refusal):
    """The promises of a session were to change after people had relied on them."""

    message = N_("People are in already, so what was promised to them at the door can no longer change.")


class UnknownCode(Refusal):
    """No session has this code."""

    status = 404
    message = N_("No session has the code %(code)s. Check the digits on the screen.")


class StorageFull(Refusal):
    """The disk of the server is full."""

    status = 507
    retry_after = 3
    message = N_("Not saved: the disk of the server is full. Tell the facilitator, then please try again.")
    meanwhile = N_(
        "Not saved: the disk of the server is full. It is tried again by itself; please tell the facilitator."
    )


class StorageBusy(Refusal):
    """The database does not answer."""

    status = 503
    retry_after = 2
    message = N_("Not saved: the database is busy. Please try again in a moment.")
    meanwhile = N_("Not saved yet: the database is busy. It is tried again by itself.")


class LinkUnknown(Refusal):
    """A sign-in link that was never issued."""

    status = 404
    message = N_("This link is not valid. Copy it again, whole, or ask for a new one.")


class LinkUsed(Refusal):
    """A sign-in link that has served already."""

    status = 410
    message = N_("This link has already been used. Sign in with your password, or ask for a new link.")


class LinkExpired(Refusal):
    """A sign-in link whose time is over."""

    status = 410
    message = N_("This link has expired. Ask for a new one.")


class SecretRefused(Refusal):
    """The installation's secret is a placeholder or too short."""

    status = 500
    message = N_(
        "The secret of this installation is a placeholder or shorter than 32 characters. "
        "Remove it and start again: a new one is made."
    )


class SecretExposed(Refusal):
    """The installation's secret can be read by others on the machine."""

    status = 500
    message = N_(
        "The secret can be read by other users of this machine: run chmod 600 %(path)s and start again."
    )


class NewerDatabase(Refusal):
    """The database was made by a newer program."""

    status = 500
    message = N_(
        "The database was made by a newer version of this program (%(revision)s). "
        "Install that version, or restore an older backup."
    )


class AlreadyServed(Refusal):
    """Another process holds this installation's SQLite database."""

    status = 500
    message = N_(
        "Another process already serves %(path)s. Stop it first, or use PostgreSQL for several processes."
    )
