"""The figures of evals against scikit-learn and SciPy: the same values, on the same resamples."""

import numpy as np
import pytest
from scipy.stats import rankdata, spearmanr
from sklearn.linear_model import LinearRegression
from sklearn.metrics import cohen_kappa_score, f1_score

from evals.bootstrap import difference, figure, resampled, weights
from evals.values import f1, kappa, partial_correlation, share, within

RANDOM = np.random.default_rng(7)
TRUE = RANDOM.integers(0, 5, 90)
SAID = np.clip(TRUE + RANDOM.integers(-2, 3, 90), 0, 4)
QUESTIONS = [f"q{number:02d}" for number in RANDOM.integers(0, 12, 90)]
DRAWS_COMPARED = range(0, 1000, 100)


def tables() -> np.ndarray:
    """One flattened 5x5 table a case."""
    cells = np.zeros((90, 25))
    cells[np.arange(90), TRUE * 5 + SAID] = 1
    return cells


def drawn_cases(draw: int) -> np.ndarray:
    """The places of the cases in one resample, those of a question as often as it was drawn."""
    names = sorted(set(QUESTIONS))
    times = dict(zip(names, weights(len(names))[draw].astype(int), strict=True))
    return np.array([place for place, question in enumerate(QUESTIONS) for _ in range(times[question])])


@pytest.mark.parametrize("draw", DRAWS_COMPARED)
def test_kappa_of_a_resample_is_scikit_learns(draw: int) -> None:
    """Quadratic and unweighted kappa from summed counts equal cohen_kappa_score on the resampled cases."""
    places = drawn_cases(draw)
    counts = resampled(tables(), QUESTIONS)[draw]
    for weighting, quadratic in (("quadratic", True), (None, False)):
        expected = cohen_kappa_score(TRUE[places], SAID[places], weights=weighting)
        assert kappa(5, quadratic=quadratic)(counts) == pytest.approx(expected)


@pytest.mark.parametrize("draw", DRAWS_COMPARED)
def test_f1_of_a_resample_is_scikit_learns(draw: int) -> None:
    """Pooled F1 from summed counts equals f1_score(average="micro") on the resampled label sets."""
    true, said = RANDOM.random((2, 90, 6)) < 0.3
    counts = np.column_stack([(true & said).sum(axis=1), said.sum(axis=1), true.sum(axis=1)]).astype(float)
    places = drawn_cases(draw)
    expected = f1_score(true[places], said[places], average="micro")
    assert f1(resampled(counts, QUESTIONS)[draw]) == pytest.approx(expected)


def test_the_partial_correlation_is_that_of_regression_residuals() -> None:
    """It equals the correlation of what linear regressions on z leave of the ranks of x and y."""
    x, y, z = (rankdata(values) for values in (SAID, RANDOM.integers(20, 200, 90), TRUE))
    sums = np.column_stack([np.ones(90), x, y, z, x * x, y * y, z * z, x * y, x * z, y * z]).sum(axis=0)
    left = [ranks - LinearRegression().fit(z[:, None], ranks).predict(z[:, None]) for ranks in (x, y)]
    assert partial_correlation(sums) == pytest.approx(np.corrcoef(*left)[0, 1])


def test_without_a_third_variable_it_is_spearmans() -> None:
    """Where z goes with nothing, the partial correlation of ranks is Spearman's rho."""
    x, y = np.array([1.0, 2, 3, 4]), np.array([2.0, 1, 4, 3])
    z = np.array([1.0, -1, -1, 1])
    sums = np.column_stack([np.ones(4), x, y, z, x * x, y * y, z * z, x * y, x * z, y * z]).sum(axis=0)
    assert partial_correlation(sums) == pytest.approx(spearmanr(x, y).statistic)


def test_every_resample_draws_as_many_questions_as_there_are() -> None:
    """Questions are drawn with replacement, as many as there are."""
    assert set(weights(12).sum(axis=1)) == {12.0}


def test_a_paired_difference_of_a_thing_with_itself_is_nought() -> None:
    """Both sides are computed on the same resamples, so that equal readings differ by exactly 0."""
    found = difference(tables(), tables(), QUESTIONS, within(5, 0))
    assert (found.value, found.low, found.high) == (0.0, 0.0, 0.0)


def test_a_paired_difference_is_narrower_than_two_intervals() -> None:
    """A reading that is better everywhere is better for certain, though both values are uncertain."""
    right = (RANDOM.random(90) < 0.5).astype(float)
    ours, others = (np.column_stack([hits, np.ones(90)]) for hits in (right, np.minimum(right, right * 0.9)))
    alone = figure(ours, QUESTIONS, share, 90)
    paired = difference(ours, others, QUESTIONS, share)
    assert 0 < paired.low <= paired.value <= paired.high
    assert paired.high - paired.low < alone.high - alone.low


def test_an_undefined_figure_is_not_a_number() -> None:
    """Nothing said and nothing true gives no F1, not 0 and not 1."""
    assert np.isnan(f1(np.zeros(3)))
