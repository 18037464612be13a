"""The words that a document adds to a guide's own, in each of the languages a guide may have."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

FOLDER = Path(__file__).parent


@cache
def phrases(language: str) -> Mapping[str, Any]:
    """Read the phrases of a language."""
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def say(language: str, key: str, **given: object) -> str:
    """Say a phrase in a language."""
    said: str = phrases(language)[key]
    return said.format(**given) if given else said


def count(language: str, key: str, number: int) -> str:
    """Say how many there are, in the language's own plurals."""
    forms: Mapping[str, str] = phrases(language)[key]
    form = Locale.parse(language).plural_form(number)
    return forms.get(form, forms["other"]).format(number=number)
