"""Words without case, accents and marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.counting.lexicon import ALL, STOP_WORDS, folded, key, silent, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Frontière", "FRONTIERE"),
        ("cœur", "coeur"),
        ("Straße", "strasse"),
        ("coordenação", "coordenacao"),
        ("año", "ANO"),
        ("إحصاءات", "احصاءات"),
        ("الهجرة", "هجره"),
        ("مُهَاجِر", "مهاجر"),
        ("مهـــاجر", "مهاجر"),
        ("مستشفى", "مستشفي"),
    ],
)
def test_spellings_of_one_word_are_one(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("border", "order"), ("الم", "م"), ("حدود", "عهود")])
def test_other_words_stay_others(one, other):
    assert key(one) != key(other)


def test_words_of_a_sentence():
    assert words("L’accès à l'e-gouvernement, c'est 2 fois\tNON !") == [
        "L",
        "accès",
        "à",
        "l",
        "e-gouvernement",
        "c",
        "est",
        "2",
        "fois",
        "NON",
    ]
    assert words("ضَعْفُ التَّنْسيق") == ["ضَعْفُ", "التَّنْسيق"]
    assert words(" - … ") == []


def test_an_accent_written_apart_is_the_same():
    assert words("de\u0301part") == ["départ"]


@pytest.mark.parametrize("language", STOP_WORDS)
def test_each_language_has_words_that_say_nothing(language):
    assert 60 <= len(silent(language)) <= 200
    assert all(word == key(word) for word in silent(language))


def test_of_an_unknown_language_all_of_them_say_nothing():
    assert silent("") == silent("de") == ALL
    assert {"the", "les", "para"} <= ALL
    assert "pour" not in silent("en")


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)
    for word in words(text):
        assert word
