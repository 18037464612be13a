"""The kinds of activity there are."""

from facilitator.kinds.base import Kind
from facilitator.kinds.choice import ChoiceKind
from facilitator.kinds.ranking import RankingKind

KINDS: dict[str, Kind] = {kind.name: kind for kind in (ChoiceKind(), RankingKind())}
