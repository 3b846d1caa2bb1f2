"""Whether an answer is to its question, judged by what it speaks of alone: regressions on directions of meaning."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from prepbot.analysis.expected import Expected, expected_features
from prepbot.ports import AnswerScores, Vectors

LEVELS = ("off_topic", "other_question")
"""Relevance 0, and relevance 0 or 1."""
_SCALE = 4
_BOUND = 8


@dataclass(frozen=True, slots=True)
class TopicRegression:
    """A logistic regression on an answer's direction and on its products with two others, number by number.

    `weights` has a row each for the direction, for its product with the question's, and for its product with the
    direction of what other answers to the question speak of.
    """

    weights: Vectors
    bias: float

    def log_odds(self, directions: Vectors) -> float:
        """The log odds for one answer's `directions_of`."""
        return float((self.weights * directions).sum() + self.bias)


def directions_of(scores: AnswerScores, question: str, expected: Expected) -> Vectors | None:
    """The three rows that a TopicRegression weighs, shape (3, 384); the last is zeros for an unknown question.

    None where the answer model gave no topic.
    """
    topic, asked = scores.topic, scores.asked
    if topic is None or asked is None:
        return None
    known = expected.known(question)
    meant = np.zeros_like(topic) if known is None else expected.vectors[known]
    rows: Vectors = np.stack([topic, topic * asked, topic * meant])
    return rows


def topic_features(
    scores: AnswerScores, question: str, expected: Expected, regressions: Mapping[str, TopicRegression]
) -> dict[str, float]:
    """What `regressions` (by the names in LEVELS) make of an answer, beside its plain nearness to what is expected."""
    features = expected_features(scores.topic, scores.asked, question, expected)
    directions = directions_of(scores, question, expected)
    if directions is None:
        return features
    odds = {name: regressions[name].log_odds(directions) for name in LEVELS if name in regressions}
    return features | topic_odds(odds)


def topic_odds(odds: Mapping[str, float]) -> dict[str, float]:
    """Log odds as features of about the size of the others."""
    return {f"topic:{name}": float(np.clip(value, -_BOUND, _BOUND)) / _SCALE for name, value in odds.items()}
