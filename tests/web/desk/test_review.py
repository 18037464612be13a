"""The workgroup's comments: anchored, answered, resolved."""

import pytest

from facilitator import db
from facilitator.models.guide import Guide
from tests import factories
from tests.web.desk.asking import errors, send, words

HOSTILE = "<script>alert(1)</script> {{ 7*7 }}"


@pytest.fixture
def line(app):
    with app.app_context():
        guide = factories.guide()
        made = guide.add("challenges", words={"text": {"en": "Few data", "fr": "Peu de données"}})
        db.session.commit()
        return made.id


@pytest.fixture
def expert(sign_in):
    return sign_in("expert@example.org", SN="expert")


def test_a_line_is_commented_on_answered_and_resolved(expert, admin, line) -> None:
    send(expert, f"/desk/lines/{line}/comments", text="Which data?")
    send(admin, "/desk/comments/1/answer", text="Yearly figures.")
    assert words(expert.get("/desk/guides/1/parts/challenges")).count("1 comment") == 1
    page = words(expert.get("/desk/guides/1/review"))
    assert all(text in page for text in ("Which data?", "Yearly figures.", "Few data"))
    send(expert, "/desk/comments/1/resolve")
    assert "resolved by" in words(expert.get("/desk/guides/1/review"))
    send(expert, "/desk/comments/1/reopen")
    assert "resolved by" not in words(expert.get(f"/desk/lines/{line}/comments"))


def test_an_empty_comment_is_refused_at_the_field(expert, line) -> None:
    refused = send(expert, f"/desk/lines/{line}/comments", text=" ")
    assert (refused.status_code, errors(refused)) == (422, {"text": "This is needed."})


def test_a_comment_is_only_text(expert, line) -> None:
    send(expert, "/desk/guides/1/review", text=HOSTILE)
    assert HOSTILE in words(expert.get("/desk/guides/1/review"))


def test_a_reader_reads_and_says_nothing(sign_in, expert, line) -> None:
    send(expert, "/desk/guides/1/review", text="As a whole")
    reader = sign_in("reader@example.org", SN="reader")
    assert "As a whole" in words(reader.get("/desk/guides/1/review"))
    assert send(reader, f"/desk/lines/{line}/comments", text="Mine").status_code == 403


def test_a_draft_goes_before_the_workgroup_and_back(app, expert, line) -> None:
    for state in ("review", "draft"):
        send(expert, "/desk/guides/1/review/state")
        with app.app_context():
            assert db.session.get_one(Guide, 1).state == state
