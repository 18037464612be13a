"""Other numbers for the same options change nothing else, whatever the kind of question."""

import json
from random import Random

import pytest
from werkzeug.datastructures import MultiDict

from facilitator.counting.renumbered import renumbered
from facilitator.counting.standing import Standings
from facilitator.kinds import KINDS
from facilitator.kinds.base import Option

OPTIONS, TARGETS = [11, 12, 13, 14], [21, 22]
SETTINGS = {"targets": [[target, {"en": "t"}] for target in TARGETS]}
BECAME = {number: 1000 + 3 * number for number in (*OPTIONS, *TARGETS)}


def written(standings: Standings) -> dict:
    return json.loads(standings.to_json())


@pytest.mark.parametrize("name", KINDS)
def test_counting_after_renumbering_is_renumbering_after_counting(name, words):
    kind, chance = KINDS[name], Random(5)
    settings = SETTINGS if name == "linking" else {}
    form = kind.ballot_form([Option(number, "x", "en") for number in OPTIONS], settings)
    choices = []
    for _person in range(8):
        answer = form(MultiDict(kind.imagined(OPTIONS, settings, chance)))
        assert answer.validate()
        choices.append(answer.choice())
    counted = written(kind.tally(OPTIONS, choices, settings, draws=20))
    again = kind.tally(
        [BECAME[number] for number in OPTIONS],
        renumbered(choices, BECAME),
        renumbered(settings, BECAME),
        draws=20,
    )
    assert written(again) == renumbered(counted, BECAME)
    back = {new: old for old, new in BECAME.items()}
    assert renumbered(renumbered(choices, BECAME), back) == choices


def test_what_is_not_known_any_more_keeps_out_of_the_way():
    assert renumbered({"options": [11, 99]}, BECAME) == {"options": [1033, -99]}
    assert renumbered(renumbered({"option": 99}, BECAME), BECAME) == {"option": -99}


def test_what_names_no_option_stays():
    content = {
        "figures": {"strongest": 11, "tied": 12},
        "tied": True,
        "text": "11",
        "votes": ["x"],
        "texts": [[11]],
    }
    assert renumbered(content, BECAME) == content
