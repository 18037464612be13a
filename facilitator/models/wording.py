"""Text in several languages: one thing, several wordings."""

from collections.abc import Iterable, Mapping

LANGUAGES = {"en": "English", "fr": "Français", "pt": "Português", "es": "Español", "ar": "العربية"}
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}

Texts = dict[str, str]


def spoken(texts: Mapping[str, str], language: str, fallbacks: Iterable[str] = ()) -> str:
    """Choose the language a text is shown in: the reader's, else the first there is."""
    for candidate in (language, *fallbacks, *texts):
        if texts.get(candidate, "").strip():
            return candidate
    return language


def read(texts: Mapping[str, str], language: str, fallbacks: Iterable[str] = ()) -> str:
    """Give a text in the reader's language, or in the first it has."""
    return texts.get(spoken(texts, language, fallbacks), "")


def missing(texts: Mapping[str, str], languages: Iterable[str]) -> list[str]:
    """List the languages in which a text is not written."""
    return [language for language in languages if not texts.get(language, "").strip()]


def direction(language: str) -> str:
    """Tell whether a language is written from the right."""
    return "rtl" if language.split("_")[0].split("-")[0] in RIGHT_TO_LEFT else "ltr"
