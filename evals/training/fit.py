"""Fit logistic regressions and choose their thresholds by cross-validation over questions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from evals.training.cases import Case

_DIGITS = 5
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A regression as it ships: named weights and a bias."""

    names: tuple[str, ...]
    weights: Floats
    bias: float

    def probabilities(self, cases: Sequence[Case]) -> Floats:
        """The probability of yes for each case."""
        return _sigmoid(matrix(cases, self.names) @ self.weights + self.bias)

    def as_json(self, threshold: float) -> dict[str, object]:
        """The entry of knowledge/analyst.json."""
        return {
            "features": list(self.names),
            "weights": [round(float(weight), _DIGITS) for weight in self.weights],
            "bias": round(self.bias, _DIGITS),
            "threshold": round(threshold, 3),
        }


def fit(cases: Sequence[Case], strength: float) -> Fitted:
    """A regression on `cases`; `strength` is scikit-learn's C. Deterministic: one thread, no randomness."""
    names = tuple(sorted({name for case in cases for name in case.features}))
    labels = np.array([case.label for case in cases])
    weights = np.array([case.weight for case in cases])
    model = LogisticRegression(C=strength, solver="lbfgs", max_iter=3000, tol=1e-6)
    model.fit(matrix(cases, names), labels, sample_weight=weights)
    return Fitted(names, model.coef_[0], float(model.intercept_[0]))


def matrix(cases: Sequence[Case], names: Sequence[str]) -> Floats:
    """One row a case: the named features in order."""
    return np.array([[case.features.get(name, 0.0) for name in names] for case in cases], dtype=np.float64)


def folds(groups: Sequence[str], count: int = 5) -> list[int]:
    """A fold number for each case, all cases of a group in one; groups go round in order of their names."""
    place = {group: index % count for index, group in enumerate(sorted(set(groups)))}
    return [place[group] for group in groups]


def out_of_fold(cases: Sequence[Case], strength: float, by: Sequence[str] | None = None) -> Floats:
    """Probabilities for every case from a regression that never saw its group (by default its question)."""
    numbers = np.array(folds(by or [case.group for case in cases]))
    found = np.zeros(len(cases))
    for fold in sorted(set(numbers.tolist())):
        train = [case for case, number in zip(cases, numbers, strict=True) if number != fold]
        test = [case for case, number in zip(cases, numbers, strict=True) if number == fold]
        found[numbers == fold] = fit(train, strength).probabilities(test)
    return found


def best_threshold(
    scores: Floats, labels: Sequence[bool], weights: Sequence[float] | None = None
) -> tuple[float, float]:
    """The threshold with the highest F1, smoothed over its neighbours, and that F1."""
    sure = np.ones(len(labels)) if weights is None else np.array(weights)
    truth = np.array(labels, dtype=bool)
    grid = np.arange(0.08, 0.93, 0.02)
    values = np.array([_f1(scores >= cut, truth, sure) for cut in grid])
    smooth = np.convolve(np.pad(values, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    best = int(np.argmax(smooth))
    return float(grid[best]), float(values[best])


def accurate_threshold(scores: Floats, labels: Sequence[bool], weights: Sequence[float]) -> tuple[float, float]:
    """The threshold with the highest accuracy over sure cases, smoothed, never below 0.4; and the F1 there."""
    sure = np.array(weights) >= 1
    truth = np.array(labels, dtype=bool)[sure]
    grid = np.arange(0.4, 0.8, 0.02)
    values = np.array([float(((scores[sure] >= cut) == truth).mean()) for cut in grid])
    smooth = np.convolve(np.pad(values, 3, mode="edge"), np.ones(7) / 7, mode="valid")
    best = int(np.argmax(smooth))
    return float(grid[best]), _f1(scores[sure] >= grid[best], truth, np.ones(len(truth)))


def bias_to_frequency(scores: Floats, labels: Sequence[bool], weights: Sequence[float]) -> float:
    """What the log odds of `scores` need added so that their weighted mean is the labels' frequency."""
    wanted = float(np.average(np.array(labels, dtype=float), weights=weights))
    return float(brentq(lambda shift: np.average(moved(scores, shift), weights=weights) - wanted, -10.0, 10.0))


def moved(scores: Floats, shift: float) -> Floats:
    """Probabilities with `shift` added to their log odds."""
    bounded = np.clip(scores, 1e-9, 1 - 1e-9)
    return _sigmoid(np.log(bounded / (1 - bounded)) + shift)


def _f1(said: NDArray[np.bool_], truth: NDArray[np.bool_], sure: Floats) -> float:
    hit = float(sure[said & truth].sum())
    return 2 * hit / max(2 * hit + float(sure[said & ~truth].sum()) + float(sure[~said & truth].sum()), 1e-9)


def _sigmoid(values: Floats) -> Floats:
    result: Floats = 1.0 / (1.0 + np.exp(-np.clip(values, -40, 40)))
    return result
