"""Every catalogue is complete, and none says anything the sources do not."""

import polib
import pytest

from tools import catalogues


@pytest.fixture(scope="module")
def faults() -> list[str]:
    return catalogues.all_faults()


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_catalogue_is_complete_and_fresh(faults: list[str], language: str) -> None:
    assert [fault for fault in faults if fault.startswith(f"{language}:")] == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_catalogue_has_its_language_s_plurals(language: str) -> None:
    plurals = {"fr": 2, "ar": 6, "pt": 2, "es": 2}
    catalogue = polib.pofile(str(catalogues.TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"))
    counts = {len(entry.msgstr_plural) for entry in catalogue if entry.msgid_plural}
    assert counts <= {plurals[language]}


SAID = {"msgid": "%(name)s is open", "occurrences": [("templates/phone/show.html", "")]}
COUNTED = {"msgid": "One answer", "msgid_plural": "%(num)s answers", "occurrences": SAID["occurrences"]}


def found(source: dict, **translation) -> list[str]:
    """The faults of a French catalogue that has this one translation."""
    template, catalogue = polib.POFile(), polib.POFile()
    template.append(polib.POEntry(**source))
    catalogue.append(polib.POEntry(**source, **translation))
    return catalogues.faults("fr", catalogue, template)


@pytest.mark.parametrize(
    ("source", "translation", "fault"),
    [
        (SAID, {}, "is not translated"),
        (SAID, {"msgstr": "ouvert"}, "has other gaps than its source"),
        (SAID, {"msgstr": "%(name)s est ouvert", "flags": ["fuzzy"]}, "is uncertain (fuzzy)"),
        (COUNTED, {"msgstr_plural": {0: "", 1: "%(num)s réponses"}}, "lacks a plural"),
        (COUNTED, {"msgstr_plural": {0: "Une", 1: "%(nombre)s réponses"}}, "has other gaps than its source"),
    ],
)
def test_a_fault_is_found(source: dict, translation: dict, fault: str) -> None:
    assert [line.endswith(fault) for line in found(source, **translation)] == [True]


def test_a_right_translation_has_no_fault() -> None:
    assert found(SAID, msgstr="%(name)s est ouvert") == []
    assert found(COUNTED, msgstr_plural={0: "Une réponse", 1: "%(num)s réponses"}) == []


def test_wording_that_is_new_or_gone_is_found() -> None:
    template, catalogue = polib.POFile(), polib.POFile()
    template.append(polib.POEntry(msgid="new"))
    catalogue.append(polib.POEntry(msgid="old", msgstr="ancien"))
    assert catalogues.faults("fr", catalogue, template) == [
        "fr: not taken up: 'new'",
        "fr: said no more: 'old'",
    ]
