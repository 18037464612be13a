"""Speak in the terminal the language that the machine speaks."""

from __future__ import annotations

import functools
import gettext as catalogues
import locale
import os
from collections.abc import Mapping
from typing import Any, NoReturn

import click

from facilitator.config import beside
from facilitator.refusals import Refusal

SPOKEN = ("en", "fr", "pt", "es")


def language() -> str:
    """Name the machine's language if we speak it, otherwise English."""
    said = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), None
    )
    said = said or locale.getlocale()[0] or ""
    wanted = said[:2].lower()
    return wanted if wanted in SPOKEN else "en"


@functools.cache
def _catalogue() -> catalogues.NullTranslations:
    return catalogues.translation("messages", str(beside("translations")), [language()], fallback=True)


def _(text: str) -> str:
    return _catalogue().gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """Choose between one and many."""
    return _catalogue().ngettext(one, many, count)


def told(message: str, details: Mapping[str, Any]) -> str:
    """Say a sentence with its details, languages by the names that the machine's language gives them."""
    if codes := details.get("languages"):
        from babel import Locale

        names = (str(Locale.parse(code).get_display_name(language())) for code in codes)
        details = {**details, "languages": ", ".join(names)}
    return _(message) % details if details else _(message)


def refuse(refusal: Refusal | str, status: int = 1) -> NoReturn:
    """Say why the command ends here, and end it."""
    if isinstance(refusal, Refusal):
        refusal = told(refusal.message, refusal.details)
    click.echo(refusal, err=True)
    raise click.exceptions.Exit(status)
