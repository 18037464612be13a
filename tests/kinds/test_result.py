"""The result of each kind, as wall and desk draw it."""

import re
from collections.abc import Callable, Iterable
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from werkzeug.datastructures import MultiDict

from facilitator.counting.standing import Standings
from facilitator.kinds import KINDS
from facilitator.kinds.base import Choice, Kind, Option
from tests.kinds.test_contract import DECIDED
from tests.pages import check_page

NAMES = ("Poor dissemination", "صعوبة الفهم", "<b>Ownership</b>", "Updates", "Use")
LANGUAGES = ("en", "ar", "en", "en", "en")
OPTIONS = [Option(id, *named) for id, named in enumerate(zip(NAMES, LANGUAGES, strict=True), 1)]
IDS = [option.id for option in OPTIONS]

Draw = Callable[..., str]
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
everywhere = pytest.mark.parametrize("place", ["wall", "desk"])


def shown(drawn: Draw, kind: Kind, cast: Iterable[Choice], place: str = "wall", **content: Any) -> str:
    """Draw what these ballots come to, through the text that is kept of it."""
    counted = kind.tally(IDS, list(cast), DECIDED, seed=7)
    kept = Standings.from_json(counted.to_json())
    assert kept == counted
    content = {"kind": kind, "standings": kept, "options": OPTIONS, "joined": 40, "place": place, **content}
    page = drawn(f"kinds/{kind.name}/result.html", **content)
    check_page(page)
    return page


def plain(page: str) -> str:
    """Read only the words."""
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split()).replace(" .", ".")


def picks(*numbers: int) -> list[Choice]:
    return [{"options": [id]} for id, number in enumerate(numbers, 1) for _ in range(number)]


def ranks(*cast: tuple[int, list[list[int]]], unsure: Iterable[int] = ()) -> list[Choice]:
    return [{"order": order, "unsure": list(unsure)} for number, order in cast for _ in range(number)]


def some(kind: Kind, number: int) -> list[Choice]:
    """The same good answer from several people."""
    with_picks = {"choice": picks(number), "ranking": ranks((number, [[1], [2], [3], [4], [5]]))}
    return with_picks.get(kind.name) or [imagined(kind)] * number


def imagined(kind: Kind) -> Choice:
    """One good answer, always the same."""
    form = kind.ballot_form(OPTIONS, DECIDED)(MultiDict(kind.imagined(IDS, DECIDED, Random(3))))
    assert form.validate()
    return form.choice()


# An open question has no options; links put them in no order.
OVER_OPTIONS = [kind for kind in KINDS.values() if kind.least_options]
IN_ORDER = [kind for kind in OVER_OPTIONS if kind.tally(IDS, some(kind, 9), DECIDED).remarks["stability"]]
over_options = pytest.mark.parametrize("kind", OVER_OPTIONS, ids=lambda kind: kind.name)
in_order = pytest.mark.parametrize("kind", IN_ORDER, ids=lambda kind: kind.name)

CIRCLE = ranks((9, [[1], [2], [3]]), (8, [[2], [3], [1]]), (7, [[3], [1], [2]]))
LEVEL = ranks((6, [[1], [2], [3], [4], [5]]), (6, [[2], [1], [3], [4], [5]]))


@every_kind
@everywhere
def test_says_that_nobody_answered(kind: Kind, place: str, drawn: Draw) -> None:
    assert plain(shown(drawn, kind, [], place)) == "No answer yet."


@pytest.mark.parametrize(
    ("blank", "told"), [(0, "0 of 40 took part."), (6, "6 of 40 took part. 6 answers are blank.")]
)
@everywhere
@every_kind
def test_says_of_a_closed_question_that_nobody_said_anything(
    kind: Kind, place: str, blank: int, told: str, drawn: Draw
) -> None:
    closed = SimpleNamespace(is_open=False, number=1)
    assert plain(shown(drawn, kind, [{}] * blank, place, round=closed)) == told


@every_kind
@everywhere
@pytest.mark.parametrize("blank", [0, 1, 6])
def test_keeps_a_lone_answer_to_itself(kind: Kind, place: str, blank: int, drawn: Draw) -> None:
    words = plain(shown(drawn, kind, [*some(kind, 1), *[{}] * blank], place))
    assert words.startswith("Too few answers to show")
    assert not any(name in words for name in NAMES)
    assert not any(sign.isdigit() for sign in words)


