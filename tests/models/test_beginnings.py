"""What a new guide starts from."""

import pytest

from facilitator.models import beginnings, wording
from tests import factories

pytestmark = pytest.mark.usefixtures("context")


def test_a_new_guide_has_five_challenges_and_five_families_in_five_languages():
    guide = factories.guide()
    beginnings.offer(guide)
    assert [item.category for item in guide.items] == ["challenge"] * 5
    assert len(guide.families) == 5
    texts = [item.wording for item in guide.items] + list(guide.families.values())
    assert not any(wording.missing(text, wording.LANGUAGES) for text in texts)
    guide.families["cooperation"]["fr"] = "autre"
    assert beginnings.FAMILIES["cooperation"]["fr"] == "En matière de coopération"
