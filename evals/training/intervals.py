"""The share of chance that an interval has to hold, so that it holds the labelled band in 80 of 100 cases."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from evals.answers import Scored
from prepbot.domain.rubric import Grade
from prepbot.domain.uncertainty import interval

WANTED = 0.8
_GRID = np.arange(0.30, 0.99, 0.01)


def calibrated_mass(scored: Sequence[Scored]) -> tuple[float, float, float]:
    """The smallest share with which the wanted part of the cases is covered, that part, and the mean width in bands."""
    for mass in _GRID:
        coverage, width = _covered(scored, float(mass))
        if coverage >= WANTED:
            break
    return round(float(mass), 2), coverage, width


def _covered(scored: Sequence[Scored], mass: float) -> tuple[float, float]:
    held, widths = [], []
    for one in scored:
        if isinstance(one.graded, Grade) and one.evidence.chances is not None:
            low, high = interval(one.graded.band, replace(one.evidence.chances, mass=mass))
            held.append(low <= one.row.band <= high)
            widths.append(high - low)
    return float(np.mean(held)), float(np.mean(widths))