@every_kind
@everywhere
def test_prints_who_took_part(kind: Kind, place: str, drawn: Draw) -> None:
    words = plain(shown(drawn, kind, [*some(kind, 11), {}, {}], place))
    assert "13 of 40 took part. 2 answers are blank." in words
    assert str(kind.sentence) in words
    assert "blank" not in plain(shown(drawn, kind, some(kind, 11), place)).split("took part.")[1][:30]


@every_kind
@everywhere
def test_isolates_and_escapes_wordings(kind: Kind, place: str, drawn: Draw) -> None:
    page = shown(drawn, kind, some(kind, 3), place)
    assert ('<bdi lang="ar">صعوبة الفهم</bdi>' in page) is (kind.name != "words")
    assert "<b>Ownership" not in page
    assert "style=" not in page


@over_options
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@everywhere
def test_is_drawn_in_every_language(kind: Kind, language: str, place: str, drawn: Draw) -> None:
    page = shown(drawn, kind, [*some(kind, 4), {}], place, language=language)
    assert page.count('class="result-row ') == len(IDS)


@in_order
def test_hides_bars_from_those_who_listen(kind: Kind, drawn: Draw) -> None:
    page = BeautifulSoup(shown(drawn, kind, some(kind, 3)), "html.parser")
    assert all(svg.find_parent(attrs={"aria-hidden": "true"}) for svg in page.find_all("svg"))
    assert page.select_one(".result-row .result-place").get_text(" ", strip=True).split()[1] == "1"


@over_options
def test_shows_one_page_of_the_wall(kind: Kind, drawn: Draw) -> None:
    counted = kind.tally(IDS, some(kind, 3), {})
    page = shown(drawn, kind, some(kind, 3), rows=counted.rows[3:])
    assert page.count('class="result-row ') == len(IDS) - 3


@in_order
def test_tells_the_desk_what_redraws_found(kind: Kind, drawn: Draw) -> None:
    cast = some(kind, 9)
    words = plain(shown(drawn, kind, cast, "desk"))
    assert "1,000 redraws of the answers, seed 7" in words
    assert "The first 1," not in words
    assert "seed" not in shown(drawn, kind, cast, "wall")


def test_gives_count_and_share_of_all_who_answered(drawn: Draw) -> None:
    page = shown(drawn, KINDS["choice"], [*picks(5, 2), {}])
    words = plain(page)
    assert "Place 1 Poor dissemination 5 62%" in words
    assert "Place 2 صعوبة الفهم 2 25%" in words
    assert "Place 3 tied" in words
    assert 'width="62.50%"' in page
    assert page.count("<svg") == 2
    assert "blank answers included" in words


def test_writes_shares_as_the_reader_does(drawn: Draw) -> None:
    page = shown(drawn, KINDS["choice"], [*picks(5, 2), {}], language="fr")
    assert "62\N{NO-BREAK SPACE}%" in page


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((20, 2, 1), "The first place is firm."),
        ((6, 3, 2, 2), "The first place is likely, not certain."),
        ((13, 12, 1), "The first 2 stand out firmly; which of them comes first is not certain."),
        ((9, 8, 3, 2, 1), "The first 2 probably stand out; which of them comes first is not certain."),
        ((4, 3, 3, 2, 2), "The order is open: a few other answers could change it."),
        ((5, 5), "The first place is shared."),
    ],
)
@everywhere
def test_announces_no_more_than_is_certain(
    numbers: tuple[int, ...], said: str, place: str, drawn: Draw
) -> None:
    assert said in plain(shown(drawn, KINDS["choice"], picks(*numbers), place))


def test_marks_those_that_lead(drawn: Draw) -> None:
    assert shown(drawn, KINDS["choice"], picks(13, 12, 1)).count("result-leading") == 2
    assert "result-leading" not in shown(drawn, KINDS["choice"], picks(4, 3, 3, 2, 2))


def test_says_nothing_of_firmness_where_it_was_not_measured(drawn: Draw) -> None:
    kind = KINDS["choice"]
    counted = kind.tally(IDS, picks(20, 2), {})
    content = {"kind": kind, "options": OPTIONS, "joined": 40, "place": "desk"}
    for name, cast in (("choice", picks(20, 2)), ("ranking", LEVEL)):
        counted = KINDS[name].tally(IDS, cast, {})
        counted.remarks["stability"] = None
        words = plain(drawn(f"kinds/{name}/result.html", **content, standings=counted))
        assert not any(word in words for word in ("firm", "shared", "redraws"))


