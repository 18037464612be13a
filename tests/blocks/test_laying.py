"""Laying a block: the workshop's languages alone, sources and topics tied, one pass for each challenge."""

import pytest

from facilitator.blocks import BLOCKS
from facilitator.blocks.laying import Topic, lay
from facilitator.kinds import KINDS
from facilitator.models.beginnings import FAMILIES
from facilitator.models.item import Item
from tests import factories

pytestmark = pytest.mark.usefixtures("context")


def room(*languages):
    return factories.session(workshop=factories.workshop(languages=list(languages or ("fr", "ar"))))


def topics(session, block):
    if block.over == "families":
        return [Topic(texts) for texts in FAMILIES.values()]
    texts = [
        {"fr": "Dissémination pauvre", "ar": "ضعف النشر"},
        {"fr": "Peu lus", "ar": "قليلة القراءة"},
    ]
    items = [factories.kept(Item(guide=session.workshop.guide, wording=each)) for each in texts]
    return [Topic(item.wording, item) for item in items] if block.over else []


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_every_block_stands_in_the_running_order_as_it_will_be_asked(block) -> None:
    session = room()
    before = factories.activity(session=session)
    laid = lay(block, session, "fr", topics(session, block))
    assert session.running_order == [before, *laid]
    assert all(list(activity.prompt) == ["fr", "ar"] for activity in laid)
    assert all(not activity.missing_languages() for activity in laid)
    assert all(activity.minutes for activity in laid)
    passes = len(topics(session, block)) * len(block.passes)
    assert len(laid) == passes + len(block.steps)


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_what_needs_a_list_knows_where_to_take_it(block) -> None:
    session = room()
    laid = lay(block, session, "fr", topics(session, block))
    for place, activity in enumerate(laid):
        if activity.source_id is None:
            assert len(activity.options) >= KINDS[activity.kind].least_options
        else:
            assert activity.source_id in [other.id for other in laid[:place]]


def test_one_pass_for_each_challenge_about_it_and_in_its_words() -> None:
    session, block = room(), BLOCKS["corrective"]
    about = topics(session, block)
    laid = lay(block, session, "fr", about)
    assert [activity.kind for activity in laid] == ["proposals", "ranking"] * 2
    assert [activity.about_id for activity in laid] == [about[n].item.id for n in (0, 0, 1, 1)]
    assert [activity.source_id for activity in laid] == [None, laid[0].id, None, laid[2].id]
    assert "Dissémination pauvre" in laid[1].prompt["fr"]
    assert "ضعف النشر" in laid[1].prompt["ar"]
    assert "{" not in "".join(text for activity in laid for text in activity.prompt.values())


def test_a_challenge_of_another_language_keeps_its_direction() -> None:
    session = room()
    first, *_rest = lay(BLOCKS["corrective"], session, "fr", [Topic({"fr": "Peu de {topic}"})])
    assert "\u2068Peu de {topic}\u2069" in first.prompt["ar"]
    assert first.prompt["fr"].endswith(" : Peu de {topic}")


def test_notes_are_laid_in_the_readers_language_and_statements_in_the_rooms() -> None:
    session = room("pt", "es")
    nominal = lay(BLOCKS["nominal"], session, "pt")
    assert nominal[-1].note.startswith("Vinte minutos")
    assert nominal[0].note == ""
    (statements, _words) = lay(BLOCKS["evaluation"], session, "pt")
    assert all(list(item.wording) == ["pt", "es"] for item in statements.options)
    assert len(statements.options) == 5
