"""What answers to known questions speak of, as vectors, so that an answer to another question can be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz import fuzz, process

from prepbot.analysis.passage import Passage
from prepbot.analysis.words import form_key
from prepbot.ports import Vectors

_SAME = 82.0


@dataclass(frozen=True, slots=True)
class Expected:
    """The mean direction of what answers to each question speak of, from knowledge/topics.toml and training answers."""

    vectors: Mapping[str, Vectors]
    _found: dict[str, str | None] = field(default_factory=dict)

    def of(self, question: str) -> Vectors | None:
        """The vector for a question, worded the same or nearly so; None for an unknown one."""
        known = self._known(question)
        return None if known is None else self.vectors[known]

    def _known(self, question: str) -> str | None:
        if question in self.vectors:
            return question
        if question not in self._found:
            best = process.extractOne(
                " ".join(form_key(question)),
                {known: " ".join(form_key(known)) for known in self.vectors},
                scorer=fuzz.token_sort_ratio,
                score_cutoff=_SAME,
            )
            if len(self._found) > 500:  # bounded: questions come from outside
                self._found.clear()
            self._found[question] = best[2] if best else None
        return self._found[question]


def whole_vector(passage: Passage) -> Vectors | None:
    """The direction of a whole answer: its segments' mean, weighted by their words."""
    rows = passage.segment_vectors
    if rows is None or not len(rows):
        return None
    weights = np.array([len(segment.text.split()) for segment in passage.segments], dtype=np.float32)
    whole = weights @ rows
    return np.asarray(whole / max(float(np.linalg.norm(whole)), 1e-6), dtype=np.float32)


def expected_features(
    whole: Vectors | None, question: str, others: Sequence[str], expected: Expected
) -> dict[str, float]:
    """How near the answer comes to what the question asks for, and how much nearer than to other questions."""
    own = expected.of(question)
    if whole is None or own is None:
        return {"expected_unknown": 1.0}
    known = (expected.of(other) for other in others if other != question)
    rival = np.array([float(vector @ whole) for vector in known if vector is not None and vector is not own])
    cosine = float(own @ whole)
    features = {"expected": cosine, "expected_unknown": 0.0}
    if len(rival) >= 3:
        features |= {
            "expected_margin": cosine - float(rival.max()),
            "expected_rank": min(float((rival > cosine).sum()), 10.0) / 10,
            "expected_mean_margin": cosine - float(rival.mean()),
        }
    return features
