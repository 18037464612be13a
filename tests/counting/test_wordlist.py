"""Words and short answers that several people wrote."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from facilitator.counting.standing import Standings
from facilitator.counting.wordlist import FEWEST, word_standings

TEXTS = st.lists(
    st.tuples(
        st.text("abé -'ة", max_size=12) | st.sampled_from(["Les données", "data"]),
        st.sampled_from(["fr", ""]),
    ),
    max_size=10,
)


def cast(*texts, language="fr"):
    return [{"text": text, "language": language} for text in texts]


def listed(found, name="words"):
    return [(line["text"], line["count"]) for line in found.remarks[name]]


def test_lists_what_two_people_wrote_whatever_accents_and_capitals():
    found = word_standings([*cast("Des données fiables", "DONNEES !", "les données", "budget"), {}])
    assert listed(found) == [("données", 3)]
    assert found.remarks["words"][0] == {
        "text": "données",
        "language": "fr",
        "count": 3,
        "share": Fraction(3, 5),
    }
    assert (found.method, found.ballots, found.blank, found.rows) == ("words", 5, 1, ())


def test_counts_people_and_not_how_often_one_says_it():
    assert listed(word_standings(cast("data data DATA", "training data"))) == [("data", 2)]
    assert listed(word_standings(cast("data data"))) == []


def test_shows_the_usual_spelling_and_small_letters_among_equals():
    assert listed(word_standings(cast("Frontière", "frontiere", "Frontière"))) == [("Frontière", 3)]
    assert listed(word_standings(cast("Budget", "budget"))) == [("budget", 2)]
    assert listed(word_standings(cast("élan", "ÉLAN", "elan"))) == [("elan", 3)]


def test_words_that_say_nothing_are_those_of_the_language():
    assert listed(word_standings(cast("pour les mais", "mais pour"))) == []
    assert listed(word_standings(cast("pour", "Pour", language="en"))) == [("pour", 2)]
    assert listed(word_standings(cast("a", "a", language="xx"))) == []


def test_arabic_is_one_word_with_or_without_article_marks_and_hamza():
    found = word_standings(cast("الهجرة", "هجره", "الهِجرة", "إدارة", "ادارة", language="ar"))
    assert listed(found) == [("الهجرة", 3), ("إدارة", 2)]


def test_the_same_word_in_two_languages_is_one():
    found = word_standings([*cast("Migration"), *cast("migration", "migration", language="en")])
    assert [(line["text"], line["language"], line["count"]) for line in found.remarks["words"]] == [
        ("migration", "en", 3)
    ]


def test_whole_short_answers_are_listed_too():
    found = word_standings(cast("Manque de budget.", "manque de  budget", "le budget"))
    assert listed(found, "answers") == [("manque de budget", 2)]
    assert listed(found) == [("budget", 3), ("manque", 2)]


def test_one_word_and_long_answers_are_no_short_answers():
    long = "un deux trois quatre cinq six sept"
    found = word_standings(cast("budget", "budget", long, long))
    assert listed(found, "answers") == []


def test_what_is_struck_out_goes_with_every_answer_that_holds_it():
    texts = cast("Ministre nul", "ministre NUL", "nul", "nulle part", "nulle part")
    assert ("nul", 3) in listed(word_standings(texts))
    found = word_standings(texts, ["Nul"])
    assert listed(found) == [("ministre", 2), ("nulle", 2), ("part", 2)]
    assert listed(found, "answers") == [("nulle part", 2)]
    assert found.remarks["struck"] == 2  # the word, and the answer that holds it
    assert word_standings(texts, ["nobody wrote this"]).remarks["struck"] == 0


def test_striking_out_several_words_leaves_each_of_them():
    texts = cast("Ministre nul", "ministre nul", "nul ministre")
    found = word_standings(texts, ["ministre nul", "?!"])
    assert listed(found, "answers") == []
    assert sorted(listed(found)) == [("ministre", 3), ("nul", 3)]


def test_nobody_wrote():
    found = word_standings([{}, {}])
    assert (found.blank, found.remarks["words"], found.remarks["answers"]) == (2, [], [])


@given(TEXTS, st.randoms(use_true_random=False))
def test_any_order_and_exact_round_trip(room, random):
    choices = [{"text": text, "language": language} for text, language in room]
    found = word_standings(choices)
    assert found == word_standings(random.sample(choices, len(choices)))
    assert Standings.from_json(found.to_json()) == found
    for line in (*found.remarks["words"], *found.remarks["answers"]):
        assert FEWEST <= line["count"] <= len(room)
    counts = [line["count"] for line in found.remarks["words"]]
    assert counts == sorted(counts, reverse=True)
