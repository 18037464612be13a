"""Ballot files, well written and not."""

import pytest

from facilitator.counting.ballotfile import CountingError, read

HEAD = "ballot_id,item,rank\n"
ONE = [{"order": [[0], [1]], "unsure": []}]


def both(source):
    found = read(source)
    return list(found.items), list(found.choices)


def test_ties_gaps_decimals_and_order():
    text = HEAD + "1,C,7\n2,A,1\n1,A,2.5\n1,B,7.0\n2,B,-3\n"
    assert both(text) == (
        ["A", "B", "C"],
        [{"order": [[0], [1, 2]], "unsure": []}, {"order": [[1], [0]], "unsure": []}],
    )


def test_unranked_no_opinion_and_blank():
    items, cast = both(HEAD + "1,A,1\n1,B,\n1,C,-\n2,,\n")
    assert items == ["A", "B", "C"]
    assert cast == [{"order": [[0]], "unsure": [2]}, {"order": [], "unsure": []}]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "x,A,1\nx,B,2\n",
        "\ufeff" + HEAD + "x,A,1\nx,B,2\n",
        HEAD.replace("\n", "\r\n") + "x,A,1\r\n\r\nx,B,2",
        'rank,more,"ballot_id", item\n1,,x,"A"\n2,?, x , B \n',
        "ballot_id;item;rank\nx;A;1\nx;B;2\n",
        "ballot_id\titem\trank\nx\tA\t1\nx\tB\t2\n",
    ],
)
def test_ways_to_write_the_same(text, tmp_path):
    path = tmp_path / "ballots.csv"
    path.write_text(text, encoding="utf-8", newline="")
    assert both(text) == both(path) == (["A", "B"], ONE)


def test_names_keep_accents_commas_and_lines():
    assert both(HEAD + '1,"Santé, école\nÉté; ",1\n1,استقبال,2\n')[0] == ["Santé, école\nÉté;", "استقبال"]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("", 1, "Missing columns: ballot_id, item, rank"),
        ("\n", 1, "Missing columns"),
        ("ballot_id,rank\n1,1\n", 1, "Missing columns: item"),
        (HEAD, None, "no ballot"),
        (HEAD + "1,A,first\n", 2, "“first” is not a number"),
        (HEAD + "1,A,1\n1,B,nan\n", 3, "“nan” is not a number"),
        (HEAD + "1,A,inf\n", 2, "“inf” is not a number"),
        (HEAD + "1,A,1\n2,A,1\n1,A,2\n", 4, "Ballot 1 names “A” twice"),
        (HEAD + "1,A,1\n1,A,-\n", 3, "twice"),
        (HEAD + "1,A,1\n1,,\n", 3, "blank and not blank"),
        (HEAD + "1,,\n1,A,1\n", 3, "blank and not blank"),
        (HEAD + "1,,\n1,,\n", 3, "blank and not blank"),
        (HEAD + "1,,2\n", 2, "a rank, but no item"),
        (HEAD + " ,A,2\n", 2, "no number"),
        (HEAD + "1,A\n", 2, "2 values where the first line has 3"),
        (HEAD + "1,A,B,2\n", 2, "4 values where the first line has 3"),
        (HEAD + '1,"A,1\n', 2, "Not a CSV line"),
        (HEAD + "1," + "A" * 200_000 + ",1\n", 2, "Not a CSV line"),
    ],
)
def test_faults_are_named_with_their_line(text, line, word):
    with pytest.raises(CountingError, match=word) as caught:
        read(text)
    assert caught.value.line == line
    assert str(caught.value).startswith(f"Line {line}: " if line else "There")
    assert caught.value.message % caught.value.details in str(caught.value)


def test_other_encodings_are_refused(tmp_path):
    path = tmp_path / "ballots.csv"
    path.write_bytes((HEAD + "1,Santé,1\n").encode("latin-1"))
    with pytest.raises(CountingError, match="UTF-8"):
        read(path)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CountingError, match=r"none\.csv cannot be read: No such file"):
        read(tmp_path / "none.csv")


@pytest.mark.parametrize("rank", ["1e999999999", "-1e999999999", "١"])
def test_odd_numbers_do_no_harm(rank):
    assert len(read(HEAD + f"1,A,{rank}\n").choices) == 1


SEVERAL = (
    "question,round,ballot_id,item,rank\n1,1,1,A,1\n1,1,1,B,2\n2,1,1,C,1\n2,1,1,D,2\n2,2,1,C,2\n2,2,1,D,1\n"
)


def test_one_question_of_several_is_counted_by_its_last_round() -> None:
    assert read(SEVERAL, question="1").items == ("A", "B")
    assert read(SEVERAL, question="2").choices == ({"order": [[1], [0]], "unsure": []},)
    assert read(SEVERAL, question="2", round="1").choices == ({"order": [[0], [1]], "unsure": []},)


@pytest.mark.parametrize("asked", [{}, {"question": "3"}, {"question": "1", "round": "2"}])
def test_a_file_of_several_questions_asks_which(asked: dict[str, str]) -> None:
    with pytest.raises(CountingError, match="Choose one of the questions"):
        read(SEVERAL, **asked)


def test_a_file_of_one_question_has_no_others() -> None:
    with pytest.raises(CountingError, match="does not say"):
        read("ballot_id,item,rank\n1,A,1\n", question="1")
