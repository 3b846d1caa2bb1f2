"""Logistic regressions whose coefficients ship as JSON (knowledge/analyst.json; card in knowledge/analyst.md)."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from prepbot.analysis.expected import Expected
from prepbot.analysis.topic import TopicRegression
from prepbot.ports import AnswerScorer
from prepbot.resources import resource


@dataclass(frozen=True, slots=True)
class Logistic:
    """One trained regression: named features with their weights.

    `threshold` is the probability from which its answer is yes, chosen by cross-validation.
    """

    names: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float
    threshold: float

    def probability(self, features: Mapping[str, float]) -> float:
        """The probability of yes for one case; features it was not trained on count nothing."""
        score = self.bias
        for name, weight in zip(self.names, self.weights, strict=True):
            score += weight * features.get(name, 0.0)
        return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, score))))


@dataclass(frozen=True, slots=True)
class TrainedModels:
    """Every regression of the analyst by name, and the answer model whose scores they expect.

    `interval_mass` is the share of chance that the 80 % interval of a band has to hold, `expected` what answers to
    known questions speak of, `topics` the regressions on what an answer speaks of.
    """

    answer_model: str
    models: Mapping[str, Logistic]
    interval_mass: float = 0.8
    expected: Expected = field(default_factory=lambda: Expected({}))
    topics: Mapping[str, TopicRegression] = field(default_factory=dict)

    def get(self, name: str) -> Logistic:
        """One regression. Raises KeyError for a name that was not trained."""
        return self.models[name]

    def fits(self, scorer: AnswerScorer) -> bool:
        """Whether these coefficients were trained on this scorer's scores."""
        return scorer.version == self.answer_model


@cache
def load_models() -> TrainedModels:
    """The shipped coefficients. Raises FileNotFoundError where the installation lacks them."""
    data = json.loads(resource("knowledge/analyst.json").read_text(encoding="utf-8"))
    return models_from(data)


def models_from(data: Mapping[str, Any]) -> TrainedModels:
    """The regressions in the content of an analyst.json."""
    models = {
        name: Logistic(tuple(entry["features"]), tuple(entry["weights"]), entry["bias"], entry["threshold"])
        for name, entry in data["models"].items()
    }
    expected = {question: np.asarray(row, dtype=np.float32) for question, row in data["expected"].items()}
    topics = {
        name: TopicRegression(np.asarray(entry["weights"], dtype=np.float32), entry["bias"])
        for name, entry in data["topics"].items()
    }
    return TrainedModels(data["answer_model"], models, data["interval_mass"], Expected(expected), topics)
