"""Confidence intervals by resampling questions: answers to one question are no independent cases.

A figure is a value computed from counts that add up over answers. A resample is then a weighted sum of each question's
counts, so that thousands of them cost one matrix product (Efron and Tibshirani 1993, chapter 8; clusters drawn whole).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]
"""Shape (answers, kinds of count), or (..., kinds of count) where summed."""
Value = Callable[[Counts], NDArray[np.float64]]
"""A figure from summed counts of shape (..., kinds), one value for each leading index; NaN where undefined."""

DRAWS = 1000
SEED = 20261123


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its 95 % interval and the number of cases behind it."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A paired difference, ours minus the other's on the same answers, with its 95 % interval."""

    value: float
    low: float
    high: float


@lru_cache(maxsize=64)
def weights(groups: int, draws: int = DRAWS) -> Counts:
    """How often each of `groups` questions is drawn in each resample, shape (draws, groups); the seed is fixed."""
    random = np.random.default_rng(SEED)
    return random.multinomial(groups, np.full(groups, 1 / groups), size=draws).astype(np.float64)


def figure(counts: Counts, groups: Sequence[str], value: Value, n: float) -> Figure:
    """The value over all answers and the 2.5 and 97.5 percentiles over resampled questions."""
    low, high = _percentiles(value(resampled(counts, groups)))
    return Figure(float(value(counts.sum(axis=0))), low, high, round(n))


def difference(ours: Counts, others: Counts, groups: Sequence[str], value: Value) -> Difference:
    """Ours minus the other's, both computed on the same resamples."""
    low, high = _percentiles(value(resampled(ours, groups)) - value(resampled(others, groups)))
    return Difference(float(value(ours.sum(axis=0)) - value(others.sum(axis=0))), low, high)


def resampled(counts: Counts, groups: Sequence[str]) -> Counts:
    """The summed counts of every resample, shape (draws, kinds)."""
    names, owner = np.unique(np.array(groups), return_inverse=True)
    by_group = np.zeros((len(names), counts.shape[1]))
    np.add.at(by_group, owner, counts)
    drawn: Counts = weights(len(names)) @ by_group
    return drawn


def _percentiles(values: NDArray[np.float64]) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)
