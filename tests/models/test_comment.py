"""Comments: anchored, answered, resolved."""

import pytest

from facilitator import db
from facilitator.models.comment import Comment
from tests import factories

pytestmark = pytest.mark.usefixtures("context")


def test_answers_stand_under_the_first_remark():
    guide, awa = factories.guide(), factories.person()
    line = guide.add("members", facts={"name": "Awa"})
    first = Comment.say(guide, awa, "Who is that?", line=line)
    answer = first.answer(awa, "The focal point")
    again = answer.answer(awa, "Thanks")
    db.session.expire_all()
    assert first.answers == [answer, again]
    assert line.comments == [first, answer, again]
    assert (again.parent, again.person) == (first, "Awa Diop")


def test_what_is_settled_can_be_opened_again():
    guide, awa = factories.guide(), factories.person()
    remark = Comment.say(guide, awa, "Too long")
    remark.resolve(awa)
    at = remark.resolved_at
    remark.resolve(factories.person("binta@example.org", name="Binta"))
    assert (remark.resolved, remark.resolved_by, remark.resolved_at) == (True, "Awa Diop", at)
    remark.reopen()
    assert not remark.resolved
