"""Every kind counts again with other weights as it counts at first."""

from random import Random

import numpy as np
import pytest
from werkzeug.datastructures import MultiDict

from facilitator.kinds import KINDS
from facilitator.kinds.base import Kind, Option

SETTINGS = {"targets": [[101, {"en": "Target"}], [102, {"en": "Other"}]], "remark": True}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_part_of_the_room_counts_as_if_it_were_alone(kind: Kind) -> None:
    chance, ids = Random(3), [5, 2, 9, 7]
    form = kind.ballot_form([Option(id, f"Option {id}", "en") for id in ids], SETTINGS)
    posted = [kind.imagined(ids, SETTINGS, chance) for _ in range(20)] + [[("blank", "1")], [("blank", "1")]]
    ballots = [form(MultiDict(each)) for each in posted]
    choices = [each.choice() for each in ballots if each.validate()]
    part = [number % 3 > 0 for number in range(len(choices))]
    alone = kind.tally(ids, [each for each, in_ in zip(choices, part, strict=True) if in_], SETTINGS, draws=0)
    (found,) = kind.weighing(ids, choices, SETTINGS).standings(ids, np.array([part], dtype=np.int64))
    assert (found.ballots, found.blank) == (alone.ballots, alone.blank)
    assert [(row.option, row.place, row.tied) for row in found.rows] == [
        (row.option, row.place, row.tied) for row in alone.rows
    ]
