"""The labelled pairs of answers are sound, and what the rules were written on is still read right."""

import math

import pytest

from evals.contradictions import HELD, Judged, judged, load_pairs, shipped_finder
from evals.wilson import wilson

PAIRS = load_pairs()
READ = tuple(pair for pair in PAIRS if pair.split != HELD)


@pytest.fixture(scope="module")
def read_pairs() -> tuple[Judged, ...]:
    """The pairs that the rules were written on, as found."""
    return judged(READ, shipped_finder())


def test_every_label_is_cut_from_its_answers() -> None:
    """A contradiction quotes both answers word for word, an agreement quotes nothing; ids are unique."""
    for pair in PAIRS:
        quotes = (pair.quote_earlier, pair.quote_later)
        assert bool(pair.kind) == all(quotes) == any(quotes)
        assert pair.quote_earlier in pair.earlier.text
        assert pair.quote_later in pair.later.text
    assert len({pair.id for pair in PAIRS}) == len(PAIRS)


def test_half_of_the_held_pairs_agree() -> None:
    """The held half has as many pairs without a contradiction as with one, and more than forty in all."""
    held = [pair for pair in PAIRS if pair.split == HELD]
    assert len(held) >= 40
    assert sum(pair.kind is None for pair in held) >= len(held) / 2


def test_pairs_that_agree_stay_unasked(read_pairs: tuple[Judged, ...]) -> None:
    """Nothing is found in any pair of the read splits that contradicts nothing."""
    assert [case.pair.id for case in read_pairs if case.pair.kind is None and case.found] == []


def test_contradictions_that_were_found_stay_found(read_pairs: tuple[Judged, ...]) -> None:
    """At least nine in ten of the read splits' contradictions are found with the right kind and words."""
    labelled = [case for case in read_pairs if case.pair.kind is not None]
    assert sum(case.right is not None for case in labelled) >= 0.9 * len(labelled)


@pytest.mark.parametrize(
    ("right", "cases", "low", "high"), [(10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (0, 10, 0.0, 0.2775)]
)
def test_wilson_is_never_certain_from_few_cases(right: int, cases: int, low: float, high: float) -> None:
    """Ten of ten is no certainty; the bounds are those of the published formula."""
    found = wilson(right, cases)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-3), pytest.approx(high, abs=1e-3))


def test_a_share_of_nothing_is_undefined() -> None:
    """Without cases there is no share."""
    assert math.isnan(wilson(0, 0).value)
