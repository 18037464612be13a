"""Countries bear the names that their readers use."""

import pytest

from facilitator.models.country import country_name


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [("CV", "fr", "Cap-Vert"), ("BJ", "pt", "Benim"), ("GQ", "es", "Guinea Ecuatorial"), ("XX", "pt", "XX")],
)
def test_a_country_is_named_in_the_language_of_the_reader(code: str, language: str, name: str) -> None:
    assert country_name(code, language) == name
