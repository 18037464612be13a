"""The room's order and its remarks."""

from fractions import Fraction

from facilitator.counting.ranking import rank_standings
from facilitator.counting.standing import Standings


def cast(*numbers_and_orders):
    return [
        {"order": [[option] for option in order], "unsure": []}
        for number, order in numbers_and_orders
        for _ in range(number)
    ]


CITIES = cast((42, (1, 2, 3, 4)), (26, (2, 3, 4, 1)), (15, (3, 4, 2, 1)), (17, (4, 3, 2, 1)))


def test_a_room_in_full():
    found = rank_standings([1, 2, 3, 4], CITIES, seed=11)
    assert [row.option for row in found.rows] == [2, 3, 4, 1]
    assert found.rows[0].figures == {
        "mean_rank": Fraction(103, 50),
        "low": 1,
        "high": 3,
        "support": 100,
        "share": 1,
        "borda_average": 194,
        "unsure": 0,
    }
    assert found.remarks["condorcet_winner"] == 2
    assert found.remarks["pairs"][0] == [None, 68, 68, 58]
    assert (found.remarks["smith_set"], found.remarks["circle"]) == ([2], [])
    assert found.remarks["agreement"] == {"w": Fraction(489, 5000), "n": 100, "word": "very_weak"}
    assert found.remarks["stability"]["first"]["word"] == "firm"
    assert (found.method, found.ballots, found.blank) == ("schulze", 100, 0)
    assert Standings.from_json(found.to_json()) == found


def test_methods_that_agree_and_that_do_not():
    methods = rank_standings([1, 2, 3, 4], CITIES, draws=0).remarks["methods"]
    assert methods["size"] == 3
    assert (
        methods["schulze"] == methods["mean_rank"] == {"sure": [2, 3, 4], "tied": []} or not methods["same"]
    )
    assert methods["approval"] == {"sure": [], "tied": [1, 2, 3, 4]}


def test_a_majority_against_a_mean():
    """A majority of one puts 1 before 2; those who do not put 1 last."""
    found = rank_standings([1, 2, 3], cast((6, (1, 2, 3)), (5, (2, 3, 1))), draws=0)
    assert [row.option for row in found.rows] == [1, 2, 3]
    assert found.remarks["methods"]["mean_rank"]["sure"] == [1, 2]
    short = rank_standings([1, 2], [*cast((2, (1, 2)), (1, (2,))), {"order": [[2]], "unsure": [1]}], draws=0)
    assert [row.option for row in short.rows] == [1, 2]


def test_an_option_that_nobody_judges_is_last_by_mean_rank():
    found = rank_standings([1, 2, 3], [{"order": [[1], [2]], "unsure": [3]}] * 3, draws=0)
    assert found.row(3).figures == {
        "mean_rank": None,
        "low": None,
        "high": None,
        "support": 0,
        "share": 0,
        "borda_average": 0,
        "unsure": 3,
    }
    assert found.remarks["methods"]["mean_rank"] == {"sure": [1, 2], "tied": []}


def test_blank_ballots_take_part_without_effect():
    found = rank_standings([1, 2], [*cast((1, (2, 1))), {}], draws=0)
    assert (found.ballots, found.blank) == (2, 1)
    assert found.row(2).figures["share"] == Fraction(1, 2)
    assert found.row(2).figures["mean_rank"] == 1


def test_nobody_voted():
    found = rank_standings([5, 4], [])
    assert [(row.option, row.place, row.tied) for row in found.rows] == [(5, 1, True), (4, 1, True)]
    assert found.remarks["stability"] is None
    assert found.remarks["agreement"] == {"w": None, "n": 0, "word": None}
    assert found.remarks["condorcet_winner"] is None


def test_a_circle_is_told():
    found = rank_standings([1, 2, 3], cast((9, (1, 2, 3)), (8, (2, 3, 1)), (6, (3, 1, 2))), draws=200)
    assert found.remarks["circle"] == [1, 2, 3]
    assert found.remarks["stability"]["first"]["word"] == "open"


def test_thirty_people_have_a_firm_group_before_a_firm_first():
    room = cast((8, (1, 2, 3, 4)), (7, (2, 1, 4, 3)), (8, (1, 2, 4, 3)), (7, (2, 1, 3, 4)))
    found = rank_standings([1, 2, 3, 4], room, seed=1).remarks["stability"]
    assert found["first"]["word"] == "open"
    assert found["firm_group"] == 2


def test_one_hundred_thousand_ballots():
    found = rank_standings([1, 2, 3, 4], CITIES * 1000, draws=0)
    assert found.ballots == 100_000
    assert found.row(2).figures["borda_average"] == 194_000


def test_what_nobody_judges_comes_last_and_shifts_nobody() -> None:
    choices = [{"order": [[1], [2], [3]], "unsure": [9, 8]}] * 6 + [{"order": [[2], [1]], "unsure": [8, 9]}]
    found = rank_standings([9, 1, 8, 2, 3], choices)
    assert [(row.option, row.place) for row in found.rows] == [(1, 1), (2, 2), (3, 3), (9, 4), (8, 4)]
    assert found.remarks["stability"]["first"]["word"] == "firm"
