"""Charts: every sort, few marks and many, from the left and from the right."""

import io
import re
from dataclasses import asdict
from itertools import pairwise
from random import Random
from typing import get_args
from xml.etree import ElementTree

import pytest
from PIL import Image

from facilitator.documents.chart import Chart, Mark, Sort
from facilitator.documents.charts import described, drawn
from facilitator.documents.plots import lettering, palette
from facilitator.documents.plots.canvas import Canvas

SORTS = get_args(Sort)
LABELS = {
    "fr": (
        "Diffusion insuffisante des données",
        "Difficulté à comprendre les statistiques publiées par plusieurs institutions",
        "<b>Appropriation</b> & usage (HCR, OIM)",
    ),
    "ar": ("ضعف نشر البيانات", "صعوبة فهم الإحصاءات التي تنشرها عدة مؤسسات", "الاستخدام (UNHCR وIOM)"),
}
SERIES = {"ratings": 5, "votes": 3, "groups": 3, "slopes": 2, "quadrants": 4}


def values(sort: str, at: int, count: int, chance: Random) -> list[float | None]:
    """Give a mark of a sort something to draw."""
    given: dict[str, list[float | None]] = {
        "bars": [count - at, (count - at) / count],
        "words": [count - at, (count - at) / count],
        "ranks": [1 + at * 0.9, max(1, at * 0.8), min(count, at + 2)],
        "pairs": [None if at == other else chance.randint(0, 30) for other in range(count)],
        "quadrants": [chance.choice([1, 2.5, 3, 5]), chance.choice([1.5, 3, 4])],
        "ratings": [chance.randint(0, 9) for _ in range(5)],
        "votes": [chance.randint(0, 30), chance.randint(0, 9), chance.randint(0, 9), 2],
        "groups": [None if at == 1 else chance.randint(1, count) for _ in range(3)],
        "slopes": [None if at == 1 else count - at, at + 1],
        "cycle": [],
    }
    return given[sort]


def chart(sort: str, count: int, language: str, **more: object) -> Chart:
    chance, labels = Random(count), LABELS[language]
    marks = [
        Mark(
            f"{labels[at % 3]} {at}",
            values(sort, at, count, chance),
            place=2 if at == 2 else at + 1,
            tied=at in (1, 2),
            below=labels[: at % 3],
        )
        for at in range(6 if sort == "cycle" else count)
    ]
    fields = {
        "series": [labels[at % 3] for at in range(SERIES.get(sort, 0))],
        "cut": {"votes": 0.75, "quadrants": 3.0}.get(sort),
        "cloud": [(1.1, 4.2, 1), (3.0, 2.0, 1)],
        "voters": labels[0],
    }
    direction = "rtl" if language == "ar" else "ltr"
    return Chart(sort, marks, language, direction, **{**fields, **more})  # type: ignore[arg-type]


def numbers(svg: bytes) -> list[float]:
    """Where the boxes of a drawing begin, from the left."""
    return [float(x) for x in re.findall(r'<path d="M([-\d.]+) [^"]*" fill="#0f6a72"', svg.decode())]


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("count", [2, 9, 60])
@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_is_drawn_as_a_drawing_that_says_its_words(sort: str, count: int, language: str) -> None:
    wanted = chart(sort, count, language)
    svg = drawn(wanted, "svg")
    root = ElementTree.fromstring(svg)  # noqa: S314 - drawn by ourselves
    assert root.tag.endswith("svg")
    (said,) = [child.text for child in root if child.tag.endswith("desc")]
    assert all(mark.label in said for mark in wanted.marks)
    ids = {child.get("id") for child in root.iter() if child.get("id")}
    uses = {child.get("href", "")[1:] for child in root.iter() if child.tag.endswith("use")}
    assert uses
    assert uses == ids
    assert b"style=" not in svg
    assert count != 9 or svg == drawn(asdict(wanted), "svg")


@pytest.mark.parametrize("sort", SORTS)
def test_a_picture_is_fine_enough_for_print_and_stands_on_a_page(sort: str) -> None:
    for count in (2, 60):
        picture = Image.open(io.BytesIO(drawn(chart(sort, count, "ar"), "png")))
        assert picture.format == "PNG"
        assert picture.width >= 1250
        assert picture.height <= 1.45 * picture.width
        darkest, lightest = picture.convert("L").getextrema()
        assert (darkest < 60, lightest) == (True, 255)
        edge = picture.crop((0, 0, picture.width, 1)).convert("L").getextrema()
        assert edge[0] > 0


def test_bars_grow_from_the_side_where_one_begins_to_read() -> None:
    left, right = (numbers(drawn(chart("bars", 9, language), "svg")) for language in ("fr", "ar"))
    assert len(set(left)) == len(set(right)) == 1
    assert left[0] == pytest.approx(449.54 - right[0], abs=0.1)
    assert left[0] < right[0]


