"""Percentile bootstrap: how far a figure would move had other sittings been drawn (Efron and Tibshirani 1993, ch. 13).

The draws are seeded, so the same cases give the same interval.
"""

from collections.abc import Callable
from random import Random

FEWEST_SITTINGS = 3
"""From fewer sittings no interval is drawn: it would look surer than it is."""
_DRAWS = 1000
_SEED = 20261126

Interval = tuple[float, float]


def percentile_interval(redrawn: Callable[[Random], float]) -> Interval:
    """The 95 % interval of a figure; `redrawn` computes it once more from cases drawn by the given randomness."""
    random = Random(_SEED)
    drawn = sorted(redrawn(random) for _ in range(_DRAWS))
    return drawn[round(0.025 * (_DRAWS - 1))], drawn[round(0.975 * (_DRAWS - 1))]
