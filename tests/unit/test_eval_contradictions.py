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


@pytest.mark.parametrize("split", sorted({pair.split for pair in PAIRS} - {"rules"}))
def test_as_many_pairs_agree_as_contradict(split: str) -> None:
    """A split by another hand has as many pairs without a contradiction as with one, and more than forty in all."""
    pairs = [pair for pair in PAIRS if pair.split == split]
    assert len(pairs) >= 40
    assert sum(pair.kind is None for pair in pairs) >= len(pairs) / 2


def test_pairs_that_agree_stay_unasked(read_pairs: tuple[Judged, ...]) -> None:
    """Nothing is found in any pair of the read splits that contradicts nothing."""
    assert [case.pair.id for case in read_pairs if case.pair.kind is None and case.found] == []


def test_contradictions_that_were_found_stay_found(read_pairs: tuple[Judged, ...]) -> None:
    """Of what the rules were first written on nine in ten are found, of everything read since three in four."""
    labelled = [case for case in read_pairs if case.pair.kind is not None]
    first = [case for case in labelled if case.pair.split in {"rules", "dev"}]
    assert sum(case.right is not None for case in first) >= 0.9 * len(first)
    assert sum(case.right is not None for case in labelled) >= 0.75 * len(labelled)


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
