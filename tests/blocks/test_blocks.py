"""The classic blocks: whole in every language, with settings their kinds know, lists from earlier steps."""

import pytest

from facilitator.blocks import BLOCKS
from facilitator.blocks.base import FAMILIES, ITEMS, TOPIC
from facilitator.blocks.prompts import PROMPTS
from facilitator.kinds import KINDS
from facilitator.models.wording import LANGUAGES

STEPS = [
    pytest.param(block, step, id=f"{block.name}-{step.name}")
    for block in BLOCKS.values()
    for step in block.every_step
]


def test_every_classic_block_is_there() -> None:
    names = ["needs", "challenges", "corrective", "recommendations", "nominal", "evaluation"]
    assert list(BLOCKS) == names
    assert all(BLOCKS[name].name == name for name in names)


@pytest.mark.parametrize(("block", "step"), STEPS)
def test_a_step_is_written_in_every_language(block, step) -> None:
    for texts in (step.prompt, *step.options, *([step.note] if step.note else ())):
        assert list(texts) == list(LANGUAGES)
        assert len({text.strip() for text in texts.values()} - {""}) == len(LANGUAGES)


@pytest.mark.parametrize(("block", "step"), STEPS)
def test_its_settings_are_those_of_its_kind(block, step) -> None:
    settings_form = KINDS[step.kind].settings_form
    assert settings_form(data=step.settings).data == settings_form().data | dict(step.settings)
    assert 1 <= step.minutes <= 60


@pytest.mark.parametrize(("block", "step"), STEPS)
def test_its_list_is_its_own_or_an_earlier_steps(block, step) -> None:
    before = [other.name for other in block.every_step[: block.every_step.index(step)]]
    needs = KINDS[step.kind].least_options
    assert step.source in before if step.source else len(step.options) >= needs


@pytest.mark.parametrize(("block", "step"), STEPS)
def test_it_names_its_topic_where_it_is_laid_for_one(block, step) -> None:
    named = {text.count(TOPIC) for text in step.prompt.values()}
    assert named == ({1} if step in block.passes else {0})


def test_only_blocks_with_passes_ask_what_they_are_about() -> None:
    over = {block.name: block.over for block in BLOCKS.values() if block.passes}
    assert over == {"corrective": ITEMS, "recommendations": FAMILIES}
    assert not any(block.over for block in BLOCKS.values() if not block.passes)


def test_a_question_over_a_list_has_words_for_each_kind_in_every_language() -> None:
    assert set(PROMPTS) == {name for name, kind in KINDS.items() if kind.least_options}
    for texts in PROMPTS.values():
        assert list(texts) == list(LANGUAGES)
        assert len({text.strip() for text in texts.values()} - {""}) == len(LANGUAGES)
