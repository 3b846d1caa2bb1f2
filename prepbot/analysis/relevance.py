"""Whether the answer answers the question: a soft judgement, 0 only where it is very clear."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from prepbot.analysis.gaming import ENGLISH
from prepbot.analysis.logistic import TrainedModels
from prepbot.analysis.passage import Passage
from prepbot.analysis.words import form_key

_CLEAR = 0.7


def relevance_features(
    passage: Passage, question: str, parts: Mapping[str, list[float]], topic: Mapping[str, float]
) -> dict[str, float]:
    """Words shared with the question, the parts found, `topic_features`, and the answer model's view."""
    features = _word_features(passage, question)
    features |= {f"part:{name}": max(found, default=0.0) for name, found in parts.items()}
    if passage.scores is not None:
        features |= topic
        logits = passage.scores.relevance - passage.scores.relevance.max()
        chances = np.exp(logits) / np.exp(logits).sum()
        features |= {f"model:{level}": float(np.log(max(chance, 1e-4))) / 3 for level, chance in enumerate(chances)}
    return features


def _word_features(passage: Passage, question: str) -> dict[str, float]:
    asked = set(form_key(question)) - ENGLISH
    said = [word.form for word in passage.words if word.form not in ENGLISH]
    shared = asked & set(said)
    return {"shared": len(shared) / max(len(asked), 1), "any_shared": float(bool(shared))}


@dataclass(frozen=True, slots=True)
class Relevance:
    """The level (0, 1 or 2), whether it is a doubt rather than a finding, and the chances of 0 and of 1."""

    level: int
    doubt: bool
    off_topic: float = 0.0
    other_question: float = 0.0


def read_relevance(features: Mapping[str, float], models: TrainedModels, *, with_model: bool) -> Relevance:
    """The relevance by the two regressions."""
    suffix = "" if with_model else "_words"
    off, below = models.get("off_topic" + suffix), models.get("other_question" + suffix)
    off_topic, low = off.probability(features), below.probability(features)
    other = max(low - off_topic, 0.0)
    if off_topic >= max(off.threshold, _CLEAR):
        return Relevance(0, True, off_topic, other)
    needed = below.threshold if with_model else max(below.threshold, _CLEAR)
    if off_topic >= off.threshold or low >= needed:
        return Relevance(1, True, off_topic, other)
    return Relevance(2, False, off_topic, other)
