"""Text in several languages."""

from facilitator.models import wording

TEXTS = {"fr": "Bonjour", "en": " ", "ar": "مرحبا"}


def test_the_readers_language_comes_first_then_what_there_is():
    assert wording.read(TEXTS, "ar") == "مرحبا"
    assert wording.read(TEXTS, "en", ["ar"]) == "مرحبا"
    assert wording.read(TEXTS, "en") == "Bonjour"
    assert wording.spoken(TEXTS, "en") == "fr"
    assert wording.read({}, "en") == ""


def test_gaps_are_listed():
    assert wording.missing(TEXTS, ["fr", "en", "pt"]) == ["en", "pt"]


def test_direction():
    assert [wording.direction(code) for code in ("ar", "ar-EG", "fr", "en_GB")] == [
        "rtl",
        "rtl",
        "ltr",
        "ltr",
    ]
