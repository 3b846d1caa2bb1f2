"""Wilson's score interval: for shares of few cases, where a bootstrap of all right would claim certainty."""

import math

from evals.bootstrap import Figure

_Z = 1.959964
"""The 97.5 percentile of the normal distribution."""


def wilson(right: int, cases: int) -> Figure:
    """The share with its 95 % interval (Wilson 1927); undefined without cases."""
    if not cases:
        return Figure(math.nan, math.nan, math.nan, 0)
    share, z2 = right / cases, _Z**2
    middle = share + z2 / (2 * cases)
    half = _Z * math.sqrt(share * (1 - share) / cases + z2 / (4 * cases**2))
    scale = 1 + z2 / cases
    return Figure(share, max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale), cases)
