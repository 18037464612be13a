"""Session templates: the classic blocks of a workshop day, ready to be laid into a running order."""

from facilitator.blocks.base import Block
from facilitator.blocks.challenges import CHALLENGES
from facilitator.blocks.corrective import CORRECTIVE
from facilitator.blocks.evaluation import EVALUATION
from facilitator.blocks.needs import NEEDS
from facilitator.blocks.nominal import NOMINAL
from facilitator.blocks.recommendations import RECOMMENDATIONS

BLOCKS: dict[str, Block] = {
    block.name: block for block in (NEEDS, CHALLENGES, CORRECTIVE, RECOMMENDATIONS, NOMINAL, EVALUATION)
}
