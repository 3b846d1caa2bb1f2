"""Whether the answer answers the question: a soft judgement, 0 only where it is very clear."""

from collections.abc import Mapping, Sequence

import numpy as np

from prepbot.analysis.expected import Expected, expected_features, whole_vector
from prepbot.analysis.gaming import ENGLISH
from prepbot.analysis.logistic import TrainedModels
from prepbot.analysis.passage import Passage, embed_or_none
from prepbot.analysis.words import form_key
from prepbot.ports import Embedder, Vectors

_CLEAR = 0.7


class Topics:
    """What a role's interview is about: its questions and activities, embedded once."""

    def __init__(self, questions: Sequence[str], activities: Sequence[str], embedder: Embedder | None) -> None:
        self.questions = tuple(questions)
        self._activities = tuple(activities)
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}
        self._ready = False

    def vectors(self, question: str) -> tuple[Vectors, Vectors | None, Vectors | None] | None:
        """The vectors of `question`, of the other questions and of the activities, or None without a model."""
        if not self._ready:
            self._embed([*self.questions, *self._activities])
            self._ready = True
        self._embed([question])
        if question not in self._known:
            return None
        asked = form_key(question)
        others = [self._known[text] for text in self.questions if form_key(text) != asked and text in self._known]
        work = [self._known[text] for text in self._activities if text in self._known]
        return self._known[question], _stack(others), _stack(work)

    def _embed(self, texts: Sequence[str]) -> None:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        vectors = embed_or_none(self._embedder, new)
        if vectors is not None:
            self._known.update(zip(new, vectors, strict=True))


def _stack(rows: Sequence[Vectors]) -> Vectors | None:
    return np.stack(rows) if rows else None


def relevance_features(passage: Passage, question: str, topics: Topics, expected: Expected) -> dict[str, float]:
    """Likeness to the question asked and what it asks for, to the other questions and to the work."""
    features = _word_features(passage, question)
    features |= expected_features(whole_vector(passage), question, topics.questions, expected)
    known = topics.vectors(question)
    rows = passage.segment_vectors
    if known is None or rows is None or not len(rows):
        return features
    asked, others, work = known
    to_asked = rows @ asked
    whole = rows.mean(axis=0)
    whole /= max(float(np.linalg.norm(whole)), 1e-6)
    features |= {
        "asked_max": float(to_asked.max()),
        "asked_mean": float(to_asked.mean()),
        "asked_top": float(np.sort(to_asked)[::-1][:3].mean()),
        "asked_whole": float(whole @ asked),
    }
    if others is not None:
        features |= _other_features(rows, whole, to_asked, others, float(whole @ asked))
    if work is not None:
        features |= {"work_max": float((rows @ work.T).max()), "work_whole": float((work @ whole).max())}
    return features


def _other_features(rows: Vectors, whole: Vectors, to_asked: Vectors, others: Vectors, own: float) -> dict[str, float]:
    to_others = rows @ others.T
    nearer = (to_asked[:, None] < to_others).sum(axis=1)
    ranks = (others @ whole > own).sum()
    return {
        "other_margin": own - float((others @ whole).max()),
        "other_rank": min(float(ranks), 10.0) / 10,
        "segments_own": float((nearer <= 2).mean()),
        "field_max": float(to_others.max()),
        "field_whole": float((others @ whole).max()),
    }


def _word_features(passage: Passage, question: str) -> dict[str, float]:
    asked = set(form_key(question)) - ENGLISH
    said = [word.form for word in passage.words if word.form not in ENGLISH]
    shared = asked & set(said)
    return {
        "shared": len(shared) / max(len(asked), 1),
        "any_shared": float(bool(shared)),
        "length": min(len(passage.words), 200) / 200,
    }


def read_relevance(features: Mapping[str, float], models: TrainedModels, *, with_vectors: bool) -> tuple[int, bool]:
    """The relevance (0, 1 or 2) and whether it is a doubt rather than a finding."""
    suffix = "" if with_vectors else "_words"
    off = models.get("off_topic" + suffix)
    other = models.get("other_question" + suffix)
    if off.probability(features) >= max(off.threshold, _CLEAR):
        return 0, True
    # Without knowing what the question asks for, only a strong suspicion counts.
    needed = max(other.threshold, _CLEAR) if features.get("expected_unknown") else other.threshold
    if off.probability(features) >= off.threshold or other.probability(features) >= needed:
        return 1, True
    return 2, False
