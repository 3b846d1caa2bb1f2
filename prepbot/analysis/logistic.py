"""Logistic regressions whose coefficients ship as JSON (knowledge/analyst.json; card in knowledge/analyst.md)."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from prepbot.analysis.expected import Expected
from prepbot.ports import Embedder, Vectors
from prepbot.resources import resource


@dataclass(frozen=True, slots=True)
class Logistic:
    """One trained regression. `names` are its named features, `weights` theirs, `vector` the sentence vector's.

    `threshold` is the probability from which its answer is yes, chosen by cross-validation.
    """

    names: tuple[str, ...]
    weights: tuple[float, ...]
    vector: tuple[float, ...]
    bias: float
    threshold: float

    def probability(self, features: Mapping[str, float], vector: Vectors | None = None) -> float:
        """The probability of yes for one case; features it was not trained on count nothing."""
        score = self.bias
        for name, weight in zip(self.names, self.weights, strict=True):
            score += weight * features.get(name, 0.0)
        if self.vector and vector is not None:
            score += float(np.dot(np.asarray(self.vector, dtype=np.float64), vector.astype(np.float64)))
        return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, score))))


@dataclass(frozen=True, slots=True)
class TrainedModels:
    """Every regression of the analyst by name, and the embedder whose vectors they expect."""

    embedder: str
    embedder_version: str
    models: Mapping[str, Logistic]
    expected: Expected = field(default_factory=lambda: Expected({}))

    def get(self, name: str) -> Logistic:
        """One regression. Raises KeyError for a name that was not trained."""
        return self.models[name]

    def fits(self, embedder: Embedder) -> bool:
        """Whether these coefficients were trained on this embedder's vectors."""
        return (embedder.name, embedder.version) == (self.embedder, self.embedder_version)


@cache
def load_models() -> TrainedModels:
    """The shipped coefficients. Raises FileNotFoundError where the installation lacks them."""
    data = json.loads(resource("knowledge/analyst.json").read_text(encoding="utf-8"))
    return models_from(data)


def models_from(data: Mapping[str, Any]) -> TrainedModels:
    """The regressions in the content of an analyst.json."""
    models = {
        name: Logistic(
            tuple(entry["features"]),
            tuple(entry["weights"]),
            tuple(entry["vector"]),
            entry["bias"],
            entry["threshold"],
        )
        for name, entry in data["models"].items()
    }
    expected = {question: np.asarray(row, dtype=np.float32) for question, row in data["expected"].items()}
    return TrainedModels(data["embedder"], data["embedder_version"], models, Expected(expected))
