"""The glossary: every part and row has a name in five languages."""

import pytest

from facilitator.models import wording
from facilitator.models.beginnings import ACTION, FAMILIES, PRACTICE, RECOMMENDATION, STRATEGY
from facilitator.models.followup import STATUSES
from facilitator.models.glossary import SPOKEN, TERMS, term
from facilitator.models.guide import STATES
from facilitator.models.institution import TYPES
from facilitator.models.part import PARTS


def test_every_term_is_said_in_every_language():
    assert set(SPOKEN) == set(wording.LANGUAGES)
    assert [key for key, of in TERMS.items() if wording.missing(of.texts, SPOKEN)] == []


def test_parts_rows_and_what_is_chosen_in_them_have_names():
    needed = {part.term for part in PARTS.values()} | {part.section for part in PARTS.values()} - {""}
    needed |= {key for part in PARTS.values() for key in part.keys}
    needed |= {choice for part in PARTS.values() for field in part.fields for choice in field.choices}
    needed |= {*TYPES, *FAMILIES, *STATES, ACTION, STRATEGY, PRACTICE, RECOMMENDATION}
    needed |= {f"status-{status}" for status in STATUSES}
    assert needed - TERMS.keys() == set()


@pytest.mark.parametrize(
    ("key", "language", "text"),
    [
        ("section-1", "fr", "Panorama des sources de données et informations dans le domaine migratoire"),
        ("matrix", "en", "Problem/solution matrix"),
        ("strategies", "fr", "Stratégies qui ont fonctionné"),
        ("cycle-revision", "fr", "Reformulation"),
        ("others-crises", "ar", "الهجرة في حالات الأزمات"),
    ],
)
def test_terms_are_those_of_the_sources(key, language, text):
    assert term(key, language) == text


def test_our_own_translations_wait_for_a_person():
    assert TERMS["matrix"].review == ("pt", "es", "ar")
    assert TERMS["cycle-needs"].review == ("en", "pt", "es", "ar")
    assert "fr" in TERMS["outline-a"].review


def test_an_unknown_language_reads_english():
    assert term("coordinator", "de") == "COORDINATOR"
