"""Figures from summed counts: precision, recall, F1, shares, kappa, correlation. All work on stacks of resamples."""

import numpy as np

from evals.bootstrap import Counts, Value


def precision(counts: Counts) -> Counts:
    """Right of said; counts are (right, said, true)."""
    return ratio(counts[..., 0], counts[..., 1])


def recall(counts: Counts) -> Counts:
    """Right of true; counts are (right, said, true)."""
    return ratio(counts[..., 0], counts[..., 2])


def f1(counts: Counts) -> Counts:
    """The harmonic mean of precision and recall, pooled over answers (micro); counts are (right, said, true)."""
    return ratio(2 * counts[..., 0], counts[..., 1] + counts[..., 2])


def share(counts: Counts) -> Counts:
    """The first count of the second."""
    return ratio(counts[..., 0], counts[..., 1])


def ratio(above: Counts, below: Counts) -> Counts:
    """A quotient, NaN where nothing is below the line."""
    with np.errstate(invalid="ignore", divide="ignore"):
        quotient: Counts = np.where(below > 0, above / below, np.nan)
    return quotient


def kappa(size: int, *, quadratic: bool) -> Value:
    """Cohen's kappa from a flattened size-by-size table, weighted by squared distance for ordered classes.

    1 - sum(w * observed) / sum(w * expected), expected being the product of the margins (Cohen 1968).
    """
    distance = np.subtract.outer(np.arange(size), np.arange(size))
    weight = distance**2 if quadratic else (distance != 0).astype(float)

    def value(counts: Counts) -> Counts:
        table = counts.reshape(*counts.shape[:-1], size, size)
        margins = table.sum(axis=-1)[..., :, None] * table.sum(axis=-2)[..., None, :]
        expected = ratio((weight * margins).sum(axis=(-2, -1)), counts.sum(axis=-1))
        return 1 - ratio((weight * table).sum(axis=(-2, -1)), expected)

    return value


def within(size: int, width: int) -> Value:
    """The share of a flattened size-by-size table that is at most `width` off its diagonal."""
    near = np.abs(np.subtract.outer(np.arange(size), np.arange(size))).ravel() <= width
    return lambda counts: ratio(counts[..., near].sum(axis=-1), counts.sum(axis=-1))


def partial_correlation(counts: Counts) -> Counts:
    """r(x, y | z) = (r_xy - r_xz * r_yz) / sqrt((1 - r_xz^2) * (1 - r_yz^2)).

    Counts are (n, x, y, z, xx, yy, zz, xy, xz, yz): the number of cases and the sums of values and products.
    """
    n, x, y, z, xx, yy, zz, xy, xz, yz = np.moveaxis(counts, -1, 0)
    r_xy, r_xz, r_yz = (
        _correlation(n, a, b, aa, bb, ab)
        for a, b, aa, bb, ab in ((x, y, xx, yy, xy), (x, z, xx, zz, xz), (y, z, yy, zz, yz))
    )
    return ratio(r_xy - r_xz * r_yz, np.sqrt(np.clip((1 - r_xz**2) * (1 - r_yz**2), 0, None)))


def _correlation(n: Counts, x: Counts, y: Counts, xx: Counts, yy: Counts, xy: Counts) -> Counts:
    spread = np.clip((n * xx - x**2) * (n * yy - y**2), 0, None)
    return ratio(n * xy - x * y, np.sqrt(spread))
