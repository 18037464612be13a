"""Forms read as paper: what is ticked, filled in or written, and nothing that only a screen has."""

from facilitator.documents.ballots import explained
from facilitator.documents.form import Box, Row, pressed, read


def test_a_tick_beside_its_text_is_a_bare_box():
    html = (
        '<fieldset><legend>Pick one</legend><div class="row"><label><input type="radio">'
        '<span class="text" lang="fr">Oui</span></label></div></fieldset>'
    )
    assert read(html) == (["Pick one"], [Row("Oui", "fr", "", [Box("")])])


def test_scales_are_read_with_their_words():
    def scale(name: str) -> str:
        ticks = '<label><input type="radio"><b>1</b><i>Low</i></label>'
        return f'<h2 id="{name}">{name}</h2><div class="scale" aria-labelledby="text {name}">{ticks}</div>'

    html = f'<div class="row"><p class="text" id="text">A</p>{scale("Impact")}{scale("Ease")}</div>'
    assert read(html)[1] == [
        Row("A", "", "Impact", [Box("1", "Low")]),
        Row("", "", "Ease", [Box("1", "Low")]),
    ]


def test_a_scale_may_name_itself():
    scale = '<div class="scale" aria-label="Impact"><label><input><b>1</b></label></div>'
    html = f'<div class="row">{scale}</div>'
    assert read(html)[1] == [Row("", "", "Impact", [Box("1")])]


def test_what_only_a_screen_has_is_not_printed():
    html = (
        '<legend><span class="scripted">Tap</span><span class="plain">Write</span></legend>'
        '<p class="count">3 left</p><div class="row"><label for="r"><span class="text">A</span></label>'
        '<select class="rank" id="r"><option>–</option><option>1</option></select>'
        '<label class="unsure"><input type="checkbox">No opinion</label></div>'
    )
    assert read(html) == (["Write"], [Row("A", "", "", [Box("No opinion")], blank=True)])


def test_texts_become_lines():
    html = '<label for="t">Your words</label><textarea id="t"></textarea>'
    (row,) = read(html)[1]
    assert (row.text, row.boxes) == ("Your words", [])
    assert row.lines
    assert row.answerable


def test_a_menu_becomes_boxes():
    menu = "<select><option>–</option><option>1 Low</option></select>"
    html = f'<div class="row"><p class="text">A</p>{menu}</div>'
    assert read(html)[1] == [Row("A", "", "", [Box("–"), Box("1 Low")])]


def test_unclosed_and_strange_markup_does_no_harm():
    assert read("</p><div class=row><b>x</div></i><br>") == ([], [Row()])
    assert not Row().answerable
    assert pressed("<p>nothing</p>") == []


def test_the_last_button_leads_on():
    buttons = '<button name="won" value="3-4">A</button><button name="even" value="3-4">?</button>'
    html = f'<input type="hidden" name="won" value="1-2">{buttons}'
    assert pressed(html) == [("won", "1-2"), ("even", "3-4")]


def test_what_all_rows_share_is_explained_once():
    scale = [Box("1", "Low"), Box("5", "High")]
    rows, legend = explained([Row("A", boxes=scale), Row("B", boxes=scale), Row("Remark", lines=3)])
    assert rows[2] == Row("Remark", lines=3)
    assert legend == [("1", "Low"), ("5", "High")]
    assert rows[0].boxes == [Box("1"), Box("5")]


def test_long_answers_that_all_rows_share_get_letters():
    long = [Box("Difficult to understand"), Box("Poor dissemination")]
    rows, legend = explained([Row("A", boxes=long), Row("B", boxes=long)])
    assert legend == [("A", "Difficult to understand"), ("B", "Poor dissemination")]
    assert [box.sign for box in rows[1].boxes] == ["A", "B"]


def test_rows_of_their_own_explain_themselves():
    rows = [Row("A", boxes=[Box("1", "Low")])]
    assert explained(rows) == (rows, [])
    assert explained([]) == ([], [])