def test_puts_mean_place_share_and_margin_beside_each(drawn: Draw) -> None:
    cast = ranks((8, [[1], [2], [3]]), (3, [[2], [1], [3]]), (1, [[1, 2], [3]]))
    page = BeautifulSoup(shown(drawn, KINDS["ranking"], cast), "html.parser")
    assert [plain(str(row)) for row in page.select(".result-row")] == [
        f"Place 1 {NAMES[0]} mean place 1.3 ranked by 100% 8 before the next, 3 after, 1 equal clear",
        f"Place 2 {NAMES[1]} mean place 1.7 ranked by 100% 12 before the next, 0 after, 0 equal clear",
        f"Place 3 {NAMES[2]} mean place 3.0 ranked by 100% 12 before the next, 0 after, 0 equal clear",
        f"Place 4 tied {NAMES[3]} mean place 4.5 ranked by 0% 0 before the next, 0 after, 12 equal",
        f"Place 4 tied {NAMES[4]} mean place 4.5 ranked by 0%",
    ]


def test_draws_a_longer_bar_the_nearer_to_first(drawn: Draw) -> None:
    page = shown(drawn, KINDS["ranking"], ranks((4, [[1], [2], [3], [4], [5]])))
    assert [f'width="{share}.00%"' in page for share in (100, 75, 50, 25)] == [True] * 4
    assert page.count("<svg") == 4


def test_speaks_of_an_option_that_nobody_judged(drawn: Draw) -> None:
    cast = ranks((4, [[1], [2], [3], [4]]), unsure=[5])
    words = plain(shown(drawn, KINDS["ranking"], cast, "desk"))
    assert "Use ranked by 0%" in words
    assert "Use – 0 0% 4 " in words
    assert "Agreement cannot be measured with these answers." in words


@everywhere
def test_puts_agreement_in_words(place: str, drawn: Draw) -> None:
    words = plain(shown(drawn, KINDS["ranking"], ranks((12, [[1], [2], [3], [4], [5]])), place))
    assert "Agreement in the room: strong (W = 1.00, n = 12)." in words
    torn = ranks((6, [[1], [2], [3], [4], [5]]), (6, [[5], [4], [3], [2], [1]]))
    assert "Agreement in the room: very weak (W = 0.00, n = 12)." in plain(
        shown(drawn, KINDS["ranking"], torn, place)
    )


@everywhere
def test_tells_of_a_circle(place: str, drawn: Draw) -> None:
    words = plain(shown(drawn, KINDS["ranking"], CIRCLE, place))
    assert "A circle: each of these comes behind another of them. " + " · ".join(NAMES[:3]) in words


def test_tells_the_desk_who_wins_one_to_one(drawn: Draw) -> None:
    kind = KINDS["ranking"]
    assert "No option comes before every other one to one." in plain(shown(drawn, kind, CIRCLE, "desk"))
    words = plain(shown(drawn, kind, some(kind, 3), "desk"))
    assert "Comes before every other, one to one: Poor dissemination" in words


def test_checks_the_method_in_one_sentence(drawn: Draw) -> None:
    kind = KINDS["ranking"]
    assert "give the same first 3." in plain(shown(drawn, kind, some(kind, 9)))
    split = [*ranks((6, [[1], [2], [3], [4], [5]])), *ranks((5, [[5], [4]]))]
    wall, desk = (plain(shown(drawn, kind, split, place)) for place in ("wall", "desk"))
    assert "do not give the same first 3. Worth discussing: place" in wall
    assert "do not give the same first 3. Worth discussing:" in desk
    assert "Worth discussing: place" not in desk


def test_names_what_is_in_doubt_in_the_order_of_the_result(drawn: Draw) -> None:
    split = [*ranks((6, [[5], [4], [3], [2], [1]])), *ranks((5, [[1], [2]]))]
    wall = plain(shown(drawn, KINDS["ranking"], split, "wall"))
    named = re.findall(r"place (\d)", wall.split("Worth discussing: ")[1])
    assert named == sorted(named)
    assert len(named) > 1


def test_shows_the_desk_all_neighbours(drawn: Draw) -> None:
    page = BeautifulSoup(shown(drawn, KINDS["ranking"], LEVEL, "desk"), "html.parser")
    table = next(table for table in page.find_all("table") if "Neighbours" in table.caption.text)
    rows = [[cell.get_text(" ", strip=True) for cell in row(["th", "td"])] for row in table.tbody("tr")]
    assert rows[0] == [NAMES[0], NAMES[1], "6", "6", "0", ""]
    assert [row[5] for row in rows[1:]] == ["clear"] * 3
