"""A published edition of a guide: its public content, its address, and what sealed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from facilitator.models import country, wording
from facilitator.models.part import PARTS

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html",
    "md": "text/markdown",
    "json": "application/json",
    "csv": "text/csv",
    "zip": "application/zip",
}
# the same for every language, so their addresses name none
WHOLE = ("json", "csv", "zip")
# NonCommercial is not open, so nobody chooses it any more; editions that have it keep it
LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "ODC-By-1.0": "https://opendatacommons.org/licenses/by/1-0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}


@dataclass(frozen=True)
class Seal:
    """What makes a version more than a draft: its hash, who endorsed it and when it was published."""

    hash: str
    endorsed_by: str = ""
    endorsed_at: str = ""
    statement: str = ""
    published_at: str = ""


@dataclass(frozen=True)
class Edition:
    """One edition as the public knows it, with the content that `content.public` leaves."""

    address: str
    content: Mapping[str, Any]
    seal: Seal

    @property
    def country(self) -> str:
        """Give the ISO 3166 code of its country."""
        return str(self.content["country"])

    @property
    def number(self) -> int:
        """Give the number of the edition."""
        return int(self.content["edition"])

    @property
    def languages(self) -> list[str]:
        """List the languages it can be read in."""
        return list(self.content["languages"])

    def name(self, language: str) -> str:
        """Give its title in a language."""
        return wording.read(self.content["title"], language, self.languages)

    def land(self, language: str) -> str:
        """Name its country in a language."""
        return country.country_name(self.country, language)

    @property
    def licence(self) -> str:
        """Give the address of the licence the authority chose."""
        return LICENCES.get(self.content.get("licence") or "", "")

    def lines(self, part: str) -> list[Mapping[str, Any]]:
        """List the lines of a part with what they stand under, if anything."""
        own = [dict(line, under="") for line in self.content["parts"].get(part) or ()]
        if above := PARTS[part].under:
            parents = self.content["parts"].get(above) or ()
            own = [dict(line, under=parent["uid"]) for parent in parents for line in parent["below"]]
        return [line for line in own if line["uid"]]

    def file(self, format: str, language: str = "") -> str:
        """Give the address of the edition in a format."""
        asked = f"?language={language}" if language and format not in WHOLE else ""
        return f"{self.address}.{format}{asked}"
