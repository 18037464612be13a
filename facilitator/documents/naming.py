"""The names of files: country-workshop-session-date-language, in plain small letters."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 40


def file_name(parts: list[str], ending: str) -> str:
    """Name a file by its parts, those that hold no plain letter left out."""
    return "-".join(filter(None, map(plain, parts))) + "." + ending


def plain(text: str) -> str:
    """Keep the plain letters and digits of a text."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_only.lower()))[:LONGEST].strip("-")
