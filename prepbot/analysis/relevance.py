"""Whether the answer answers the question: a soft judgement, 0 only where it is very clear."""

from collections.abc import Mapping

import numpy as np

from prepbot.analysis.gaming import ENGLISH
from prepbot.analysis.logistic import TrainedModels
from prepbot.analysis.passage import Passage
from prepbot.analysis.words import form_key

_CLEAR = 0.7


def relevance_features(passage: Passage, question: str, parts: Mapping[str, list[float]]) -> dict[str, float]:
    """Words shared with the question, the parts found, and what the answer model makes of the two together."""
    features = _word_features(passage, question)
    features |= {f"part:{name}": max(found, default=0.0) for name, found in parts.items()}
    if passage.scores is not None:
        logits = passage.scores.relevance - passage.scores.relevance.max()
        chances = np.exp(logits) / np.exp(logits).sum()
        features |= {f"model:{level}": float(np.log(max(chance, 1e-4))) / 3 for level, chance in enumerate(chances)}
    return features


def _word_features(passage: Passage, question: str) -> dict[str, float]:
    asked = set(form_key(question)) - ENGLISH
    said = [word.form for word in passage.words if word.form not in ENGLISH]
    shared = asked & set(said)
    return {"shared": len(shared) / max(len(asked), 1), "any_shared": float(bool(shared))}


def read_relevance(features: Mapping[str, float], models: TrainedModels, *, with_model: bool) -> tuple[int, bool]:
    """The relevance (0, 1 or 2) and whether it is a doubt rather than a finding."""
    suffix = "" if with_model else "_words"
    off = models.get("off_topic" + suffix)
    other = models.get("other_question" + suffix)
    if off.probability(features) >= max(off.threshold, _CLEAR):
        return 0, True
    needed = other.threshold if with_model else max(other.threshold, _CLEAR)
    if off.probability(features) >= off.threshold or other.probability(features) >= needed:
        return 1, True
    return 2, False
