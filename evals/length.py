"""Does a longer answer get a better band for its length alone? The partial Spearman correlation behind that figure.

Bands, labelled bands and word counts are replaced by their ranks over the set (ties share their mean rank). The figure
is the partial correlation of read band (x) and words (y) given the labelled band (z): evals.values.partial_correlation.
It equals the correlation of what a linear regression on z leaves of x and of y. 0 is right: among answers of one
labelled band, length should not move the band read. Resamples keep the ranks of the whole set: so the sums add up.
"""

from collections.abc import Sequence

import numpy as np
from scipy.stats import rankdata  # type: ignore[import-untyped]

from evals.bootstrap import Counts
from evals.prediction import Case


def partial_counts(cases: Sequence[Case]) -> Counts:
    """Shape (cases, 10): 1, the centred ranks x, y, z, their squares, and the products xy, xz, yz."""
    x, y, z = (
        rankdata(values) - (len(cases) + 1) / 2
        for values in (
            [case.said.band for case in cases],
            [len(case.row.answer.split()) for case in cases],
            [case.row.band for case in cases],
        )
    )
    return np.column_stack([np.ones(len(cases)), x, y, z, x * x, y * y, z * z, x * y, x * z, y * z])
