"""The domain's terms in five languages: nobody edits them, a person reviews what we translated."""

from collections.abc import Mapping
from dataclasses import dataclass

from facilitator.models import coined, terms, wording
from facilitator.models.beginnings import FAMILIES

SPOKEN = ("en", "fr", "pt", "es", "ar")


@dataclass(frozen=True)
class Term:
    """What something is called; `review` names the languages whose words no source gives."""

    texts: Mapping[str, str]
    review: tuple[str, ...] = ("pt", "es", "ar")


def _read() -> dict[str, Term]:
    known: dict[str, Term] = {}
    for table, ours in ((terms.SOURCED, ()), (terms.FRENCH, ("en",)), (coined.OURS, ("en", "fr"))):
        for key, texts in table.items():
            known[key] = Term(dict(zip(SPOKEN, texts, strict=True)), (*ours, "pt", "es", "ar"))
    known["recommendations"] = known["section-4"]
    known |= {key: Term(texts) for key, texts in FAMILIES.items() if key not in known}
    known |= {f"family-{key}": Term(texts) for key, texts in FAMILIES.items()}
    known |= {f"{block}-{area}": known[area] for block, area in terms.ROWS}
    return known


TERMS: dict[str, Term] = _read()


def term(key: str, language: str) -> str:
    """Say what something is called in a language."""
    return wording.read(TERMS[key].texts, language, SPOKEN)
