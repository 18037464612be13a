"""Text from the room: what a person typed, made safe to keep and to show."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from facilitator.kinds.base import Refused

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

LANGUAGE = re.compile(r"[a-z]{2,3}")
JOINERS = "\u200c\u200d"  # Persian words and some signs need them
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def tidied(text: str) -> str:
    """Keep one line of visible signs: nothing that turns the direction or hides."""
    kept = (
        sign if sign in JOINERS or unicodedata.category(sign) not in UNSEEN else " " if sign.isspace() else ""
        for sign in text
    )
    line = " ".join(unicodedata.normalize("NFC", "".join(kept)).split())
    return line if line.strip(JOINERS + " ") else ""


def typed(posted: MultiDict[str, str], field: str, most: int) -> str:
    """Read what was typed into a field, or refuse what is too long."""
    text = tidied(" ".join(posted.getlist(field)))
    if len(text) > most:
        raise Refused(_l("Please shorten your text: %(most)s signs fit.", most=most))
    return text


def language(posted: MultiDict[str, str]) -> str:
    """Read the language in which the question was read; an unknown one is none."""
    code = posted.get("language", "")
    return code if LANGUAGE.fullmatch(code) else ""
