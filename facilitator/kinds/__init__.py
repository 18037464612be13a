"""The kinds of activity there are."""

from facilitator.kinds.adoption import AdoptionKind
from facilitator.kinds.base import Kind
from facilitator.kinds.choice import ChoiceKind
from facilitator.kinds.evaluation import EvaluationKind
from facilitator.kinds.linking import LinkingKind
from facilitator.kinds.matrix2x2 import MatrixKind
from facilitator.kinds.pairwise import PairwiseKind
from facilitator.kinds.points import PointsKind
from facilitator.kinds.proposals import ProposalsKind
from facilitator.kinds.ranking import RankingKind
from facilitator.kinds.rating import RatingKind
from facilitator.kinds.words import WordsKind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        ChoiceKind(),
        ProposalsKind(),
        PointsKind(),
        RankingKind(),
        PairwiseKind(),
        RatingKind(),
        MatrixKind(),
        AdoptionKind(),
        LinkingKind(),
        WordsKind(),
        EvaluationKind(),
    )
}
