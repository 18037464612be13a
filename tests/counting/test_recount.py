"""Recounting a file, and its table."""

import json

import pytest

from facilitator.counting.ballotfile import CountingError
from facilitator.counting.recount import recount, table

KEYS = [
    "ballots",
    "blank",
    "items",
    "condorcet_winner",
    "smith_set",
    "schulze",
    "borda_average",
    "borda_modified",
    "mean_rank",
    "kendall_w",
]
TEXT = "ballot_id,item,rank\n1,B,1\n1,A,2\n1,C,2\n2,B,1\n2,C,9\n2,A,4\n3,,\n"


def test_the_agreed_keys(tmp_path):
    path = tmp_path / "ballots.csv"
    path.write_text(TEXT, encoding="utf-8-sig")
    found = recount(path)
    assert found == recount(TEXT)
    assert list(found) == KEYS
    assert found == {
        "ballots": 3,
        "blank": 1,
        "items": ["A", "B", "C"],
        "condorcet_winner": "B",
        "smith_set": ["B"],
        "schulze": [["B"], ["A"], ["C"]],
        "borda_average": {"A": 1.5, "B": 4, "C": 0.5},
        "borda_modified": {"A": 3.5, "B": 6, "C": 2.5},
        "mean_rank": {"A": 2.25, "B": 1, "C": 2.75},
        "kendall_w": pytest.approx(13 / 14),
    }
    assert json.loads(json.dumps(found)) == found


def test_the_table():
    assert table(recount(TEXT)).splitlines() == [
        "Ballots: 3, of them blank: 1",
        "",
        "Place  Item  Mean rank  Borda average  Borda 5 to 1",
        "   1   B             1              4             6",
        "   2   A          2.25            1.5           3.5",
        "   3   C          2.75            0.5           2.5",
        "",
        "Beats every other item: B",
        "Smith set: B",
        "Kendall’s W: 0.929",
    ]


def test_the_table_speaks_another_language_and_stays_a_table():
    french = {"Place": "Place", "Item": "Élément", "Mean rank": "Rang moyen", "none": "aucun"}
    lines = table(recount(TEXT), lambda said: french.get(said, said), ",").splitlines()
    assert lines[2:5] == [
        "Place  Élément  Rang moyen  Borda average  Borda 5 to 1",
        "   1   B                 1              4             6",
        "   2   A              2,25            1,5           3,5",
    ]
    assert lines[-1] == "Kendall’s W: 0,929"


def test_a_table_of_ties():
    lines = table(recount("ballot_id,item,rank\n1,Long name,1\n1,B,1\n1,C,2\n")).splitlines()
    assert lines[3:6] == [
        "  1=  B                1.5            1.5           2.5",
        "  1=  Long name        1.5            1.5           2.5",
        "   3  C                  3              0             1",
    ] or [line.split()[0] for line in lines[3:6]] == ["1=", "1=", "3"]
    assert lines[-3:] == ["Beats every other item: none", "Smith set: B, Long name", "Kendall’s W: -"]


def test_only_blank_ballots():
    found = recount("ballot_id,item,rank\n1,,\n2,,\n")
    assert (found["ballots"], found["blank"], found["items"], found["schulze"]) == (2, 2, [], [])
    assert found["condorcet_winner"] is None
    assert "Ballots: 2, of them blank: 2" in table(found)


def test_an_item_that_nobody_ranks_keeps_its_place_in_the_count():
    found = recount("ballot_id,item,rank\n1,A,1\n1,B,\n1,C,-\n")
    assert found["items"] == ["A", "B", "C"]
    assert found["borda_average"] == {"A": 1, "B": 0, "C": 0}
    assert found["mean_rank"] == {"A": 1, "B": 2, "C": None}


def test_names_cannot_steer_the_terminal_and_are_cut():
    found = table(recount(f'ballot_id,item,rank\n1,"\x1b[2J\nRed",1\n1,{"x" * 60},2\n'))
    assert "\x1b" not in found
    assert "[2JRed" in found
    assert "x" * 47 + "…" in found
    assert "x" * 48 not in found


def test_a_faulty_file():
    with pytest.raises(CountingError):
        recount("")
