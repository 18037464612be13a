"""What a later count of a question changed, and what the two may not tell together."""

import pytest

from facilitator.models.change import since_before
from tests import factories

pytestmark = pytest.mark.usefixtures("context")


def test_a_round_that_too_few_of_a_type_answered_is_compared_with_nothing() -> None:
    asked = factories.activity("ranking", answerers=["ministry"])
    first, second = ([{"order": [[item.id]]}] for item in asked.options[:2])
    assert factories.answered(asked, first * 4).small
    assert since_before(factories.answered(asked, second * 6)) is None
    assert since_before(factories.answered(asked, first * 6)) is not None
