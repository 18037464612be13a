"""What a guide refuses to do, each with its sentence for the person concerned."""

from typing import Any

from facilitator.refusals import N_, Refusal


class NotEditable(Refusal):
    """A guide was asked to change that is with the authority, or endorsed."""

    message = N_(
        "This edition of the guide is with the authority or endorsed, so it no longer changes. "
        "Open a new edition to go on."
    )


class Overtaken(Refusal):
    """A line was asked to change in words that somebody else has changed meanwhile."""

    message = N_("Somebody else has changed this meanwhile. Look at both and say what holds.")

    def __init__(self, line: Any, theirs: Any) -> None:
        super().__init__()
        self.line, self.theirs = line, theirs


class VotedOn(Refusal):
    """A line that the room knows was asked to go."""

    message = N_("The room knows this line, so it is not removed. Leave it out and say why.")


class NotTakeable(Refusal):
    """A result was to be taken into the guide that cannot be."""

    message = N_(
        "Only a closed vote with enough answers can be taken into the guide:"
        " two, or five where only some types of institution were asked."
    )


class PlanChanged(Refusal):
    """A result was to be taken in another way than the person was shown."""

    message = N_("The guide has changed since this was shown. This is what would change now.")


class SubmittedAlready(Refusal):
    """A version was asked to be decided on twice."""

    message = N_("This version has been decided on already, or was taken back.")


class NotAuthority(Refusal):
    """Someone without that office was to endorse or return a version."""

    status = 403
    message = N_("Only the national authority of this country decides on a version.")


class SameHand(Refusal):
    """Who submitted a version was to endorse it."""

    status = 403
    message = N_("Who submitted a version does not endorse it: that takes a second person.")


class NotEndorsed(Refusal):
    """A version was to be published that no authority has endorsed."""

    message = N_("Nothing is published before the authority has endorsed it.")


class SubmittedElsewhere(Refusal):
    """A version was to be endorsed whose submitter this installation does not know."""

    message = N_("This version was submitted in another installation. Take it back and submit it here.")


class NoParcel(Refusal):
    """A file is something else than the export of a guide."""

    status = 422
    message = N_(
        "This file is not a whole guide as this version of the program exports it. Nothing was changed."
    )


class ParcelTooLarge(NoParcel):
    """A file is too large, or would be."""

    message = N_("This file is too large. Nothing was changed.")


class ParcelDamaged(NoParcel):
    """A file was damaged or changed on its way."""

    message = N_("This file was damaged or changed since it was made. Export it again. Nothing was changed.")


class ChangedHere(Refusal):
    """A guide was to be replaced that has a life of its own here."""

    message = N_(
        "This guide was changed here since the file was made or last brought in. Nothing was changed. "
        "Export it from here first, and decide which of the two goes on."
    )


class OlderParcel(Refusal):
    """A file is older than what is here already."""

    message = N_("This file is older than what was brought in last. Nothing was changed.")
