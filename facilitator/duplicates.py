"""Near-duplicates: which texts probably say the same, for a person to decide."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from facilitator.counting.lexicon import key, silent, words

LEAST = 85
SPELLED_ALIKE = 85
SHARED, SPELLED = 0.6, 0.4
FRAME = 0.4
# They say that something is missing or should be done: what it is says more.
FRAMING = (
    "manque manquent absence insuffisance insuffisant insuffisante faible faibles difficulté difficultés"
    " besoin nécessité créer création mettre lack lacking missing weak poor insufficient need needs set"
    " create falta ausencia insuficiente débil crear ausência fraca fraco criar نقص غياب ضعف ضعيف ناقصة عدم"
    " قلة إنشاء"
)
ENDING = re.compile(r"(?:ations?|ements?|ments?|ions?|ings?|iques?|ant|ed|er|es|ee|ees|ly|s|x|e)$")
SHORTEST_STEM = 4

Shares = NDArray[np.float32]


@dataclass(frozen=True)
class Pair:
    """Two texts by their places in what was given, and how alike they are: 100 is the same words."""

    first: int
    second: int
    score: int


def pairs(texts: Sequence[str], languages: Sequence[str] = (), least: int = LEAST) -> list[Pair]:
    """Propose pairs of texts that are alike whatever their accents, word order and spelling, best first.

    Alike is what shares the words that weigh most and is spelled alike; the root spreads the upper end.
    """
    known = languages or [""] * len(texts)
    said = [stems(text, language) for text, language in zip(texts, known, strict=True)]
    sentences, shared = list(map(" ".join, said)), SHARED * in_common(said)
    alike = []
    for first, second in np.argwhere(np.triu(shared >= (least - 1) ** 2 / 100 - 100 * SPELLED, 1)):
        spelled = SPELLED * fuzz.ratio(sentences[first], sentences[second])
        score = round(10 * sqrt(shared[first, second] + spelled))
        if score >= least:
            alike.append(Pair(int(first), int(second), score))
    return sorted(alike, key=lambda pair: (-pair.score, pair.first, pair.second))


def stems(text: str, language: str) -> list[str]:
    """Give what a text is compared by: its words without ending, save those that say nothing."""
    keys = [key(word) for word in words(text)]
    spoken = [word for word in keys if word not in silent(language)]
    return sorted(map(stem, spoken or keys))


def stem(word: str) -> str:
    """Take a common French or English ending off a word that stays long enough."""
    bare = ENDING.sub("", word)
    return bare if len(bare) >= SHORTEST_STEM else word


def in_common(texts: Sequence[Sequence[str]]) -> Shares:
    """How much of the weight of two texts lies in words that both have, in hundredths, for every two."""
    if not any(texts):
        return np.zeros((len(texts), len(texts)), dtype=np.float32)
    said, weights = _said(texts)
    weight = said @ weights
    whole = np.maximum(weight[:, np.newaxis] + weight, np.float32(1e-6))
    return (200 * ((said * weights) @ said.T) / whole).astype(np.float32)


def _said(texts: Sequence[Sequence[str]]) -> tuple[Shares, Shares]:
    """Which text has which word, words spelled alike being one, and what each weighs: rare ones more."""
    vocabulary = sorted(set(chain.from_iterable(texts)))
    alike = process.cdist(vocabulary, vocabulary, scorer=fuzz.ratio, score_cutoff=SPELLED_ALIKE)
    column = dict(zip(vocabulary, (alike > 0).argmax(axis=1), strict=True))
    said = np.zeros((len(texts), len(vocabulary)), dtype=np.float32)
    for row, text in enumerate(texts):
        said[row, [column[word] for word in text]] = 1
    weights = np.log(1 + len(texts) / np.maximum(said.sum(axis=0), 1))
    framing = [column[word] for word in stems(FRAMING, "") if word in column]
    weights[framing] *= FRAME
    return said, weights.astype(np.float32)
