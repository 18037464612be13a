"""What a block is: steps with prompts in every language, minutes, settings and the source of their list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask_babel import LazyString

    from facilitator.models.wording import Texts

TOPIC = "{topic}"
ITEMS, FAMILIES = "items", "families"


@dataclass(frozen=True)
class Step:
    """One question of a block; `source` names the earlier step whose list it takes."""

    name: str
    kind: str
    minutes: int
    prompt: Texts
    settings: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    note: Texts = field(default_factory=dict)
    options: tuple[Texts, ...] = ()


@dataclass(frozen=True)
class Block:
    """Steps in their order; its passes are laid once for each topic, before the steps that come once."""

    name: str
    label: LazyString
    hint: LazyString
    steps: tuple[Step, ...] = ()
    passes: tuple[Step, ...] = ()
    over: str = ""

    @property
    def every_step(self) -> tuple[Step, ...]:
        """List all steps, those of a pass once."""
        return self.passes + self.steps