def test_more_marks_make_a_higher_drawing_and_longer_labels_more_lines() -> None:
    def high(wanted: Chart) -> float:
        return float(re.search(r'height="([\d.]+)pt"', drawn(wanted, "svg").decode())[1])  # type: ignore[index]

    heights = [high(chart("bars", count, "fr")) for count in (2, 9, 60)]
    assert heights == sorted(set(heights))
    assert high(Chart("bars", [Mark("mot " * 60, [1, 0.5])], "fr", "ltr")) > 2 * high(
        Chart("bars", [Mark("mot", [1, 0.5])], "fr", "ltr")
    )


def test_a_long_label_is_broken_and_nothing_is_lost() -> None:
    text = "Une phrase assez longue avec_un_mot_qui_ne_tient_dans_aucune_ligne_quoi_qu_il_arrive"
    lines = lettering.wrapped(text, 9, 80)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert max(lettering.width(line, 9) for line in lines) <= 80.5
    assert lettering.wrapped("", 9, 80) == [""]


def test_a_line_of_an_arabic_label_stays_arabic() -> None:
    lines = lettering.wrapped("استخدام البيانات UNHCR OIM HCR", 9, 70)
    assert all(line.startswith("\u200f") or line[0] > "\u0600" for line in lines)
    assert any(line.startswith("\u200fUNHCR") for line in lines)


def test_arabic_letters_are_joined() -> None:
    assert lettering.width("بيت", 9) < 0.8 * sum(lettering.width(sign, 9) for sign in "بيت")


def test_words_shaped_alone_stand_where_they_stand_in_their_line() -> None:
    text = "Données 12 %: qualité, ffi"
    alone = [(name, at + x) for at, piece in lettering.shaped(text).pieces for name, x, _y in piece.glyphs]
    within = [(name, x) for name, x, _y in lettering._glyphs(text, False)]
    assert alone[: len(within)] == [(name, pytest.approx(x, abs=0.01)) for name, x in within]


def test_where_our_fonts_are_latin_words_are_text_and_others_are_drawn() -> None:
    assert "données 0</text>" in drawn(chart("bars", 3, "fr"), "text").decode()
    assert "<use" not in drawn(chart("bars", 3, "fr"), "text").decode()
    assert len(drawn(chart("bars", 30, "fr"), "text")) < len(drawn(chart("bars", 30, "fr"), "svg")) / 4
    arabic = drawn(chart("bars", 3, "ar"), "text").decode()
    assert "<use" in arabic
    assert not re.search("[\u0600-\u06ff].*</text>", arabic)


def test_signs_that_no_font_has_stop_nothing() -> None:
    wanted = Chart("bars", [Mark("漢字 🎉 \x00 \ud800 ok", [3, 0.5])], "fr", "ltr")
    assert drawn(wanted, "png")
    ElementTree.fromstring(drawn(wanted, "svg"))  # noqa: S314 - drawn by ourselves


def test_nothing_to_draw_is_an_empty_drawing() -> None:
    for sort in SORTS:
        assert drawn(Chart(sort, [], "fr", "ltr"), "svg").startswith(b"<svg")
        assert drawn(Chart(sort, [Mark("seul", values(sort, 0, 1, Random(1)))], "fr", "ltr"), "svg")


def test_the_figures_are_written_as_the_reader_does() -> None:
    assert Canvas(100, "fr", "ltr").percent(0.5) == "50\N{NO-BREAK SPACE}%"
    assert Canvas(100, "en", "ltr").beside("3", "", "50%") == "3 · 50%"


def test_a_column_for_each_target_is_named_or_numbered() -> None:
    few = chart("pairs", 2, "fr", series=["A", "B"])
    many = chart("pairs", 12, "fr", series=[f"Cible {at}" for at in range(12)])
    assert "Cible 11" in described(many)
    assert len(drawn(many, "svg")) > len(drawn(few, "svg"))


def test_the_colours_are_those_of_the_wall() -> None:
    assert palette.colour("data-1") == palette.colours()["data-1"] == "#0f6a72"
    assert palette.colour("data-1", 0) == "#ffffff"


@pytest.mark.parametrize("count", [3, 5, 4])
def test_a_scale_is_told_apart_in_black_and_white(count: int) -> None:
    steps = [palette.lightness(step) for step in palette.steps(count)]
    assert min(abs(one - other) for one, other in pairwise(steps)) >= 9
    assert palette.lightness("#000000") == pytest.approx(-16)
    assert palette.lightness("#ffffff") == pytest.approx(100)
